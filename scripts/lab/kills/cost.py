"""What a launch by `people.apply` costs, beside a bare POST and two commits.

Each side runs in a process of its own, so that its processor time and memory are its
own; the service is a third process.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import sqlite3
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from enboarder import ApiKey, Enboarder, people
from scripts.lab.bench import server
from scripts.lab.bench.site import Site
from scripts.lab.soak.resources import held

LIMIT = 2.0
"""How often the cost of the bare way a launch may cost at most."""
GROWTH = 0.10
"""By how much memory may grow from a fifth of the launches to their end."""
WARM_UP = 200
KEY = "a-key"
PATH = "/restapi/v1/startwf/basic"
CREATE = "CREATE TABLE launches (external_id TEXT PRIMARY KEY, state TEXT)"


class Cost(NamedTuple):
    """What launches cost."""

    launches: int
    seconds: float
    """Of the processor, for one launch."""
    growth: float
    """Of memory (RSS), from a fifth of the launches to their end, as a share."""


class Launches(server.Service):
    """Answers every launch at once."""

    def reply(self, request: server.Request) -> server.Reply:
        """Answer a request."""
        if request.path == "/control":
            return super().reply(request)
        external_id = json.loads(request.body)["externalid"]
        answer = {"message": "ok", "referenceid": external_id}
        return server.Reply(server.answer(200, answer))


class LaunchSite(Site):
    """The server that answers launches."""

    module = "scripts.lab.kills.cost"


def body_of(number: int) -> dict[str, Any]:
    """Return a launch."""
    external_id = f"cost-{number:06}"
    return {
        "nhnm": "Alex Example",
        "nheml": f"{external_id}@example.com",
        "mgrnm": "Morgan Sample",
        "mgreml": "morgan@example.com",
        "nhstdt": "2027-01-12",
        "customfields": [
            {"name": "brand", "value": "Example"},
            {"name": "location", "value": "Sydney"},
        ],
        "externalid": external_id,
    }


def measured(side: str, launches: int, url: str) -> Cost:
    """Measure one side in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_measure, args=(side, launches, url, there))
    process.start()
    found: Cost = here.recv()
    process.join()
    return found


def _measure(side: str, launches: int, url: str, answer: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        answer.send(SIDES[side](launches, url, Path(folder)))


def _by_apply(launches: int, url: str, folder: Path) -> Cost:
    gauge = _Gauge(launches)
    with (
        Enboarder(ApiKey(KEY), base_url=url) as enboarder,
        people.open_ledger(account="cost", location=folder / "ledger.db") as ledger,
    ):
        pace = people.Pace(per_second=math.inf)
        people.apply(enboarder, _plan(range(WARM_UP)), ledger, pace=pace)
        plan = _plan(range(WARM_UP, WARM_UP + launches))
        gauge.begin()
        run = people.apply(enboarder, plan, ledger, pace=pace, progress=gauge.progress)
        assert run.is_good, run.stopped
    return gauge.cost()


def _bare(launches: int, url: str, folder: Path) -> Cost:
    gauge = _Gauge(launches)
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(CREATE)
    with httpx.Client(base_url=url, headers={"apikey": KEY}) as client:
        for number in range(WARM_UP + launches):
            if number == WARM_UP:
                gauge.begin()
            body = body_of(number)
            values = (body["externalid"], "sending")
            connection.execute("INSERT INTO launches VALUES (?, ?)", values)
            answer = client.post(PATH, json=body)
            assert answer.json()["message"] == "ok"
            connection.execute(
                "UPDATE launches SET state = 'launched' WHERE external_id = ?",
                values[:1],
            )
    return gauge.cost()


SIDES: dict[str, Callable[[int, str, Path], Cost]] = {
    "people.apply": _by_apply,
    "httpx and sqlite3": _bare,
}


def _plan(numbers: range) -> people.Plan:
    actions = []
    for row, number in enumerate(numbers, 2):
        body = body_of(number)
        action = people.Action(row, "workflows.launch_basic", body["externalid"], body)
        actions.append(action)
    return people.Plan("launch", "cost", "cost.csv", (), tuple(actions))


class _Gauge:
    """Measures processor time and memory."""

    def __init__(self, launches: int) -> None:
        self._launches = launches
        self._begun = 0.0
        self._early = 0

    def begin(self) -> None:
        """Begin to measure."""
        self._begun = time.process_time()

    def progress(self, _: people.Result, finished: int, total: int) -> None:
        """Look at the memory after a fifth of the launches."""
        if finished == total // 5:
            self._early = held().memory

    def cost(self) -> Cost:
        """Return what was measured."""
        seconds = (time.process_time() - self._begun) / self._launches
        memory = held().memory
        early = self._early or memory
        return Cost(self._launches, seconds, memory / early - 1.0)


def main() -> None:
    """Serve launches."""
    service = Launches()
    server.run(lambda: server.Connection(service))


if __name__ == "__main__":
    main()
