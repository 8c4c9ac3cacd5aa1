"""Call the second readers of each rendering, all of them from npm."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scripts.npm import node
from scripts.npm.node import NodeMissing

READERS = node.FOLDER / "second.mjs"
AJV = node.FOLDER / "ajv.mjs"


def read_again(files: Iterable[Path]) -> dict[Path, dict[str, Any]]:
    """Return what second readers count in each file.

    By name of the reader that is the number of operations, or of the variables of an
    environment. A text is a problem.

    Raises:
        NodeMissing: the readers do not run.
    """
    counted = _lines(READERS, *files)
    return {Path(one.pop("file")): one for one in counted}


def schema_problems(schema: Path, files: Iterable[Path]) -> dict[Path, list[str]]:
    """Return the JSON Pointers at which Ajv finds that a file breaks its schema.

    Raises:
        NodeMissing: Ajv does not run, or refuses the schema.
    """
    judged = _lines(AJV, schema, *files)
    return {Path(one["file"]): one["problems"] for one in judged}


def _lines(program: Path, *arguments: Path) -> list[Any]:
    command = [node.find().program, str(program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NodeMissing(f"{program.name} does not run:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]
