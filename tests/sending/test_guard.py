"""If anything is raised at any point of a write, its external id is kept."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enboarder import (
    ApiKey,
    BadRequest,
    ConfigurationError,
    ConnectionFailed,
    EnboarderError,
    InvalidInput,
    OutcomeUnknown,
    RateLimited,
    RetryPolicy,
    TokenUnavailable,
)
from enboarder.sending.guard import Guard
from enboarder.sending.plan import Call
from enboarder_api.operations import OPERATIONS
from tests.conftest import (
    Driver,
    FakeClock,
    Service,
    basic_launch,
    granted,
    keyed,
    launched,
)
from tests.engine import httpx

DONE = b'{"message": "ok", "referenceid": "A-1"}'
LAUNCH: Any = ("workflows.launch_basic", basic_launch("A-1"))
SECRET = "canary-key"
WAYS = pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])


@dataclass(frozen=True)
class Frozen(Exception):
    """An exception that cannot be changed."""

    text: str


class Holding(Exception):
    """An exception that holds the request."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__("holding")
        self.request = request
        self.headers = dict(request.headers)


class SoftLimit(BaseException):
    """An exception that a worker raises when a job takes too long."""


ERRORS: list[Exception] = [
    ValueError("x"),
    OSError(24, "Too many open files"),
    MemoryError(),
    ImportError("x"),
    RuntimeError("Event loop is closed"),
    RecursionError("x"),
    TimeoutError(),
    StopIteration(),
    AssertionError(),
    KeyError("x"),
    UnicodeDecodeError("utf-8", b"x", 0, 1, "x"),
    ExceptionGroup("x", [ValueError("x")]),
    Frozen("x"),
    httpx.ConnectError("x"),
    httpx.ReadTimeout("x"),
    httpx.WriteError("x"),
    httpx.InvalidURL("x"),
    httpx.StreamClosed(),
    httpx.DecodingError("x"),
    ConfigurationError("x"),
    InvalidInput("x"),
    TokenUnavailable("x"),
    ConnectionFailed("x"),
]
EXITS: list[BaseException] = [
    KeyboardInterrupt(),
    SystemExit(1),
    GeneratorExit(),
    SoftLimit("x"),
    asyncio.CancelledError(),
]
POINTS = [
    "request hook",
    "before",
    "after",
    "response hook",
    "body",
    "policy",
    "log",
]


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that raises an error at some point."""

    def __init__(self, content: bytes, error: BaseException | None) -> None:
        self.content = content
        self.error = error

    def __iter__(self) -> Iterator[bytes]:
        yield self.content[:9]
        if self.error is not None:
            raise self.error
        yield self.content[9:]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


class Handler(logging.Handler):
    """A log handler that raises, for example because the disk is full."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def emit(self, record: logging.LogRecord) -> None:
        raise self.error


class Policy(RetryPolicy):
    """A policy of the user's that raises."""

    error: BaseException

    def wait(self, attempt: Any) -> float | None:
        raise self.error


