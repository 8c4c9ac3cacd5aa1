"""Call the judges from npm: Redocly, and second readers of each rendering."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from scripts.npm import node
from scripts.npm.node import NodeMissing

CONFIG = node.FOLDER / "redocly.yaml"
PROGRAM = node.PACKAGES / "@redocly" / "cli" / "bin" / "cli.js"
SECOND_READERS = node.FOLDER / "second.mjs"
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


def read_again(files: Iterable[Path]) -> dict[Path, dict[str, Any]]:
    """Return what second readers count in each file.

    By name of the reader that is the number of operations, or of the variables of an
    environment. A text is a problem.

    Raises:
        NodeMissing: the readers do not run.
    """
    command = [node.find().program, str(SECOND_READERS), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NodeMissing(f"the second readers do not run:\n{done.stderr}")
    counted = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(one.pop("file")): one for one in counted}
