"""The deadline of an attempt over real connections, and bodies that are too long."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import threading
from typing import Any

import pytest
import trustme

from enboarder import ApiKey, NoAnswer, OutcomeUnknown, RetryPolicy
from enboarder.transport.client import build, build_async
from enboarder.transport.exchange import send, send_async
from enboarder.transport.messages import Failure, Request
from enboarder_api.client import Answer
from tests.conftest import LONG, Driver, Service, basic_launch, credentials, keyed
from tests.engine import httpx
from tests.wire.server import Behaviour, Exchange, Network, Wire, answer

READ: tuple[str, tuple[Any, ...]] = ("reports.get_forms", ())
LAUNCH: tuple[str, tuple[Any, ...]] = ("workflows.launch_basic", (basic_launch(),))
DONE = answer({"items": [], "message": "ok", "referenceid": "A-1"})
DRIPS = {
    "header": (b"HTTP/1.1 200 OK\r\n", b"X-Long: " + b"a" * 400),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n", b" " * 400),
}
AMPLE = 1.4  # seconds of a deadline that is met, also on a busy machine
PART = 0.75  # seconds: more than half of that, so that two of them exceed it
TIGHT = 0.3  # seconds of a deadline that is missed


def settings(wire: Wire, **more: Any) -> dict[str, Any]:
    """Return the settings of a client that sends once."""
    once = RetryPolicy(attempts=1)
    return {"credential": ApiKey("key"), "base_url": wire.url, "retry": once, **more}


def attempted(driver: Driver, request: Request, **options: Any) -> Answer | Failure:
    """Send one request by an HTTP client of its own."""
    if not driver.awaited:
        with build(None, options, request.url) as client:  # type: ignore[arg-type]
            return send(client, request)

    async def run() -> Answer | Failure:
        async with build_async(None, options, request.url) as client:  # type: ignore[arg-type]
            return await send_async(client, request)

    return asyncio.run(run())


def dripping(place: str) -> Behaviour:
    """Begin the answer at once, and then send a byte every 20 ms."""
    start, dripped = DRIPS[place]

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        await exchange.send(start)
        await exchange.drip(dripped, 0.02)
        await exchange.close()

    return behave


@pytest.mark.parametrize("place", DRIPS)
@pytest.mark.parametrize(
    ("call", "error"),
    [(READ, NoAnswer), (LAUNCH, OutcomeUnknown)],
    ids=["read", "launch"],
)
def test_answer_that_drips_ends_in_time(
    network: Network, driver: Driver, call: Any, error: type[Exception], place: str
) -> None:
    """Each byte comes in time and the whole does not; a launch is sent once."""
    name, arguments = call
    with (
        network.serve(dripping(place)) as wire,
        pytest.raises(error, match="ReadTimeout"),
    ):
        driver.call(settings(wire, timeout=TIGHT), name, *arguments)

    assert len(wire.lines) == 1


def test_tls_handshake_that_nobody_answers_was_never_sent(
    network: Network, driver: Driver
) -> None:
    """A server that takes connections and says nothing ends in time."""

    async def silent(exchange: Exchange) -> None:
        await exchange.gone()

    with network.serve(silent) as wire:
        url = wire.url.replace("http://127.0.0.1", "https://localhost")
        result = attempted(driver, Request("GET", url, {}, None, TIGHT))

    assert result == Failure("ConnectTimeout", sent=False)


class LateContext(ssl.SSLContext):
    """TLS that is ready when the time of the attempt is over."""

    def wrap_socket(self, *arguments: Any, **options: Any) -> ssl.SSLSocket:
        wrapped = super().wrap_socket(*arguments, **options)
        threading.Event().wait(2 * TIGHT)
        return wrapped

    def wrap_bio(self, *arguments: Any, **options: Any) -> ssl.SSLObject:
        threading.Event().wait(2 * TIGHT)
        return super().wrap_bio(*arguments, **options)


def test_request_that_would_start_late_is_not_sent(
    network: Network, driver: Driver
) -> None:
    """A launch whose connection took all the time can be sent again safely."""
    authority = trustme.CA()
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(serving)
    late = LateContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(late)

    async def done(exchange: Exchange) -> None:
        await (await exchange.whole()).send(DONE)

    with network.serve(done, serving) as wire:
        request = Request("POST", wire.url, {}, b"{}", TIGHT)
        result = attempted(driver, request, verify=late)

    assert result == Failure("ConnectTimeout", sent=False)
    assert wire.lines == []


def test_replay_has_its_own_time(network: Network, driver: Driver) -> None:
    """A refusal that took most of the time leaves the replay the whole of it."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        await exchange.gone(PART)
        is_dead = exchange.headers["authorization"] == "token-1"
        await exchange.send(answer(status=401) if is_dead else DONE)

    with network.serve(behave) as wire:
        credential = credentials(token_url=wire.token_url)
        given = settings(wire, credential=credential, timeout=AMPLE)
        launched = driver.call(given, LAUNCH[0], *LAUNCH[1])

    assert launched.message == "ok"
    assert wire.tokens == 2


