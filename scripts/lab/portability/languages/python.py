"""Python: openapi-python-client as it comes, without this project's templates."""

from __future__ import annotations

from ..trial import Row, Trial

KNOWN = "disable_error_code = arg-type"
"""Of one of its modules, whatever the contract: `__exit__` hands on its arguments as a tuple."""


def openapi_python_client(trial: Trial) -> None:
    contract, client = "openapi/enboarder.yaml", trial.folder / "enboarder_opc"
    trial.run(
        *(trial.tools.python.with_name("openapi-python-client"), "generate", "--path", trial.source(contract)),
        *("--output-path", client, "--meta", "none", "--fail-on-warning"),
        # Its post-hooks call ruff by name.
        env={"PATH": f"{trial.tools.python.parent}:/usr/bin:/bin"},
    )
    # One module for each operation, named after it.
    modules = [path for path in client.glob("api/*/*.py") if path.name != "__init__.py"]
    names = trial.folder / "modules.txt"
    names.write_text(
        "\n".join(path.stem for path in modules if "def sync_detailed(" in path.read_text("utf-8")), "utf-8"
    )
    trial.count(contract, [names], r"^(\w+)$")
    trial.copy("opc_calls.py")
    (trial.folder / "mypy.ini").write_text(f"[mypy]\nstrict = True\n[mypy-{client.name}.client]\n{KNOWN}\n", "utf-8")
    trial.compile(trial.tools.python, "-m", "mypy", "--cache-dir=mypy-cache", "-p", client.name, "-m", "opc_calls")
    trial.call(trial.tools.python, "-W", "error", "opc_calls.py")


ROWS = (
    Row(
        "openapi-python-client",
        "Python",
        "openapi-python-client, without this project's templates",
        openapi_python_client,
        "no warning in generating; `mypy --strict`, without `arg-type` in its `client.py`; run with warnings as errors",
        "`AuthenticatedClient` with header name and prefix by the caller; security schemes are not read",
        "It is not the client of this project: no retries, tokens or regions.",
    ),
)
