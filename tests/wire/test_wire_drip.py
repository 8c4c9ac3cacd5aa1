"""A server that never ends its header does not hold a caller for ever."""

from __future__ import annotations

from contextlib import suppress

import pytest

from enboarder import (
    ApiKey,
    ClientCredentials,
    NoAnswer,
    OutcomeUnknown,
    RetryPolicy,
    TokenUnavailable,
)
from tests.conftest import Driver, basic_launch
from tests.wire.server import Exchange, Network, answer

ENDLESS = {
    "dripped header": b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 150,
    "dripped header of an empty answer": answer(
        content=b"", headers=("X-Long: " + "a" * 100,)
    ),
    "interim answers": b"HTTP/1.1 102 Processing\r\n\r\n" * 5,
}


@pytest.mark.parametrize("data", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("name", ["reports.get_forms", "workflows.launch_basic"])
def test_attempt_ends_in_time_however_its_answer_begins(
    network: Network, driver: Driver, name: str, data: bytes
) -> None:
    """Each byte comes in time and the header does not; a launch is sent once."""
    arguments = [basic_launch()] if name == "workflows.launch_basic" else []
    hung_up = []

    async def behave(exchange: Exchange) -> None:
        hung_up.append(await (await exchange.whole()).drip(data, 0.02))
        await exchange.close()

    with network.serve(behave) as wire:
        settings = {
            "credential": ApiKey("key"),
            "base_url": wire.url,
            "retry": RetryPolicy(attempts=1),
        }
        with pytest.raises(
            OutcomeUnknown if arguments else NoAnswer, match="ReadTimeout"
        ):
            driver.call(settings, name, *arguments, timeout=0.3)

    assert ([True], 1) == (hung_up, len(wire.lines))


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 100000000\r\n\r\n", b"Connection: close\r\n\r\n"]
)
def test_endless_token_answer_is_not_read_to_its_end(
    network: Network, driver: Driver, framing: bytes
) -> None:
    """Little more than 64 kB of a token answer is read, whether it has a length."""
    sent = [0]

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        with suppress(ConnectionError):
            await exchange.send(b"HTTP/1.1 200 OK\r\n" + framing)
            while sent[0] < 100_000_000:
                await exchange.send(b" " * 65_536)
                sent[0] += 65_536
        await exchange.close()

    with network.serve(behave) as wire:
        credential = ClientCredentials("id", "secret", token_url=wire.url + "/token")
        with pytest.raises(TokenUnavailable, match="more than 65536 bytes"):
            driver.call(
                {"credential": credential, "base_url": wire.url}, "reports.get_forms"
            )

    assert (["POST /token"], True) == (wire.lines, sent[0] < 20_000_000)


def test_token_answer_of_60_kb_is_read(network: Network, driver: Driver) -> None:
    """A token in the longest answer that is accepted is used."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        padded = {"access_token": "t" * 60_000, "expires_in": 3600}
        await exchange.send(
            answer(padded if exchange.path == "/token" else {"items": []})
        )

    with network.serve(behave) as wire:
        credential = ClientCredentials("id", "secret", token_url=wire.url + "/token")
        driver.call(
            {"credential": credential, "base_url": wire.url}, "reports.get_forms"
        )

    assert "t" * 60_000 == wire.exchanges[-1].headers["authorization"]
