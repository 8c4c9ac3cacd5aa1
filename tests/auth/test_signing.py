"""A dead token is replaced once, and the request is sent once more if possible."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from enboarder import (
    EnboarderError,
    Forbidden,
    RetryPolicy,
    TokenRefused,
    TokenUnavailable,
    Unauthorized,
)
from tests.auth.own_clients import EACH_OWN_CLIENT, OwnClient
from tests.conftest import (
    BASE_URL,
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    credentials,
    granted,
    launched,
    loopback,
    reply,
)
from tests.engine import httpx

READ: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})
LAUNCH: tuple[str, tuple[Any, ...], dict[str, Any]] = (
    "workflows.launch_basic",
    (basic_launch(),),
    {},
)
FORMS = httpx.Response(200, json={"items": []})
LARGE = {"message": "x" * 100_000}


def tokens_sent(service: Service) -> list[str]:
    return [request.headers["authorization"] for request in service.requests]


@pytest.mark.parametrize("status", [401, 403])
def test_dead_token_is_replaced_once(
    driver: Driver, time: FakeClock, status: int
) -> None:
    """The request is sent again with the new token, and the call succeeds."""
    service = Service(FORMS, httpx.Response(status), FORMS)
    settings = granted(service, clock=time.clock)
    driver.calls(settings, READ)
    time.pass_time(61)

    driver.calls(settings, READ)

    assert ["token-1", "token-1", "token-2"] == tokens_sent(service)
    assert 2 == len(service.token_requests)


@pytest.mark.parametrize(("age", "tokens"), [(0.0, 1), (59.9, 1), (60.0, 2)])
def test_403_may_mean_a_dead_token_from_60_s_of_age(
    driver: Driver, time: FakeClock, age: float, tokens: int
) -> None:
    """A 403 to a younger token means missing rights, so no token is requested."""
    service = Service(FORMS, httpx.Response(403), FORMS)
    settings = granted(service, clock=time.clock)
    driver.calls(settings, READ)
    time.pass_time(age)

    with contextlib.suppress(Forbidden):
        driver.calls(settings, READ)

    assert tokens == len(service.token_requests)


def test_403_to_a_young_token_is_reported(driver: Driver, time: FakeClock) -> None:
    """It is Forbidden, and the request is not sent again."""
    service = Service(httpx.Response(403))

    with pytest.raises(Forbidden):
        driver.calls(granted(service, clock=time.clock), READ)

    assert 1 == len(service.requests)


@pytest.mark.parametrize("status", [400, 402, 404, 429, 500, 503])
def test_other_refusals_do_not_mean_a_dead_token(
    driver: Driver, time: FakeClock, status: int
) -> None:
    """A write with another status is not sent again, at any age of the token."""
    service = Service(launched(), httpx.Response(status))
    retry = RetryPolicy(attempts=1)
    settings = granted(service, clock=time.clock, retry=retry)
    driver.calls(settings, LAUNCH)
    time.pass_time(61)

    with pytest.raises(EnboarderError):
        driver.calls(settings, LAUNCH)

    assert 2 == len(service.requests)
    assert 1 == len(service.token_requests)


def test_service_that_refuses_every_token_costs_two(
    driver: Driver, time: FakeClock
) -> None:
    """20 calls end as Unauthorized; only the first of them causes a renewal."""
    service = Service(httpx.Response(401))
    settings = granted(service, clock=time.clock)

    for _ in range(20):
        with pytest.raises(Unauthorized):
            driver.calls(settings, READ)

    assert 2 == len(service.token_requests)
    assert 21 == len(service.requests)


@pytest.mark.parametrize("awaited", [False, True])
def test_caller_gets_the_401_if_there_is_no_other_token(
    time: FakeClock, awaited: bool
) -> None:
    """Within 30 s of a renewal, the caller gets the refusal itself, with its body."""
    service = Service(httpx.Response(401, content=b"no such token"))
    auth = credentials().auth(
        base_url=BASE_URL, transport=service.transport, clock=time.clock
    )

    responses = OwnClient(httpx, awaited).send(
        [("GET", BASE_URL)] * 2, auth=auth, transport=service.transport
    )

    assert [401, 401] == [response.status_code for response in responses]
    assert "no such token" == responses[1].text
    assert ["token-1", "token-2", "token-2"] == tokens_sent(service)


@pytest.mark.parametrize("awaited", [False, True])
def test_same_token_again_leaves_the_401_to_the_caller(awaited: bool) -> None:
    """If the endpoint issues the refused token again, the request is not sent again."""
    same = httpx.Response(200, json={"access_token": "t0ken"})
    service = Service(httpx.Response(401), token=same)
    auth = credentials().auth(base_url=BASE_URL, transport=service.transport)

    responses = OwnClient(httpx, awaited).send(
        [("GET", BASE_URL)], auth=auth, transport=service.transport
    )

    assert 401 == responses[0].status_code
    assert ["t0ken"] == tokens_sent(service)


def test_age_of_a_token_begins_with_its_request(
    driver: Driver, time: FakeClock
) -> None:
    """The service may count from then, however long its answer takes."""
    service = Service()

    def token(_: httpx.Request) -> httpx.Response:
        time.pass_time(20)
        return httpx.Response(200, json={"access_token": "t", "expires_in": 20})

    service.token = token
    driver.calls(granted(service, clock=time.clock), READ, READ)

    assert 2 == len(service.token_requests)


def test_short_token_serves_many_calls(driver: Driver, time: FakeClock) -> None:
    """20 calls within the life of a token of 20 s cost one token request."""
    service = Service(FORMS, lifetime=20)

    driver.calls(granted(service, clock=time.clock), *[READ] * 20)

    assert 1 == len(service.token_requests)
    assert 20 == len(service.requests)


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.Response(500)]
)
def test_call_without_a_token_is_not_sent(driver: Driver, failure: Any) -> None:
    """If the token request fails in any way, the write was certainly not done."""
    service = Service(token=failure)

    with pytest.raises(TokenUnavailable, match="proxy") as caught:
        driver.calls(granted(service), LAUNCH)

    assert [] == service.requests
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_missing_token_is_reported_with_host_and_reason(driver: Driver) -> None:
    """If no answer comes, the error names the host of the token endpoint."""
    service = Service(token=httpx.ConnectError("reason"))

    with pytest.raises(
        TokenUnavailable, match=r"auth\.example\.com \(ConnectError: reason\)"
    ):
        driver.calls(granted(service), READ)


def test_refused_client_is_reported_without_asking_again(driver: Driver) -> None:
    """A wrong secret costs one request, however often it is tried."""
    service = Service(token=httpx.Response(400, json={"error": "invalid_client"}))
    settings = granted(service)

    for _ in range(3):
        with pytest.raises(TokenRefused, match="client id and secret") as caught:
            driver.calls(settings, READ)
        assert "invalid_client" == caught.value.code
        # By default the client authenticates by Basic.
        assert "client_auth='post'" in str(caught.value)

    assert 1 == len(service.token_requests)


def test_renewal_that_fails_is_reported(driver: Driver, time: FakeClock) -> None:
    """If a dead token cannot be replaced, the error says so, and nothing was done."""
    service = Service(httpx.Response(401))

    def token(_: httpx.Request) -> httpx.Response:
        if len(service.token_requests) == 1:
            return httpx.Response(200, json={"access_token": "token-1"})
        return httpx.Response(503, headers={"Retry-After": "5"})

    service.token = token
    with pytest.raises(TokenUnavailable, match="503") as caught:
        driver.calls(granted(service, clock=time.clock), LAUNCH)

    assert 5.0 == caught.value.retry_after
    assert 1 == len(service.requests)


def test_token_requests_use_the_transport_of_the_client(driver: Driver) -> None:
    """A transport, and so a proxy, of the client carries token requests, too."""
    service = Service(launched())

    driver.calls(granted(service), LAUNCH)

    assert [TOKEN_URL] == [str(request.url) for request in service.token_requests]
    assert 10.0 == service.token_requests[0].extensions["timeout"]["read"]


class TokenHost:
    """Issues numbered tokens at /token, and accepts some of them elsewhere."""

    def __init__(self, accepts: Callable[[int, str], bool]) -> None:
        self._accepts = accepts
        self.issued = 0
        self.sent: list[str] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/token":
            self.issued += 1
            granted = {"access_token": f"token-{self.issued}", "expires_in": 3600}
            return reply(handler, 200, granted, **{"Set-Cookie": "a=canary; Path=/"})
        token = handler.headers["Authorization"]
        self.sent.append(token)
        accepted = self._accepts(len(self.sent), token)
        return reply(handler, 200 if accepted else 401, LARGE)


def accept_all(number: int, token: str) -> bool:
    return True


def accept_the_second_token(number: int, token: str) -> bool:
    return token == "token-2"


def refuse_the_third_request(number: int, token: str) -> bool:
    return number != 3


@EACH_OWN_CLIENT
def test_own_client_gets_and_renews_a_token(own_client: OwnClient) -> None:
    """`credential.auth()` works with httpx and httpx2; a dead token costs one more."""
    service = TokenHost(refuse_the_third_request)
    with loopback(service) as (host, _):
        auth = credentials(token_url=host + "/token").auth(base_url=host)
        responses = own_client.send([("POST", host + "/x")] * 3, auth=auth)

    assert [200, 200, 200] == [response.status_code for response in responses]
    assert ["token-1", "token-1", "token-1", "token-2"] == service.sent


@pytest.mark.parametrize("client_auth", ["basic", "post"])
@pytest.mark.parametrize("awaited", [False, True])
def test_own_client_sees_nothing_of_token_requests(
    client_auth: Any, awaited: bool
) -> None:
    """Its hooks, history and cookies have no trace of token requests."""
    seen: list[str] = []

    def see(request: httpx.Request) -> None:
        seen.append(request.url.path)

    async def see_async(request: httpx.Request) -> None:
        see(request)

    with loopback(TokenHost(accept_all)) as (host, _):
        credential = credentials(token_url=host + "/token", client_auth=client_auth)
        [response] = OwnClient(httpx, awaited).send(
            [("GET", host + "/x")],
            auth=credential.auth(base_url=host),
            event_hooks={"request": [see_async if awaited else see]},
        )

    assert ["/x"] == seen
    assert [] == response.history
    assert "cookie" not in response.request.headers


def test_cookies_of_the_token_endpoint_are_not_kept(driver: Driver) -> None:
    """Calls and later token requests to the same host have no cookie."""
    cookies: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        cookies.append(handler.headers["Cookie"])
        value = {"access_token": "t0ken", "items": []}
        reply(handler, 200, value, **{"Set-Cookie": "session=canary; Path=/"})

    with loopback(answer) as (host, _):
        credential = credentials(token_url=host + "/token")
        settings = {"credential": credential, "base_url": host}
        driver.calls(settings, READ, ("forget", (), {}), READ)

    assert [None] * 4 == cookies


class Archive(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that can be read only once."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"{}"

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{}"


class Zip(Archive):
    """The same, under a name at the other end of the alphabet."""


def post(
    auth: httpx.Auth, request: httpx.Request, awaited: bool, **options: Any
) -> int:
    """Send a request with the user's own client, and return the status."""

    async def run() -> int:
        async with httpx.AsyncClient(auth=auth, **options) as client:
            return (await client.send(request)).status_code

    if awaited:
        return asyncio.run(run())
    with httpx.Client(auth=auth, **options) as client:
        return client.send(request).status_code


