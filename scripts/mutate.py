"""Change the core in one place at a time, and see whether a test notices: `python scripts/mutate.py [module …]`.

A mutant never reaches the disk: each runs in a fork of this process, which has loaded the tests' libraries, but not
`enboarder`. Fails when too many are left, or one that docs/mutation.md does not explain. Needs a system that forks.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, ModuleType

from mutants import ROOT, Mutant, mutants, path_of, source_of

PAGE = ROOT / "docs" / "mutation.md"
TESTS = {
    "tokens": ["test_tokens.py", "test_auth.py"],
    "retry": ["test_retry.py", "test_client.py"],
    "auth": ["test_auth.py", "test_client.py", "stores/test_store_calls.py"],
    "sender": ["test_sender.py", "test_client.py", "test_paging.py"],
    "cache": ["test_cache.py", "test_auth.py", "test_forced_renewal.py"],
}
"""The modules, and the quick tests of each; the first file notices most."""
LIBRARIES = [
    "cosmic_ray.plugins",
    "pytest",
    "httpx",
    "httpx2",
    "attrs",
    "dateutil.parser",
    "jsonschema",
]
LIBRARIES += ["starlette.applications", "uvicorn"]
PYTEST = ["-x", "-q", "-p", "no:cacheprovider", "-n", "0", "--no-cov"]
PYTEST.append(
    "--assert=plain"
)  # pytest would load the modules itself, without the change
WORKERS = os.cpu_count() or 1
SHARE = 0.9  # of the mutants that have to be noticed
MEMORY = 4 * 2**30  # bytes, for a mutant that does not end
UNLOADABLE = 99
LEFT = "left"
OUTCOMES = {0: LEFT, 1: "by a test", -signal.SIGKILL: "by the time limit"}
"""What the end of a mutant's process means; anything else: it could not be imported."""


class Loader(SourceFileLoader):
    """Loads a mutant in the place of its module."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(path_of(mutant.module)))
        self._source = mutant.source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds the mutant where its module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if name != f"enboarder.{self._mutant.module}":
            return None
        return spec_from_file_location(
            name, path_of(self._mutant.module), loader=Loader(name, self._mutant)
        )


def start(mutant: Mutant) -> int:
    """The process in which the tests meet a mutant."""
    if process := os.fork():
        return process
    status = UNLOADABLE
    try:
        import pytest

        os.setsid()  # so that its own children end with it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        sys.meta_path.insert(0, Finder(mutant))
        importlib.import_module(f"enboarder.{mutant.module}")
        status = int(
            pytest.main([*PYTEST, *(f"tests/{name}" for name in TESTS[mutant.module])])
        )
    finally:
        os._exit(status)


def run(waiting: Iterator[Mutant], limit: float) -> Iterator[tuple[Mutant, str]]:
    """Each mutant and how its process ended, a few at a time; none runs longer than `limit` seconds."""
    running: dict[int, tuple[Mutant, float]] = {}
    while True:
        while len(running) < WORKERS and (mutant := next(waiting, None)):
            running[start(mutant)] = mutant, time.monotonic() + limit
        if not running:
            return
        ended, status = os.waitpid(-1, os.WNOHANG)
        if ended:
            yield (
                running.pop(ended)[0],
                OUTCOMES.get(os.waitstatus_to_exitcode(status), "on import"),
            )
            continue
        for process, (_, end) in running.items():
            if time.monotonic() > end:
                os.killpg(process, signal.SIGKILL)
        time.sleep(0.01)


def limit_of(module: str) -> float:
    """Seconds that the tests of a mutant may take: many times what they need without a change."""
    started = time.monotonic()
    [(_, unchanged)] = run(iter([Mutant(module, source_of(module), "")]), 120.0)
    took = time.monotonic() - started
    if unchanged != LEFT:
        raise SystemExit(
            f"the tests of {module} fail without a change, {unchanged}; run pytest on {TESTS[module]}"
        )
    [(_, empty)] = run(iter([Mutant(module, "", "")]), 120.0)
    if empty == LEFT:
        raise SystemExit(
            f"the tests do not load the mutants of {module}: they pass with an empty module"
        )
    return 5.0 + 5.0 * took


def main(wanted: list[str]) -> int:
    if unknown := sorted(set(wanted) - TESTS.keys()):
        print(
            f"there is no module {unknown[0]!r} here; there are {', '.join(TESTS)}",
            file=sys.stderr,
        )
        return 2
    os.chdir(ROOT)
    try:
        for library in LIBRARIES:
            importlib.import_module(library)
    except ModuleNotFoundError as error:
        print(
            f"{error.name} is not installed; run {sys.executable} -m pip install --group mutate",
            file=sys.stderr,
        )
        return 2
    explained = PAGE.read_text("utf-8") if PAGE.exists() else ""
    total: Counter[str] = Counter()
    unexplained = 0
    for module in wanted or TESTS:
        started, counts = time.monotonic(), Counter[str]()
        for mutant, outcome in run(mutants(module), limit_of(module)):
            counts[outcome] += 1
            if outcome == LEFT and mutant.change not in explained:
                unexplained += 1
                print(f"left in {module}: {mutant.change}", flush=True)
        print(
            f"{module}: {told(counts)}, in {time.monotonic() - started:.0f} s",
            flush=True,
        )
        total += counts
    print(
        f"all: {told(total)}; {unexplained} of those left are not explained in {PAGE.relative_to(ROOT)}"
    )
    return 1 if unexplained or share(total) < SHARE else 0


def share(counts: Counter[str]) -> float:
    """The part that was noticed."""
    return 1 - counts[LEFT] / counts.total()


def told(counts: Counter[str]) -> str:
    """The outcomes in words."""
    parts = [f"{count} {outcome}" for outcome, count in sorted(counts.items())]
    return f"{counts.total()} mutants, {share(counts):.1%} noticed ({', '.join(parts)})"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
