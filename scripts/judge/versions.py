"""Whether the contract's version says what changed since the last release: `python scripts/changes.py`. Needs Node.js.

Redocly's diff rates every change as patch, minor or major; scripts/extensions.py rates what it does not read. From
1.0.0 on, a major change needs a new major version and a minor one a new minor version. Below it (0.x) there is no major
version to raise: a major change needs a new minor version, like a minor one. A change of texts or examples may keep the
version.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import extensions
from contract import CONTRACT, ROOT, load
from judges import QUIET, redocly

IMPACTS = ("major", "minor", "patch")
FILE = CONTRACT.relative_to(ROOT).as_posix()


class NotCompared(Exception):
    """The two contracts cannot be compared; the text says why."""


class Change(NamedTuple):
    """What changed: the weightiest impact, the places of that impact, and both versions."""

    impact: str
    """`none`, `patch`, `minor` or `major`."""
    places: list[str]
    old: str
    new: str


def compared(old: Path, new: Path) -> Change:
    """Two files of the contract."""
    command = [*redocly(), "diff", str(old), str(new), "--format", "json", "--fail-on", "none"]
    done = subprocess.run(command, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise NotCompared(f"Redocly cannot compare the two: {done.stdout}{done.stderr}") from None
    rated = [(change["impact"], _told(change)) for change in report["changes"]] + [
        *extensions.rated(load(old), load(new))
    ]
    if old.read_bytes() != new.read_bytes():
        rated.append(("patch", "texts or examples"))
    impact = next((impact for impact in IMPACTS if any(impact == each for each, _ in rated)), "none")
    places = [place for each, place in rated if each == impact]
    return Change(impact, places, report["infoVersions"]["base"], report["infoVersions"]["revision"])


def _told(change: dict[str, Any]) -> str:
    place = change["path"].removeprefix("#/").replace("~1", "/")
    said = "; ".join(verdict["message"] for verdict in change["verdicts"])
    return f"{place}: {said or change['kind']}"


def fault(change: Change) -> str | None:
    """Why the new version does not say what changed; None when it does."""
    old, new = _numbers(change.old), _numbers(change.new)
    if new < old:
        return f"info.version went back from {change.old} to {change.new}; raise it"
    if change.impact in ("none", "patch"):
        return None
    major = change.impact == "major" and old[0] > 0
    parts = 1 if major else 2
    if new[:parts] > old[:parts]:
        return None
    least = f"{old[0] + 1}.0.0" if major else f"{old[0]}.{old[1] + 1}.0"
    told = "\n".join(f"  - {place}" for place in change.places)
    return f"info.version is {change.new}; since {change.old} there are {change.impact} changes, which need {least}:\n{told}"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def last_tag(repository: Path) -> str | None:
    """The nearest tag before what is checked out; one at it, too, when the contract was edited since."""
    edited = _git(repository, "diff", "--quiet", "HEAD", "--", FILE).returncode != 0
    done = _git(repository, "describe", "--tags", "--abbrev=0", "HEAD" if edited else "HEAD^")
    return done.stdout.strip() if done.returncode == 0 else None


def judged(repository: Path = ROOT) -> tuple[bool, str]:
    """Whether the version is right, and what to say of it."""
    tag = last_tag(repository)
    if tag is None:
        return True, "no tag yet, nothing to compare with"
    shown = _git(repository, "show", f"{tag}:{FILE}")
    if shown.returncode != 0:
        return False, f"the contract of {tag} cannot be read: {shown.stderr.strip()}"
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "enboarder.yaml"
        old.write_text(shown.stdout, "utf-8")
        try:
            change = compared(old, repository / FILE)
        except NotCompared as error:
            return False, str(error)
    told = fault(change)
    return told is None, told or f"{change.impact} since {tag}: {change.old} to {change.new}"


def _git(repository: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=repository, capture_output=True, text=True, check=False)


def main() -> int:
    right, told = judged()
    print(told, file=sys.stdout if right else sys.stderr)
    return 0 if right else 1


if __name__ == "__main__":
    raise SystemExit(main())
