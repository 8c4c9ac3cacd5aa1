"""Tasks that are interrupted inside the pool of connections, at each of its steps."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE
from types import CodeType, FrameType
from typing import Any

import pytest

from enboarder import ApiKey, AsyncEnboarder
from tests.conftest import FakeClock, basic_launch
from tests.wire.conftest import CANCELS_CONNECTS
from tests.wire.server import Exchange, Network, answer

pytestmark = [
    CANCELS_CONNECTS,
    pytest.mark.untraced,
    pytest.mark.usefixtures("dropped_connections"),
]

POOL = "connection_pool.py"
CONNECTIONS = 20
# Seconds after which a call counts as one that hangs.
ENOUGH = 5.0


class Stop(BaseException):
    """What some libraries raise to end a program."""


class Server:
    """Answers a launch at once, and reads when so many of them have come."""

    def __init__(self) -> None:
        self._reads: list[Exchange] = []

    async def behave(self, exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.line.startswith("POST"):
            await exchange.send(answer({"message": "ok", "referenceid": "A-1"}))
            return
        self._reads.append(exchange)
        if len(self._reads) == CONNECTIONS:
            reads = self._reads
            self._reads = []
            for read in reads:
                await read.send(answer({"items": []}))


def is_in_pool(code: CodeType, *, raises: bool) -> bool:
    """Return whether a function is one of the pool, and may be interrupted.

    An exception between two coroutines would throw the inner one away.
    """
    if raises and code.co_flags & (CO_COROUTINE | CO_ASYNC_GENERATOR):
        return False
    return code.co_filename.endswith(POOL)


@contextmanager
def interrupted(
    step: int, interrupt: Callable[[], object], *, raises: bool
) -> Iterator[None]:
    """Interrupt this thread once, at one call of a function of the pool."""
    calls: list[int] = []

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and is_in_pool(frame.f_code, raises=raises):
            calls.append(len(calls))
            if len(calls) == step + 1:
                sys.setprofile(None)
                interrupt()

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(None)


def names_the_launch(error: BaseException) -> bool:
    return any('"A-1"' in note for note in getattr(error, "__notes__", []))


async def launch(client: AsyncEnboarder) -> None:
    async with asyncio.timeout(ENOUGH):
        await client.workflows.launch_basic(basic_launch())


def outcome_of(
    loop: asyncio.AbstractEventLoop, client: AsyncEnboarder, kind: Any, step: int
) -> BaseException | None:
    """Launch, and return what interrupted it; None if it was done before."""
    task = loop.create_task(launch(client))

    raises = kind is not asyncio.CancelledError

    def interrupt() -> None:
        if raises:
            raise kind
        task.cancel()

    with interrupted(step, interrupt, raises=raises):
        try:
            loop.run_until_complete(task)
        except BaseException as error:  # noqa: BLE001
            return error
    return None


async def read_by_all_connections(client: AsyncEnboarder) -> None:
    """Read by as many connections at once as the client has."""
    async with asyncio.timeout(ENOUGH):
        await asyncio.gather(*[client.reports.get_forms() for _ in range(CONNECTIONS)])


@pytest.mark.parametrize("kind", [asyncio.CancelledError, KeyboardInterrupt, Stop])
def test_interrupt_in_the_pool_costs_no_connection(
    network: Network, kind: type[BaseException]
) -> None:
    """Afterwards each connection can be used, and each launch is accounted for."""
    errors: list[BaseException] = []
    with network.serve(Server().behave) as wire, asyncio.Runner() as runner:
        loop = runner.get_loop()
        given = {"base_url": wire.url, **FakeClock().settings}
        client = AsyncEnboarder(ApiKey("key"), **given)
        error = outcome_of(loop, client, kind, 0)
        while error is not None:
            assert type(error) is kind
            # Lost connections would make the pool take ever more steps.
            assert len(errors) < 100
            errors.append(error)
            error = outcome_of(loop, client, kind, len(errors))
        loop.run_until_complete(read_by_all_connections(client))
        loop.run_until_complete(client.aclose())

    assert len(errors) > 3
    # The one that was done has no error.
    assert wire.launches["A-1"] - 1 <= sum(map(names_the_launch, errors))
