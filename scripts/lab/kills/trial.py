"""One trial: kill runs at random points, continue until done, and compare."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import NamedTuple

from enboarder.mock import MockServer
from enboarder.people import Ledger, Outcome, open_ledger
from scripts.lab.kills.service import carried_out, schedule
from scripts.lab.kills.worker import Job, external_ids, work, write_files, write_plan
from scripts.lab.soak.ledger import DONE, UNKNOWN, Account, account

PRELOADED = [
    "scripts.lab.kills.worker",
    "httpx",
    "httpcore",
    "psycopg",
    "encodings.idna",
    "enboarder.auth.client_credentials",
    "enboarder.client",
    "enboarder.people.ledger.postgres",
    "enboarder.people.planning",
    "enboarder.people.run",
    "enboarder_api.api.workflows.launch_basic",
    "enboarder_api.catalogue",
    "enboarder_api.checks",
    "enboarder_api.models",
]
"""What each worker would import; it begins its work at once."""

RENAMED = 5
"""Every so many starts, a worker plans the file again, which has another name then."""
EARLY = 0.25
"""The share of kills after a random time, some of them before the first claim."""
LONGEST_EARLY = 0.4
LONGEST_AFTER = 0.01
"""Seconds between a launch and the kill, at most; they hit other steps of a row."""
LONGEST_WORK = 300.0
FINISHING_RUNS = 8


class Settings(NamedTuple):
    """What is tried."""

    name: str
    rows: int
    kills: int
    at_once: int
    with_faults: bool
    seed: int


class Figures(NamedTuple):
    """What a trial found."""

    settings: Settings
    kills: int
    requests: int
    faults: int
    statuses: Counter[str]
    """By outcome, of all rows at the end."""
    account: Account
    undecided: list[str]
    """Rows without a definite state."""

    @property
    def is_right(self) -> bool:
        """Whether nobody was launched twice, and nothing was lost."""
        wrong = (*self.account.doubled, *self.account.lost, *self.account.denied)
        return not wrong and not self.undecided


class Workers:
    """Processes that launch the people of one file."""

    def __init__(self, context: ForkServerContext, job: Job, source: Path) -> None:
        """Start none yet."""
        self._context = context
        self._job = job
        self._source = source
        self._started = 0

    def start(self) -> ForkServerProcess:
        """Start a worker with the plan, or with the file under a new name."""
        self._started += 1
        source = None
        if self._started % RENAMED == 1:
            source = self._source.with_name(f"hires-{self._started}.csv")
            # A worker that runs has read its file.
            source.write_bytes(self._source.read_bytes())
        process = self._context.Process(target=work, args=(self._job, source))
        process.start()
        return process


def try_out(settings: Settings, folder: Path, location: str) -> Figures:
    """Run one trial.

    Args:
        settings: what is tried.
        folder: for the file of people.
        location: of the ledger.
    """
    chance = random.Random(settings.seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    source = write_files(folder, settings.rows)
    with MockServer() as server:
        planned: Counter[str] = Counter()
        if settings.with_faults:
            planned = schedule(server, 2 * settings.rows, chance)
        name = f"kills-{settings.seed}-{folder.name}"
        job = Job(folder, location, name, server.environ("oauth2"))
        write_plan(job, source)
        workers = Workers(context, job, source)
        kills = _kill(settings, server, workers, chance)
        with open_ledger(account=name, location=location) as ledger:
            _finish(settings, workers, ledger)
            states = _states(ledger, settings.rows)
        launches = carried_out(server)
        requests = sum(1 for one in server.requests if one.operation != "token")
    ends = {one: _end(state) for one, state in states.items() if state is not None}
    # A row that was never claimed was never sent.
    nobody = {one: "unclaimed" for one in launches if one not in ends}
    return Figures(
        settings=settings,
        kills=kills,
        requests=requests,
        faults=planned.total(),
        statuses=Counter(str(state or "none") for state in states.values()),
        account=account({**ends, **nobody}.items(), launches),
        undecided=[one for one, state in states.items() if state is None],
    )


def _kill(
    settings: Settings, server: MockServer, workers: Workers, chance: random.Random
) -> int:
    """Kill workers, and start others, for as long as there is something to do."""
    running = [workers.start() for _ in range(settings.at_once)]
    revoke_at = {settings.kills // 3, 2 * settings.kills // 3}
    killed = 0
    share = settings.rows / max(1, settings.kills)
    while killed < settings.kills:
        if chance.random() < EARLY:
            time.sleep(chance.uniform(0, LONGEST_EARLY))
        else:
            wanted = chance.uniform(0, 1.6 * share)
            _wait_for(server, wanted, running)
            time.sleep(chance.uniform(0, LONGEST_AFTER))
        victim = chance.randrange(len(running))
        was_running = running[victim].is_alive()
        running[victim].kill()
        running[victim].join()
        if not was_running and len(server.state.workflows) >= settings.rows:
            break
        killed += was_running
        if settings.with_faults and killed in revoke_at:
            revoke_at.discard(killed)
            server.revoke_tokens()
        running[victim] = workers.start()
    for process in running:
        process.kill()
        process.join()
    return killed


def _wait_for(
    server: MockServer, wanted: float, running: list[ForkServerProcess]
) -> None:
    """Wait until so many more people are launched, or a worker ends."""
    begun = len(server.state.workflows)
    _until(
        lambda: (
            len(server.state.workflows) - begun >= wanted
            or not all(process.is_alive() for process in running)
        )
    )


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_WORK
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the workers do not go on")
        time.sleep(0.001)


def _finish(settings: Settings, workers: Workers, ledger: Ledger) -> None:
    """Run again until every row is settled, or may have been done."""
    for _ in range(FINISHING_RUNS):
        running = [workers.start() for _ in range(settings.at_once)]
        for process in running:
            process.join()
            if process.exitcode != 0:
                raise OSError(f"a worker ended with exit code {process.exitcode}")
        states = _states(ledger, settings.rows).values()
        if all(state in (Outcome.DONE, Outcome.UNKNOWN) for state in states):
            return


def _states(ledger: Ledger, rows: int) -> dict[str, Outcome | None]:
    """Return how the last request of each row ended; None if there was none."""
    states: dict[str, Outcome | None] = dict.fromkeys(external_ids(rows))
    for record in ledger.records():
        if record.external_id is not None:
            states[record.external_id] = record.outcome
    return states


def _end(outcome: Outcome | None) -> str:
    """Return an outcome in the words of the soak's account."""
    if outcome is Outcome.DONE:
        return DONE
    return UNKNOWN if outcome is Outcome.UNKNOWN else str(outcome)
