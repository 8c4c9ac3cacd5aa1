"""The one replay after a dead token, over a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from enboarder import ClientCredentials, OutcomeUnknown, Unauthorized
from tests.conftest import Driver, FakeClock, basic_launch, credentials
from tests.engine import httpx
from tests.wire.server import Behaviour, Exchange, Network, Wire, answer

LAUNCH: tuple[Any, ...] = ("workflows.launch_basic", basic_launch())
DONE = {"message": "ok", "referenceid": "A-1"}
DEAD = answer({"message": "Unauthorized"}, status=401)


def dead_then(then: Behaviour) -> Behaviour:
    """Knows only the second token."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.headers["authorization"] == "token-1":
            await exchange.send(DEAD)
        else:
            await then(exchange)

    return behave


async def done(exchange: Exchange) -> None:
    await exchange.send(answer(DONE))


async def hang(exchange: Exchange) -> None:
    await exchange.gone()


async def reset(exchange: Exchange) -> None:
    exchange.reset()


async def cut(exchange: Exchange) -> None:
    await exchange.send(answer(DONE)[:-5])
    await exchange.close()


async def fail(exchange: Exchange) -> None:
    await exchange.send(answer(status=502))


async def refuse(exchange: Exchange) -> None:
    await exchange.send(DEAD)


def settings(wire: Wire, **more: Any) -> dict[str, Any]:
    credential = credentials(token_url=wire.token_url)
    return {
        "credential": credential,
        "base_url": wire.url,
        **FakeClock().settings,
        **more,
    }


def test_launch_with_a_dead_token_is_replayed_once(
    driver: Driver, network: Network
) -> None:
    """A refused token is replaced: the same body is sent with the new one."""
    with network.serve(dead_then(done)) as wire:
        found = driver.call(settings(wire), *LAUNCH)

    assert ("ok", 2) == (found.message, wire.tokens)
    assert ["token-1", "token-2"] == [
        one.headers["authorization"] for one in wire.exchanges
    ]
    assert 1 == len({one.content for one in wire.exchanges})


@pytest.mark.parametrize("then", [hang, reset, cut, fail])
def test_replay_that_fails_is_an_unknown_outcome(
    driver: Driver, network: Network, then: Behaviour
) -> None:
    """When the replay gets no answer, it may have been done; it is the last one."""
    with (
        network.serve(dead_then(then)) as wire,
        pytest.raises(OutcomeUnknown) as caught,
    ):
        driver.call(settings(wire, timeout=0.3), *LAUNCH)

    assert ("A-1", 2, 2) == (caught.value.external_id, len(wire.lines), wire.tokens)


def test_replay_that_is_refused_is_the_last(driver: Driver, network: Network) -> None:
    """A service that knows neither token is asked twice, not more."""
    with network.serve(dead_then(refuse)) as wire, pytest.raises(Unauthorized):
        driver.call(settings(wire), *LAUNCH)

    assert (2, 2) == (len(wire.lines), wire.tokens)


def test_replay_goes_on_when_the_connection_was_closed_with_the_refusal(
    driver: Driver, network: Network
) -> None:
    """A 401 with `Connection: close` costs a second connection, and nothing else."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.headers["authorization"] == "token-1":
            await exchange.send(answer(status=401, headers=("Connection: close",)))
            await exchange.close()
        else:
            await exchange.send(answer(DONE))

    with network.serve(behave) as wire:
        driver.call(settings(wire), *LAUNCH)

    assert {"A-1": 2} == wire.launches


def blocking(wire: Wire, credential: ClientCredentials, body: Any) -> int:
    def stream() -> Iterator[bytes]:
        yield body

    with httpx.Client(auth=credential.auth(base_url=wire.url)) as client:
        content = stream() if isinstance(body, bytes) else str(body)
        return client.post(
            wire.url + "/restapi/v2/startwf/basic", content=content
        ).status_code


async def awaited(wire: Wire, credential: ClientCredentials, body: Any) -> int:
    async def stream() -> AsyncIterator[bytes]:
        yield body

    async with httpx.AsyncClient(auth=credential.auth(base_url=wire.url)) as client:
        content = stream() if isinstance(body, bytes) else str(body)
        return (
            await client.post(wire.url + "/restapi/v2/startwf/basic", content=content)
        ).status_code


@pytest.mark.parametrize(
    ("body", "sent", "status"),
    [('{"externalid": "A-1"}', 2, 200), (b'{"externalid": "A-1"}', 1, 401)],
)
def test_own_client_replays_what_it_holds_and_no_stream(
    driver: Driver, network: Network, body: Any, sent: int, status: int
) -> None:
    """In the user's own HTTP client, a body is replayed, and a stream is not."""
    with network.serve(dead_then(done)) as wire:
        credential = credentials(token_url=wire.token_url)
        found = (
            asyncio.run(awaited(wire, credential, body))
            if driver.awaited
            else blocking(wire, credential, body)
        )

    assert (status, {"A-1": sent}) == (found, wire.launches)
