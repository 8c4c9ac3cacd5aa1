"""Measure what one process of the client can do, in a few seconds."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from typing import NamedTuple

import httpx

from enboarder import ApiKey, Enboarder
from scripts.lab.bench.contestant import CONNECTIONS, Contestant
from scripts.lab.bench.load import tasks_for, threads_for
from scripts.lab.bench.ours import Client, ClientOnHttpx2, ClientOverAiohttp
from scripts.lab.bench.site import Address, Site
from scripts.lab.soak.resources import PROCESS
from scripts.layout import ROOT

ENGINES: Sequence[tuple[type[Client], str]] = (
    (Client, "httpx"),
    (ClientOnHttpx2, "httpx2"),
    (ClientOverAiohttp, "aiohttp"),
)
"""Each client, and the module that it needs."""
BASE_URL = "https://api.example.com"
PAGE = 500
"""Rows of a page of form data, as a third party quotes the service."""
COLUMNS = 12
MEMORY = """\
from enboarder import ClientCredentials, Enboarder
from scripts.lab.soak.resources import held
credential = ClientCredentials("memory", "a-secret", token_url="{address.token_url}")
with Enboarder(credential, base_url="{address.base_url}") as client:
    client.profiles.get("p1")
    print(held().memory)
"""


class Speed(NamedTuple):
    """How fast one process reads."""

    name: str
    per_second: float


class Capacity(NamedTuple):
    """What one process can do."""

    reads: list[Speed]
    rows_per_second: float
    memory: float | None
    """Megabytes; None where the system does not say."""


def measured(seconds: float = 1.0) -> Capacity:
    """Measure one process beside a server in another one.

    Args:
        seconds: for each measurement.
    """
    with Site() as site:
        site.prepare(delay=0.0)
        in_turn = _in_turn(Client(site.address), seconds)
        speeds = [Speed("`Enboarder`, one after the other", in_turn)]
        for kind, module in ENGINES:
            if find_spec(module) is not None:
                per_second = asyncio.run(_at_once(kind(site.address), seconds))
                speeds.append(Speed(_name(kind), per_second))
        memory = _memory(site.address)
    return Capacity(speeds, rows_per_second(seconds), memory)


def _in_turn(contestant: Contestant, seconds: float) -> float:
    with contestant.blocking() as get:
        get()
        started = time.perf_counter()
        return _rate(threads_for(seconds, get, 1), started)


async def _at_once(contestant: Contestant, seconds: float) -> float:
    async with contestant.awaited() as get:
        await get()
        started = time.perf_counter()
        return _rate(await tasks_for(seconds, get, CONNECTIONS), started)


def _rate(ended: list[bool], started: float) -> float:
    """Return how many reads a second there were; all of them have to succeed."""
    assert all(ended), "a read failed"
    return len(ended) / (time.perf_counter() - started)


def _name(kind: type[Contestant]) -> str:
    client = kind.name.replace("enboarder", "`AsyncEnboarder`")
    return f"{client}, {CONNECTIONS} tasks"


def _memory(address: Address) -> float | None:
    """Return the megabytes of a process that has made a call."""
    if not PROCESS.exists():
        return None
    done = subprocess.run(
        [sys.executable, "-c", MEMORY.format(address=address)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1e6


def rows_per_second(seconds: float) -> float:
    """Return how many rows of form data the client reads, without a network."""
    row = {f"question-{number}": "An answer" for number in range(COLUMNS)}
    page = json.dumps({"items": [row] * PAGE, "nextKey": "{}"}).replace("{}", "%d")
    numbers = count(1)

    def answer(_: httpx.Request) -> httpx.Response:
        content = page % next(numbers)
        headers = {"Content-Type": "application/json"}
        return httpx.Response(200, headers=headers, content=content)

    transport = httpx.MockTransport(answer)
    with Enboarder(ApiKey("key"), base_url=BASE_URL, transport=transport) as client:
        started = time.perf_counter()
        read = 0
        for _ in client.reports.iter_form_data("form"):
            read += 1
            if read % PAGE == 0 and time.perf_counter() - started >= seconds:
                break
        return read / (time.perf_counter() - started)
