"""Python: openapi-python-client without this project's templates, and another."""

from __future__ import annotations

from scripts.lab.portability import wire
from scripts.lab.portability.trial import Row, Trial

CONTRACT = "openapi/enboarder.yaml"

# In one of its modules `__exit__` passes its arguments on as a tuple, whatever the
# contract is.
MYPY_SETTINGS = """\
[mypy]
strict = True
[mypy-{package}.client]
disable_error_code = arg-type
"""


def openapi_python_client(trial: Trial) -> None:
    """Try the client of openapi-python-client."""
    client = trial.folder / "enboarder_opc"
    python = trial.tools.python
    trial.run(
        python.with_name("openapi-python-client"),
        "generate",
        "--path",
        trial.source(CONTRACT),
        "--output-path",
        client,
        "--meta",
        "none",
        "--fail-on-warning",
        # Its post-hooks call ruff by name.
        env={"PATH": f"{python.parent}:/usr/bin:/bin"},
    )
    # One module for each operation, named after it.
    names = []
    for module in client.glob("api/*/*.py"):
        if "def sync_detailed(" in module.read_text("utf-8"):
            names.append(module.stem)
    listed = trial.folder / "modules.txt"
    listed.write_text("\n".join(names), "utf-8")
    trial.count(CONTRACT, [listed], r"^(\w+)$")
    trial.copy("opc_calls.py")
    settings = trial.folder / "mypy.ini"
    settings.write_text(MYPY_SETTINGS.format(package=client.name), "utf-8")
    options = ["--cache-dir=mypy-cache", "-p", client.name, "-m", "opc_calls"]
    trial.compile(python, "-m", "mypy", *options)
    trial.call(python, "-W", "error", "opc_calls.py")


def openapi_generator(trial: Trial) -> None:
    """Try the client of openapi-generator."""
    contract = "openapi/renderings/openapi-3.0.3.json"
    folder = trial.folder / "client"
    package = "enboarder_oag"
    trial.openapi_generator("python", contract, folder, packageName=package)
    code = folder / package
    trial.count(contract, code.glob("api/*.py"), r"^    def (\w+)\(")
    program = trial.copy("oag_calls.py", folder)
    python = trial.tools.own_python
    trial.compile(python, "-m", "compileall", "-q", code)
    trial.call(python, program, calls=wire.CALLS_AND_ENUM)


ROWS = (
    Row(
        name="openapi-python-client",
        language="Python",
        generator="openapi-python-client, without this project's templates",
        prove=openapi_python_client,
        checked=(
            "no warning during generation; `mypy --strict`, without `arg-type` in its "
            "`client.py`; run with warnings as errors"
        ),
        credentials=(
            "`AuthenticatedClient` with header name and prefix by the caller; "
            "security schemes are not read"
        ),
        limits=(
            "This is not this project's client: it has no retries, tokens or regions."
        ),
    ),
    Row(
        name="python",
        language="Python",
        generator="openapi-generator `python`",
        prove=openapi_generator,
        checked="`compileall`; run",
        credentials="`api_key` by scheme name, `access_token`",
        limits="No type checker.",
    ),
)
