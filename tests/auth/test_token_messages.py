"""Errors of tokens: each names the next step, and nothing hangs on it that holds the secret."""

from __future__ import annotations

import asyncio
import base64
import re
import socket
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest
import trustme

from enboarder import (
    AsyncEnboarder,
    ClientCredentials,
    ConfigurationError,
    EnboarderError,
    TokenRefused,
    TokenUnavailable,
)
from tests.auth.conftest import API, AUTH, Company, certified
from tests.auth.forward_proxy import ForwardProxy
from tests.conftest import (
    LONG,
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    credentials,
    granted,
    loopback,
    reply,
)
from tests.wire.server import Exchange, Network, answer

SECRET = "canary-secret"
CANARIES = [SECRET, base64.b64encode(f"client-id:{SECRET}".encode()).decode()]
ACTIVATED = "OAuth2 is activated in Settings / Integration / Our Extensions"
Answering = Callable[[BaseHTTPRequestHandler], None]


def says(status: int, value: Any = None, **headers: str) -> Answering:
    return lambda handler: reply(handler, status, value, **headers)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def half(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"access_token": "canary-secret')
    handler.close_connection = True


TOKEN = {"access_token": "t0ken", "token_type": "Bearer"}
CASES: dict[str, tuple[Answering, type[EnboarderError], str]] = {
    "wrong secret": (
        says(400, {"error": "invalid_client"}),
        TokenRefused,
        "check region, client id and secret",
    ),
    "OAuth2 not activated": (
        says(400, {"error": "unauthorized_client"}),
        TokenRefused,
        ACTIVATED,
    ),
    "grant not allowed": (
        says(400, {"error": "invalid_grant"}),
        TokenRefused,
        ACTIVATED,
    ),
    "unexplained refusal": (
        says(401),
        TokenRefused,
        "check token_url, client id and secret.*OAuth2 is on",
    ),
    "page of a proxy": (
        says(403, "<html>blocked</html>"),
        TokenRefused,
        "check token_url,.*the proxy",
    ),
    "scope not granted": (
        says(400, {"error": "invalid_scope"}),
        TokenRefused,
        r"granted: ClientCredentials\(.*scopes=",
    ),
    "sign-in page": (
        says(302, None, Location="https://login.example.com/"),
        TokenUnavailable,
        "check token_url and proxy",
    ),
    "no JSON": (says(200, "<html>"), TokenUnavailable, "check token_url and proxy"),
    "token of another type": (
        says(200, {**TOKEN, "token_type": "mac"}),
        TokenUnavailable,
        "type Bearer.*check token_url",
    ),
    "expires_in of 0": (
        says(200, {**TOKEN, "expires_in": 0}),
        TokenUnavailable,
        "bad expires_in; check token_url",
    ),
    "expires_in of 32 years": (
        says(200, {**TOKEN, "expires_in": 10**9}),
        TokenUnavailable,
        "bad expires_in; check",
    ),
    "expires_in as a date": (
        says(200, {**TOKEN, "expires_in": "2027-01-01"}),
        TokenUnavailable,
        "bad expires_in; check",
    ),
    "busy": (
        says(429, None, **{"Retry-After": "7"}),
        TokenUnavailable,
        "429; try again later",
    ),
    "down": (
        says(503),
        TokenUnavailable,
        "503; try again later, or check token_url and proxy",
    ),
    "hung up": (
        hang_up,
        TokenUnavailable,
        "check network, proxy, CA certificates, this machine's clock and token_url",
    ),
    "hung up in mid-answer": (half, TokenUnavailable, "check network, proxy"),
}


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and all that it was raised from or during."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def shown(error: BaseException) -> list[str]:
    """Where an error and a traceback with local variables show the secret."""
    found = []
    for one in chain(error):
        texts = [
            ("text", f"{one!r} {one} {getattr(one, '__notes__', '')}"),
            ("attributes", repr(vars(one))),
        ]
        trace = traceback.TracebackException.from_exception(one, capture_locals=True)
        texts += [
            (frame.name, str(frame.locals))
            for frame in trace.stack
            if "/tests/" not in frame.filename
        ]
        found += [
            place for place, text in texts if any(canary in text for canary in CANARIES)
        ]
    return found


def held(error: BaseException) -> list[str]:
    """The same, and requests that can be reached from it and hold the secret without showing it."""
    found = shown(error)
    for one in chain(error):
        values = [
            value
            for frame, _ in traceback.walk_tb(one.__traceback__)
            for value in frame.f_locals.values()
        ]
        for request in [*values, *vars(one).values(), getattr(one, "request", None)]:
            if isinstance(request, httpx.Request):
                text = f"{request.url} {request.headers.raw} {request.read()!r}"
                found += ["request"] * any(canary in text for canary in CANARIES)
    return found


@pytest.mark.parametrize("client_auth", ["basic", "post"])
@pytest.mark.parametrize("case", CASES)
def test_error_says_what_to_do_next_and_holds_no_request(
    driver: Driver, case: str, client_auth: Any
) -> None:
    """S2: Each error names the next step, has no cause, and neither request, form nor secret can be reached from it."""
    endpoint, kind, told = CASES[case]
    with loopback(endpoint) as (host, _):
        credential = ClientCredentials(
            "client-id", SECRET, token_url=host + "/token", client_auth=client_auth
        )
        with pytest.raises(kind, match=told) as caught:
            driver.call(
                {
                    "credential": credential,
                    "base_url": host,
                    "clock": FakeClock().clock,
                },
                "reports.get_forms",
            )

    assert ([caught.value], []) == (list(chain(caught.value)), held(caught.value))


def test_endpoint_that_is_not_there_is_told(driver: Driver) -> None:
    """S2: Where nobody listens the error names the host, what kind of failure it was, and what to check."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"http://127.0.0.1:{free.getsockname()[1]}"
    credential = ClientCredentials("client-id", SECRET, token_url=host + "/token")

    with pytest.raises(
        TokenUnavailable,
        match=r"no token from 127\.0\.0\.1 \(ConnectError: [^)]+\); check network",
    ) as caught:
        driver.call({"credential": credential, "base_url": host}, "reports.get_forms")

    assert ([caught.value], []) == (list(chain(caught.value)), held(caught.value))


@pytest.mark.parametrize("days", [-2, 2], ids=["expired", "not yet valid"])
def test_wrong_clock_is_told(
    driver: Driver,
    network: Network,
    authority: trustme.CA,
    ca_file: str,
    days: int,
    time: FakeClock,
) -> None:
    """A certificate that is not valid at this time, as on a machine whose clock is wrong, names the clock."""

    async def unasked(exchange: Exchange) -> None:
        await exchange.send(answer({}))

    begin = datetime.now(UTC) + timedelta(days=days)
    context = certified(
        authority, "localhost", not_before=begin, not_after=begin + timedelta(days=1)
    )
    with network.serve(unasked, context) as wire:
        credential = credentials(token_url=wire.token_url)
        with pytest.raises(
            TokenUnavailable,
            match=r"ConnectError.*CA certificates, this machine's clock",
        ):
            driver.call(
                {
                    "credential": credential,
                    "base_url": wire.url,
                    "verify": ca_file,
                    "clock": time.clock,
                },
                "reports.get_forms",
            )

    assert 0 == wire.tokens


def test_proxy_that_refuses_leaves_no_request_in_the_error(
    driver: Driver, time: FakeClock, network: Network, company: Company
) -> None:
    """S2: A tunnel that is refused is told without a request, also when the secret is sent in the form."""
    token_url = f"https://{AUTH}/oauth2/token"
    credential = ClientCredentials(
        "client-id", SECRET, token_url=token_url, client_auth="post"
    )
    with (
        ForwardProxy(network, {API: 1}, 407) as proxy,
        pytest.raises(TokenUnavailable, match=r"check .*proxy") as caught,
    ):
        driver.call(
            company.settings(time, credential=credential, proxy=proxy.url),
            "reports.get_forms",
        )

    assert ([caught.value], []) == (list(chain(caught.value)), held(caught.value))


@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_error_of_an_own_transport_shows_no_secret(
    driver: Driver, client_auth: Any
) -> None:
    """S2: Whatever a transport of one's own raises in a token request, no frame of its traceback shows the secret."""

    def broken(_: httpx.Request) -> httpx.Response:
        raise RuntimeError("Event loop is closed")

    credential = ClientCredentials(
        "client-id", SECRET, token_url=TOKEN_URL, client_auth=client_auth
    )
    with pytest.raises(TokenUnavailable, match="RuntimeError") as caught:
        driver.call(
            granted(Service(token=broken), credential=credential), "reports.get_forms"
        )

    assert [] == shown(caught.value)


@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_timeout_of_the_callers_own_shows_no_secret(
    network: Network, client_auth: Any
) -> None:
    """S2: A TimeoutError of the caller's own, whose cause is a token request that hung, shows no secret in any frame."""

    async def run() -> BaseException:
        loop, begun, limits = (
            asyncio.get_running_loop(),
            asyncio.Event(),
            list[asyncio.Timeout](),
        )

        async def hang(exchange: Exchange) -> None:
            await exchange.whole()
            loop.call_soon_threadsafe(begun.set)
            await exchange.gone()

        async def call(client: AsyncEnboarder) -> None:
            async with asyncio.timeout(None) as limit:
                limits.append(limit)
                await client.reports.get_forms()

        with network.serve(hang) as wire:
            credential = ClientCredentials(
                "client-id",
                SECRET,
                token_url=wire.url + "/token",
                client_auth=client_auth,
            )
            async with AsyncEnboarder(credential, base_url=wire.url) as client:
                task = asyncio.create_task(call(client))
                await asyncio.wait_for(begun.wait(), LONG)
                limits[0].reschedule(loop.time())
                with pytest.raises(TimeoutError) as caught:
                    await task
        return caught.value

    error = asyncio.run(run())

    assert [TimeoutError, asyncio.CancelledError] == [type(one) for one in chain(error)]
    assert [] == shown(error)


def test_unpublished_token_url_of_canada_is_told() -> None:
    """For Canada no token URL is published: the error says how to pass one, and whom to ask."""
    with pytest.raises(ConfigurationError) as caught:
        ClientCredentials("client-id", SECRET).auth(region="CA")

    told = r"no token URL is known for region CA; pass .*or set ENBOARDER_TOKEN_URL"
    assert re.search(told, str(caught.value))


def test_function_that_fails_is_told(driver: Driver) -> None:
    """A client_secret function that raises names the kind of error, and not its text, which may hold anything."""
    secrets = [SECRET]

    def fetch() -> str:
        return secrets[0] if secrets else str(1 / 0)

    credential = ClientCredentials("client-id", fetch, token_url=TOKEN_URL)
    bound = credential.auth(base_url="https://api.example.com")
    secrets.clear()

    with pytest.raises(
        TokenUnavailable, match=r"client_secret\(\) failed \(ZeroDivisionError\)"
    ) as caught:
        next(bound.sync_auth_flow(httpx.Request("GET", "https://api.example.com/x")))

    assert ([caught.value], []) == (list(chain(caught.value)), held(caught.value))


@pytest.mark.parametrize("badly", [SECRET + "\n", SECRET.encode()])
def test_badly_copied_secret_of_a_function_is_not_shown(badly: Any) -> None:
    """S9: A secret that was read from a file with its line break, or as bytes, is told, and no frame of ours shows it."""
    credential = ClientCredentials("client-id", lambda: badly, token_url=TOKEN_URL)

    bound = credential.auth(base_url="https://api.example.com")
    with pytest.raises(ConfigurationError, match=r"line break|not a string") as caught:
        next(bound.sync_auth_flow(httpx.Request("GET", "https://api.example.com/x")))

    assert [] == shown(caught.value)


@pytest.mark.parametrize("place", ["attribute", "cause", "local variable"])
def test_request_that_holds_the_secret_would_be_found(place: str) -> None:
    """The test above sees a request in an attribute, in a cause, and in a local variable."""

    def fail() -> None:
        if place == "local variable":
            request = httpx.Request("POST", TOKEN_URL, data={"client_secret": SECRET})
            raise TokenUnavailable(f"no answer to {request.method}")
        raise error from cause

    request = httpx.Request("POST", TOKEN_URL, data={"client_secret": SECRET})
    error = TokenUnavailable("x")
    if place == "attribute":
        vars(error)["sent"] = request
    cause = httpx.ConnectError("x", request=request) if place == "cause" else None
    del request
    with pytest.raises(TokenUnavailable) as caught:
        fail()

    assert {"request"} == set(held(caught.value))
