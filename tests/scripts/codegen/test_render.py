"""`scripts.render` writes what belongs, removes what does not, and checks both."""

from __future__ import annotations

from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

from tests.scripts.checkout import Checkout, contents

pytestmark = pytest.mark.untraced


class Runs(NamedTuple):
    """What happened in a copy in which files were out of date."""

    check: CompletedProcess[str]
    before: dict[str, bytes]
    after_check: dict[str, bytes]
    run: CompletedProcess[str]
    check_with_stray: CompletedProcess[str]
    """After the run put everything right, and a stray file was added."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """A check, a run, and a check with a stray file."""
    checkout = Checkout.copied(tmp_path_factory.mktemp("out-of-date"))
    checkout.models_page.write_text("# Models\n", "utf-8")
    (checkout.renderings / "errors.json").unlink()
    (checkout.renderings / "eu" / "left_over.json").write_text("{}", "utf-8")
    before = contents(checkout.root)
    check = checkout.run("scripts.render", "--check")
    after_check = contents(checkout.root)
    run = checkout.run("scripts.render")
    (checkout.renderings / "stray.json").write_text("{}", "utf-8")
    check_with_stray = checkout.run("scripts.render", "--check")
    return Runs(check, before, after_check, run, check_with_stray)


def names(done: CompletedProcess[str]) -> set[str]:
    """The files that are reported."""
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return {line.split()[0].rstrip(":") for line in lines}


def test_check_reports_every_file_that_differs(runs: Runs) -> None:
    """A changed, a missing and a stray file are reported, and the check fails."""
    expected = {
        "docs/guides/models.md",
        "openapi/renderings/errors.json",
        "openapi/renderings/eu/left_over.json",
    }

    assert (1, expected) == (runs.check.returncode, names(runs.check))


def test_check_changes_nothing(runs: Runs) -> None:
    """Files that differ stay unchanged."""
    assert runs.before == runs.after_check


def test_a_run_puts_every_file_right(runs: Runs) -> None:
    """Exactly the files that differ are written or removed."""
    assert (0, names(runs.check)) == (runs.run.returncode, names(runs.run))


def test_a_stray_file_alone_fails_the_check(runs: Runs) -> None:
    """A file that does not belong is reported although all others are right."""
    stray = runs.check_with_stray

    assert (1, {"openapi/renderings/stray.json"}) == (stray.returncode, names(stray))
