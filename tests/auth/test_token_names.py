"""No requirement and no hazard is lost: each is named by the docstring of a test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
REQUIREMENTS = [f"S{number}" for number in range(1, 17)]
HAZARDS = [
    "leader cancelled",
    "follower cancelled",
    "threads and event loops at once",
    "sync call on the loop's own thread",
    "five asyncio.run in a row",
    "fork in mid-refresh",
    "endpoint down in the soft window",
    "wall clock set back",
    "suspend",
    "API that always answers 401",
    "redirect from the token endpoint",
    "tokens of 20 s",
    "all tokens revoked in mid-run",
    "dead endpoint and 200 tasks",
]
NAMED = re.compile(r"((?:S\d+|Hazard)(?:, (?:S\d+|Hazard))*): ")


def promises() -> Iterator[tuple[str, str]]:
    """Each test of the repository, with its docstring."""
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                yield f"{file.name}::{node.name}", ast.get_docstring(node) or ""


def names(docstring: str) -> list[str]:
    """What a docstring names: "S6, Hazard: suspend. The rest." names S6 and suspend."""
    found = NAMED.match(docstring)
    if not found:
        return []
    told = found[1].split(", ")
    hazards = docstring[found.end() :].partition(". ")[0].split(", ") if "Hazard" in told else []
    return [name for name in told if name != "Hazard"] + hazards


PROMISES = list(promises())


@pytest.mark.parametrize("name", [*REQUIREMENTS, *HAZARDS])
def test_each_requirement_and_hazard_has_a_test(name: str) -> None:
    """Some test names it."""
    assert [test for test, docstring in PROMISES if name in names(docstring)]


def test_no_other_name_is_used() -> None:
    """A name that is misspelt would hold nothing."""
    known = {*REQUIREMENTS, *HAZARDS}

    assert {} == {test: odd for test, docstring in PROMISES if (odd := sorted({*names(docstring)} - known))}
