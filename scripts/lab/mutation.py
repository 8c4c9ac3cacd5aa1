"""Run cosmic-ray on packages of the core, and write docs/project/mutation.md.

tests/mutation has a configuration of cosmic-ray for each package, the reasons why some
mutants may survive, and `remarks.md`, which ends the page. Each package is changed in
its own clone of the last commit, so the work tree stays as it is.

All mutants take hours; `--sample 100` tries a hundred of each package, always the same
ones for a given source.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any

from scripts.lab.mutant import NO_PYTHON
from scripts.layout import PROJECT_PAGES, ROOT

CONFIGURATIONS = ROOT / "tests" / "mutation"
EXCUSES = CONFIGURATIONS / "excused.toml"
SESSIONS = ROOT / "build" / "mutation"
PAGE = PROJECT_PAGES / "mutation.md"
PACKAGES = ("auth", "sending", "transport")
CORE = "overlays/enboarder/"
REMARKS = CONFIGURATIONS / "remarks.md"
DEVIATIONS = 1.96
"""How many standard deviations have 95 % of all samples between them."""
AT_ONCE = os.cpu_count() or 1

INTRODUCTION = """\
<!-- Written by `nox -s mutate`. Do not edit. -->

# Mutation: would a test notice a changed line?

`nox -s mutate` uses cosmic-ray {version} to change the core in one place at a time, and
runs the quick tests of the package, those of the changed module first. The
configurations are in `tests/mutation`. The task fails if a change survives that
`tests/mutation/excused.toml` does not excuse with a reason. With `--sample N` it tries
N mutants of each package, chosen by a fixed seed. A change after which the module is no
Python is not counted.

