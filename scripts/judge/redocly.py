"""Call Redocly, a linter of OpenAPI, Swagger and Arazzo documents from npm."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from scripts.npm import node

CONFIG = node.FOLDER / "redocly.yaml"
PROGRAM = node.PACKAGES / "@redocly" / "cli" / "bin" / "cli.js"
Completed: TypeAlias = "subprocess.CompletedProcess[str]"

QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def run(*arguments: str | Path, cwd: Path | None = None) -> Completed:
    """Run Redocly's command, without telemetry and notices."""
    command = [node.find().program, str(PROGRAM), *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        check=False,
    )


def lint(files: Iterable[Path], form: str) -> Completed:
    """Lint files by the project's configuration; `form` is how Redocly reports."""
    return run("lint", *files, "--config", CONFIG, "--format", form)
