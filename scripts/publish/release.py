"""Build, check and try what would be published. Nothing is uploaded.

Each check runs, also when another one fails, such as that of the tag.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from enboarder.mock import MockServer
from enboarder.version import __version__
from scripts.lab import installation
from scripts.layout import ROOT
from scripts.publish import changelog
from scripts.publish.compatibility import (
    Release,
    names_of_contract,
    names_of_surface,
    removals,
    version_of,
)

DIST = ROOT / "dist"
SURFACE = "tests/surface.txt"
CONTRACT = "generated/enboarder_api/contract.json"
TAG = f"v{__version__}"


class Verdict(NamedTuple):
    """What a check finds; `problems` is empty when it is content."""

    name: str
    problems: list[str]
    note: str = ""


def first_call(readme: str) -> str:
    """Return the first Python block of the README."""
    found = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    return found.group(1) if found else ""


def git(*arguments: str) -> str | None:
    """Return what git prints; None when it fails."""
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else None


def check_work_tree() -> Verdict:
    """Check that everything is committed."""
    name = "work tree"
    changed = git("status", "--porcelain")
    if changed is None:
        return Verdict(name, ["this is not a git checkout"])
    if changed:
        return Verdict(name, ["not everything is committed"])
    return Verdict(name, [])


def check_changelog() -> Verdict:
    """Check that the changelog has an entry for the version."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return Verdict("changelog", [*changelog.problems(text, __version__)], __version__)


def check_tag() -> Verdict:
    """Check that the version is tagged."""
    tags = git("tag", "--points-at", "HEAD") or ""
    if TAG in tags.split():
        return Verdict("tag", [])
    problem = f"no tag {TAG} here; when the other checks pass: git tag {TAG}"
    return Verdict("tag", [problem])


def check_compatibility() -> Verdict:
    """Compare the interface and the contract with the last tag before this version.

    They are compared by names, so no Node.js is needed; `nox -s contract` rates every
    change of the contract.
    """
    name = "compatibility"
    last = _last_release()
    if last is None:
        return Verdict(name, [], "no earlier tag yet, nothing to compare with")
    old_surface = git("show", f"{last}:{SURFACE}")
    old_contract = git("show", f"{last}:{CONTRACT}")
    if old_surface is None or old_contract is None:
        return Verdict(name, [f"{last} lacks {SURFACE} or {CONTRACT}"])
    problems = removals(
        "the interface",
        Release(version_of(last[1:]), names_of_surface(old_surface)),
        Release(
            version_of(__version__),
            names_of_surface((ROOT / SURFACE).read_text("utf-8")),
        ),
    )
    problems += removals(
        "the contract",
        _contract_release(old_contract),
        _contract_release((ROOT / CONTRACT).read_text("utf-8")),
    )
    return Verdict(name, problems, f"with {last}")


def _last_release() -> str | None:
    listed = git("tag", "--list", "v*", "--sort=-v:refname", "--merged", "HEAD")
    for tag in (listed or "").split():
        if tag != TAG and re.fullmatch(r"v\d+\.\d+\.\d+", tag):
            return tag
    return None


def _contract_release(text: str) -> Release:
    document = json.loads(text)
    version = version_of(document["info"]["version"])
    return Release(version, names_of_contract(document))


def build() -> Verdict:
    """Build the sdist and the wheel."""
    shutil.rmtree(DIST, ignore_errors=True)
    return _run("build", "-m", "build", "--outdir", str(DIST))


def check_metadata() -> Verdict:
    """Let twine check what was built."""
    files = map(str, DIST.glob("*"))
    return _run("twine check --strict", "-m", "twine", "check", "--strict", *files)


def try_first_call() -> Verdict:
    """Run the README's first call from the sdist, in an empty environment.

    No extra is installed. The service that it calls runs in this process.
    """
    name = "README's first call, from the sdist"
    sources = list(DIST.glob("*.tar.gz"))
    if len(sources) != 1:
        return Verdict(name, [f"{DIST} holds {len(sources)} sdists, expected one"])
    program = first_call((ROOT / "README.md").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder, MockServer() as mock:
        try:
            environment = Path(folder) / "environment"
            python = installation.alone(environment, str(sources[0]))
        except subprocess.CalledProcessError:
            return Verdict(name, ["pip cannot install it; see its message above"])
        done = subprocess.run(
            [str(python), "-I", "-W", "error", "-c", program],
            cwd=folder,
            env=mock.environ("oauth2"),
            capture_output=True,
            text=True,
            check=False,
        )
        launched = [workflow.external_id for workflow in mock.state.workflows]
    problems = []
    if done.returncode != 0:
        problems.append(done.stderr.strip())
    if len(launched) != 1:
        problems.append(f"it launched {len(launched)} workflows, expected one")
    return Verdict(name, problems, done.stdout.strip())


def _run(name: str, *command: str) -> Verdict:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return Verdict(name, [])
    return Verdict(name, [(done.stdout + done.stderr).strip()])


CHECKS: tuple[Callable[[], Verdict], ...] = (
    check_work_tree,
    check_changelog,
    check_tag,
    check_compatibility,
    build,
    check_metadata,
    try_first_call,
)
"""In this order: the last ones look at what was built."""
