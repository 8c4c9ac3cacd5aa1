"""Run cosmic-ray on packages of the core, and write docs/project/mutation.md.

tests/mutation has a configuration of cosmic-ray for each package, and the reasons why
some mutants may survive. Workers change clones of the last commit, never the work tree.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATIONS = ROOT / "tests" / "mutation"
EXCUSES = CONFIGURATIONS / "excused.toml"
SESSIONS = ROOT / "build" / "mutation"
PAGE = ROOT / "docs" / "project" / "mutation.md"
PACKAGES = ("auth", "sending", "transport")
CORE = "overlays/enboarder/"
LOWEST_SCORE = 0.95
PATIENCE = 60.0  # seconds until the workers listen

INTRODUCTION = """\
<!-- Written by `nox -s mutate`. Do not edit. -->

# Mutation: would a test notice a changed line?

`nox -s mutate` changes the core in one place at a time with cosmic-ray {version}, and
runs the quick tests of the package. The configurations are in `tests/mutation`. The task
fails when tests notice fewer than {lowest:.0%} of the changes, or when one survives that
`tests/mutation/excused.toml` does not excuse with a reason.

| package | mutants | noticed | by a test | by the time limit | left | minutes |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |"""


@dataclass(frozen=True)
class Place:
    """Where a mutant is, and what was changed: what an excuse refers to."""

    module: str
    """The path of the module in overlays/enboarder."""
    function: str
    """The innermost function or class; empty at the top of a module."""
    operator: str
    """The name of cosmic-ray's operator."""

    def __str__(self) -> str:
        inside = self.function or "the module"
        return f"`{self.module}`, {inside}: {self.operator}"


@dataclass(frozen=True)
class Excuse:
    """Why mutants at a place may survive, and how many of them."""

    place: Place
    reason: str
    count: int = 1


@dataclass
class Survivor:
    """A mutant that no test noticed."""

    place: Place
    line: int
    diff: str


@dataclass
class Result:
    """What became of the mutants of a package."""

    package: str
    outcomes: Counter[str] = field(default_factory=Counter)
    survivors: list[Survivor] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def score(self) -> float:
        """The share of mutants that a test noticed."""
        total = self.outcomes.total()
        return 1.0 if total == 0 else 1 - len(self.survivors) / total


def excuses(path: Path = EXCUSES) -> list[Excuse]:
    """Read the excuses."""
    entries = tomllib.loads(path.read_text("utf-8")).get("excused", [])
    return [excuse_of(entry) for entry in entries]


def excuse_of(entry: dict[str, Any]) -> Excuse:
    """Read one excuse."""
    place = Place(entry["module"], entry.get("function", ""), entry["operator"])
    return Excuse(place, entry["reason"], entry.get("count", 1))


def unexcused(survivors: Sequence[Survivor], known: Sequence[Excuse]) -> list[Survivor]:
    """Return the survivors of each place that are more than its excuse allows."""
    allowed: Counter[Place] = Counter()
    for excuse in known:
        allowed[excuse.place] += excuse.count
    left = []
    for survivor in survivors:
        if allowed[survivor.place] > 0:
            allowed[survivor.place] -= 1
        else:
            left.append(survivor)
    return left


def ports_of(configuration: Path) -> list[int]:
    """Return the ports of the workers that a configuration names."""
    settings = tomllib.loads(configuration.read_text("utf-8"))["cosmic-ray"]
    urls = settings["distributor"]["http"]["worker-urls"]
    ports = [urlsplit(url).port for url in urls]
    return [port for port in ports if port is not None]


def wait_for(ports: Sequence[int]) -> None:
    """Return when something listens on each port."""
    end = time.monotonic() + PATIENCE
    for port in ports:
        while not listens(port):
            if time.monotonic() > end:
                raise SystemExit(f"no worker listens on port {port}")
            time.sleep(0.2)


