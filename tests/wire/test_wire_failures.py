"""Answers that are broken on the wire: the error says whether anything was sent."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Callable
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    Enboarder,
    InvalidResponse,
    NoAnswer,
    OutcomeUnknown,
    models,
)
from tests.conftest import LONG, Driver, FakeClock, basic_launch
from tests.wire.server import Behaviour, Exchange, Network, Wire, answer

READ: tuple[Any, ...] = ("reports.get_forms",)
WRITE: tuple[Any, ...] = ("workflows.launch_basic", basic_launch())
OK = {"items": [], "message": "ok", "referenceid": "A-1"}  # a success of both calls
PACKED = gzip.compress(b'{"items": [], "message": "ok"}')
HEADERS = [f"X-Header-{number}: {'a' * 50}" for number in range(20_000)]

OK_LINE = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK_LINE + b"Transfer-Encoding: chunked\r\n\r\n"
BROKEN = {
    "hung up at once": b"",
    "half a status line": b"HTTP/1.1 20",
    "half a header": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half a body": answer(OK)[:-10],
    "half a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{",
    "bad chunk size": CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "bad length": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
    "two lengths": OK_LINE + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n" * 3,
    "zeros": bytes(1000),
    "HTTP/2": b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18),
    "status without a number": b"HTTP/1.1 OK\r\n\r\n",
    "status of four digits": b"HTTP/1.1 2000 OK\r\n\r\n",
    "header without a colon": b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
    "zero in a header": b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n",
    "bad gzip": answer(content=b"no gzip at all", headers=("Content-Encoding: gzip",)),
    "cut gzip with a bad sum": answer(
        content=PACKED[:-8] + b"12345678", headers=("Content-Encoding: gzip",)
    ),
    "bad deflate": answer(
        content=b"no deflate at all", headers=("Content-Encoding: deflate",)
    ),
    "20,000 headers": answer(OK, headers=tuple(HEADERS)),
    "a header of 2 MB": answer(OK, headers=(f"X: {'a' * 2_000_000}",)),
    "another protocol": b"HTTP/1.1 101 Switching Protocols\r\n"
    b"Connection: upgrade\r\nUpgrade: h2c\r\n\r\n",
    "only interim answers": b"HTTP/1.1 100 Continue\r\n\r\n"
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
}
GOOD = {
    "plain": answer(OK),
    "gzip": answer(content=PACKED, headers=("Content-Encoding: gzip",)),
    "after interim answers": BROKEN["only interim answers"] + answer(OK),
    "1,000 headers": answer(OK, headers=tuple(HEADERS[:1000])),
    "unknown encoding": answer(OK, headers=("Content-Encoding: rot13",)),
    "header that is not ASCII": answer(OK).replace(
        b"X\r\n", b"X\r\nX-Name: J\xf6rg \xff\r\n", 1
    ),
    "charset that does not exist": answer(OK).replace(
        b"/json", b"/json; charset=klingon"
    ),
    "HTTP/1.0": answer(OK).replace(b"HTTP/1.1", b"HTTP/1.0"),
    "more than its length": answer(OK) + b"HTTP/1.1 500 X\r\n\r\n",
}
READS_AND_WRITES = pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])


def sending(data: bytes) -> Behaviour:
    """Answers by these bytes, and hangs up."""

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(data)
        await exchange.close()

    return behave


async def hanging(exchange: Exchange) -> None:
    """Takes the request, and says nothing."""
    await (await exchange.whole()).gone()


async def resetting(exchange: Exchange) -> None:
    """Takes the request, and breaks the connection."""
    (await exchange.whole()).reset()


def settings(wire: Wire, time: FakeClock, **more: Any) -> dict[str, Any]:
    return {"credential": ApiKey("key"), "base_url": wire.url, **time.settings, **more}


def fails_as_it_should(
    driver: Driver, time: FakeClock, network: Network, call: Any, behave: Behaviour
) -> None:
    """Check that a read is sent three times and fails, and a launch is sent once."""
    with (
        network.serve(behave) as wire,
        pytest.raises(NoAnswer if call is READ else OutcomeUnknown) as caught,
    ):
        driver.call(
            settings(wire, time, timeout=0.2 if behave is hanging else 5.0), *call
        )

    assert (3 if call is READ else 1, 2 if call is READ else 0) == (
        len(wire.lines),
        len(time.slept),
    )
    assert ("A-1" if call is WRITE else None) == getattr(
        caught.value, "external_id", None
    )


@READS_AND_WRITES
@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_answer_is_no_answer_or_an_unknown_outcome(
    driver: Driver, time: FakeClock, network: Network, call: Any, data: bytes
) -> None:
    """Bytes that are not an answer: reads are tried again, a launch is not."""
    fails_as_it_should(driver, time, network, call, sending(data))


@READS_AND_WRITES
@pytest.mark.parametrize("behave", [hanging, resetting])
def test_connection_that_hangs_or_breaks_had_the_request(
    driver: Driver, time: FakeClock, network: Network, call: Any, behave: Behaviour
) -> None:
    """A request that was taken without an answer was sent."""
    fails_as_it_should(driver, time, network, call, behave)


@READS_AND_WRITES
@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_odd_answer_that_can_be_read_is_a_result(
    driver: Driver, time: FakeClock, network: Network, call: Any, data: bytes
) -> None:
    """What only looks odd is a result, got by one request."""
    with network.serve(sending(data)) as wire:
        found = driver.call(settings(wire, time), *call)

    assert 1 == len(wire.lines)
    assert "A-1" == found.to_dict().get("referenceid", "A-1")


def read_and_launch(
    driver: Driver, settings: dict[str, Any], meanwhile: Callable[[], object]
) -> None:
    """Two calls by one client; something happens in between."""

    async def awaited() -> None:
        async with AsyncEnboarder(**settings) as client:
            await client.reports.get_forms()
            meanwhile()
            await client.workflows.launch_basic(basic_launch())

    if driver.awaited:
        asyncio.run(awaited())
    else:
        with Enboarder(**settings) as client:
            client.reports.get_forms()
            meanwhile()
            client.workflows.launch_basic(basic_launch())


def test_launch_after_the_connection_was_closed_uses_a_new_one(
    driver: Driver, time: FakeClock, network: Network
) -> None:
    """A kept connection that the server closed is noticed before a launch uses it."""
    closed = threading.Event()

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(answer(OK))
        await exchange.close()
        closed.set()

    with network.serve(behave) as wire:
        read_and_launch(driver, settings(wire, time), lambda: closed.wait(LONG))

    assert ["GET /reports/forms", "POST /restapi/v1/startwf/basic"] == wire.lines
    assert ({"A-1": 1}, 2) == (wire.launches, wire.connections)


def test_connection_that_failed_is_left_behind(
    driver: Driver, time: FakeClock, network: Network
) -> None:
    """After a failure the same client goes on by a new connection."""
    failed: list[Exchange] = []

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if failed:
            await exchange.send(answer(OK))
        else:
            failed.append(exchange)
            exchange.reset()

    with network.serve(behave) as wire:
        read_and_launch(driver, settings(wire, time), lambda: None)

    assert (3, 2, {"A-1": 1}) == (len(wire.lines), wire.connections, wire.launches)


@pytest.mark.parametrize("how", ["closed", "reset"])
def test_connection_that_ends_under_a_launch_is_an_unknown_outcome(
    driver: Driver, time: FakeClock, network: Network, how: str
) -> None:
    """When a kept connection ends under a launch, nobody knows whether it arrived."""

    async def behave(exchange: Exchange) -> None:
        if exchange.line.startswith("GET"):
            await (await exchange.whole()).send(answer(OK))
        elif how == "reset":
            exchange.reset()
        else:
            await exchange.close()

    with network.serve(behave) as wire, pytest.raises(OutcomeUnknown):
        driver.calls(settings(wire, time), (READ[0], (), {}), (WRITE[0], WRITE[1:], {}))

    assert (2, 1) == (len(wire.lines), wire.connections)


def test_bulk_launch_that_breaks_midway_is_sent_once(
    driver: Driver, time: FakeClock, network: Network
) -> None:
    """A long request that breaks while it is written may have been read."""
    many = [
        models.AdvancedLaunch(
            start_date=basic_launch().start_date,
            managers=[
                models.Manager(
                    name="Sam Example", email="sam@example.com", label="Manager"
                )
            ],
            employee_name="Alex Example" * 100,
            employee_email="alex@example.com",
            external_id=f"B-{number}",
        )
        for number in range(5000)
    ]

    async def behave(exchange: Exchange) -> None:
        await exchange.some(100_000)
        exchange.reset()

    with network.serve(behave) as wire, pytest.raises(OutcomeUnknown) as caught:
        driver.call(settings(wire, time), "workflows.launch_bulk", many)

    assert ["POST /restapi/v1/startwf/bulkadvance"] == wire.lines
    assert str(caught.value.external_id).startswith("B-0, B-1, ")


def test_early_refusal_of_a_long_request_is_read(
    driver: Driver, time: FakeClock, network: Network
) -> None:
    """An answer that comes before the whole request was read is not lost silently."""

    async def behave(exchange: Exchange) -> None:
        await exchange.some(100)
        await exchange.send(
            answer({"message": "too long"}, status=503, headers=("Connection: close",))
        )
        await exchange.close()

    with network.serve(behave) as wire, pytest.raises(OutcomeUnknown):
        driver.call(
            settings(wire, time),
            "profiles.set_photo",
            "P-1",
            {"imageType": "image/png", "body": "a" * 5_000_000},
        )

    assert 1 == len(wire.lines)


def test_page_of_a_proxy_is_an_invalid_response(
    driver: Driver, time: FakeClock, network: Network
) -> None:
    """A read that gets a page of HTML says so, and is sent once."""
    page = answer(content=b"<html>Sign in</html>").replace(
        b"application/json", b"text/html"
    )

    with (
        network.serve(sending(page)) as wire,
        pytest.raises(InvalidResponse, match="text/html"),
    ):
        driver.call(settings(wire, time), *READ)

    assert 1 == len(wire.lines)