class Trial:
    """One launch in which one point raises one error."""

    def __init__(self, point: str, error: BaseException, status: int) -> None:
        self.point = point
        self.error = error
        self.status = status
        self.carried_out = 0

    def at(self, point: str) -> None:
        """Raise the error if this is its point."""
        if point == self.point:
            raise self.error

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Carry out a launch, and answer."""
        self.at("before")
        self.carried_out += 1
        self.at("after")
        broken = self.error if self.point == "body" else None
        return httpx.Response(self.status, stream=Body(DONE, broken))

    def outcome(self, driver: Driver) -> object:
        """Return what the launch returns or raises."""
        policy: Any = FakeClock().policy()
        if self.point == "policy":
            policy = Policy()
            object.__setattr__(policy, "error", self.error)
        given = {
            "credential": ApiKey(SECRET),
            "base_url": "https://api.example.com",
            "transport": httpx.MockTransport(self.answer),
            "event_hooks": self._hooks(driver),
            **FakeClock().settings,
            "retry": policy,
        }
        log = logging.getLogger("enboarder")
        handler = Handler(self.error)
        if self.point == "log":
            log.addHandler(handler)
            log.setLevel(logging.DEBUG)
        try:
            return driver.call(given, *LAUNCH)
        except BaseException as error:  # noqa: BLE001
            return error
        finally:
            log.removeHandler(handler)
            log.setLevel(logging.NOTSET)

    def _hooks(self, driver: Driver) -> dict[str, list[Any]]:
        hooks: dict[str, list[Any]] = {}
        for event in ("request", "response"):

            def hook(_: Any, point: str = f"{event} hook") -> None:
                self.at(point)

            async def hook_async(_: Any, point: str = f"{event} hook") -> None:
                self.at(point)

            hooks[event] = [hook_async if driver.awaited else hook]
        return hooks


def names_the_launch(outcome: object) -> bool:
    """Return whether an exception leads to the external id."""
    if isinstance(outcome, OutcomeUnknown):
        return outcome.external_id == "A-1"
    notes = getattr(outcome, "__notes__", [])
    return any('"A-1"' in note for note in notes)


def cleared(error: BaseException) -> BaseException:
    """Return an exception without what an earlier trial added."""
    if not isinstance(error, Frozen):
        error.__traceback__ = None
        error.__context__ = None
        error.__cause__ = None
        error.__dict__.pop("__notes__", None)
    return error


@WAYS
@settings(max_examples=120, deadline=None)
@given(
    point=st.sampled_from(POINTS),
    error=st.sampled_from(ERRORS),
    status=st.sampled_from([200, 202, 400, 401, 403, 429, 500, 503]),
)
def test_write_ends_in_one_of_three_ways(
    awaited: bool, point: str, error: Exception, status: int
) -> None:
    """Any error at any point: a result, a definite no, or an unknown outcome."""
    # The client trusts a transport that raises this: nothing was sent.
    assume(not (isinstance(error, httpx.ConnectError) and point == "after"))
    trial = Trial(point, cleared(error), status)

    outcome = trial.outcome(Driver(awaited=awaited))

    if isinstance(outcome, BaseException) and trial.carried_out:
        definite = point in ("policy", "log", "request hook") and status < 500
        # An error of ours after a 401 comes from the renewal of the token.
        definite = definite or (point == "body" and status in (401, 403))
        assert names_the_launch(outcome) or definite
        assert isinstance(outcome, EnboarderError)
    if not isinstance(outcome, EnboarderError) and isinstance(outcome, Exception):
        # The library for contexts cannot raise an exception that refuses changes.
        assert outcome is error or awaited or isinstance(error, Frozen)
        assert point == "request hook"
    if status != 429:
        assert trial.carried_out <= 1


@WAYS
@settings(max_examples=60, deadline=None)
@given(
    point=st.sampled_from(POINTS),
    error=st.sampled_from(EXITS),
    status=st.sampled_from([200, 401, 503]),
)
def test_exit_passes_with_a_note(
    awaited: bool, point: str, error: BaseException, status: int
) -> None:
    """An exception that must pass does so, and names the launch that may be done."""
    trial = Trial(point, cleared(error), status)
    outcome = trial.outcome(Awaiting() if awaited else Driver(awaited=False))

    reached = not (point == "policy" and status == 200)
    assert not reached or outcome is error
    if reached and trial.carried_out:
        assert names_the_launch(outcome)
    assert trial.carried_out <= 1


class Awaiting(Driver):
    """Catches an exception that passes, inside the event loop."""

    def __init__(self) -> None:
        super().__init__(awaited=True)

    def calls(self, settings: Any, *wanted: Any) -> list[Any]:
        caught: list[BaseException] = []

        async def call() -> list[Any]:
            try:
                return await self._awaited(settings, wanted)
            except BaseException as error:  # noqa: BLE001
                caught.append(error)
                return []

        found = asyncio.run(call())
        if caught:
            raise caught[0]
        return found


def shown(error: BaseException | None) -> str:
    """Return what a reporter records: values of attributes and of local variables."""
    seen: list[str] = []
    pending = [error]
    known: set[int] = set()
    while pending:
        current = pending.pop()
        if current is None or id(current) in known:
            continue
        known.add(id(current))
        pending += [current.__cause__, current.__context__]
        seen.append(repr(current.args) + repr(vars(current)))
        stack = traceback.StackSummary.extract(
            traceback.walk_tb(current.__traceback__), capture_locals=True
        )
        seen += [repr(frame.locals) for frame in stack]
    return "\n".join(seen)


@pytest.mark.parametrize("point", ["before", "after", "body", "response hook"])
@pytest.mark.parametrize(
    "error",
    [ValueError("x"), KeyboardInterrupt(), httpx.ReadError("x"), Frozen("x")],
    ids=lambda error: type(error).__name__,
)
@WAYS
def test_no_frame_of_the_error_holds_the_key(
    awaited: bool, error: BaseException, point: str
) -> None:
    """Reporters that record local variables and attributes see no credential."""
    trial = Trial(point, cleared(error), 200)

    outcome = trial.outcome(Awaiting() if awaited else Driver(awaited=False))

    assert isinstance(outcome, BaseException)
    assert SECRET not in shown(outcome)


def test_cause_that_holds_the_request_is_left_out(driver: Driver) -> None:
    """An exception of a transport may hold all headers."""

    def answer(request: httpx.Request) -> httpx.Response:
        raise Holding(request)

    given = keyed(Service(answer), credential=ApiKey(SECRET))
    with pytest.raises(OutcomeUnknown, match="Holding") as caught:
        driver.call(given, *LAUNCH)

    assert caught.value.__cause__ is None
    assert SECRET not in shown(caught.value)


@WAYS
def test_handler_that_raises_does_not_change_the_result(awaited: bool) -> None:
    """If the log cannot be written, a launch still has its result."""
    trial = Trial("log", OSError(28, "No space left on device"), 200)

    outcome: Any = trial.outcome(Driver(awaited=awaited))

    assert outcome.reference_id == "A-1"


def test_cause_is_chained(driver: Driver) -> None:
    """The exception of a transport is available as the cause."""
    error = ValueError("the disk is full")

    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(OutcomeUnknown, match="ValueError") as caught:
        driver.call(keyed(Service(answer)), *LAUNCH)

    assert caught.value.__cause__ is error


def test_unknown_outcome_names_what_was_raised() -> None:
    """Whatever is raised after a write has left, the error says what it was."""
    call = Call(OPERATIONS["workflows.launch_basic"], "https://api.example.com", ("A",))

    error = Guard(call).unknown(MemoryError())

    assert "MemoryError" in str(error)
    assert error.external_ids == ("A",)


@pytest.mark.parametrize("pause", ["soon", float("nan"), -1.0, True, object()])
def test_policy_that_returns_nonsense_ends_the_call(
    driver: Driver, time: FakeClock, pause: Any
) -> None:
    """The refusal is raised, as without a policy; the log names the mistake."""

    class Nonsense(RetryPolicy):
        def wait(self, attempt: Any) -> float | None:
            return pause  # type: ignore[no-any-return]

    service = Service(httpx.Response(429), launched())
    given = keyed(service, clock=time.clock, retry=Nonsense())

    with pytest.raises(RateLimited):
        driver.call(given, *LAUNCH)

    assert len(service.requests) == 1


def test_policy_that_raises_does_not_hide_the_refusal(
    driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    """A definite refusal stays a refusal."""

    class Broken(RetryPolicy):
        def wait(self, attempt: Any) -> float | None:
            raise KeyError("mine")

    service = Service(httpx.Response(400, json={"message": "no"}))

    with pytest.raises(BadRequest):
        driver.call(keyed(service, retry=Broken()), *LAUNCH)

    assert "the retry policy raised KeyError" in caplog.text


def test_error_of_ours_from_a_transport_says_nothing_about_sending(
    driver: Driver,
) -> None:
    """A transport with its own client may fail after it has sent the request."""
    for error in (ConfigurationError("x"), ConnectionFailed("x"), InvalidInput("x")):
        with pytest.raises(OutcomeUnknown):
            driver.call(granted(Service(error)), *LAUNCH)


def test_nothing_is_imported_after_the_answer() -> None:
    """The modules that judge a write are loaded before it is sent."""
    script = """
import sys
from enboarder import ApiKey, Enboarder, EnboarderError
from tests.engine import httpx

for status in (200, 202, 400, 429, 503):
    for text in ('{"message": "ok", "referenceid": "A-1"}', '{"message": "?"}', "<"):
        known = set()

        def answer(request):
            known.update(sys.modules)
            return httpx.Response(status, text=text)

        client = Enboarder(
            ApiKey("key"),
            base_url="https://api.example.com",
            transport=httpx.MockTransport(answer),
        )
        try:
            client.workflows.launch_basic(
                employee_name="Alex Example",
                employee_email="alex@example.com",
                manager_name="Morgan Sample",
                manager_email="morgan@example.com",
                start_date="2037-01-12",
                external_id="A-1",
            )
        except EnboarderError:
            pass
        late = {name for name in set(sys.modules) - known}
        assert not late, (status, text, late)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
