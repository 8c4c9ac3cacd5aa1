"""What an attempt leaves behind when it ends: answers, frames, headers and errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from enboarder import ConfigurationError, EnboarderError
from enboarder.transport.client import build, build_async
from enboarder.transport.deadline import ClosedBeforeSending
from enboarder.transport.exchange import send, send_async, showable
from enboarder.transport.hooks import Progress
from enboarder.transport.messages import Failure, Request
from tests.conftest import BASE_URL, LONG, Driver, Service
from tests.engine import httpx
from tests.wire.server import Exchange, Network, answer


def read(**more: Any) -> Request:
    parts = {"headers": {}, "content": None, "timeout": 5.0, **more}
    return Request("GET", f"{BASE_URL}/x", **parts)


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body, which records whether it was closed."""

    def __init__(self) -> None:
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b"1" * 100

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"1" * 100

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


def results(
    driver: Driver,
    answering: Any,
    *requests: Request,
    progress: Progress | None = None,
    **options: Any,
) -> list[Any]:
    """Send requests, one after the other, by one client."""
    options["transport"] = httpx.MockTransport(answering)
    if not driver.awaited:
        with build(None, options, BASE_URL) as client:  # type: ignore[arg-type]
            return [send(client, request, progress) for request in requests]

    async def run() -> list[Any]:
        async with build_async(None, options, BASE_URL) as client:  # type: ignore[arg-type]
            return [await send_async(client, one, progress) for one in requests]

    return asyncio.run(run())


def test_answer_that_is_refused_is_closed(driver: Driver) -> None:
    """A body that is too long is not read on, and its connection is free again."""
    stream = Stream()

    def answering(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=stream)

    [failure] = results(driver, answering, read(longest=10))

    assert isinstance(failure, Failure)
    assert stream.is_closed


class TwoPieces(Stream):
    """A body that arrives in two pieces."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"[1,"
        yield b"2]"

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def test_body_that_a_hook_has_begun_to_read_is_not_returned(driver: Driver) -> None:
    """A part of it, or the same part twice, would be another answer."""

    def answering(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=TwoPieces())

    def begin(response: httpx.Response) -> None:
        next(response.iter_raw())

    async def begin_async(response: httpx.Response) -> None:
        await anext(response.aiter_raw())

    hooks = {"response": [begin_async if driver.awaited else begin]}

    [failure] = results(driver, answering, read(), event_hooks=hooks)

    assert isinstance(failure, Failure)
    assert failure.sent


def test_interrupt_has_no_frames_of_the_library(driver: Driver) -> None:
    """Their local variables hold the credential, and error reporters record them."""

    def answering(_: httpx.Request) -> httpx.Response:
        raise SystemExit

    with pytest.raises(SystemExit) as caught:
        results(driver, answering, read())

    modules = [entry.frame.f_globals["__name__"] for entry in caught.traceback]
    assert [] == [name for name in modules if name.startswith("httpx")]


def test_interrupt_breaks_an_attempt_off(driver: Driver) -> None:
    """It may have come between any two steps of the pool of connections."""
    progress = Progress()

    def answering(_: httpx.Request) -> httpx.Response:
        raise SystemExit

    with pytest.raises(SystemExit):
        results(driver, answering, read(), progress=progress)

    assert progress.broke_off


@pytest.mark.parametrize(
    ("error", "may_have_left"), [(httpx.ConnectError, False), (httpx.ReadError, True)]
)
def test_request_that_did_not_leave_is_taken_back(
    driver: Driver, error: type[Exception], may_have_left: bool
) -> None:
    """A launch that is interrupted before its next attempt was not sent then."""
    progress = Progress()

    def answering(_: httpx.Request) -> httpx.Response:
        raise error("x")

    results(driver, answering, read(), progress=progress)

    assert may_have_left == progress.handed_over


def test_cancellation_that_loses_nothing_breaks_nothing_off() -> None:
    """A call that is cancelled while it waits costs no connection of another."""
    progress = Progress()

    async def answering(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async def run() -> None:
        options: Any = {"transport": httpx.MockTransport(answering)}
        async with build_async(None, options, BASE_URL) as client:
            call = asyncio.ensure_future(send_async(client, read(), progress))
            while not progress.handed_over:
                await asyncio.sleep(0)
            call.cancel()
            await asyncio.wait([call])
            assert call.cancelled()

    asyncio.run(run())

    assert not progress.broke_off


@pytest.mark.parametrize(
    ("error", "broke_off"), [(RuntimeError, True), (httpx.ReadError, False)]
)
def test_error_that_the_library_does_not_know_breaks_an_attempt_off(
    driver: Driver, error: type[Exception], broke_off: bool
) -> None:
    """Its pool of connections may be in the middle of a step, and is not used again."""
    progress = Progress()

    def answering(_: httpx.Request) -> httpx.Response:
        raise error("x")

    results(driver, answering, read(), progress=progress)

    assert broke_off == progress.broke_off


def test_error_of_a_hook_after_a_refusal_is_no_error_of_the_renewal(
    driver: Driver,
) -> None:
    """A hook may raise an error of this package, too; the service has answered."""

    def hook(_: object) -> None:
        raise ConfigurationError("x")

    async def awaited(_: object) -> None:
        raise ConfigurationError("x")

    hooks = {"response": [awaited if driver.awaited else hook]}

    def answering(_: httpx.Request) -> httpx.Response:
        return httpx.Response(401)

    [failure] = results(driver, answering, read(), event_hooks=hooks)

    assert isinstance(failure, Failure)
    assert failure.sent


def test_nothing_is_sent_for_a_user_who_has_closed(network: Network) -> None:
    """It is the user's client that counts, which may have several behind it."""

    async def done(exchange: Exchange) -> None:
        await (await exchange.whole()).send(answer({}))

    with network.serve(done) as wire, build(None, {}, wire.url) as client:
        request = Request("GET", f"{wire.url}/x", {}, None, LONG)
        with pytest.raises(ConfigurationError, match="closed"):
            send(client, request, is_closed=lambda: True)

    assert [] == wire.exchanges


