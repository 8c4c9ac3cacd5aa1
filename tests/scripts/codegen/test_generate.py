"""`scripts.generate` is repeatable, careful with the folder, and honest in a check."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

from enboarder.contract.walk import Node
from scripts.codegen import output
from scripts.codegen.generator import generate
from tests.scripts.checkout import Checkout, contents

pytestmark = pytest.mark.untraced


def test_a_run_is_repeatable(checkout: Checkout) -> None:
    """A run in a fresh clone, without the package, gives the same bytes again.

    Neither the time nor the order of hashes reaches the generated files.
    """
    before = contents(checkout.package)
    for path in checkout.package.rglob("*"):
        if path.is_file():
            path.unlink()
    done = checkout.run("scripts.generate", PYTHONHASHSEED="4711")

    assert (0, "") == (done.returncode, done.stderr)
    assert before == contents(checkout.package)


class Check(NamedTuple):
    """A check of a package that is out of date."""

    done: CompletedProcess[str]
    before: dict[str, bytes]
    after: dict[str, bytes]


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Check a package with a changed, a missing and a stray file."""
    checkout = Checkout.copied(tmp_path_factory.mktemp("out-of-date"))
    (checkout.package / "errors.py").write_text("changed = True\n", "utf-8")
    (checkout.package / "py.typed").unlink()
    (checkout.package / "models" / "left_over.py").write_text("", "utf-8")
    before = contents(checkout.root)
    done = checkout.run("scripts.generate", "--check")
    return Check(done, before, contents(checkout.root))


def test_check_lists_what_differs(check: Check) -> None:
    """A changed, a missing and a stray file are reported, and the check fails."""
    assert (1, "") == (check.done.returncode, check.done.stdout)
    listed = [line.strip() for line in check.done.stderr.splitlines()[1:]]
    assert ["errors.py", "models/left_over.py", "py.typed"] == listed


def test_check_changes_nothing(check: Check) -> None:
    """Files that differ stay unchanged."""
    assert check.before == check.after


def test_check_reports_a_stray_file_alone(checkout: Checkout) -> None:
    """A file that does not belong is enough to fail the check."""
    (checkout.package / "api" / "left_over.py").write_text("", "utf-8")
    done = checkout.run("scripts.generate", "--check")

    assert 1 == done.returncode
    assert "api/left_over.py" in done.stderr


def test_a_broken_contract_leaves_the_package_alone(checkout: Checkout) -> None:
    """The place is named without a traceback, and nothing is replaced."""
    before = contents(checkout.package)
    text = checkout.contract.read_text("utf-8")
    broken = text.replace("      x-twin: getFormsWithToken\n", "", 1)
    checkout.contract.write_text(broken, "utf-8")
    done = checkout.run("scripts.generate")

    assert (1, "") == (done.returncode, done.stdout)
    assert "  - getFormsWithToken (GET /reports/v2/forms): " in done.stderr
    assert "Traceback" not in done.stderr
    assert before == contents(checkout.package)


@pytest.mark.usefixtures("own_ruff")
def test_a_generation_does_not_depend_on_the_folder(
    original: Node, tmp_path: Path
) -> None:
    """Generated twice, into different folders, the package is the same."""
    generate(original, tmp_path / "one" / "enboarder_api")
    generate(original, tmp_path / "another" / "enboarder_api")

    assert contents(tmp_path / "one") == contents(tmp_path / "another")


@pytest.mark.usefixtures("own_ruff")
def test_a_generation_leaves_the_document_unchanged(
    original: Node, document: Node, tmp_path: Path
) -> None:
    """The contract that goes into the package is the whole one."""
    generate(document, tmp_path / "enboarder_api")

    assert original == document


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of two files."""
    folder = tmp_path / "package"
    (folder / "models").mkdir(parents=True)
    (folder / "one.py").write_text("1", "utf-8")
    (folder / "models" / "two.py").write_text("2", "utf-8")
    return folder


@pytest.fixture
def fresh(package: Path, tmp_path: Path) -> Path:
    """Another package with the same files."""
    folder = tmp_path / "fresh"
    (folder / "models").mkdir(parents=True)
    for name, content in contents(package).items():
        (folder / name).write_bytes(content)
    return folder


def states(folder: Path) -> list[tuple[Path, int, int]]:
    """What would show that a file was written."""
    found = []
    for path in sorted(folder.rglob("*")):
        stat = path.stat()
        found.append((path, stat.st_ino, stat.st_mtime_ns))
    return found


def test_an_unchanged_package_is_not_written(package: Path, fresh: Path) -> None:
    """Nothing is written when nothing changed, so that no build tool sees a change."""
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "one.pyc").write_bytes(b"compiled")
    before = states(package)

    assert [] == output.replace(package, fresh)
    assert before == states(package)


def test_a_changed_package_is_replaced_as_a_whole(package: Path, fresh: Path) -> None:
    """What differs is listed, and nothing of the old package is left."""
    (package / "left_over.py").write_text("", "utf-8")
    (fresh / "one.py").write_text("one", "utf-8")
    (fresh / "three.py").write_text("3", "utf-8")

    assert ["left_over.py", "one.py", "three.py"] == output.replace(package, fresh)
    assert contents(fresh) == contents(package)


def test_the_first_package_is_written(fresh: Path, tmp_path: Path) -> None:
    """Where there is no package yet, all of it is new."""
    target = tmp_path / "nothing" / "yet"

    assert ["models/two.py", "one.py"] == output.replace(target, fresh)
    assert contents(fresh) == contents(target)
