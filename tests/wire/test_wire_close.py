"""A client that is closed while its calls run or wait, over real connections."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ConfigurationError,
    Enboarder,
    OutcomeUnknown,
)
from tests.conftest import LONG, basic_launch
from tests.wire.server import Exchange, Network

CALLS = 40  # twice as many as there are connections
CONNECTIONS = 20


class Silent:
    """Takes launches, and says when all connections have one."""

    def __init__(self) -> None:
        self.arrived = 0
        self.is_full = threading.Event()

    async def __call__(self, exchange: Exchange) -> None:
        await exchange.whole()
        self.arrived += 1
        if self.arrived == CONNECTIONS:
            self.is_full.set()
        await exchange.gone()


def judged(outcomes: list[Any], seconds: float, launches: dict[str, int]) -> None:
    """Check that what waited was not sent, and that all ended at once."""
    unsent = [each for each in outcomes if isinstance(each, ConfigurationError)]
    unknown = [each for each in outcomes if isinstance(each, OutcomeUnknown)]
    assert (len(unknown), len(unsent)) == (CONNECTIONS, CALLS - CONNECTIONS)
    assert all("nothing was sent" in str(each) for each in unsent)
    assert {each.external_id for each in unknown} == launches.keys()
    assert set(launches.values()) == {1}
    assert seconds < 10.0


def test_queued_calls_of_a_closed_client_are_not_sent(network: Network) -> None:
    """After `close()` no launch leaves; those that waited say so, and at once."""
    silent = Silent()

    def launch(number: int) -> object:
        try:
            return client.workflows.launch_basic(basic_launch(f"B-{number}"))
        except Exception as error:  # noqa: BLE001
            return error

    with network.serve(silent) as wire:
        client = Enboarder(ApiKey("key"), base_url=wire.url)
        with ThreadPoolExecutor(CALLS) as threads:
            futures = [threads.submit(launch, number) for number in range(CALLS)]
            assert silent.is_full.wait(LONG)
            client.close()
            started_at = time.monotonic()
            outcomes = [future.result(LONG) for future in futures]
            seconds = time.monotonic() - started_at

    judged(outcomes, seconds, wire.launches)


def test_queued_tasks_of_a_closed_client_are_not_sent(network: Network) -> None:
    """After `aclose()` no launch leaves; those that waited say so, and at once."""
    silent = Silent()

    async def run(url: str) -> tuple[list[Any], float]:
        client = AsyncEnboarder(ApiKey("key"), base_url=url)
        tasks = [
            asyncio.ensure_future(client.workflows.launch_basic(basic_launch(f"A-{n}")))
            for n in range(CALLS)
        ]
        await asyncio.to_thread(silent.is_full.wait, LONG)
        await client.aclose()
        started_at = time.monotonic()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        return outcomes, time.monotonic() - started_at

    with network.serve(silent) as wire:
        outcomes, seconds = asyncio.run(run(wire.url))

    judged(outcomes, seconds, wire.launches)
