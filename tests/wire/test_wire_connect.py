"""Connections that cannot be made: nothing was sent, so a launch is tried again."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from enboarder import ApiKey, ConnectionFailed, TokenUnavailable
from tests.conftest import Driver, FakeClock, basic_launch, credentials
from tests.wire.server import Exchange, Network, answer

CALLS = pytest.mark.parametrize(
    "call",
    [("reports.get_forms",), ("workflows.launch_basic", basic_launch())],
    ids=["read", "write"],
)


@pytest.fixture
def full() -> Iterator[str]:
    """The URL of a server that accepts nobody, and whose queue is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            assert errno.EINPROGRESS == waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def silent() -> Iterator[str]:
    """The URL of a TLS server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        yield f"https://localhost:{listener.getsockname()[1]}"


@CALLS
@pytest.mark.parametrize("place", ["full", "silent"])
def test_connection_that_is_not_made_in_time_was_never_sent(
    driver: Driver,
    time: FakeClock,
    request: pytest.FixtureRequest,
    call: Any,
    place: str,
) -> None:
    """A full queue and an unanswered TLS handshake end in time, three times."""
    url = request.getfixturevalue(place)

    with pytest.raises(ConnectionFailed, match=r"ConnectTimeout.*nothing was sent"):
        driver.call(
            {
                "credential": ApiKey("key"),
                "base_url": url,
                **time.settings,
                "timeout": 0.1,
            },
            *call,
        )

    assert [0.25, 0.5] == time.slept


@CALLS
def test_token_endpoint_that_nobody_reaches_is_an_error(
    driver: Driver, time: FakeClock, network: Network, call: Any
) -> None:
    """Without a token, nothing is sent to the service, and nothing is unknown."""

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(answer({}))

    with network.serve(behave) as gone:
        credential = credentials(token_url=gone.token_url)
    with (
        network.serve(behave) as wire,
        pytest.raises(TokenUnavailable, match="ConnectError"),
    ):
        driver.call(
            {"credential": credential, "base_url": wire.url, **time.settings}, *call
        )

    assert [] == wire.lines