def of_bytes(host: str) -> httpx.Request:
    return httpx.Request("POST", host + "/x", content=b"{}")


def of_stream(host: str, body: type[Archive]) -> httpx.Request:
    headers = {"Host": "127.0.0.1", "Content-Length": "2"}
    return httpx.Request("POST", host + "/x", stream=body(), headers=headers)


@pytest.mark.parametrize("awaited", [False, True])
def test_body_of_bytes_is_sent_again_with_the_new_token(awaited: bool) -> None:
    """On a real connection: the second token is accepted."""
    service = TokenHost(accept_the_second_token)
    with loopback(service) as (host, requests):
        auth = credentials(token_url=host + "/token").auth(base_url=host)

        assert 200 == post(auth, of_bytes(host), awaited)

    assert ["POST /token", "POST /x", "POST /token", "POST /x"] == requests


@pytest.mark.parametrize("body", [Archive, Zip])
@pytest.mark.parametrize("awaited", [False, True])
def test_body_that_is_gone_is_not_sent_again(
    awaited: bool, body: type[Archive]
) -> None:
    """The caller gets the 401, and the token is renewed for the next call."""
    service = TokenHost(accept_the_second_token)
    with loopback(service) as (host, requests):
        auth = credentials(token_url=host + "/token").auth(base_url=host)

        assert 401 == post(auth, of_stream(host, body), awaited)
        assert 200 == post(auth, of_stream(host, body), awaited)

    assert ["POST /token", "POST /x", "POST /token", "POST /x"] == requests


def test_body_of_bytes_is_sent_again_by_a_transport_that_wraps_it(
    driver: Driver,
) -> None:
    """What a transport puts around a body, such as a progress bar, changes nothing."""
    service = Service(httpx.Response(401), launched())

    def wrap(request: httpx.Request) -> httpx.Response:
        request.stream = Archive()
        return service(request)

    settings = granted(service, transport=httpx.MockTransport(wrap))
    driver.calls(settings, LAUNCH)

    assert ["token-1", "token-2"] == tokens_sent(service)


@pytest.mark.parametrize("awaited", [False, True])
def test_renewal_needs_no_second_connection(awaited: bool) -> None:
    """The refused answer is read first, so that one connection is enough."""
    service = TokenHost(accept_the_second_token)
    limits = httpx.Limits(max_connections=1)
    transport: Any
    if awaited:
        transport = httpx.AsyncHTTPTransport(limits=limits)
    else:
        transport = httpx.HTTPTransport(limits=limits)
    with loopback(service) as (host, requests):
        auth = credentials(token_url=host + "/token").auth(
            base_url=host, transport=transport
        )

        assert 200 == post(auth, of_bytes(host), awaited, transport=transport)

    assert ["POST /token", "POST /x", "POST /token", "POST /x"] == requests