def listens(port: int) -> bool:
    """Tell whether something listens on a port of this machine."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextmanager
def workers(configuration: Path) -> Iterator[None]:
    """Run the workers of a configuration, each in a clone of the last commit."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = {
            **os.environ,
            "TMPDIR": folder,
            # The tests import the clone that a worker changes.
            "PYTHONPATH": os.pathsep.join(["overlays", "generated"]),
        }
        process = subprocess.Popen(
            ["cr-http-workers", str(configuration), str(ROOT)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(ports_of(configuration))
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def run(package: str) -> Path:
    """Try every mutant of a package, and return cosmic-ray's record of it."""
    configuration = CONFIGURATIONS / f"{package}.toml"
    SESSIONS.mkdir(parents=True, exist_ok=True)
    session = SESSIONS / f"{package}.sqlite"
    session.unlink(missing_ok=True)
    cosmic_ray("baseline", str(configuration))
    cosmic_ray("init", str(configuration), str(session))
    command("cr-filter-operators", str(session), str(configuration))
    command("cr-filter-pragma", str(session))
    with workers(configuration):
        cosmic_ray("exec", str(configuration), str(session))
    return session


def cosmic_ray(*words: str) -> None:
    """Run a command of cosmic-ray."""
    command("cosmic-ray", *words)


def command(*words: str) -> None:
    """Run a program in the root of the project; its failure ends this one."""
    done = subprocess.run(words, cwd=ROOT, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(words)} failed")


def read(package: str, session: Path) -> Result:
    """Read what became of the mutants of a package."""
    from cosmic_ray.work_db import WorkDB, use_db

    result = Result(package)
    with use_db(str(session), WorkDB.Mode.open) as records:
        for item, outcome in records.completed_work_items:
            if outcome.test_outcome is None:
                continue
            result.outcomes[name_of(outcome)] += 1
            if not outcome.is_killed:
                result.survivors.append(survivor_of(item.mutations[0], outcome))
    return result


def name_of(outcome: Any) -> str:
    """Return what became of a mutant, in a word."""
    if outcome.is_killed and outcome.output == "timeout":
        return "time limit"
    return str(outcome.test_outcome.value)


def survivor_of(mutation: Any, outcome: Any) -> Survivor:
    """Return what is known of a mutant that survived."""
    module = mutation.module_path.as_posix().removeprefix(CORE)
    place = Place(module, mutation.definition_name or "", mutation.operator_name)
    return Survivor(place, mutation.start_pos[0], outcome.diff or "")


def page(results: Sequence[Result], known: Sequence[Excuse]) -> str:
    """Return the text of docs/project/mutation.md."""
    lines = [INTRODUCTION.format(version=version("cosmic-ray"), lowest=LOWEST_SCORE)]
    lines += [row(result) for result in results]
    measured = datetime.now(UTC).date().isoformat()
    python = ".".join(map(str, sys.version_info[:2]))
    lines += ["", f"Measured on {measured} with Python {python}.", ""]
    lines += ["## What may survive, and why", ""]
    for excuse in known:
        times = f" ({excuse.count} times)" if excuse.count > 1 else ""
        lines.append(f"- {excuse.place}{times}: {excuse.reason}")
    if not known:
        lines.append("Nothing.")
    return "\n".join(lines) + "\n"


def row(result: Result) -> str:
    """Return a package's row of the table."""
    outcomes = result.outcomes
    cells = [
        f"`{result.package}`",
        f"{outcomes.total():,}",
        f"{result.score:.1%}",
        f"{outcomes['killed']:,}",
        f"{outcomes['time limit']:,}",
        f"{len(result.survivors):,}",
        f"{result.seconds / 60:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Try every mutant of the packages that are named; write the page for all."""
    packages = sys.argv[1:] or list(PACKAGES)
    known = excuses()
    results = []
    failed = False
    for package in packages:
        started = time.monotonic()
        result = read(package, run(package))
        result.seconds = time.monotonic() - started
        results.append(result)
        left = unexcused(result.survivors, known)
        for survivor in left:
            print(f"{survivor.place}, line {survivor.line}\n{survivor.diff}")
        print(
            f"{package}: {result.outcomes.total()} mutants, {result.score:.1%} noticed,"
            f" {len(left)} survivors without an excuse"
        )
        failed = failed or bool(left) or result.score < LOWEST_SCORE
    if packages == list(PACKAGES):
        PAGE.write_text(page(results, known), "utf-8")
    return 1 if failed else 0