@pytest.mark.parametrize("dead", [False, True], ids=["first token", "renewed token"])
def test_token_request_does_not_use_up_the_time_of_the_call(
    network: Network, driver: Driver, dead: bool
) -> None:
    """A call has its whole time, however long its token took to come."""
    refused = "token-1" if dead else ""
    tokens = iter(["token-1", "token-2"])

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.path == "/token":
            value = {"access_token": next(tokens), "expires_in": 3600}
            await exchange.gone(PART)
            await exchange.send(answer(value))
        elif exchange.headers["authorization"] == refused:
            await exchange.send(answer(status=401))
        else:
            await exchange.gone(PART)
            await exchange.send(DONE)

    with network.serve(behave) as wire:
        credential = credentials(token_url=wire.url + "/token")
        given = settings(wire, credential=credential, timeout=AMPLE)
        launched = driver.call(given, LAUNCH[0], *LAUNCH[1])

    assert launched.message == "ok"


@pytest.mark.parametrize("place", DRIPS)
def test_kept_connection_obeys_the_deadline_of_the_second_call(
    network: Network, driver: Driver, place: str
) -> None:
    """The first call on a connection does not decide how long the next may take."""

    async def behave(exchange: Exchange) -> None:
        if exchange.line.startswith("GET"):
            await (await exchange.whole()).send(DONE)
        else:
            await dripping(place)(exchange)

    first = (*READ, {"timeout": LONG})
    second = (*LAUNCH, {"timeout": TIGHT})
    with (
        network.serve(behave) as wire,
        pytest.raises(OutcomeUnknown, match="ReadTimeout"),
    ):
        driver.calls(settings(wire), first, second)

    assert len(wire.lines) == 2
    assert wire.connections == 1


def test_kept_connection_forgets_the_deadline_of_the_first_call(
    network: Network, driver: Driver
) -> None:
    """A second call may take longer than the first was allowed to."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if exchange.line.startswith("POST"):
            await exchange.gone(1.2 * PART)
        await exchange.send(DONE)

    first = (*READ, {"timeout": PART})
    second = (*LAUNCH, {"timeout": LONG})
    with network.serve(behave) as wire:
        _, launched = driver.calls(settings(wire), first, second)

    assert launched.message == "ok"
    assert wire.connections == 1


@pytest.mark.parametrize(
    ("size", "expected"),
    [(1_000, Answer), (1_001, Failure)],
)
def test_length_of_a_body_counts_after_decompression(
    driver: Driver, size: int, expected: type[object]
) -> None:
    """A few bytes on the wire cannot fill the memory."""

    def packed(_: httpx.Request) -> httpx.Response:
        stream = httpx.ByteStream(gzip.compress(b"a" * size))
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=stream)

    request = Request("GET", "https://api.example.com/", {}, None, 5.0, longest=1_000)

    result = attempted(driver, request, transport=Service(packed).transport)

    assert isinstance(result, expected)


class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that never ends; it counts its pieces of 100 bytes."""

    def __init__(self) -> None:
        self.pieces = 0
        self.closed = False

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True

    def __iter__(self) -> Any:
        while True:
            self.pieces += 1
            yield b"a" * 100

    async def __aiter__(self) -> Any:
        for piece in self:
            yield piece


def test_reading_stops_where_a_body_is_too_long(driver: Driver) -> None:
    """The rest of an endless body is never asked for, and the answer was sent."""
    body = Endless()
    service = Service(lambda _: httpx.Response(200, stream=body))
    request = Request("GET", "https://api.example.com/", {}, None, 5.0, longest=1_000)

    result = attempted(driver, request, transport=service.transport)

    assert isinstance(result, Failure)
    assert result.sent
    assert "more than 1000 bytes" in result.reason
    assert body.pieces == 11


def test_body_that_is_too_long_is_closed(driver: Driver) -> None:
    """Its connection does not stay open, and does not block the next call."""
    body = Endless()
    service = Service(lambda _: httpx.Response(200, stream=body))
    request = Request("GET", "https://api.example.com/", {}, None, 5.0, longest=1_000)

    attempted(driver, request, transport=service.transport)

    assert body.closed


def test_answer_to_a_call_may_be_long(driver: Driver) -> None:
    """A report can be large."""
    rows = [{"id": "x" * 1_000}] * 2_000
    service = Service(httpx.Response(200, json={"items": rows}))

    assert len(driver.call(keyed(service), READ[0]).items) == 2_000
