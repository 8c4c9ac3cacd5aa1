"""The package says what it is, and the repository holds nothing that it should not."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import enboarder
from enboarder import models

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("no git checkout")
    return [ROOT / name for name in listed.stdout.split()]


def test_metadata_name_the_contract() -> None:
    """A wheel shows which contract it holds."""
    assert f"contract-{enboarder.CONTRACT_VERSION}" in PROJECT["project"]["keywords"]


def test_core_depends_on_three_libraries_alone() -> None:
    """Everything else is an extra."""
    assert {"httpx", "attrs", "python-dateutil"} == {
        re.split(r"[<>=]", dependency)[0]
        for dependency in PROJECT["project"]["dependencies"]
    }


def test_tools_of_generation_are_pinned_exactly() -> None:
    """The generated code depends on the versions of these two."""
    tools = PROJECT["dependency-groups"]["generate"]
    exact = {tool.partition("==")[0] for tool in tools if "==" in tool}

    assert exact == {"openapi-python-client", "ruff"}


def test_no_file_names_a_package_registry() -> None:
    """The one who installs decides where packages come from."""
    registries = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian")
    own = Path(__file__)
    assert [
        path
        for path in tracked()
        if path != own and registries.search(path.read_text("utf-8", "replace"))
    ] == []


def test_models_list_themselves() -> None:
    """`dir(models)` shows the models and nothing else."""
    assert sorted(models.__all__) == dir(models)
