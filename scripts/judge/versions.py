"""Tell whether the contract's version says what changed since the last release.

Redocly's diff rates every change as patch, minor or major; `extensions` rates what it
does not read. From 1.0.0 on, a major change needs a new major version and a minor one a
new minor version. Before it there is no major version to raise, so a major change needs
a new minor version, like a minor one. A change of texts or examples may keep the
version.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from scripts.codegen.reading import load
from scripts.judge import extensions, redocly
from scripts.layout import CONTRACT, ROOT, relative

IMPACTS = ("major", "minor", "patch")
"""The heaviest first."""


class NotCompared(Exception):
    """The two contracts cannot be compared; the text says why."""


class Change(NamedTuple):
    """What changed between two contracts."""

    impact: str
    """The heaviest one: `none`, `patch`, `minor` or `major`."""
    places: list[str]
    """Where changes of this impact are."""
    old: str
    new: str


class Verdict(NamedTuple):
    """Whether the version is right, and what to say of it."""

    is_right: bool
    text: str


def compare(old: Path, new: Path) -> Change:
    """Compare two files of the contract.

    Raises:
        NotCompared: Redocly cannot read them.
    """
    done = redocly.run("diff", old, new, "--format", "json", "--fail-on", "none")
    try:
        report = json.loads(done.stdout)
    except ValueError:
        text = f"Redocly cannot compare the two: {done.stdout}{done.stderr}"
        raise NotCompared(text) from None
    rated = [(change["impact"], _described(change)) for change in report["changes"]]
    rated.extend(extensions.rated(load(old), load(new)))
    if old.read_bytes() != new.read_bytes():
        rated.append(("patch", "texts or examples"))
    versions = report["infoVersions"]
    return Change(*_heaviest(rated), versions["base"], versions["revision"])


def _heaviest(rated: list[tuple[str, str]]) -> tuple[str, list[str]]:
    for impact in IMPACTS:
        places = [place for one, place in rated if one == impact]
        if places:
            return impact, places
    return "none", []


def _described(change: dict[str, Any]) -> str:
    place = change["path"].removeprefix("#/").replace("~1", "/")
    messages = [verdict["message"] for verdict in change["verdicts"]]
    return f"{place}: {'; '.join(messages) or change['kind']}"


def problem(change: Change) -> str | None:
    """Return why the new version does not say what changed; None if it does."""
    old = _numbers(change.old)
    new = _numbers(change.new)
    if new < old:
        return f"info.version went back from {change.old} to {change.new}; raise it"
    if change.impact in ("none", "patch"):
        return None
    needs_major = change.impact == "major" and old[0] > 0
    if needs_major:
        is_enough = new[0] > old[0]
        least = f"{old[0] + 1}.0.0"
    else:
        is_enough = new[:2] > old[:2]
        least = f"{old[0]}.{old[1] + 1}.0"
    if is_enough:
        return None
    places = "\n".join(f"  - {place}" for place in change.places)
    return (
        f"info.version is {change.new}; since {change.old} there are "
        f"{change.impact} changes, which need {least}:\n{places}"
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def last_tag(repository: Path) -> str | None:
    """Return the nearest tag before what is checked out.

    A tag on what is checked out counts as well when the contract was edited since.
    """
    edited = _git(repository, "diff", "--quiet", "HEAD", "--", relative(CONTRACT))
    start = "HEAD" if edited.returncode != 0 else "HEAD^"
    done = _git(repository, "describe", "--tags", "--abbrev=0", start)
    return done.stdout.strip() if done.returncode == 0 else None


def judge(repository: Path = ROOT) -> Verdict:
    """Compare the contract of a repository with that of its last tag."""
    tag = last_tag(repository)
    if tag is None:
        return Verdict(True, "no tag yet, nothing to compare with")
    shown = _git(repository, "show", f"{tag}:{relative(CONTRACT)}")
    if shown.returncode != 0:
        text = f"the contract of {tag} cannot be read: {shown.stderr.strip()}"
        return Verdict(False, text)
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / CONTRACT.name
        old.write_text(shown.stdout, "utf-8")
        try:
            change = compare(old, repository / relative(CONTRACT))
        except NotCompared as error:
            return Verdict(False, str(error))
    found = problem(change)
    if found is not None:
        return Verdict(False, found)
    return Verdict(True, f"{change.impact} since {tag}: {change.old} to {change.new}")


def _git(repository: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["git", *words]
    return subprocess.run(
        command, cwd=repository, capture_output=True, text=True, check=False
    )
