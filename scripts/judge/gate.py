"""Judge the contract and all its renderings: `python scripts/gate.py`.

Needs Node.js 20 or newer, or the one of the check group.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import run
from typing import NamedTuple

import changes
import judges
from contract import CONTRACT, ROOT
from render import RENDERINGS


class Verdict(NamedTuple):
    """What a judge says: its faults, or what is worth a note though it is content."""

    content: bool
    told: str
    note: str = ""


def documents() -> list[Path]:
    """The contract, and every rendering that is an OpenAPI document."""
    return [CONTRACT, *sorted(RENDERINGS.rglob("openapi-*.json")), *sorted(RENDERINGS.rglob("swagger-*.json"))]


def linted() -> list[Path]:
    """What Redocly lints: the documents, and whatever else stands beside the contract that it can read."""
    return [*documents(), *sorted(CONTRACT.parent.glob("*.arazzo.yaml"))]


def python(*words: str) -> Verdict:
    """A judge that is a command of this Python."""
    done = run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return Verdict(done.returncode == 0, done.stdout + done.stderr)


def redocly() -> Verdict:
    done = judges.lint(linted(), "stylish")
    return Verdict(done.returncode == 0, done.stdout + done.stderr)


def version() -> Verdict:
    right, told = changes.judged()
    return Verdict(right, told, f": {told}")


JUDGES: dict[str, Callable[[], Verdict]] = {
    "the project's rules, and generation without a warning": lambda: python("scripts/generate.py", "--check"),
    "nothing beyond the facts": lambda: python("scripts/claims.py"),
    "renderings are up to date": lambda: python("scripts/render.py", "--check"),
    "openapi-spec-validator": lambda: python("-m", "openapi_spec_validator", *map(str, documents())),
    "Redocly": redocly,
    "the version says what changed": version,
}


def main() -> int:
    try:
        judges.install()
    except judges.NodeMissing as error:
        print(error, file=sys.stderr)
        return 1
    failed = 0
    for name, judge in JUDGES.items():
        started = time.monotonic()
        verdict = judge()
        spent = f"({time.monotonic() - started:.1f} s)"
        if verdict.content:
            print(f"    ok  {name} {spent}{verdict.note}", flush=True)
        else:
            failed += 1
            print(f"FAILED  {name} {spent}\n{verdict.told}", file=sys.stderr, flush=True)
    print(f"{len(documents())} documents judged")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