def test_header_of_one_sentis_not_sent_with_the_next(driver: Driver) -> None:
    """The headers of a client stay those of all its requests."""
    service = Service()
    requests = [read(headers={"X-One": "1"}), read(headers={"X-Two": "2"})]

    results(driver, service, *requests)

    assert "1" == service.requests[0].headers["x-one"]
    assert "x-one" not in service.last.headers


@pytest.mark.parametrize(
    ("encoding", "is_lasting"), [("gzip", False), ("identity", True)]
)
def test_body_that_is_refused_may_be_refused_again(
    driver: Driver, encoding: str, is_lasting: bool
) -> None:
    """A body that is damaged may arrive as a whole later; a long one stays long."""
    headers = {"Content-Encoding": encoding}

    def answering(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=headers, stream=Stream())

    [failure] = results(driver, answering, read(longest=10))

    assert is_lasting == failure.is_lasting


class HoldingError(Exception):
    """Has more than a text."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.held: object = None


def test_error_that_holds_a_sentis_not_shown() -> None:
    """Its header has the credential, whether it is an argument or an attribute."""
    request = httpx.Request("GET", BASE_URL)
    holding = HoldingError("x")
    holding.held = request

    assert showable(HoldingError(request)) is None
    assert showable(holding) is None
    assert showable(HoldingError("x", 1)) is not None


class StubbornError(Exception):
    """Refuses changes."""

    def with_traceback(self, _: object) -> Any:
        raise TypeError


def test_error_that_refuses_changes_is_not_shown() -> None:
    """Its frames, which hold the request, cannot be taken from it."""
    assert showable(StubbornError("x")) is None


def test_cause_of_a_failure_has_no_frames(driver: Driver) -> None:
    """They hold the request, and error reporters record them."""

    def answering(_: httpx.Request) -> httpx.Response:
        raise RuntimeError("x")

    [failure] = results(driver, answering, read())

    assert failure.cause.__traceback__ is None


@pytest.mark.parametrize(
    ("error", "sent"),
    [
        (ClosedBeforeSending("x"), read()),
        (AssertionError(), read(query={"cursor": "c" * 70_000})),
    ],
    ids=["closed", "parameter"],
)
def test_error_of_a_call_does_not_show_that_of_the_library(
    driver: Driver, error: Exception, sent: Request
) -> None:
    """Its frames hold the credential."""

    def answering(_: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(EnboarderError, match="nothing was sent") as caught:
        results(driver, answering, sent)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_reason_is_one_short_line(driver: Driver) -> None:
    """The text of a library may be long, or have line breaks."""

    def answering(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("certificate\n" * 100)

    [failure] = results(driver, answering, read())

    assert "certificate" in failure.reason
    assert "\n" not in failure.reason
    assert len(failure.reason) < 200


def test_page_of_a_redirect_does_not_repeat_the_credential(driver: Driver) -> None:
    """Only the body of a success is data."""

    def answering(_: httpx.Request) -> httpx.Response:
        return httpx.Response(302, content=b"moved, canary-key")

    [answered] = results(driver, answering, read(headers={"apikey": "canary-key"}))

    assert b"canary-key" not in answered.content


def test_query_of_an_address_is_kept(driver: Driver) -> None:
    """A request without parameters may have them in its address."""
    service = Service()
    request = Request("GET", f"{BASE_URL}/x?a=1", {}, None, 5.0, {})

    results(driver, service, request)

    assert f"{BASE_URL}/x?a=1" == str(service.last.url)


def test_error_is_shown_without_what_led_to_it() -> None:
    """Neither its frames nor the errors before it, which have frames too, are kept."""
    with pytest.raises(HoldingError) as caught:
        _raise_after_another()

    shown = showable(caught.value)

    assert shown is not None
    assert shown.__traceback__ is None
    assert shown.__cause__ is None
    assert shown.__context__ is None


def _raise_after_another() -> None:
    try:
        raise KeyError("x")
    except KeyError as error:
        raise HoldingError("y") from error


@pytest.mark.parametrize("status", [401, 403])
def test_answer_that_refuses_a_token_ends_no_call(status: int) -> None:
    """The request may be sent again with another token, and nothing was carried out."""
    progress = Progress()
    progress.hand_over()

    progress.answer(status)

    assert progress.refused
    assert not progress.answered
