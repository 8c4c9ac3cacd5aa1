"""When a call replaces the connections of its client."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from enboarder import AsyncEnboarder, Enboarder, EnboarderError, RetryPolicy
from tests.conftest import Driver, Service, keyed
from tests.engine import httpx

DONE = httpx.Response(200, json={"items": []})


def replacements(driver: Driver, answer: Any) -> int:
    """Make one call, and return how often it replaced the connections."""
    settings = keyed(Service(answer), retry=RetryPolicy(attempts=1))
    replaced: list[Any] = []

    def record(connections: Any) -> None:
        connections.replace = replaced.append

    def call() -> None:
        with Enboarder(**settings) as client:
            record(client._sends.connections)
            with suppress(EnboarderError):
                client.reports.get_forms()

    async def call_async() -> None:
        async with AsyncEnboarder(**settings) as client:
            record(client._sends.connections)
            with suppress(EnboarderError):
                await client.reports.get_forms()

    if driver.awaited:
        asyncio.run(call_async())
    else:
        call()
    return len(replaced)


@pytest.mark.parametrize("answer", [DONE, httpx.Response(404), httpx.ReadError("x")])
def test_call_keeps_the_connections_that_the_library_keeps(
    driver: Driver, answer: Any
) -> None:
    """A new connection for each call would cost a handshake."""
    assert 0 == replacements(driver, answer)


def test_surprise_in_the_middle_of_a_step_replaces_the_connections(
    driver: Driver,
) -> None:
    """What the library did not expect may have left its pool in any state."""
    assert 1 == replacements(driver, RuntimeError("x"))


@pytest.mark.parametrize("is_custom", [False, True])
def test_only_connections_of_this_package_can_be_replaced(
    driver: Driver, is_custom: bool
) -> None:
    """A custom transport is the same in every client, so it stays."""
    settings = keyed(Service(DONE))
    if not is_custom:
        del settings["transport"]

    def replaced(connections: Any) -> bool:
        before = connections.client
        connections.replace(before)
        return connections.client is not before

    async def replaced_async() -> bool:
        async with AsyncEnboarder(**settings) as client:
            return replaced(client._sends.connections)

    if driver.awaited:
        found = asyncio.run(replaced_async())
    else:
        with Enboarder(**settings) as client:
            found = replaced(client._sends.connections)

    assert found != is_custom
