"""Every task of the project, each in an environment of its own: `nox -l` lists them.

The Makefile puts nox and uv into `.venv`, and runs the tasks that everybody needs.
Words after `--` reach the program of a task: `nox -s bench -- --quick`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import nox
from nox.command import CommandFailed

ROOT = Path(__file__).parent
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
TESTS_OF_SCRIPTS = sorted(Path("tests", "scripts").glob("[a-z]*/"))
ALL_EXTRAS = "aiohttp,cli,file,httpx2,mock,phone,postgres,redis,xlsx"
EXTRAS_OF_BENCH = "aiohttp,file,httpx2,redis"
TESTS_OF_EXPORTS = [
    "tests/cli/export/warehouse",
    "tests/export",
    "tests/export/arrow",
    "tests/export/guides",
    "tests/export/warehouse",
]
ORCHESTRATORS = ["airflow", "dagster", "prefect"]
TYPED = ["overlays", "generated", "scripts", "tests", "examples", "noxfile.py"]

nox.needs_version = ">=2026.4"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_external_run = True
nox.options.reuse_venv = "yes"
nox.options.sessions = ["check", "test"]
# Without bytecode, each worker and each process that a test starts would compile all
# libraries again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def offer_pyenv_versions() -> None:
    """Let pyenv run each Python that it has, after the one that is in use."""
    folder = Path.home() / ".pyenv" / "versions"
    if not folder.is_dir():
        return
    installed = sorted(version.name for version in folder.iterdir())
    running = ".".join(map(str, sys.version_info[:3]))
    in_use = running if running in installed else "system"
    in_use = os.environ.get("PYENV_VERSION", in_use)
    os.environ["PYENV_VERSION"] = ":".join([in_use, *installed])


offer_pyenv_versions()


# --- Everyday tasks ------------------------------------------------------------------


@nox.session
def demo(session: nox.Session) -> None:
    """Generate the client, and see it do its main job against a mock service."""
    install(session, "generate", extras="mock")
    python(session, "scripts.generate")
    python(session, "scripts.demo")


@nox.session
def test(session: nox.Session) -> None:
    """Run the tests; words after `--` go to pytest."""
    install(session, "test")
    pytest(session, "-n", "auto", *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Make the generated package, the renderings and docs/guides/models.md."""
    install(session, "generate", extras="mock")
    python(session, "scripts.generate")
    python(session, "scripts.render")


