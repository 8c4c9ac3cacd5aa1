"""Answers that were on a connection before the request: they belong to another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from enboarder import ApiKey, OutcomeUnknown
from tests.conftest import Driver, FakeClock, basic_launch
from tests.wire.server import Exchange, Network, answer

FOREIGN = answer({"message": "ok", "referenceid": "SOMEBODY-ELSE"})
# Where the foreign answer is cut: at each byte of its first line, and then at every
# ninth.
PLACES = [*range(1, 17), *range(17, len(FOREIGN), 9), len(FOREIGN)]
EMPTY = answer({"items": []})
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    b'Transfer-Encoding: chunked\r\n\r\nd\r\n{"items": []}\r\n0\r\n\r\n'
)
LAUNCH: Any = ("workflows.launch_basic", (basic_launch("MINE"),), {})
READ: Any = ("reports.get_forms", (), {})
Behave = Callable[[Exchange], Awaitable[None]]


def served(first: bytes, rest: bytes) -> Behave:
    """Answer a read by `first`; send `rest` when the launch is there, and its answer.

    On a new connection, a launch gets its own answer alone.
    """
    used = set[int]()

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        connection = id(exchange._writer)
        if exchange.line.startswith("GET"):
            used.add(connection)
            await exchange.send(first)
            return
        if connection in used:
            await exchange.send(rest)
        mine = {"message": "ok", "referenceid": exchange.external_id}
        await exchange.send(answer(mine))

    return behave


def reference(driver: Driver, network: Network, behave: Behave) -> tuple[object, int]:
    """Launch after a read; return the reference or the error, and the launches."""
    given = {"credential": ApiKey("key"), **FakeClock().settings}
    with network.serve(behave) as wire:
        try:
            found = driver.calls({**given, "base_url": wire.url}, READ, LAUNCH)
            outcome: object = found[1].reference_id
        except OutcomeUnknown as error:
            outcome = error
    return outcome, wire.launches["MINE"]


@pytest.mark.parametrize("own", [EMPTY, CHUNKED], ids=["length", "chunked"])
@pytest.mark.parametrize("place", PLACES)
def test_answer_of_another_is_never_taken_for_that_of_a_launch(
    driver: Driver, network: Network, own: bytes, place: int
) -> None:
    """However the second answer of a segment is cut, its reference is not returned."""
    behave = served(own + FOREIGN[:place], FOREIGN[place:])

    outcome, launches = reference(driver, network, behave)

    assert isinstance(outcome, OutcomeUnknown) or outcome == "MINE"
    assert launches == 1


def test_answer_that_comes_between_two_calls_costs_a_connection(
    driver: Driver, network: Network
) -> None:
    """A launch is not written to a connection on which something waits to be read."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.line.startswith("GET"):
            await exchange.send(EMPTY)
            await exchange.send(FOREIGN)
            return
        await exchange.send(answer({"message": "ok", "referenceid": "MINE"}))

    outcome, launches = reference(driver, network, behave)

    assert isinstance(outcome, OutcomeUnknown) or outcome == "MINE"
    assert launches == 1


def test_interim_answer_that_waited_does_no_harm(
    driver: Driver, network: Network
) -> None:
    """`100 Continue` in the same segment is followed by the real answer."""
    behave = served(EMPTY + b"HTTP/1.1 100 Continue\r\n\r\n", b"")

    assert reference(driver, network, behave) == ("MINE", 1)
