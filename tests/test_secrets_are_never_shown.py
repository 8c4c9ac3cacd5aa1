"""No secret and no token shows anywhere.

Neither in `repr` nor in logs, exceptions or tracebacks, with local variables or
without.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import logging
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple

import pytest

from enboarder import ApiKey, AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.auth.token import Moment, Token, TokenKey
from enboarder.auth.token_auth import TokenAuth
from enboarder.auth.token_endpoint import token_request
from enboarder.errors import EnboarderError, TokenUnavailable
from enboarder.stores.base import StoredToken
from enboarder.transport.messages import Request
from tests.auth.own_clients import OwnClient
from tests.conftest import (
    BASE_URL,
    Driver,
    FakeClock,
    basic_launch,
    loopback,
    refusing_port,
    reply,
)
from tests.engine import httpx

LAUNCH = "workflows.launch_basic"
LIBRARY = httpx.__name__
CORE = LIBRARY.replace("httpx", "httpcore")
LOGGERS = ("enboarder", LIBRARY, CORE, "asyncio")
KINDS = pytest.mark.parametrize("kind", ["basic", "post", "key"])
HANG_UP = None
_numbers = itertools.count()
Step = tuple[int, Any] | None


class Canaries:
    """Secrets that no text may hold."""

    def __init__(self) -> None:
        number = next(_numbers)
        self.secret = f"canary-secret-{number}"
        self.key = f"canary-key-{number}"
        basic = base64.b64encode(f"client:{self.secret}".encode()).decode()
        self.all = [self.secret, self.key, basic, "canary-token"]

    def credential(self, kind: Any, host: str) -> ApiKey | ClientCredentials:
        if kind == "key":
            return ApiKey(self.key)
        return ClientCredentials(
            "client", self.secret, token_url=host + "/token", client_auth=kind
        )

    def leaks(self, texts: Iterable[str]) -> list[str]:
        """Return the canaries in these texts, each with the start of its text."""
        return [
            f"{canary} in {text[:2000]}"
            for text in texts
            for canary in self.all
            if canary in text
        ]


def answering(
    tokens: list[Step], calls: list[Step]
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer token requests and calls by lists, whose last entries stay."""
    steps = {True: list(tokens), False: list(calls)}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        left = steps[handler.path == "/token"]
        step = left.pop(0) if len(left) > 1 else left[0]
        if step is HANG_UP:
            handler.close_connection = True
        else:
            reply(handler, *step)

    return answer


def granted(number: int) -> Step:
    value = {
        "access_token": f"canary-token-{number}",
        "token_type": "Bearer",
        "expires_in": 3600,
    }
    return 200, value


class Scenario(NamedTuple):
    """What the service answers, and whether a launch then succeeds."""

    tokens: list[Step]
    calls: list[Step]
    token_succeeds: bool = False
    key_succeeds: bool = False


LAUNCHED: Step = (200, {"message": "ok", "referenceid": "A-1"})
DEAD: Step = (401, {})
SCENARIOS = {
    "success": Scenario([granted(1)], [LAUNCHED], True, True),
    "refusal": Scenario([granted(1)], [(400, {"message": "no"})]),
    "forbidden": Scenario([granted(1)], [(403, {"message": "Forbidden"})]),
    "unknown outcome": Scenario([granted(1)], [(500, "down")]),
    "unreadable": Scenario([granted(1)], [(200, "text")]),
    "reset": Scenario([granted(1)], [HANG_UP]),
    "renewal": Scenario([granted(1), granted(2)], [DEAD, LAUNCHED], True, False),
    "renewal in vain": Scenario([granted(1), granted(2)], [DEAD]),
    "renewal refused": Scenario(
        [granted(1), (400, {"error": "invalid_client", "x": "canary-token"})], [DEAD]
    ),
    "renewal unavailable": Scenario([granted(1), (503, {})], [DEAD]),
    "renewal reset": Scenario([granted(1), HANG_UP], [DEAD]),
    "token refused": Scenario(
        [(400, {"error": "invalid_client", "access_token": "canary-token"})],
        [LAUNCHED],
        key_succeeds=True,
    ),
    "token malformed": Scenario(
        [(200, {"access_token": "canary-token", "token_type": "mac"})],
        [LAUNCHED],
        key_succeeds=True,
    ),
    "token without a life": Scenario(
        [(200, {"access_token": "canary-token", "expires_in": -1})],
        [LAUNCHED],
        key_succeeds=True,
        token_succeeds=True,
    ),
    "token reset": Scenario([HANG_UP], [LAUNCHED], key_succeeds=True),
}


