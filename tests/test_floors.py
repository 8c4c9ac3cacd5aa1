"""What the layers of import-linter cannot say: who names which package, and when.

Layers and the absence of cycles are held by import-linter, in `pyproject.toml`.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import enboarder

ROOT = Path(enboarder.__file__).parent
ADD_ONS = ("__main__.py", "cli", "contract", "frozen", "mock", "people", "stores")
EVERY = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
CORE = [file for file in EVERY if file.split("/")[0] not in ADD_ONS]
ENGINES = {"httpx", "httpx2", "httpx_aiohttp", "aiohttp"}
LIBRARIES = {"httpx", "attrs", "dateutil"}
# What is imported only if its extra is chosen.
OF_EXTRAS = {
    "transport/engine.py": {"httpx2"},
    "transport/over_aiohttp.py": {"aiohttp", "yarl"},
}


def imports_of(file: str) -> Iterator[str]:
    """Yield the name of each import in a file, also of those inside functions."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    package = ["enboarder", *Path(file).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def packages_of(file: str) -> set[str]:
    return {name.partition(".")[0] for name in imports_of(file)}


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a new process has after a statement, beside its own."""
    script = (
        "import json, sys\n"
        "before = set(sys.modules)\n"
        f"{statement}\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(ran.stdout))


def test_core_names_no_add_on() -> None:
    """An add-on can be left out: the core finds stores by their names."""
    named = {f"enboarder.{name.partition('.')[0]}" for name in ADD_ONS}
    found = [
        (file, name)
        for file in CORE
        for name in imports_of(file)
        if ".".join(name.split(".")[:2]) in named
    ]

    assert [] == found


def test_core_depends_on_three_libraries() -> None:
    """Nothing else has to be installed to send a call."""
    found = []
    for file in CORE:
        allowed = {"enboarder", "enboarder_api", *LIBRARIES, *OF_EXTRAS.get(file, ())}
        others = packages_of(file) - sys.stdlib_module_names - allowed
        found += [(file, name) for name in others]

    assert [] == found


def test_http_library_is_named_by_transport_only() -> None:
    """Whatever else sends or signs gets the library from there."""
    elsewhere = [file for file in EVERY if not file.startswith("transport/")]
    naming = [file for file in elsewhere if packages_of(file) & ENGINES]

    assert naming == []


def test_import_of_the_package_loads_neither_http_nor_an_event_loop() -> None:
    """`import enboarder` is fast, because names are loaded on their first use."""
    loaded = loaded_by("import enboarder")

    assert loaded & {*ENGINES, "asyncio", "attrs", "enboarder_api.models"} == set()


def test_blocking_client_does_not_load_an_add_on() -> None:
    """A client is ready without the stand-in service, the stores and the command."""
    loaded = loaded_by(
        "from enboarder import ApiKey, Enboarder\n"
        "Enboarder(ApiKey('key'), region='AU').close()"
    )

    assert loaded & {f"enboarder.{name}" for name in ADD_ONS} == set()


def test_blocking_client_does_not_load_what_only_bodies_need() -> None:
    """Rules, catalogue and models are loaded when a call needs them."""
    loaded = loaded_by(
        "from enboarder import ApiKey, Enboarder\n"
        "Enboarder(ApiKey('key'), region='AU').close()"
    )
    late = {"enboarder_api.checks", "enboarder_api.catalogue", "enboarder_api.models"}

    assert loaded & late == set()
