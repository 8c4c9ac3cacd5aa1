"""No secret and no token shows anywhere: not in repr, logs, exceptions or tracebacks, with local variables or without."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

import httpx
import pytest

from enboarder import ApiKey, AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.auth.client_credentials import TokenAuth
from enboarder.auth.token import Moment, Token, TokenKey
from enboarder.auth.token_cache import TOKEN_CACHES
from enboarder.clock import SYSTEM_CLOCK
from enboarder.errors import EnboarderError, TokenUnavailable
from enboarder.stores.base import StoredToken
from enboarder.transport.messages import Request
from tests.conftest import (
    BASE_URL,
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    credentials,
    loopback,
    reply,
)

_numbers = itertools.count()
Answer = Callable[[BaseHTTPRequestHandler], None]


class Canaries:
    """Secrets that no text may hold, and a server that knows them."""

    def __init__(self) -> None:
        number = next(_numbers)
        self.secret, self.key = f"canary-secret-{number}", f"canary-key-{number}"
        basic = base64.b64encode(f"client:{self.secret}".encode()).decode()
        self.all = [self.secret, self.key, basic, "canary-token"]

    def credential(self, kind: str, host: str) -> ApiKey | ClientCredentials:
        if kind == "key":
            return ApiKey(self.key)
        return ClientCredentials(
            "client", self.secret, token_url=host + "/token", client_auth=kind
        )  # type: ignore[arg-type]

    def found_in(self, text: str) -> list[str]:
        return [canary for canary in self.all if canary in text]


def server(token: list[Any], *steps: Any) -> Answer:
    """Answers token requests and calls by lists, whose last entries stay; None hangs up."""
    steps_left, tokens_left = list(steps), list(token)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        left = tokens_left if handler.path == "/token" else steps_left
        step = left.pop(0) if len(left) > 1 else left[0]
        if step is None:
            handler.close_connection = True
        else:
            reply(handler, *step)

    return answer


def granted(number: int) -> tuple[int, Any]:
    return 200, {
        "access_token": f"canary-token-{number}",
        "token_type": "Bearer",
        "expires_in": 3600,
    }


LAUNCHED = (200, {"message": "ok", "referenceid": "A-1"})
SCENARIOS: dict[str, tuple[list[Any], list[Any]]] = {
    "success": ([granted(1)], [LAUNCHED]),
    "refusal": ([granted(1)], [(400, {"message": "no"})]),
    "forbidden": ([granted(1)], [(403, {"message": "Forbidden"})]),
    "unknown outcome": ([granted(1)], [(500, "down")]),
    "unreadable": ([granted(1)], [(200, "text")]),
    "reset": ([granted(1)], [None]),
    "renewal": ([granted(1), granted(2)], [(401, {}), LAUNCHED]),
    "renewal in vain": ([granted(1), granted(2)], [(401, {})]),
    "renewal refused": (
        [
            granted(1),
            (400, {"error": "invalid_client", "error_description": "canary-token"}),
        ],
        [(401, {})],
    ),
    "renewal unavailable": ([granted(1), (503, {})], [(401, {})]),
    "renewal reset": ([granted(1), None], [(401, {})]),
    "token refused": (
        [(400, {"error": "invalid_client", "access_token": "canary-token"})],
        [LAUNCHED],
    ),
    "token malformed": (
        [(200, {"access_token": "canary-token", "token_type": "mac"})],
        [LAUNCHED],
    ),
    "token without a life": (
        [(200, {"access_token": "canary-token", "expires_in": -1})],
        [LAUNCHED],
    ),
    "token reset": ([None], [LAUNCHED]),
}


def texts_of(error: BaseException | None) -> Iterator[str]:
    """Everything that an exception can be made to say, its causes and the local variables of our frames included."""
    while error is not None:
        yield from (str(error), repr(error), repr(vars(error)))
        yield "".join(traceback.format_exception(error))
        for frame in traceback.TracebackException.from_exception(
            error, capture_locals=True
        ).stack:
            if "/tests/" not in frame.filename:
                yield f"{frame.filename}:{frame.name} {frame.locals}"
        error = error.__cause__ or error.__context__


def leaks(canaries: Canaries, texts: Iterator[str] | list[str]) -> list[str]:
    """The texts that hold a canary."""
    return [
        f"{canaries.found_in(text)} in {text[:2000]}"
        for text in texts
        if canaries.found_in(text)
    ]


@pytest.mark.parametrize("kind", ["basic", "post", "key"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_leaks(
    driver: Driver, caplog: pytest.LogCaptureFixture, scenario: str, kind: str
) -> None:
    """S1: Whatever happens to a call, no log at DEBUG and no exception holds a secret or a token."""
    canaries, (token, steps) = Canaries(), SCENARIOS[scenario]
    error: BaseException | None = None
    with loopback(server(token, *steps)) as (host, _), caplog.at_level(logging.DEBUG):
        credential = canaries.credential(kind, host)
        settings = {
            "credential": credential,
            "base_url": host,
            "clock": FakeClock().clock,
        }
        for name in ("enboarder", "httpx", "httpcore", "asyncio"):
            caplog.set_level(logging.DEBUG, name)
        try:
            driver.call(settings, "workflows.launch_basic", basic_launch())
        except EnboarderError as raised:
            error = raised

    names = {record.name.partition(".")[0] for record in caplog.records}
    logged = [
        f"{record.getMessage()} {record.args!r} {vars(record)}"
        for record in caplog.records
    ]
    assert "httpcore" in names
    assert leaks(canaries, logged) == []
    assert leaks(canaries, texts_of(error)) == []
    if kind == "key":
        fine = scenario == "success" or scenario.startswith("token")
    else:
        fine = scenario in ("success", "renewal", "token without a life")
    assert (error is None) == fine


@pytest.mark.parametrize("kind", ["basic", "post", "key"])
def test_unreachable_service_leaks_nothing(
    driver: Driver, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    """S1: A connection that cannot be made tells where, and not with what."""
    canaries = Canaries()
    with loopback(lambda _: None) as (host, _):
        pass
    settings = {
        "credential": canaries.credential(kind, host),
        "base_url": host,
        "clock": FakeClock().clock,
    }

    with caplog.at_level(logging.DEBUG), pytest.raises(EnboarderError) as caught:
        driver.call(settings, "workflows.launch_basic", basic_launch())

    assert leaks(canaries, texts_of(caught.value)) == []
    assert leaks(canaries, [record.getMessage() for record in caplog.records]) == []


@pytest.mark.parametrize("kind", ["basic", "post", "key"])
def test_objects_show_nothing(kind: str) -> None:
    """S1: Neither a client nor a credential, bound or not, nor what they hold, shows a secret."""
    canaries = Canaries()
    with loopback(server([granted(1)], LAUNCHED)) as (host, _):
        credential = canaries.credential(kind, host)
        with Enboarder(credential, base_url=host) as client:
            client.workflows.launch_basic(basic_launch())
            http = client._sends.connections.client
            auth: Any = http.auth
            objects: list[Any] = [credential, client, client.workflows, http, auth]
            objects += [vars(client), vars(client._sends), vars(http), vars(auth)]
            if isinstance(auth, TokenAuth):
                cache = auth._found_cache
                assert cache is not None
                assert cache._token is not None
                assert cache._token.value == "canary-token-1"
                source = auth._source
                endpoint = source._endpoint
                objects += [cache, vars(cache), source, vars(source), endpoint]
                objects.append(endpoint._request())

    assert (
        leaks(
            canaries,
            [text for one in objects for text in (repr(one), str(one), f"{one}")],
        )
        == []
    )


def test_cancelled_call_shows_nothing_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    """The traceback of a cancelled launch shows no secret in our frames."""
    canaries = Canaries()

    async def run() -> BaseException:
        begun, forever = asyncio.Event(), asyncio.Event()

        async def hang(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/token":
                return httpx.Response(200, json={"access_token": "canary-token-1"})
            begun.set()
            await forever.wait()
            raise AssertionError

        credential = canaries.credential("post", BASE_URL)
        async with AsyncEnboarder(
            credential, base_url=BASE_URL, transport=httpx.MockTransport(hang)
        ) as client:
            task = asyncio.create_task(client.workflows.launch_basic(basic_launch()))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

    with caplog.at_level(logging.DEBUG):
        error = asyncio.run(run())

    assert leaks(canaries, texts_of(error)) == []
    assert leaks(canaries, caplog.messages) == []


@pytest.mark.parametrize("kind", ["basic", "post"])
def test_interrupted_token_request_shows_nothing_of_ours(kind: str) -> None:
    """S1: Ctrl-C during a token request; no frame of ours, or of `httpx.Client.request`, shows header or form."""
    canaries = Canaries()

    def interrupt(_: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    credential = canaries.credential(kind, BASE_URL)
    with (
        Enboarder(
            credential, base_url=BASE_URL, transport=httpx.MockTransport(interrupt)
        ) as client,
        pytest.raises(KeyboardInterrupt) as caught,
    ):
        client.reports.get_forms()
    frames = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    ).stack
    shown = [
        frame
        for frame in frames
        if "/enboarder/" in frame.filename or frame.name == "request"
    ]

    assert [] == [frame.name for frame in shown if canaries.found_in(str(frame.locals))]


def test_canaries_would_be_found() -> None:
    """The test finds a secret in the local variables of a frame that shows it."""
    canaries = Canaries()

    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(canaries.secret)

    assert leaks(canaries, texts_of(caught.value)) != []


@pytest.mark.parametrize(
    "holder",
    [
        Token("canary-token", Moment(0.0, 0.0), 3600.0, 2700.0),
        TokenKey("0" * 64, b"canary-key"),
        StoredToken("canary-token", 1.0, 3600.0),
        Request(
            "POST",
            "https://auth.example.com",
            {"Authorization": "canary"},
            b"canary",
            10.0,
        ),
    ],
)
def test_what_holds_a_secret_is_no_tuple(holder: object) -> None:
    """S9: what reports errors shows the members of a tuple among the local variables, whatever its repr."""
    assert "canary" not in repr(holder)
    with pytest.raises(TypeError, match="not iterable"):
        iter(cast(Any, holder))


def test_failure_that_is_kept_holds_no_frames() -> None:
    """S1: those of a token request hold its header, and the failure is kept for the next callers."""
    credential = credentials()
    auth = credential.auth(
        base_url=BASE_URL, transport=Service(token=httpx.Response(503)).transport
    )
    with httpx.Client(auth=auth) as client, pytest.raises(TokenUnavailable):
        client.get(BASE_URL)

    cache = TOKEN_CACHES.get(credential.token_key(TOKEN_URL).name, SYSTEM_CLOCK)
    (failure,) = cache._failures.values()
    assert isinstance(failure.error, TokenUnavailable)
    assert failure.error.__traceback__ is None
