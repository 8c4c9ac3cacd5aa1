"""One trial: disturb exports at random points, and compare what they leave."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import shutil
import signal
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import NamedTuple

from enboarder.mock import MockServer
from scripts.lab.exports.offer import offer_reports
from scripts.lab.exports.worker import DATABASE, DATASET, DUCKDB, Job, work

PRELOADED = [
    "scripts.lab.exports.worker",
    "httpx",
    "httpcore",
    "encodings.idna",
    "enboarder.auth.client_credentials",
    "enboarder.client",
    "enboarder.export.run",
    "enboarder.export.files.csv",
    "enboarder_api.api.reports",
    "enboarder_api.models",
]
"""What each worker would import; it begins its work at once."""
PRELOADED_FOR_LOADS = [
    "dlt",
    "duckdb",
    "pyarrow",
    "dlt.destinations.impl.duckdb.factory",
    "enboarder.export.warehouse.load",
]
PAGES_BEFORE_KILL = 12.0
"""Pages that a worker gets at most before it is killed."""
LONGEST_AFTER = 0.05
"""Seconds between a page and the kill, at most; they hit other steps of a page."""
LONGEST_LOAD = 3.0
"""Seconds between a page and the kill of a load, at most."""
LONGEST_WORK = 300.0
TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = ? AND table_name NOT LIKE '\\_dlt%' ESCAPE '\\'
"""
DATA_FILES = (".jsonl", ".csv", ".parquet")
DATA = ("reports.get_form_data", "reports.get_workflow_data")


class Settings(NamedTuple):
    """What is tried."""

    name: str
    format: str
    pages: int
    """Of each report."""
    kills: int
    token_ends: int
    """In how many exports all tokens expire or are revoked while they run."""
    seed: int


class Figures(NamedTuple):
    """What a trial found."""

    settings: Settings
    kills: int
    token_ends: int
    exports: int
    """That reached their end."""
    pages: int
    """That were fetched."""
    undisturbed_pages: int
    """That as many exports without a disturbance fetch."""
    different: list[str]
    """Files that are not those of an undisturbed export."""

    @property
    def is_right(self) -> bool:
        """Whether every disturbance happened, and left no trace in a file."""
        happened = (self.kills, self.token_ends)
        wanted = (self.settings.kills, self.settings.token_ends)
        return happened == wanted and not self.different


class Exports:
    """Exports of the same reports, each in a folder of its own."""

    def __init__(self, server: MockServer, folder: Path, format: str) -> None:
        """Export once without a disturbance."""
        self._server = server
        self._folder = folder
        self._format = format
        self.longest_after = LONGEST_LOAD if format == DUCKDB else LONGEST_AFTER
        self._context = _context(format)
        self.finished = 0
        self.different: list[str] = []
        undisturbed = self.start()
        undisturbed.join()
        _demand_success(undisturbed)
        self._expected = checksums(self._target)
        self.pages = self.data_requests()
        """That an undisturbed export fetches."""
        self._begin_again()
        self.finished = 0

    @property
    def _target(self) -> Path:
        return self._folder / "exported"

    def start(self) -> ForkServerProcess:
        """Start a worker; it continues what is in the folder."""
        job = Job(self._target, self._format, self._server.environ("oauth2"))
        process = self._context.Process(target=work, args=(job,))
        process.start()
        return process

    def finish(self, process: ForkServerProcess) -> None:
        """Compare what an export left, and begin another one."""
        process.join()
        _demand_success(process)
        found = checksums(self._target)
        for name in sorted(self._expected | found):
            if self._expected.get(name) != found.get(name):
                self.different.append(f"{name} of export {self.finished + 1}")
        self._begin_again()

    def _begin_again(self) -> None:
        self.finished += 1
        shutil.rmtree(self._target)

    def data_requests(self) -> int:
        """Return how many pages the workers got."""
        return sum(one.operation in DATA for one in self._server.requests)


def try_out(settings: Settings, folder: Path) -> Figures:
    """Run one trial in an empty folder."""
    chance = random.Random(settings.seed)
    with MockServer() as server:
        offer_reports(server, settings.pages)
        exports = Exports(server, folder, settings.format)
        kills = _kill(settings.kills, exports, chance)
        token_ends = _end_tokens(settings.token_ends, exports, server, chance)
        pages = exports.data_requests() - exports.pages
    return Figures(
        settings=settings,
        kills=kills,
        token_ends=token_ends,
        exports=exports.finished,
        pages=pages,
        undisturbed_pages=exports.finished * exports.pages,
        different=exports.different,
    )


def checksums(folder: Path) -> dict[str, str]:
    """Return the checksum of each file of data, or of each table, by its name."""
    if (folder / DATABASE).exists():
        return _checksums_of_tables(folder / DATABASE)
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in DATA_FILES:
            found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _checksums_of_tables(database: Path) -> dict[str, str]:
    import duckdb

    found: dict[str, str] = {}
    with duckdb.connect(str(database)) as connection:
        names = connection.execute(TABLES, [DATASET]).fetchall()
        for (name,) in names:
            rows = connection.sql(f'SELECT * FROM {DATASET}."{name}" ORDER BY ALL')
            text = repr(rows.fetchall())
            found[name] = hashlib.sha256(text.encode()).hexdigest()
    return found


def _kill(wanted: int, exports: Exports, chance: random.Random) -> int:
    """Kill so many workers; one that ends before is compared."""
    killed = 0
    while killed < wanted:
        process = exports.start()
        _disturb(process, exports, chance, process.kill)
        process.join()
        if process.exitcode == -signal.SIGKILL:
            killed += 1
        else:
            exports.finish(process)
    if wanted:
        exports.finish(exports.start())
    return killed


def _end_tokens(
    wanted: int, exports: Exports, server: MockServer, chance: random.Random
) -> int:
    """Let all tokens expire, or revoke them, once in each of so many exports.

    More often, the client would take them for a credential that has ended.
    """
    ended = 0
    ways = (server.expire_tokens, server.revoke_tokens)
    while ended < wanted:
        process = exports.start()
        ended += _disturb(process, exports, chance, ways[ended % 2])
        exports.finish(process)
    return ended


def _disturb(
    process: ForkServerProcess,
    exports: Exports,
    chance: random.Random,
    disturb: Callable[[], object],
) -> bool:
    """Disturb a worker after some pages; tell whether it was still running."""
    begun = exports.data_requests()
    pages = chance.uniform(0, PAGES_BEFORE_KILL)
    _until(lambda: exports.data_requests() - begun >= pages or not process.is_alive())
    time.sleep(chance.uniform(0, exports.longest_after))
    was_running = process.is_alive()
    disturb()
    return was_running


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_WORK
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the worker does not go on")
        time.sleep(0.01)


def _context(format: str) -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    loads = PRELOADED_FOR_LOADS if format == DUCKDB else []
    context.set_forkserver_preload([*PRELOADED, *loads])
    return context


def _demand_success(process: ForkServerProcess) -> None:
    if process.exitcode != 0:
        raise OSError(f"a worker ended with exit code {process.exitcode}")
