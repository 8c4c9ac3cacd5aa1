"""Mutants that survive are excused by place and reason, and by no more than that."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.lab import mutation
from scripts.lab.mutation import Excuse, Place, Survivor
from scripts.layout import ROOT

PLACE = Place("auth/token.py", "lifetime", "core/NumberReplacer")
ELSEWHERE = Place("auth/token.py", "age", "core/NumberReplacer")


def survivor(place: Place) -> Survivor:
    return Survivor(place, line=1, diff="- 1\n+ 2")


def test_survivor_without_an_excuse_is_left() -> None:
    """A mutant that nobody explained fails the run."""
    found = survivor(ELSEWHERE)

    assert [found] == mutation.unexcused([found], [Excuse(PLACE, "the same")])


def test_excuse_covers_as_many_survivors_as_it_counts() -> None:
    """A further survivor at the same place needs a reason of its own."""
    found = [survivor(PLACE) for _ in range(3)]

    assert [] == mutation.unexcused(found, [Excuse(PLACE, "the same", count=3)])
    assert found[2:] == mutation.unexcused(found, [Excuse(PLACE, "the same", count=2)])


def test_excuses_of_a_place_add_up() -> None:
    """Two mutants of one function can survive for two reasons."""
    found = [survivor(PLACE), survivor(PLACE)]
    reasons = [Excuse(PLACE, "never negative"), Excuse(PLACE, "never zero")]

    assert [] == mutation.unexcused(found, reasons)


def test_excuses_are_read(tmp_path: Path) -> None:
    """A file names module, function and operator; a count of one may be left out."""
    path = tmp_path / "excused.toml"
    path.write_text(
        """
        [[excused]]
        module = "auth/token.py"
        function = "lifetime"
        operator = "core/NumberReplacer"
        reason = "the same"
        """
    )

    assert [Excuse(PLACE, "the same", count=1)] == mutation.excuses(path)


def test_excuses_name_modules_that_exist() -> None:
    """An excuse goes with the code that it is about."""
    modules = {excuse.place.module for excuse in mutation.excuses()}
    core = ROOT / mutation.CORE

    assert set() == {name for name in modules if not (core / name).exists()}


@pytest.mark.parametrize("package", mutation.PACKAGES)
def test_configuration_names_what_exists(package: str) -> None:
    """Each package is there, and so are the tests that its mutants meet."""
    command = mutation.settings_of(package)["test-command"]
    tests = [word for word in command.split() if word.startswith("tests/")]

    assert mutation.settings_of(package)["module-path"] == f"{mutation.CORE}{package}"
    assert [] == [name for name in tests if not (ROOT / name).exists()]
