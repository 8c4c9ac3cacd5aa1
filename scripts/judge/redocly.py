"""The judges from npm: installed once beside their package.json, exact versions, and how each is called."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contract import ROOT
from node import INSTALL, tools

FOLDER = ROOT / "scripts" / "redocly"
CONFIG = FOLDER / "redocly.yaml"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
NO_NODE = "there is no Node.js; install it, with npm, or run `make check` once, which brings one"


class NodeMissing(Exception):
    """There is no Node.js, or npm cannot install; the text says what to do."""


def install() -> None:
    """Install what is missing; does nothing when all is there."""
    found = tools()
    if found is None:
        raise NodeMissing(NO_NODE)
    wanted, stamp = (FOLDER / "package.json").read_text("utf-8"), FOLDER / "node_modules" / "installed.json"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    done = subprocess.run([*found[1], *INSTALL], cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NodeMissing(f"npm could not install the judges of the contract:\n{done.stdout}{done.stderr}")
    stamp.write_text(wanted, "utf-8")


def redocly() -> list[str]:
    """How Redocly's command is called."""
    return [_node(), str(FOLDER / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js")]


def lint(files: Iterable[Path], form: str) -> subprocess.CompletedProcess[str]:
    """Redocly's verdict on files, by the project's configuration, in one of its formats."""
    command = [*redocly(), "lint", *map(str, files), "--config", str(CONFIG), "--format", form]
    return subprocess.run(command, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)


def second(files: Iterable[Path]) -> dict[Path, dict[str, Any]]:
    """What second readers count in each file: operations, of an environment variables; a text is a fault."""
    command = [_node(), str(FOLDER / "second.mjs"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NodeMissing(f"the second readers did not run:\n{done.stderr}")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(one.pop("file")): one for one in told}


def _node() -> str:
    found = tools()
    if found is None:
        raise NodeMissing(NO_NODE)
    return found[0]
