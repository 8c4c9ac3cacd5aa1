"""The order of the floors: a module imports from its own floor or from lower ones."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import enboarder

ROOT = Path(enboarder.__file__).parent
FLOORS = {
    0: ["errors", "regions", "checks", "version"],
    1: ["transport", "retry", "messages", "outcomes"],
    2: ["tokens", "cache", "credentials", "environment", "auth"],
    3: ["sender", "paging", "client", "models", "__init__"],
}
FLOOR_OF = {module: floor for floor, modules in FLOORS.items() for module in modules}
ADD_ONS = 4


class Import(NamedTuple):
    """One import: where, of what, and whether only type checkers run it."""

    module: str
    line: int
    target: str
    for_types: bool

    def __str__(self) -> str:
        return (
            f"{self.module}.py:{self.line} imports {self.target}"
            + " for types" * self.for_types
        )


def imports_of(module: str) -> Iterator[Import]:
    """Every import of a module, also those inside functions."""
    tree = ast.parse((ROOT / f"{module}.py").read_text(encoding="utf-8"))

    def walk(node: ast.AST, for_types: bool) -> Iterator[Import]:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for statement in node.body:
                yield from walk(statement, True)
            return
        if isinstance(node, ast.Import):
            yield from (
                Import(module, node.lineno, alias.name, for_types)
                for alias in node.names
            )
        elif isinstance(node, ast.ImportFrom):
            prefix = "." * node.level + (node.module or "")
            names = (
                [alias.name for alias in node.names] if node.module is None else [""]
            )
            yield from (
                Import(module, node.lineno, prefix + name, for_types) for name in names
            )
        for child in ast.iter_child_nodes(node):
            yield from walk(child, for_types)

    return walk(tree, False)


IMPORTS = [one for module in FLOOR_OF for one in imports_of(module)]


def own(target: str) -> str | None:
    """The module of ours that an import names."""
    if target.startswith("."):
        return target.strip(".").partition(".")[0]
    package, _, rest = target.partition(".")
    return (rest.partition(".")[0] or "__init__") if package == "enboarder" else None


def test_every_module_of_the_core_has_a_floor() -> None:
    """A new module is put on a floor before it is used."""
    assert sorted(path.stem for path in ROOT.glob("*.py")) == sorted(FLOOR_OF)


@pytest.mark.parametrize("for_types", [False, True])
def test_no_module_looks_upwards(for_types: bool) -> None:
    """A module imports nothing from a higher floor, when it runs and for types."""
    upwards = [
        str(one)
        for one in IMPORTS
        if one.for_types == for_types
        and FLOOR_OF.get(own(one.target) or one.module, ADD_ONS) > FLOOR_OF[one.module]
    ]

    assert upwards == []


def test_no_modules_import_each_other_when_they_run() -> None:
    """No two modules need each other; auth names the credentials for types only."""
    edges = {
        (one.module, own(one.target))
        for one in IMPORTS
        if not one.for_types and own(one.target)
    }

    assert sorted({one for one in edges if one[::-1] in edges}) == []


@pytest.mark.parametrize(
    ("package", "at_run_time", "for_types"),
    [("httpx", {"transport", "auth"}, set()), ("dateutil", set(), set())],
)
def test_package_is_imported_by_few(
    package: str, at_run_time: set[str], for_types: set[str]
) -> None:
    """httpx is known to transport and auth, and to nobody else."""
    found = [one for one in IMPORTS if one.target.partition(".")[0] == package]

    assert {one.module for one in found if not one.for_types} == at_run_time
    assert {one.module for one in found if one.for_types} <= for_types


def test_core_depends_on_few_packages() -> None:
    """Nothing but httpx, attrs, dateutil, the generated package and the standard library."""
    packages = {
        one.target.partition(".")[0]
        for one in IMPORTS
        if not one.target.startswith(".")
    }

    assert (
        packages
        - sys.stdlib_module_names
        - {"httpx", "attrs", "dateutil", "enboarder_api"}
        == set()
    )
