"""Build, judge and try what would be published: `python scripts/release.py`. It uploads nothing.

What can be checked is checked, also when something else is missing, such as the tag; then it says so and fails.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import changelog
from compatibility import names_of_contract, names_of_surface, removals, version_of
from enboarder.mock import MockServer
from enboarder.version import __version__
from environment import ROOT
from measure import alone

DIST = ROOT / "dist"
SURFACE, CONTRACT = "tests/surface.txt", "generated/enboarder_api/contract.json"


class Verdict(NamedTuple):
    """What a check found; `faults` is empty when it is content."""

    name: str
    faults: list[str]
    note: str = ""


def first_call(readme: str) -> str:
    """The first Python block of the README."""
    found = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    return found[1] if found else ""


def git(*arguments: str) -> str | None:
    """What git says; None when it fails."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def tree() -> Verdict:
    changed = git("status", "--porcelain")
    if changed is None:
        return Verdict("work tree", ["this is no git checkout"])
    return Verdict("work tree", ["not everything is committed"] if changed else [])


def told() -> Verdict:
    return Verdict("changelog", changelog.faults((ROOT / "CHANGELOG.md").read_text("utf-8"), __version__), __version__)


def tag() -> Verdict:
    tags = (git("tag", "--points-at", "HEAD") or "").split()
    wanted = f"v{__version__}"
    return Verdict("tag", [] if wanted in tags else [f"no tag {wanted} here; after the rest is well: git tag {wanted}"])


def compatible() -> Verdict:
    """The interface and the contract, compared with the last tag before this version.

    By names, so that it needs no Node.js; `make contract` rates every change of the contract.
    """
    tags = (git("tag", "--list", "v*", "--sort=-v:refname", "--merged", "HEAD") or "").split()
    last = next((name for name in tags if name != f"v{__version__}" and re.fullmatch(r"v\d+\.\d+\.\d+", name)), None)
    if last is None:
        return Verdict("compatibility", [], "no earlier tag yet, nothing to compare with")
    surface, contract = git("show", f"{last}:{SURFACE}"), git("show", f"{last}:{CONTRACT}")
    if surface is None or contract is None:
        return Verdict("compatibility", [f"{last} lacks {SURFACE} or {CONTRACT}"])
    old, new = json.loads(contract), json.loads((ROOT / CONTRACT).read_text("utf-8"))
    names = names_of_surface((ROOT / SURFACE).read_text("utf-8"))
    faults = removals(
        "the interface", (version_of(last[1:]), names_of_surface(surface)), (version_of(__version__), names)
    )
    versions = [version_of(document["info"]["version"]) for document in (old, new)]
    faults += removals("the contract", (versions[0], names_of_contract(old)), (versions[1], names_of_contract(new)))
    return Verdict("compatibility", faults, f"with {last}")


def build() -> Verdict:
    shutil.rmtree(DIST, ignore_errors=True)
    return _run("build", "-m", "build", "--outdir", str(DIST))


def twine() -> Verdict:
    return _run("twine check --strict", "-m", "twine", "check", "--strict", *map(str, DIST.glob("*")))


def tried() -> Verdict:
    """The sdist in an empty environment, without any extra; the service that it calls runs in this process."""
    name, sources = "README's first call, from the sdist", list(DIST.glob("*.tar.gz"))
    if len(sources) != 1:
        return Verdict(name, [f"{DIST} holds {len(sources)} sdists, expected one"])
    program = first_call((ROOT / "README.md").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder, MockServer() as mock:
        try:
            python = alone(Path(folder) / "environment", str(sources[0]))
        except subprocess.CalledProcessError:
            return Verdict(name, ["pip could not install it; its message stands above"])
        command = [str(python), "-I", "-W", "error", "-c", program]
        done = subprocess.run(
            command, cwd=folder, env=mock.environ("oauth2"), capture_output=True, text=True, check=False
        )
        launched = [workflow.external_id for workflow in mock.state.workflows]
    faults = [] if done.returncode == 0 else [done.stderr.strip()]
    faults += [] if len(launched) == 1 else [f"it launched {launched}, expected one workflow"]
    return Verdict(name, faults, done.stdout.strip())


def _run(name: str, *command: str) -> Verdict:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return Verdict(name, [] if done.returncode == 0 else [(done.stdout + done.stderr).strip()])


def verdicts() -> Iterator[Verdict]:
    for check in (tree, told, tag, compatible, build, twine, tried):
        yield check()


def main() -> int:
    failed = 0
    for verdict in verdicts():
        print(
            f"{'FAILED' if verdict.faults else 'ok':>6}  {verdict.name}{verdict.note and f' ({verdict.note})'}",
            flush=True,
        )
        for fault in verdict.faults:
            print(f"        {fault}", flush=True)
        failed += bool(verdict.faults)
    built = ", ".join(sorted(path.name for path in DIST.glob("*"))) or "nothing"
    print(f"{built} in dist/; nothing was uploaded" + (f"; {failed} checks failed" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
