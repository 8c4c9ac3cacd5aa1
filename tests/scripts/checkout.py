"""A copy of the repository in which tests run its programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.layout import ROOT

FOLDERS = ("docs", "generated", "openapi", "overlays", "scripts")
FILES = (
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "generator_config.yml",
    "pyproject.toml",
)
IGNORED = ("__pycache__", "*.egg-info", "node_modules")


class Checkout:
    """The copy."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contract = root / "openapi" / "enboarder.yaml"
        self.package = root / "generated" / "enboarder_api"
        self.renderings = root / "openapi" / "renderings"
        self.models_page = root / "docs" / "guides" / "models.md"

    @classmethod
    def copied(cls, root: Path) -> Checkout:
        """Copy the repository, without what is not needed."""
        ignored = shutil.ignore_patterns(*IGNORED)
        for name in FOLDERS:
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        for name in FILES:
            shutil.copy2(ROOT / name, root / name)
        return cls(root)

    def run(
        self, module: str, *arguments: str, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as the Makefile does, with the packages of the copy."""
        packages = [self.root / "generated", self.root / "overlays"]
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.root,
            env={
                **os.environ,
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONPATH": os.pathsep.join(map(str, packages)),
                **environ,
            },
            capture_output=True,
            text=True,
            check=False,
        )


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
