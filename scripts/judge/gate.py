"""Let every judge look at the contract and its renderings."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import run
from typing import NamedTuple

from scripts.codegen.generator import use_own_ruff
from scripts.judge import edits, redocly, spectral, versions
from scripts.layout import CONTRACT, OPENAPI, RENDERINGS, ROOT


class Verdict(NamedTuple):
    """What a judge says."""

    is_content: bool
    text: str
    note: str = ""
    """What is worth a note although the judge is content."""


def documents() -> list[Path]:
    """Return the contract, and every rendering that is an OpenAPI document."""
    return [
        CONTRACT,
        *sorted(RENDERINGS.rglob("openapi-*.json")),
        *sorted(RENDERINGS.rglob("swagger-*.json")),
    ]


def linted() -> list[Path]:
    """Return what linters judge: the documents, and the journeys beside them."""
    return [*documents(), *sorted(OPENAPI.glob("*.arazzo.yaml"))]


def judge(name: str) -> bool:
    """Let one judge look, and print what it says."""
    started = time.monotonic()
    verdict = JUDGES[name]()
    seconds = time.monotonic() - started
    if verdict.is_content:
        note = f": {verdict.note}" if verdict.note else ""
        print(f"    ok  {name} ({seconds:.1f} s){note}", flush=True)
    else:
        print(f"FAILED  {name} ({seconds:.1f} s)", file=sys.stderr)
        print(verdict.text, file=sys.stderr, flush=True)
    return verdict.is_content


def _python(*words: str) -> Verdict:
    """Run a judge that is a module of this Python."""
    done = run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return Verdict(done.returncode == 0, done.stdout + done.stderr)


def _rules() -> Verdict:
    return _python("scripts.generate", "--check")


def _claims() -> Verdict:
    return _python("scripts.claims")


def _renderings() -> Verdict:
    return _python("scripts.render", "--check")


def _validator() -> Verdict:
    return _python("openapi_spec_validator", *map(str, documents()))


def _redocly() -> Verdict:
    done = redocly.lint(linted(), "stylish")
    return Verdict(done.returncode == 0, done.stdout + done.stderr)


def _spectral() -> Verdict:
    done = spectral.lint(linted())
    return Verdict(done.returncode == 0, done.stdout + done.stderr)


def _edits() -> Verdict:
    use_own_ruff()
    is_content, text = edits.judge()
    return Verdict(is_content, text, text)


def _version() -> Verdict:
    verdict = versions.judge()
    return Verdict(verdict.is_right, verdict.text, verdict.text)


JUDGES: dict[str, Callable[[], Verdict]] = {
    "the project's rules, and generation without a warning": _rules,
    "nothing beyond the facts": _claims,
    "renderings are up to date": _renderings,
    "openapi-spec-validator": _validator,
    "Redocly": _redocly,
    "Spectral": _spectral,
    "no edit of the contract ends in a traceback": _edits,
    "the version says what changed": _version,
}
