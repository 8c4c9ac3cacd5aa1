"""The contract to break, and copies of the repository to break it in."""

import copy
import os
import shutil
import sys
from pathlib import Path

import pytest

import contract
from contract import ROOT, Node

FOLDERS = ("openapi", "scripts", "generated", "overlays")
FILES = (
    "generator_config.yml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
)


@pytest.fixture(scope="session")
def original() -> Node:
    """The contract as it is; tests do not change it."""
    return contract.load()


@pytest.fixture
def document(original: Node) -> Node:
    """The contract, to be changed by one test."""
    return copy.deepcopy(original)


@pytest.fixture
def own_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ruff that generation calls is the one beside this Python."""
    monkeypatch.setenv(
        "PATH",
        os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of what is needed to generate and to install."""
    target = tmp_path / "repository"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "node_modules")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for name in FILES:
        shutil.copy2(ROOT / name, target / name)
    return target
