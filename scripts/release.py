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
from typing import Any, NamedTuple

from enboarder.mock import MockServer
from enboarder.version import __version__
from environment import ROOT
from measure import alone

DIST = ROOT / "dist"
SURFACE, CONTRACT = "tests/surface.txt", "generated/enboarder_api/contract.json"
Version = tuple[int, ...]


class Verdict(NamedTuple):
    """What a check found; `faults` is empty when it is content."""

    name: str
    faults: list[str]
    note: str = ""


def version_of(text: str) -> Version:
    """The numbers of a version without a suffix: 0.1.0."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", text):
        raise ValueError(f"{text!r} is no version like 1.2.3")
    return tuple(map(int, text.split(".")))


def entries(changelog: str) -> dict[str, str]:
    """What stands under each heading `## [version] - date`; `Unreleased` is one of them."""
    parts = re.split(r"^## \[([^\]]+)\]([^\n]*)\n", changelog, flags=re.MULTILINE)
    return {
        f"{version}{date}": text.strip()
        for version, date, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    }


def changelog_faults(changelog: str, version: str) -> list[str]:
    """Why the changelog does not tell of this version, if it does not."""
    found = entries(changelog)
    faults = []
    if found.get("Unreleased"):
        faults.append(f"CHANGELOG.md has entries under [Unreleased]; they belong under [{version}] - YYYY-MM-DD")
    first = next((heading for heading in found if heading != "Unreleased"), "nothing")
    if not re.fullmatch(rf"{re.escape(version)} - \d{{4}}-\d\d-\d\d", first):
        faults.append(f"the first version in CHANGELOG.md is {first}, expected [{version}] - YYYY-MM-DD")
    elif not found[first]:
        faults.append(f"CHANGELOG.md says nothing under [{version}]")
    return faults


def names_of_surface(text: str) -> set[str]:
    """Every public name, base class, parameter and field in tests/surface.txt."""
    names: set[str] = set()
    for line in text.splitlines():
        name, rest = re.findall(r"([\w.]*)(.*)", line)[0]
        listed = re.findall(r"\w+", rest) if re.fullmatch(r": [\w, ]+", rest) else []
        inner = listed or re.findall(r"(?:\(|, )\*{0,2}(\w+)(?=[:,)=])", rest)
        names |= {name, *(f"{name}.{one}" for one in inner)}
    return names


def names_of_contract(document: dict[str, Any]) -> set[str]:
    """Every operation, schema and property, with the path and method of an operation."""
    operations = {
        f"{node['operationId']}: {method.upper()} {path}"
        for path, item in document["paths"].items()
        for method, node in item.items()
        if isinstance(node, dict) and "operationId" in node
    }
    schemas: dict[str, Any] = document["components"]["schemas"]
    fields = {f"{name}.{field}" for name, schema in schemas.items() for field in schema.get("properties", {})}
    return operations | set(schemas) | fields


def removals(what: str, old: tuple[Version, set[str]], new: tuple[Version, set[str]]) -> list[str]:
    """Names that are gone although the version says that none is: 0.x needs a new minor, from 1.0 on a new major."""
    (old_version, old_names), (version, names) = old, new
    gone = sorted(old_names - names)
    part = 1 if old_version[0] == 0 else 0
    if not gone or version[: part + 1] > old_version[: part + 1]:
        return []
    listed = ", ".join(gone[:10]) + (f" and {len(gone) - 10} more" if len(gone) > 10 else "")
    return [f"{what} lost {listed}: that needs a new {('major', 'minor')[part]} version"]


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


def changelog() -> Verdict:
    return Verdict("changelog", changelog_faults((ROOT / "CHANGELOG.md").read_text("utf-8"), __version__), __version__)


def tag() -> Verdict:
    tags = (git("tag", "--points-at", "HEAD") or "").split()
    wanted = f"v{__version__}"
    return Verdict("tag", [] if wanted in tags else [f"no tag {wanted} here; after the rest is well: git tag {wanted}"])


def compatibility() -> Verdict:
    """The interface and the contract, compared with the last tag before this version: by names, so that it needs no Node.js.

    `make contract` rates every change of the contract.
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
    for check in (tree, changelog, tag, compatibility, build, twine, tried):
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