@nox.session
def check(session: nox.Session) -> None:
    """Run every static check: generated files, contract, style, layers and types."""
    install(session, "check")
    pyright = ["pyright", "--pythonpath", f"{session.bin}/python"]
    checks = {
        "generated code": program("scripts.generate", "--check"),
        "rendered pages": program("scripts.render", "--check"),
        "OpenAPI 3.1": ["openapi-spec-validator", "openapi/enboarder.yaml"],
        "style": ["ruff", "check", "--output-format=concise"],
        "format": ["ruff", "format", "--check", "--output-format=concise"],
        "layers": ["lint-imports", "--no-logo"],
        "workflows": ["zizmor", "--offline", "--quiet", ".github"],
        "types (mypy)": ["mypy", *TYPED],
        "types (pyright)": pyright,
    }
    tag = last_tag()
    if tag and minor(tag) == minor(present_version()):
        checks["public interface"] = griffe_check(tag, "enboarder", "overlays")
        checks["low-level interface"] = griffe_check(tag, "enboarder_api", "generated")
    else:
        session.log("no tag promises this version's interface: griffe compares nothing")
    failed = [name for name in checks if not passes(session, checks[name])]
    if failed:
        session.error(f"failed: {', '.join(failed)}")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into build/site."""
    install(session, "docs", extras="mock")
    python(session, "scripts.site")


@nox.session
def release(session: nox.Session) -> None:
    """Build, judge and try what would be published; upload nothing."""
    install(session, "release")
    python(session, "scripts.release")


@nox.session
def verify(session: nox.Session) -> None:
    """Answer open questions with your account and read-only requests."""
    install(session, extras="cli")
    python(session, "enboarder", "verify", *session.posargs)


# --- More tests ----------------------------------------------------------------------


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run every test on each Python that is installed."""
    install(session, "test")
    pytest(session, "-q", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Run every test with the lowest versions of the libraries."""
    install(session, "test", pinned="lowest")
    pytest(session, "-q", "-n", "auto", *session.posargs)


@nox.session
def engine(session: nox.Session) -> None:
    """Run every test with httpx2 as the engine of the clients."""
    install(session, "test")
    session.env["ENBOARDER_ENGINE"] = "httpx2"
    pytest(session, "-q", "-n", "auto", *session.posargs)


@nox.session
def contract(session: nox.Session) -> None:
    """Judge the contract, its renderings and what works on it, also with npm tools."""
    install(session, "contract")
    python(session, "scripts.gate")
    folders = ["tests/contract", "tests/gate", *map(str, TESTS_OF_SCRIPTS)]
    pytest(session, "-q", "-n", "auto", *folders, *session.posargs)


@nox.session
def frozen(session: nox.Session) -> None:
    """Freeze a program with PyInstaller, and run it."""
    install(session, "frozen", extras="file,mock")
    pytest(session, "-q", "tests/frozen", *session.posargs)


@nox.session
def export(session: nox.Session) -> None:
    """Test exports to Arrow, Parquet and warehouses."""
    install(session, "export", extras=f"{ALL_EXTRAS},parquet,dlt")
    pytest(session, "-q", "-n", "auto", *TESTS_OF_EXPORTS, *session.posargs)


@nox.session
@nox.parametrize("name", ORCHESTRATORS, ids=ORCHESTRATORS)
def orchestrators(session: nox.Session, name: str) -> None:
    """Let an orchestrator run its example."""
    install(session, name, extras="dlt,mock", pinned=name)
    pytest(session, "-q", f"tests/examples/orchestrators/test_{name}.py")


@nox.session
def conformance(session: nox.Session) -> None:
    """Ask judges by others about the contract, the client and the mock."""
    install(session, "conformance", pinned="conformance")
    python(session, "tests.conformance", *session.posargs)


@nox.session
def site(session: nox.Session) -> None:
    """Build the site, and open every page in a browser that knows no other host."""
    install(session, "docs", extras="mock")
    python(session, "scripts.site")
    pytest(session, "-q", "tests/site", *session.posargs)


@nox.session
def mutate(session: nox.Session) -> None:
    """Change the core in one place at a time, and see whether a test notices."""
    install(session, "mutate")
    python(session, "scripts.mutate", *session.posargs)


# --- Figures -------------------------------------------------------------------------


@nox.session
def measure(session: nox.Session) -> None:
    """Measure import time, time to a client, and installed size."""
    install(session, "release")
    python(session, "scripts.measure")


@nox.session
def bench(session: nox.Session) -> None:
    """Compare tokens, speed and cost with other clients: docs/project/benchmarks.md."""
    install(session, "bench", extras=EXTRAS_OF_BENCH, pinned="bench")
    python(session, "scripts.bench", *session.posargs)


@nox.session
def scale(session: nox.Session) -> None:
    """Say what a process, a machine and a fleet can carry: docs/project/scale.md."""
    install(session, "bench", extras=EXTRAS_OF_BENCH, pinned="bench")
    python(session, "scripts.scale", *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """Load the client for ten minutes with faults: no write is doubled or lost."""
    install(session, "bench", extras="file,redis", pinned="bench")
    python(session, "scripts.soak", *session.posargs)


@nox.session
def kill(session: nox.Session) -> None:
    """Kill runs of `people` at random points: nobody is launched twice."""
    install(session, "test")
    python(session, "scripts.kill", *session.posargs)


@nox.session
def exports(session: nox.Session) -> None:
    """Measure exports beside other ways, or kill them: docs/project/exports.md."""
    install(session, "test", extras=f"{ALL_EXTRAS},parquet,dlt")
    python(session, "scripts.exports", *session.posargs)


@nox.session
def portability(session: nox.Session) -> None:
    """Prove that other languages can use the contract: docs/project/portability.md."""
    install(session, "check")
    python(session, "scripts.portability", *session.posargs)


# --- Environments --------------------------------------------------------------------


@nox.session(venv_backend="none")
def dev(session: nox.Session) -> None:
    """Put the client and the tools of test and check into `.venv`, for an editor."""
    into = ["--python", sys.executable]
    uv(session, "pip", "install", *into, *wanted(["nox", "check"], ALL_EXTRAS, "dev"))


@nox.session(venv_backend="none")
def constraints(session: nox.Session) -> None:
    """Compile constraints/ again, with the newest version of everything."""
    every_group = ["nox", "check", "contract", "export", "mutate", "frozen", "docs"]
    every_group += ["release"]
    compile_pins(session, "dev", every_group)
    compile_pins(session, "bench", ["bench"])
    compile_pins(session, "conformance", ["conformance"])
    for orchestrator in ORCHESTRATORS:
        compile_pins(session, orchestrator, [orchestrator])
    compile_lowest(session)


# --- What the tasks share ------------------------------------------------------------

PYRIGHT = {
    # The group `check` brings Node.js, and pins pyright.
    "PYRIGHT_PYTHON_GLOBAL_NODE": "0",
    "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
}


def wanted(groups: Iterable[str], extras: str, pinned: str) -> list[str]:
    """Return what to install: the client with its extras, and the groups."""
    arguments = ["-c", f"constraints/{pinned}.txt", "-e", f".[{extras}]"]
    for group in groups:
        arguments += ["--group", group]
    return arguments


def install(
    session: nox.Session, *groups: str, extras: str = ALL_EXTRAS, pinned: str = "dev"
) -> None:
    """Install the client and the dependency groups into the session's environment."""
    session.install(*wanted(groups, extras, pinned))


def program(module: str, *words: str) -> list[str]:
    """Return the command that runs a program of the project."""
    return ["python", "-m", module, *words]


def python(session: nox.Session, module: str, *words: str) -> None:
    """Run a program of the project."""
    session.run(*program(module, *words))


def pytest(session: nox.Session, *words: str) -> None:
    """Run pytest with the root of the project on the path."""
    python(session, "pytest", *words)


def passes(session: nox.Session, command: Sequence[str]) -> bool:
    """Tell whether a command succeeds, so that the commands after it run, too."""
    try:
        session.run(*command, env=PYRIGHT)
    except CommandFailed:
        return False
    return True


def last_tag() -> str | None:
    """Return the tag of the last release.

    Before the first release there is none, and tests/test_surface.py holds the public
    interface.
    """
    described = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0", "--match=v*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() or None


def present_version() -> str:
    """Return the version of the client in the work tree."""
    text = (ROOT / "overlays" / "enboarder" / "version.py").read_text("utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def minor(version: str) -> str:
    """Return a version without its last number: what is promised until it changes."""
    return version.removeprefix("v").rpartition(".")[0]


def griffe_check(tag: str, package: str, folder: str) -> list[str]:
    """Return the command that compares the interface of a package with a tag's."""
    return ["griffe", "check", package, f"--search={folder}", f"--against={tag}"]


def uv(session: nox.Session, *words: str) -> None:
    """Run uv, the one beside nox."""
    session.run("uv", *words, external=True)


def compile_pins(
    session: nox.Session, name: str, groups: Iterable[str], *options: str
) -> None:
    """Write one file of constraints/: exact versions for every Python and system."""
    group_options = [f"--group={group}" for group in groups]
    uv(
        session,
        *("pip", "compile", "--quiet", "--universal", "--upgrade"),
        f"--python-version={PYTHONS[0]}",
        "--custom-compile-command=nox -s constraints",
        "--no-annotate",
        "--all-extras",
        f"--output-file=constraints/{name}.txt",
        *group_options,
        *options,
        "pyproject.toml",
    )


def compile_lowest(session: nox.Session) -> None:
    """Pin the lowest versions of the libraries, and the newest tools to test them."""
    libraries = Path(session.create_tmp(), "libraries.txt").resolve()
    uv(
        session,
        *("pip", "compile", "--quiet", "--universal", "--no-deps"),
        "--resolution=lowest-direct",
        f"--python-version={PYTHONS[0]}",
        "--all-extras",
        # The tools of the tests need newer ones.
        "--no-emit-package=cryptography",
        "--no-emit-package=typer",
        f"--output-file={libraries}",
        "pyproject.toml",
    )
    compile_pins(session, "lowest", ["test"], f"--constraints={libraries}")
