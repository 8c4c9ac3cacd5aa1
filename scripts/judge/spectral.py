"""Call Spectral, a linter of OpenAPI, Swagger and Arazzo documents from npm."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from scripts.npm import node

RULES = node.FOLDER / "spectral.yaml"
PROGRAM = node.PACKAGES / "@stoplight" / "spectral-cli" / "dist" / "index.js"
Completed: TypeAlias = "subprocess.CompletedProcess[str]"


def lint(files: Iterable[Path]) -> Completed:
    """Lint files by Spectral's own rules; any result, also a hint, is a failure."""
    command = [node.find().program, str(PROGRAM), "lint", *map(str, files)]
    return subprocess.run(
        [*command, "--ruleset", str(RULES), "--fail-severity", "hint", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