| package | mutants | tried | noticed | of all (95 %) | left | excused | minutes |
| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |"""
LIMITS = """\
A sample says only roughly how many of all mutants the tests notice. "Of all" is the
interval (Wilson's) that is right for 95 % of all samples. Excused changes do the same
as the original, or differ where nothing is promised; they count neither as noticed nor
as left. A mutant that hits the time limit counts as noticed; on a busy machine, try it
again.
"""


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
    """Which mutants of a package were noticed, and which survived."""

    package: str
    mutants: int = 0
    """How many there are; `outcomes` counts those that were tried."""
    outcomes: Counter[str] = field(default_factory=Counter)
    left: list[Survivor] = field(default_factory=list)
    """Those that survived without an excuse."""
    excused: int = 0
    seconds: float = 0.0

    @property
    def counted(self) -> int:
        """How many were tried, without those that are excused."""
        return self.outcomes.total() - self.excused

    @property
    def score(self) -> float:
        """The share of the counted mutants that a test noticed."""
        return 1.0 if self.counted == 0 else 1 - len(self.left) / self.counted

    @property
    def interval(self) -> tuple[float, float]:
        """Where the score of all mutants probably is, by Wilson's score interval."""
        tried = self.outcomes.total()
        if self.counted == 0 or tried == self.mutants:
            return self.score, self.score
        square = DEVIATIONS**2 / self.counted
        middle = self.score + square / 2
        spread = self.score * (1 - self.score) + square / 4
        half = math.sqrt(square * spread)
        return (middle - half) / (1 + square), (middle + half) / (1 + square)


def excuses(path: Path = EXCUSES) -> list[Excuse]:
    """Read the excuses."""
    entries = tomllib.loads(path.read_text("utf-8")).get("excused", [])
    return [excuse_of(entry) for entry in entries]


def excuse_of(entry: dict[str, Any]) -> Excuse:
    """Read one excuse."""
    place = Place(entry["module"], entry.get("function", ""), entry["operator"])
    return Excuse(place, entry["reason"], entry.get("count", 1))


def settings_of(package: str) -> dict[str, Any]:
    """Return the settings of cosmic-ray for a package."""
    text = (CONFIGURATIONS / f"{package}.toml").read_text("utf-8")
    settings: dict[str, Any] = tomllib.loads(text)["cosmic-ray"]
    return settings


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


@contextmanager
def clone() -> Iterator[Path]:
    """Clone the last commit into a temporary folder."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(ROOT, "git", "clone", "--quiet", "--depth=1", ROOT.as_uri(), folder)
        yield Path(folder)


def run(folder: Path, *words: str) -> None:
    """Run a program in a clone; when it fails, this program ends."""
    # The tests import the modules of the clone, not those of the work tree.
    modules = [str(folder / "overlays"), str(folder / "generated")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(modules)}
    done = subprocess.run(words, cwd=folder, env=environment, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(words)} failed")


def try_all(package: str, known: Sequence[Excuse], sample: int | None = None) -> Result:
    """Try every mutant of a package, or a sample of them."""
    started = time.monotonic()
    configuration = str(CONFIGURATIONS / f"{package}.toml")
    SESSIONS.mkdir(parents=True, exist_ok=True)
    session = SESSIONS / f"{package}.sqlite"
    session.unlink(missing_ok=True)
    with clone() as folder:
        run(folder, "cosmic-ray", "baseline", configuration)
        run(folder, "cosmic-ray", "init", configuration, str(session))
        run(folder, "cr-filter-operators", str(session), configuration)
        mutants = choose(session, sample)
        run(folder, "cosmic-ray", "exec", configuration, str(session))
    result = read(package, session, known)
    result.mutants = mutants
    result.seconds = time.monotonic() - started
    return result


def choose(session: Path, sample: int | None) -> int:
    """Leave a sample of the mutants to be tried, and return how many there were."""
    from cosmic_ray.work_db import WorkDB, use_db
    from cosmic_ray.work_item import WorkerOutcome, WorkResult

    with use_db(str(session), WorkDB.Mode.open) as records:
        waiting = {place_of(item): item.job_id for item in records.pending_work_items}
        if sample is not None and sample < len(waiting):
            tried = Random(0).sample(sorted(waiting), sample)
            left_out = [waiting[place] for place in waiting.keys() - set(tried)]
            skipped = WorkResult(WorkerOutcome.SKIPPED, output="not in the sample")
            records.set_multiple_results(left_out, skipped)
    return len(waiting)


def place_of(item: Any) -> tuple[str, str, int]:
    """Return what tells a mutant from all others."""
    (mutation,) = item.mutations
    module = mutation.module_path.as_posix()
    return module, mutation.operator_name, mutation.occurrence


def read(package: str, session: Path, known: Sequence[Excuse]) -> Result:
    """Read the result of each mutant of a package."""
    from cosmic_ray.work_db import WorkDB, use_db

    result = Result(package)
    survivors = []
    with use_db(str(session), WorkDB.Mode.open) as records:
        for item, outcome in records.completed_work_items:
            if outcome.test_outcome is None or is_no_program(outcome):
                continue
            result.outcomes[name_of(outcome)] += 1
            if not outcome.is_killed:
                survivors.append(survivor_of(item.mutations[0], outcome))
    result.left = unexcused(survivors, known)
    result.excused = len(survivors) - len(result.left)
    return result


def is_no_program(outcome: Any) -> bool:
    """Return whether a mutant is no Python: cosmic-ray takes a `*` for a product."""
    return NO_PYTHON in (outcome.output or "")


def name_of(outcome: Any) -> str:
    """Return the outcome of a mutant as a word."""
    if outcome.is_killed and outcome.output == "timeout":
        return "time limit"
    return str(outcome.test_outcome.value)


def survivor_of(mutation: Any, outcome: Any) -> Survivor:
    """Return the place, line and diff of a mutant that survived."""
    module = mutation.module_path.as_posix().removeprefix(CORE)
    place = Place(module, mutation.definition_name or "", mutation.operator_name)
    return Survivor(place, mutation.start_pos[0], outcome.diff or "")


def page(results: Sequence[Result], known: Sequence[Excuse]) -> str:
    """Return the text of docs/project/mutation.md."""
    lines = [INTRODUCTION.format(version=version("cosmic-ray"))]
    lines += [row(result) for result in results]
    measured = datetime.now(UTC).date().isoformat()
    python = ".".join(map(str, sys.version_info[:2]))
    lines += ["", f"Measured on {measured} with Python {python}.", "", LIMITS]
    lines += ["## What may survive, and why", ""]
    for excuse in known:
        times = f" ({excuse.count} times)" if excuse.count > 1 else ""
        lines.append(f"- {excuse.place}{times}: {excuse.reason}")
    if not known:
        lines.append("Nothing.")
    lines += ["", REMARKS.read_text("utf-8").strip()]
    return "\n".join(lines) + "\n"


def row(result: Result) -> str:
    """Return a package's row of the table."""
    lowest, highest = result.interval
    cells = [
        f"`{result.package}`",
        f"{result.mutants:,}",
        f"{result.outcomes.total():,}",
        f"{result.score:.1%}",
        f"{lowest:.0%} to {highest:.0%}",
        f"{len(result.left):,}",
        f"{result.excused:,}",
        f"{result.seconds / 60:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def report(result: Result) -> None:
    """Print the result of a package."""
    for survivor in result.left:
        print(f"{survivor.place}, line {survivor.line}\n{survivor.diff}")
    tried = f"{result.outcomes.total()} of {result.mutants} mutants tried"
    print(
        f"{result.package}: {tried},"
        f" {result.score:.1%} noticed, {len(result.left)} survivors without an excuse",
        flush=True,
    )


def main() -> int:
    """Try every mutant of the packages that are named; write the page for all."""
    parser = argparse.ArgumentParser(description="Run cosmic-ray on the core.")
    parser.add_argument("packages", nargs="*", help="auth, sending, transport")
    parser.add_argument("--sample", type=int, metavar="N", help="mutants of a package")
    given = parser.parse_args()
    packages = given.packages or list(PACKAGES)
    known = excuses()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try_package = partial(try_all, known=known, sample=given.sample)
        results = list(pool.map(try_package, packages))
    for result in results:
        report(result)
    if packages == list(PACKAGES):
        PAGE.write_text(page(results, known), "utf-8")
    return 1 if any(result.left for result in results) else 0
