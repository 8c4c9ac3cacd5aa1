"""`python scripts/generate.py`: repeatable, careful with the folder, and honest with `--check`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import generate
from contract import Node

pytestmark = pytest.mark.untraced


def run(
    repository: Path, *arguments: str, seed: str = "0"
) -> subprocess.CompletedProcess[str]:
    """The command in a copy of the repository, as the Makefile calls it."""
    command = [sys.executable, str(repository / "scripts" / "generate.py"), *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_run_is_repeatable(repository: Path) -> None:
    """Neither the time nor the order of hashes reaches the generated files: another run gives the same bytes."""
    package = repository / "generated" / "enboarder_api"
    before = contents(package)
    for path in package.rglob("*.py"):
        path.unlink()
    done = run(repository, seed="4711")
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(package) == before


def test_check_tells_what_differs_and_changes_nothing(repository: Path) -> None:
    """Changed, missing and additional files are all told, with the command to run; the exit code is 1."""
    package = repository / "generated" / "enboarder_api"
    (package / "errors.py").write_text("changed = True\n", encoding="utf-8")
    (package / "py.typed").unlink()
    (package / "models" / "left_over.py").write_text("", encoding="utf-8")
    before = contents(package)
    done = run(repository, "--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "generated/enboarder_api is out of date; run `make generate`:",
        "  errors.py",
        "  models/left_over.py",
        "  py.typed",
    ]
    assert contents(package) == before


def test_a_broken_contract_leaves_the_package_alone(repository: Path) -> None:
    """When generation fails the exit code is 1, the place is told without a traceback, and nothing was replaced."""
    package = repository / "generated" / "enboarder_api"
    before = contents(package)
    path = repository / "openapi" / "enboarder.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("      x-twin: getFormsOAuth\n", "", 1), encoding="utf-8"
    )
    done = run(repository)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "not generated: the contract breaks its rules:\n  - getFormsOAuth (GET /reports/v2/forms)"
    )
    assert contents(package) == before


@pytest.mark.usefixtures("own_tools")
def test_a_generation_does_not_depend_on_the_folder(
    original: Node, tmp_path: Path
) -> None:
    """Generated twice, into different folders, the package is the same."""
    generate.generate(original, tmp_path / "one" / "enboarder_api")
    generate.generate(original, tmp_path / "another" / "enboarder_api")
    assert contents(tmp_path / "one") == contents(tmp_path / "another")


@pytest.mark.usefixtures("own_tools")
def test_a_generation_leaves_the_document_as_it_was(
    original: Node, document: Node, tmp_path: Path
) -> None:
    """Selecting and naming work on copies: the contract that goes into the package is the whole one."""
    generate.generate(document, tmp_path / "enboarder_api")
    assert document == original


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of two files."""
    folder = tmp_path / "package"
    (folder / "models").mkdir(parents=True)
    (folder / "one.py").write_text("1", encoding="utf-8")
    (folder / "models" / "two.py").write_text("2", encoding="utf-8")
    return folder


@pytest.fixture
def twin(package: Path, tmp_path: Path) -> Path:
    """Another one with the same files."""
    folder = tmp_path / "twin"
    (folder / "models").mkdir(parents=True)
    for name, content in contents(package).items():
        (folder / name).write_bytes(content)
    return folder


def test_an_unchanged_package_is_left_untouched(package: Path, twin: Path) -> None:
    """Where nothing changed nothing is written, so that no build tool sees a change."""
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "one.pyc").write_bytes(b"compiled")
    before = [
        (path, path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted(package.rglob("*"))
    ]
    assert generate.replace(package, twin) == []
    assert [
        (path, path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted(package.rglob("*"))
    ] == before


def test_a_changed_package_is_replaced_as_a_whole(package: Path, twin: Path) -> None:
    """What differs is told, and afterwards there is nothing of the old package left."""
    (package / "left_over.py").write_text("", encoding="utf-8")
    (twin / "one.py").write_text("one", encoding="utf-8")
    (twin / "three.py").write_text("3", encoding="utf-8")
    assert generate.replace(package, twin) == ["left_over.py", "one.py", "three.py"]
    assert contents(package) == contents(twin)


def test_the_first_package_is_written(twin: Path, tmp_path: Path) -> None:
    """Where there was no package, all of it is new."""
    assert generate.replace(tmp_path / "nothing" / "yet", twin) == [
        "models/two.py",
        "one.py",
    ]
    assert contents(tmp_path / "nothing" / "yet") == contents(twin)
