"""Errors of tokens: each names the next step, and no secret can be reached from it."""

from __future__ import annotations

import asyncio
import base64
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple

import pytest
import trustme

from enboarder import (
    AsyncEnboarder,
    ClientCredentials,
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
    refusing_port,
    reply,
)
from tests.engine import httpx
from tests.wire.server import Exchange, Network, answer

SECRET = "canary-secret"
BASIC = base64.b64encode(f"client-id:{SECRET}".encode()).decode()
CANARIES = [SECRET, BASIC]
ACTIVATED = "OAuth2 is activated in Settings / Integration / Our Extensions"
TOKEN = {"access_token": "t0ken", "token_type": "Bearer"}
READ = "reports.get_forms"
Answering = Callable[[BaseHTTPRequestHandler], None]


def answering(status: int, value: Any = None, **headers: str) -> Answering:
    return lambda handler: reply(handler, status, value, **headers)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def hang_up_in_mid_answer(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"access_token": "canary-secret')
    handler.close_connection = True


class Case(NamedTuple):
    """What an endpoint does, and which error follows that names which next step."""

    endpoint: Answering
    error: type[EnboarderError]
    next_step: str


CASES = {
    "wrong secret": Case(
        answering(400, {"error": "invalid_client"}),
        TokenRefused,
        "region, client id and secret",
    ),
    "OAuth2 not activated": Case(
        answering(400, {"error": "unauthorized_client"}), TokenRefused, ACTIVATED
    ),
    "grant not allowed": Case(
        answering(400, {"error": "invalid_grant"}), TokenRefused, ACTIVATED
    ),
    "unexplained refusal": Case(
        answering(401), TokenRefused, "token_url, client id and secret.*OAuth2 is on"
    ),
    "page of a proxy": Case(
        answering(403, "<html>blocked</html>"), TokenRefused, "token_url.*proxy"
    ),
    "scope not granted": Case(
        answering(400, {"error": "invalid_scope"}),
        TokenRefused,
        r"ClientCredentials\(.*scopes=",
    ),
    "sign-in page": Case(
        answering(302, None, Location="https://login.example.com/"),
        TokenUnavailable,
        "token_url and proxy",
    ),
    "no JSON": Case(answering(200, "<html>"), TokenUnavailable, "token_url and proxy"),
    "token of another type": Case(
        answering(200, {**TOKEN, "token_type": "mac"}), TokenUnavailable, "token_url"
    ),
    "busy": Case(
        answering(429, None, **{"Retry-After": "7"}),
        TokenUnavailable,
        "429; try again later",
    ),
    "down": Case(answering(503), TokenUnavailable, "503; try again later.*token_url"),
    "hung up": Case(
        hang_up,
        TokenUnavailable,
        "network, proxy, CA certificates, this machine's clock and token_url",
    ),
    "hung up in mid-answer": Case(
        hang_up_in_mid_answer, TokenUnavailable, "network, proxy"
    ),
}


def has_canary(text: str) -> bool:
    return any(canary in text for canary in CANARIES)


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error, and all that it was raised from or during."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def shown_places(error: BaseException) -> list[str]:
    """Return where an error, or a traceback with local variables, shows the secret."""
    places = []
    for one in chain_of(error):
        notes = getattr(one, "__notes__", "")
        if has_canary(f"{one!r} {one} {notes}"):
            places.append("text")
        if has_canary(repr(vars(one))):
            places.append("attributes")
        trace = traceback.TracebackException.from_exception(one, capture_locals=True)
        for frame in trace.stack:
            if "/tests/" not in frame.filename and has_canary(str(frame.locals)):
                places.append(frame.name)
    return places


def reachable_objects(error: BaseException) -> Iterator[object]:
    """Give what attributes and local variables of an error and its causes hold."""
    for one in chain_of(error):
        yield from vars(one).values()
        yield getattr(one, "request", None)
        for frame, _ in traceback.walk_tb(one.__traceback__):
            yield from frame.f_locals.values()


def reachable_requests(error: BaseException) -> list[str]:
    """Return the requests that hold the secret, and can be reached from an error."""
    found = []
    for one in reachable_objects(error):
        if isinstance(one, httpx.Request):
            text = f"{one.url} {one.headers.raw} {one.read()!r}"
            if has_canary(text):
                found.append(str(one.url))
    return found


def assert_holds_nothing(error: BaseException) -> None:
    """Check that an error has no cause, shows no secret and leads to no request."""
    assert [error] == list(chain_of(error))
    assert [] == shown_places(error)
    assert [] == reachable_requests(error)


def own_credential(token_url: str, client_auth: Any = "basic") -> ClientCredentials:
    return ClientCredentials(
        "client-id", SECRET, token_url=token_url, client_auth=client_auth
    )


@pytest.mark.parametrize("client_auth", ["basic", "post"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_error_names_the_next_step_and_holds_no_secret(
    driver: Driver, time: FakeClock, case: Case, client_auth: Any
) -> None:
    """Neither the request, nor its form, nor the secret can be reached from it."""
    with loopback(case.endpoint) as (host, _):
        settings = {
            "credential": own_credential(host + "/token", client_auth),
            "base_url": host,
            "clock": time.clock,
        }
        with pytest.raises(case.error, match=case.next_step) as caught:
            driver.call(settings, READ)

    assert_holds_nothing(caught.value)


def test_endpoint_that_does_not_listen_is_named(driver: Driver) -> None:
    """The error has the host and the kind of failure."""
    with refusing_port() as port:
        host = f"http://127.0.0.1:{port}"
        settings = {"credential": own_credential(host + "/token"), "base_url": host}
        with pytest.raises(
            TokenUnavailable, match=r"127\.0\.0\.1 \(ConnectError: .*network"
        ) as caught:
            driver.call(settings, READ)

    assert_holds_nothing(caught.value)


@pytest.mark.parametrize("days", [-2, 2], ids=["expired", "not yet valid"])
def test_certificate_that_is_not_valid_now_names_the_clock(
    driver: Driver,
    network: Network,
    authority: trustme.CA,
    ca_file: str,
    days: int,
    time: FakeClock,
) -> None:
    """The clock of this machine may be wrong; the token is not asked for."""

    async def refuse_calls(exchange: Exchange) -> None:
        await exchange.send(answer({}))

    begin = datetime.now(UTC) + timedelta(days=days)
    end = begin + timedelta(days=1)
    context = certified(authority, "localhost", not_before=begin, not_after=end)
    with network.serve(refuse_calls, context) as wire:
        settings = {
            "credential": credentials(token_url=wire.token_url),
            "base_url": wire.url,
            "verify": ca_file,
            "clock": time.clock,
        }
        with pytest.raises(
            TokenUnavailable, match=r"ConnectError.*CA certificates.*clock"
        ):
            driver.call(settings, READ)

    assert 0 == wire.tokens


def test_refused_tunnel_leaves_no_request_in_the_error(
    driver: Driver, time: FakeClock, network: Network, company: Company
) -> None:
    """A proxy's refusal is reported without the form, which holds the secret."""
    credential = own_credential(f"https://{AUTH}/oauth2/token", "post")
    with ForwardProxy(network, {API: 1}, 407) as proxy:
        settings = company.settings(time, credential=credential, proxy=proxy.url)
        with pytest.raises(TokenUnavailable, match="proxy") as caught:
            driver.call(settings, READ)

    assert_holds_nothing(caught.value)


@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_error_of_a_custom_transport_shows_no_secret(
    driver: Driver, client_auth: Any
) -> None:
    """Whatever a transport raises in a token request, no frame of ours shows it."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise RuntimeError("Event loop is closed")

    credential = own_credential(TOKEN_URL, client_auth)
    settings = granted(Service(token=fail), credential=credential)
    with pytest.raises(TokenUnavailable, match="RuntimeError") as caught:
        driver.call(settings, READ)

    assert [] == shown_places(caught.value)


@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_timeout_of_the_caller_shows_no_secret(
    network: Network, client_auth: Any
) -> None:
    """The cause of a caller's TimeoutError is a token request that hung."""

    async def run() -> BaseException:
        loop = asyncio.get_running_loop()
        requested = asyncio.Event()
        limits: list[asyncio.Timeout] = []

        async def hang(exchange: Exchange) -> None:
            await exchange.whole()
            loop.call_soon_threadsafe(requested.set)
            await exchange.gone()

        async def call(client: AsyncEnboarder) -> None:
            async with asyncio.timeout(None) as limit:
                limits.append(limit)
                await client.reports.get_forms()

        with network.serve(hang) as wire:
            credential = own_credential(wire.url + "/token", client_auth)
            async with AsyncEnboarder(credential, base_url=wire.url) as client:
                task = asyncio.create_task(call(client))
                await asyncio.wait_for(requested.wait(), LONG)
                limits[0].reschedule(loop.time())
                with pytest.raises(TimeoutError) as caught:
                    await task
        return caught.value

    error = asyncio.run(run())

    kinds = [type(one) for one in chain_of(error)]
    assert [TimeoutError, asyncio.CancelledError] == kinds
    assert [] == shown_places(error)


def raise_with_local_request() -> None:
    request = httpx.Request("POST", TOKEN_URL, data={"client_secret": SECRET})
    raise TokenUnavailable(f"no answer to {request.method}")


def raise_with_attribute() -> None:
    error = TokenUnavailable("x")
    vars(error)["sent"] = httpx.Request("POST", TOKEN_URL, data={"secret": SECRET})
    raise error


def raise_with_cause() -> None:
    request = httpx.Request("POST", TOKEN_URL, data={"secret": SECRET})
    cause = httpx.ConnectError("x", request=request)
    del request
    raise TokenUnavailable("x") from cause


@pytest.mark.parametrize(
    "fail", [raise_with_local_request, raise_with_attribute, raise_with_cause]
)
def test_request_that_holds_the_secret_would_be_found(fail: Callable[[], None]) -> None:
    """The tests above see one in an attribute, in a cause and in a local variable."""
    with pytest.raises(TokenUnavailable) as caught:
        fail()

    assert {TOKEN_URL} == set(reachable_requests(caught.value))
