"""A launch goes over a real connection once, whatever the server does with it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    ClientCredentials,
    ConnectionFailed,
    NoAnswer,
    OutcomeUnknown,
    TokenUnavailable,
)
from tests.conftest import LONG, Driver, FakeClock, basic_launch
from tests.wire.server import Behaviour, Exchange, Network, Wire, answer

pytestmark = pytest.mark.untraced

TRIALS = 40
TIMEOUT = 0.15  # seconds, where a server keeps the launch waiting
DONE = answer({"message": "ok", "referenceid": "A-1"})
HEAD, BODY = DONE.split(b"\r\n\r\n")


def hang(_: Random) -> Behaviour:
    """Take the launch, and say nothing."""

    async def behave(launch: Exchange) -> None:
        await (await launch.whole()).gone()

    return behave


def reset(chance: Random) -> Behaviour:
    """Break the connection, at some place of the request or of the answer."""
    place = chance.choice(["in the request", "after it", "in the answer"])
    share = chance.random()

    async def behave(launch: Exchange) -> None:
        if place == "in the request":
            await launch.some(int(share * 200))
        else:
            await launch.whole()
        if place == "in the answer":
            await launch.send(DONE[: 1 + int(share * (len(DONE) - 2))])
        launch.reset()

    return behave


def drip(chance: Random) -> Behaviour:
    """Send the body too slowly, or a part of the header and then nothing."""
    in_body = chance.random() < 0.7
    part = chance.randrange(1, len(HEAD))

    async def behave(launch: Exchange) -> None:
        await launch.whole()
        if in_body:
            await launch.send(HEAD + b"\r\n\r\n")
            await launch.drip(BODY, TIMEOUT / 8)
        else:
            await launch.drip(HEAD[:part], 0.0001)
            await launch.gone()

    return behave


def truncate(chance: Random) -> Behaviour:
    """Hang up in the middle of an answer, whichever way its end is marked."""
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        % (len(BODY), BODY)
    )
    endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + BODY
    whole = chance.choice([DONE, chunked, endless])
    part = whole[: chance.randrange(len(whole))]

    async def behave(launch: Exchange) -> None:
        await (await launch.whole()).send(part)
        await launch.close()

    return behave


def fail(chance: Random) -> Behaviour:
    """Answer by a status that says nothing about the launch."""
    status = chance.choice([500, 502, 504])
    content = chance.choice(
        [b"", b"<html>Bad gateway</html>", b'{"message": "Internal server error"}']
    )

    async def behave(launch: Exchange) -> None:
        await (await launch.whole()).send(answer(status=status, content=content))

    return behave


class Trial:
    """One launch to one server; a number decides all of it."""

    def __init__(self, kind: str, seed: int) -> None:
        chance = Random(f"{kind} {seed}")
        self.external_id = f"T-{seed}"
        self.kind = kind
        self.way: Callable[[Random], Behaviour] = chance.choice(
            [hang, reset, drip, truncate, fail]
        )
        self.warm = (
            chance.random() < 0.5
        )  # a read comes before, so that the launch uses a kept connection
        self._behave = self.way(chance)

    async def behave(self, exchange: Exchange) -> None:
        if exchange.line.startswith("GET"):
            await (await exchange.whole()).send(answer({"items": []}))
        else:
            await self._behave(exchange)

    def calls(self, wire: Wire) -> tuple[dict[str, Any], list[Any]]:
        credential = ApiKey("key")
        if self.kind == "oauth2":
            credential = ClientCredentials("id", "secret", token_url=wire.token_url)  # type: ignore[assignment]
        timeout = TIMEOUT if self.way in (hang, drip) else LONG
        settings = {
            "credential": credential,
            "base_url": wire.url,
            "timeout": timeout,
            **FakeClock().settings,
        }
        launch: Any = ("workflows.launch_basic", (basic_launch(self.external_id),), {})
        return settings, [("reports.get_forms", (), {}), launch] if self.warm else [
            launch
        ]

    def faults(self, found: object, wire: Wire) -> list[str]:
        """What is wrong with the outcome."""
        sent = sum(line.startswith("POST") for line in wire.lines)
        problem = (
            f"{self.external_id} {self.way.__name__}: {found!r}, sent {sent} times"
        )
        if isinstance(
            found, ConnectionFailed | NoAnswer | TokenUnavailable
        ):  # on a busy machine the time can be up before the launch
            return [] if sent == 0 else [problem]
        right = (
            isinstance(found, OutcomeUnknown) and found.external_id == self.external_id
        )
        # On a busy machine the time can be up before the server has read the launch.
        fewest = 0 if self.way in (hang, drip) else 1
        return [] if right and fewest <= sent <= 1 else [problem]


def outcome(driver: Driver, settings: dict[str, Any], calls: list[Any]) -> object:
    """What the calls return or raise."""
    try:
        return driver.calls(settings, *calls)
    except BaseException as error:  # noqa: BLE001
        return error


@pytest.mark.parametrize("kind", ["apikey", "oauth2"])
def test_launch_is_on_the_wire_once_and_its_outcome_unknown(
    network: Network, driver: Driver, kind: str
) -> None:
    """In 40 random misfortunes, a launch is sent once, and its error names its id."""

    def run(seed: int) -> list[str]:
        trial = Trial(kind, seed)
        with network.serve(trial.behave) as wire:
            found = outcome(driver, *trial.calls(wire))
        return trial.faults(found, wire)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(run, range(TRIALS)))

    assert [] == [fault for faults in found for fault in faults]