def texts_of(error: BaseException | None) -> Iterator[str]:
    """Give all that an exception, its causes and our frames can be made to say."""
    while error is not None:
        yield str(error)
        yield repr(error)
        yield repr(vars(error))
        yield "".join(traceback.format_exception(error))
        trace = traceback.TracebackException.from_exception(error, capture_locals=True)
        for frame in trace.stack:
            if "/tests/" not in frame.filename:
                yield f"{frame.filename}:{frame.name} {frame.locals}"
        error = error.__cause__ or error.__context__


def texts_of_log(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return all that log records can be made to say."""
    return [
        f"{record.getMessage()} {record.args!r} {vars(record)}"
        for record in caplog.records
    ]


def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, name)


@KINDS
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_no_log_and_no_error_shows_a_secret(
    driver: Driver,
    caplog: pytest.LogCaptureFixture,
    time: FakeClock,
    scenario: Scenario,
    kind: str,
) -> None:
    """Whatever happens to a launch, logs at DEBUG and errors hold no canary."""
    log_everything(caplog)
    canaries = Canaries()
    error: BaseException | None = None
    with loopback(answering(scenario.tokens, scenario.calls)) as (host, _):
        settings = {
            "credential": canaries.credential(kind, host),
            "base_url": host,
            "clock": time.clock,
        }
        try:
            driver.call(settings, LAUNCH, basic_launch())
        except EnboarderError as raised:
            error = raised

    assert CORE in {record.name.partition(".")[0] for record in caplog.records}
    assert [] == canaries.leaks(texts_of_log(caplog))
    assert [] == canaries.leaks(texts_of(error))
    succeeds = scenario.key_succeeds if kind == "key" else scenario.token_succeeds
    assert succeeds == (error is None)


@KINDS
def test_unreachable_service_shows_no_secret(
    driver: Driver, caplog: pytest.LogCaptureFixture, time: FakeClock, kind: str
) -> None:
    """The error about a connection says where it goes, and not with what."""
    log_everything(caplog)
    canaries = Canaries()
    with refusing_port() as port:
        host = f"http://127.0.0.1:{port}"
        settings = {
            "credential": canaries.credential(kind, host),
            "base_url": host,
            "clock": time.clock,
        }
        with pytest.raises(EnboarderError) as caught:
            driver.call(settings, LAUNCH, basic_launch())

    assert [] == canaries.leaks(texts_of(caught.value))
    assert [] == canaries.leaks(texts_of_log(caplog))


# A reporter of errors shows what an object holds, and what that holds. The limit keeps
# the walk out of the standard library.
OUR_PACKAGES = ("enboarder", "enboarder_api")


def is_ours(one: object) -> bool:
    """Return whether an object is of a class of ours, or of one derived from it."""
    packages = {kind.__module__.partition(".")[0] for kind in type(one).__mro__}
    return not packages.isdisjoint(OUR_PACKAGES)


def objects_within(root: object) -> list[object]:
    """Return an object of ours and all objects of ours that its attributes lead to."""
    found: list[object] = []
    left = [root]
    while left:
        one = left.pop()
        if not is_ours(one) or any(one is known for known in found):
            continue
        found.append(one)
        for value in attributes_of(one).values():
            left.extend(members_within(value))
    return found


def members_within(value: object) -> Iterable[object]:
    """Return what a mapping holds, or else the value itself."""
    return value.values() if isinstance(value, Mapping) else [value]


def attributes_of(one: object) -> dict[str, Any]:
    """Return the attributes of an object, in its dictionary or in slots."""
    attributes = dict(getattr(one, "__dict__", {}))
    for kind in type(one).__mro__:
        names = getattr(kind, "__slots__", ())
        for name in [names] if isinstance(names, str) else names:
            if hasattr(one, name) and not name.startswith("__"):
                attributes[name] = getattr(one, name)
    return attributes


def members_of(one: object) -> str:
    """Return what reporters show of an object that has a dictionary."""
    return repr(getattr(one, "__dict__", {}))


@KINDS
def test_no_object_shows_a_secret(kind: str) -> None:
    """Neither a client in use nor what it is made of shows one in its text."""
    canaries = Canaries()
    with loopback(answering([granted(1)], [LAUNCHED])) as (host, _):
        credential = canaries.credential(kind, host)
        auth: Any = credential.auth(base_url=host)
        with Enboarder(credential, base_url=host) as client, httpx.Client(auth=auth):
            client.workflows.launch_basic(basic_launch())
            objects = objects_within(client) + objects_within(auth)
            texts = [f"{one!r} {one} {members_of(one)}" for one in objects]

    assert len(objects) > 5
    assert [] == canaries.leaks(texts)


def test_walk_finds_the_token() -> None:
    """The test above reaches the token itself, which does not show its value."""
    canaries = Canaries()
    with loopback(answering([granted(1)], [LAUNCHED])) as (host, _):
        credential = canaries.credential("basic", host)
        auth: Any = credential.auth(base_url=host)
        with httpx.Client(auth=auth) as client:
            client.get(host + "/x")

    assert isinstance(auth, TokenAuth)
    tokens = [one for one in objects_within(auth) if isinstance(one, Token)]
    assert ["canary-token-1"] == [token.value for token in tokens]


@pytest.mark.parametrize("awaited", [False, True])
def test_remembered_failure_holds_no_frames(time: FakeClock, awaited: bool) -> None:
    """Frames of a token request hold the secret, and the failure is kept for others."""
    canaries = Canaries()
    with loopback(answering([(503, {})], [LAUNCHED])) as (host, _):
        credential = canaries.credential("basic", host)
        auth: Any = credential.auth(base_url=host, clock=time.clock)
        with pytest.raises(TokenUnavailable):
            OwnClient(httpx, awaited).send([("GET", host + "/x")], auth=auth)

    found = objects_within(auth)
    failures = [one for one in found if isinstance(one, TokenUnavailable)]
    assert [None] == [failure.__traceback__ for failure in failures]


def test_cancelled_launch_shows_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    """The traceback of a cancelled launch shows none in our frames."""
    log_everything(caplog)
    canaries = Canaries()

    async def run() -> BaseException:
        sent = asyncio.Event()

        async def hang(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/token":
                return httpx.Response(200, json={"access_token": "canary-token-1"})
            sent.set()
            await asyncio.Event().wait()
            raise AssertionError

        credential = canaries.credential("post", BASE_URL)
        transport = httpx.MockTransport(hang)
        async with AsyncEnboarder(
            credential, base_url=BASE_URL, transport=transport
        ) as client:
            task = asyncio.create_task(client.workflows.launch_basic(basic_launch()))
            await sent.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

    error = asyncio.run(run())

    assert [] == canaries.leaks(texts_of(error))
    assert [] == canaries.leaks(texts_of_log(caplog))


@pytest.mark.parametrize("kind", ["basic", "post"])
def test_interrupted_token_request_shows_no_secret(kind: str) -> None:
    """After Ctrl-C no frame of ours, or of `httpx.Client.request`, shows one."""
    canaries = Canaries()

    def interrupt(_: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    transport = httpx.MockTransport(interrupt)
    credential = canaries.credential(kind, BASE_URL)
    with (
        Enboarder(credential, base_url=BASE_URL, transport=transport) as client,
        pytest.raises(KeyboardInterrupt) as caught,
    ):
        client.reports.get_forms()

    trace = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    )
    frames = [
        frame
        for frame in trace.stack
        if "/enboarder/" in frame.filename or frame.name == "request"
    ]
    assert [] == canaries.leaks(f"{frame.name} {frame.locals}" for frame in frames)


def test_canary_in_a_frame_would_be_found() -> None:
    """The tests above find a secret in the local variables of a frame."""
    canaries = Canaries()

    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(canaries.secret)

    assert [] != canaries.leaks(texts_of(caught.value))


@pytest.mark.parametrize(
    "holder",
    [
        Token("canary-token", Moment(0.0, 0.0), 3600.0, 2700.0),
        TokenKey("0" * 64, b"canary-key"),
        StoredToken("canary-token", 1.0, 3600.0),
        Request("POST", BASE_URL, {"Authorization": "canary"}, b"canary", 10.0),
        token_request(BASE_URL, "id", "canary", ("scope",), "post"),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_what_holds_a_secret_masks_it_and_is_no_tuple(holder: Any) -> None:
    """Error reporters show the members of a tuple, whatever its repr says."""
    assert "canary" not in repr(holder)
    with pytest.raises(TypeError, match="not iterable"):
        iter(holder)
