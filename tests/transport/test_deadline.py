"""The deadline of an attempt, and the longest body that it accepts."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import inspect
import threading
from typing import Any

import pytest

from enboarder.transport.deadline import Deadline, bound_stream
from tests.engine import httpx


class Stream:
    """A network stream that notes the timeouts it is given."""

    def __init__(self) -> None:
        self.timeouts: list[float | None] = []

    def read(self, size: int, timeout: float | None = None) -> Any:
        self.timeouts.append(timeout)
        return b"x" * size

    def write(self, data: bytes, timeout: float | None = None) -> Any:
        self.timeouts.append(timeout)

    def start_tls(
        self, context: Any, hostname: str | None = None, timeout: float | None = None
    ) -> Any:
        self.timeouts.append(timeout)
        return self


class AsyncStream(Stream):
    """The same, awaited."""

    async def read(self, size: int, timeout: float | None = None) -> Any:
        return super().read(size, timeout)

    async def write(self, data: bytes, timeout: float | None = None) -> Any:
        super().write(data, timeout)

    async def aclose(self) -> None:
        """Do nothing: there is no connection."""

    async def start_tls(
        self, context: Any, hostname: str | None = None, timeout: float | None = None
    ) -> Any:
        return super().start_tls(context, hostname, timeout)


STEPS = pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("read", (1,), httpx.ReadTimeout),
        ("write", (b"x",), httpx.WriteTimeout),
        ("start_tls", (None, "host"), httpx.ConnectTimeout),
    ],
)


def taken(stream: Stream, method: str, *arguments: Any, timeout: float) -> Any:
    """Take one step on a stream, blocking or awaited."""
    step = getattr(stream, method)
    if not isinstance(stream, AsyncStream):
        return step(*arguments, timeout=timeout)

    async def awaited() -> Any:
        return await step(*arguments, timeout=timeout)

    return asyncio.run(awaited())


@pytest.fixture(params=[Stream, AsyncStream], ids=["blocking", "awaited"])
def stream(request: pytest.FixtureRequest) -> Stream:
    """A stream that obeys deadlines."""
    bounded: Stream = request.param()
    bound_stream(bounded)
    return bounded


def passed() -> Deadline:
    """Return a deadline that has passed."""
    deadline = Deadline(httpx, 0.005)
    while deadline.left() > 0:
        pass
    return deadline


# The deadline itself.


def test_deadline_begins_when_it_is_first_asked() -> None:
    """Before the first step on a connection, no time is used up."""
    deadline = Deadline(httpx, 60.0)

    assert deadline.left() == 60.0
    assert deadline.left() < 60.0


def test_first_step_on_a_connection_begins_the_deadline() -> None:
    """Connecting is part of the attempt."""
    deadline = Deadline(httpx, 60.0)

    deadline.step("connection.connect_tcp.started", {})

    assert deadline.left() < 60.0


def test_end_of_an_answer_ends_the_deadline() -> None:
    """What follows in the same call, such as a replay, has its own time."""
    deadline = passed()

    deadline.step("http11.response_closed.complete", {})

    assert deadline.left() > 0


def test_wait_of_a_replay_for_a_connection_is_not_bounded_either() -> None:
    """Its time begins with its first step, like that of the first request."""
    deadline = Deadline(httpx, 60.0)
    deadline.left()

    deadline.restart()

    assert deadline.left() == 60.0


@pytest.mark.parametrize("event", ["connect_tcp.started", "start_tls.complete"])
def test_each_step_of_connecting_takes_from_the_same_time(event: str) -> None:
    """A proxy, or TLS after a slow connection, does not begin it again."""
    deadline = passed()

    with contextlib.suppress(httpx.ConnectTimeout):
        deadline.step(f"connection.{event}", {"return_value": Stream()})

    assert deadline.left() <= 0


def test_request_is_not_sent_late() -> None:
    """When connecting used up the timeout, the error says that nothing was sent."""
    with pytest.raises(httpx.ConnectTimeout):
        passed().step("http11.send_request_headers.started", {})


def test_awaited_request_is_not_sent_late() -> None:
    """An asynchronous client follows its connections alike."""
    with pytest.raises(httpx.ConnectTimeout):
        asyncio.run(passed().step_async("http11.send_request_headers.started", {}))


@pytest.mark.parametrize(
    "event",
    [
        "http11.send_request_headers.complete",
        "http11.send_request_body.started",
        "http11.receive_response_headers.started",
        "http11.receive_response_body.started",
    ],
)
def test_later_steps_do_not_claim_that_nothing_was_sent(event: str) -> None:
    """Only before the first byte may the error be ConnectTimeout."""
    deadline = passed()

    deadline.step(event, {})

    assert deadline.left() <= 0


@pytest.mark.parametrize(
    "event",
    ["connection.connect_tcp", "connection.start_tls", "proxy.start_tls"],
)
def test_new_stream_obeys_the_deadline(event: str) -> None:
    """A stream is bounded as soon as it is there: plain, encrypted, or in a tunnel."""
    deadline = Deadline(httpx, 60.0)
    stream = Stream()

    deadline.step(f"{event}.complete", {"return_value": stream})
    with deadline:
        stream.read(1, timeout=999.0)

    assert stream.timeouts[0] is not None
    assert stream.timeouts[0] <= 60.0


def test_wait_for_a_free_connection_is_not_bounded_by_the_deadline() -> None:
    """A thousand tasks queue for the connections instead of failing."""
    timeouts = Deadline(httpx, 5.0).timeouts()

    assert timeouts == {"connect": 5.0, "write": 5.0, "read": 5.0, "pool": 600.0}


# A stream that obeys it.


@STEPS
def test_step_gets_the_time_that_is_left(
    stream: Stream, method: str, arguments: tuple[Any, ...], error: object
) -> None:
    """However long httpx would wait, a step gets no more than what is left."""
    deadline = Deadline(httpx, 60.0)
    deadline.left()

    with deadline:
        taken(stream, method, *arguments, timeout=999.0)

    (seconds,) = stream.timeouts
    assert seconds is not None
    assert 0 < seconds < 60.0


@STEPS
def test_step_after_the_deadline_is_not_taken(
    stream: Stream,
    method: str,
    arguments: tuple[Any, ...],
    error: type[httpx.TimeoutException],
) -> None:
    """When time is up, the error names the step, and nothing is read or sent."""
    with passed(), pytest.raises(error):
        taken(stream, method, *arguments, timeout=999.0)

    assert stream.timeouts == []


@STEPS
def test_step_outside_an_attempt_is_not_changed(
    stream: Stream, method: str, arguments: tuple[Any, ...], error: object
) -> None:
    """Another user of the connection keeps the timeouts that it asks for."""
    with Deadline(httpx, 60.0):
        pass

    taken(stream, method, *arguments, timeout=7.0)

    assert stream.timeouts == [7.0]


def test_what_a_step_returns_is_not_changed(stream: Stream) -> None:
    """What was read arrives, and an encrypted stream can be used."""
    assert taken(stream, "read", 3, timeout=1.0) == b"xxx"
    assert taken(stream, "start_tls", None, "host", timeout=1.0) is stream


def test_inner_deadline_does_not_touch_the_outer_one(stream: Stream) -> None:
    """A token request obeys its own deadline, and then the call its own again."""
    with Deadline(httpx, 60.0):
        with passed(), pytest.raises(httpx.ReadTimeout):
            taken(stream, "read", 1, timeout=9.0)
        taken(stream, "read", 1, timeout=9.0)

    assert stream.timeouts == [60.0]


def test_deadline_is_current_for_its_own_task_only() -> None:
    """Tasks of one event loop do not shorten each other's time."""
    stream = AsyncStream()
    bound_stream(stream)

    async def reads(seconds: float, both: asyncio.Barrier) -> None:
        with Deadline(httpx, seconds):
            await both.wait()
            await stream.read(1, timeout=999.0)

    async def run() -> None:
        both = asyncio.Barrier(2)
        await asyncio.gather(reads(10.0, both), reads(20.0, both))

    asyncio.run(run())

    assert set(stream.timeouts) == {10.0, 20.0}


def test_deadline_is_current_for_its_own_thread_only() -> None:
    """Another thread with a connection of the same pool is not bounded by it."""
    stream = Stream()
    bound_stream(stream)

    with Deadline(httpx, 10.0):
        thread = threading.Thread(target=stream.read, args=(1, 999.0))
        thread.start()
        thread.join()

    assert stream.timeouts == [999.0]


def test_coroutine_that_nobody_awaits_any_more_can_be_closed() -> None:
    """An event loop that was abandoned leaves no error behind."""

    async def attempt() -> None:
        with Deadline(httpx, 10.0):
            await asyncio.sleep(0)

    coroutine = attempt()
    contextvars.copy_context().run(coroutine.send, None)

    coroutine.close()

    assert inspect.getcoroutinestate(coroutine) == inspect.CORO_CLOSED
