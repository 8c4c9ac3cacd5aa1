"""Judge the contract and all its renderings: `python scripts/gate.py`. Needs Node.js 20 or newer, or the one of the check group."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from contract import CONTRACT, ROOT
from node import INSTALL, tools
from render import RENDERINGS

FOLDER = ROOT / "scripts" / "redocly"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


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
    found = tools()
    if found is None:
        print("there is no Node.js; install it, with npm, or run `make check` once, which brings one", file=sys.stderr)
        return 1
    node, npm = found
    subprocess.run([*npm, *INSTALL], cwd=FOLDER, check=True)
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
