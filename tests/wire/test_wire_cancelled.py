"""Tasks that are cancelled while a launch is on a real connection."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable
from random import Random
from typing import Any

import pytest

from enboarder import ApiKey, AsyncEnboarder, ClientCredentials, OutcomeUnknown
from tests.conftest import LONG, FakeClock, basic_launch
from tests.wire.conftest import CANCELS_CONNECTS
from tests.wire.server import Exchange, Network, answer

pytestmark = [
    CANCELS_CONNECTS,
    pytest.mark.untraced,
    pytest.mark.usefixtures("dropped_connections"),
]

TRIALS = 40
AT_ONCE = 8
LONGEST = (
    0.03  # seconds that a server takes to answer, and after which a task is cancelled
)


async def serve(exchange: Exchange) -> None:
    """Answer before, in the middle of, or after the moment of the cancellation."""
    await exchange.whole()
    chance = Random(exchange.external_id)
    if exchange.external_id and await exchange.gone(LONGEST * chance.random()):
        return
    data = answer({"message": "ok", "items": []})
    place = chance.randrange(len(data))
    await exchange.send(data[:place])
    if exchange.external_id and await exchange.gone(LONGEST * chance.random()):
        return
    await exchange.send(data[place:])


async def cancelled(work: Awaitable[object], moment: float) -> object:
    """Cancel by the task's own `cancel`."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().call_later(moment, task.cancel)
    return await task


async def timed_out(work: Awaitable[object], moment: float) -> object:
    """Cancel by `asyncio.timeout`."""
    async with asyncio.timeout(moment):
        return await work


async def waited_for(work: Awaitable[object], moment: float) -> object:
    """Cancel by `asyncio.wait_for`."""
    return await asyncio.wait_for(work, moment)


async def ended(work: Awaitable[object]) -> object:
    """Return what an awaitable returns or raises."""
    try:
        return await work
    except BaseException as error:  # noqa: BLE001
        return error


def notes(error: object) -> list[str]:
    """Return the notes of an error, and of those that caused it."""
    found: list[str] = []
    while isinstance(error, BaseException):
        found += getattr(error, "__notes__", [])
        error = error.__cause__
    return found


def is_named(error: object, external_id: str) -> bool:
    """Return whether one note of an error says which launch to look for."""
    return [f'"{external_id}"' in note for note in notes(error)] == [True]


@pytest.mark.parametrize("kind", ["apikey", "oauth2"])
@pytest.mark.parametrize("way", [cancelled, timed_out, waited_for])
def test_cancelled_launch_stays_cancelled_and_is_never_sent_again(
    network: Network, way: Any, kind: str
) -> None:
    """At 40 random moments, a launch ends with its result, or a note of its id."""
    outcomes: dict[str, object] = {}
    error = asyncio.CancelledError if way is cancelled else TimeoutError

    async def run(client: AsyncEnboarder) -> None:
        free = asyncio.Semaphore(AT_ONCE)

        async def launch(number: int) -> None:
            external_id = f"C-{number}"
            moment = (
                LONGEST * 2 * Random(f"{kind} {number}").random()
                if number % 10
                else LONG
            )
            async with free:
                work = client.workflows.launch_basic(basic_launch(external_id))
                outcomes[external_id] = await ended(way(work, moment))

        async with client:
            await asyncio.gather(*[launch(number) for number in range(TRIALS)])
            await asyncio.gather(
                *[client.reports.get_forms() for _ in range(20)]
            )  # no connection was lost

    with network.serve(serve) as wire:
        credential = ApiKey("key")
        if kind == "oauth2":
            credential = ClientCredentials("id", "secret", token_url=wire.token_url)  # type: ignore[assignment]
        asyncio.run(
            run(AsyncEnboarder(credential, base_url=wire.url, **FakeClock().settings))
        )

    stopped = {
        name: found
        for name, found in outcomes.items()
        if isinstance(found, BaseException)
    }
    assert {error} == {type(found) for found in stopped.values()}
    assert {1} == set(wire.launches.values())
    assert set() == outcomes.keys() - stopped.keys() - wire.launches.keys()
    on_the_wire = [name for name in stopped if name in wire.launches]
    assert [name for name in on_the_wire if not is_named(stopped[name], name)] == []
    assert 20 == sum(line.startswith("GET") for line in wire.lines)


def test_group_that_fails_cancels_its_launches(network: Network) -> None:
    """A TaskGroup that another task breaks cancels its launches; none is sent again."""
    arrived: list[str] = []
    all_arrived = threading.Event()
    tasks: list[asyncio.Task[object]] = []

    async def hang(exchange: Exchange) -> None:
        arrived.append((await exchange.whole()).external_id)
        if len(arrived) == len(tasks):
            all_arrived.set()
        await exchange.gone()

    async def breaks() -> None:
        await asyncio.to_thread(all_arrived.wait, LONG)
        raise OutcomeUnknown("another launch")

    async def launch(client: AsyncEnboarder) -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(5):
                tasks.append(
                    group.create_task(
                        client.workflows.launch_basic(basic_launch(f"G-{number}"))
                    )
                )
            group.create_task(breaks())

    async def run(url: str) -> list[object]:
        async with AsyncEnboarder(ApiKey("key"), base_url=url) as client:
            with pytest.raises(ExceptionGroup) as caught:
                await launch(client)
        assert ["another launch"] == [str(error) for error in caught.value.exceptions]
        return [await ended(task) for task in tasks]

    with network.serve(hang) as wire:
        found = asyncio.run(run(wire.url))

    assert {f"G-{number}": 1 for number in range(5)} == wire.launches
    assert all(is_named(error, f"G-{number}") for number, error in enumerate(found))
    assert {asyncio.CancelledError} == {type(error) for error in found}
