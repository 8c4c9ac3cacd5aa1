"""A credential bound to an origin: in the client, and in an httpx client of one's own."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import pickle
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

import httpx
import pytest

from enboarder import (
    ApiKey,
    Clock,
    ConfigurationError,
    Enboarder,
    EnboarderError,
    Forbidden,
    OutcomeUnknown,
    RetryPolicy,
    TokenRefused,
    TokenUnavailable,
    Unauthorized,
)
from enboarder.auth.api_key import ApiKeyAuth
from enboarder.auth.token import Moment, Token, TokenKey
from tests.conftest import (
    BASE_URL,
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    credentials,
    granted,
    keyed,
    launched,
    loopback,
    reply,
)

READ: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})
FORMS = httpx.Response(200, json={"items": []})
ELSEWHERE = [
    "https://elsewhere.example.com/x",
    "https://api.example.com:8443/x",
    "http://api.example.com/x",
    "https://api.example.com.evil.example.com/x",
]


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize("by_key", [False, True])
def test_own_client_signs_its_own_origin_only(awaited: bool, by_key: bool) -> None:
    """S7: In an integrator's own client a credential goes to its origin, and nowhere else."""
    service = Service(FORMS)
    binding: dict[str, Any] = {"base_url": BASE_URL, "transport": service.transport}
    auth = ApiKey("key").auth(**binding) if by_key else credentials().auth(**binding)
    urls = [BASE_URL + "/x", "https://API.example.com:443/x", *ELSEWHERE]

    async def run() -> None:
        async with httpx.AsyncClient(auth=auth, transport=service.transport) as client:
            for url in urls:
                await client.get(url)

    if awaited:
        asyncio.run(run())
    else:
        with httpx.Client(auth=auth, transport=service.transport) as client:
            for url in urls:
                client.get(url)

    signed = {"apikey": "key"} if by_key else {"authorization": "token-1"}
    carried = [
        {
            name: request.headers[name]
            for name in ("apikey", "authorization")
            if name in request.headers
        }
        for request in service.requests
    ]
    assert carried == [signed, signed, {}, {}, {}, {}]
    assert len(service.token_requests) == (0 if by_key else 1)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_redirect_elsewhere_carries_no_token(target: str) -> None:
    """S7: A client of one's own that follows redirects does not take the token to another origin."""
    service = Service(httpx.Response(302, headers={"Location": target}), FORMS)
    auth = credentials().auth(base_url=BASE_URL, transport=service.transport)

    with httpx.Client(
        auth=auth, transport=service.transport, follow_redirects=True
    ) as client:
        client.get(BASE_URL + "/x")

    assert [str(request.url) for request in service.requests] == [
        BASE_URL + "/x",
        target,
    ]
    assert "authorization" not in service.last.headers


def test_client_follows_no_redirect(driver: Driver) -> None:
    """S7: The client contacts nobody but the API and the token endpoint."""
    service = Service(httpx.Response(307, headers={"Location": ELSEWHERE[0]}))

    with pytest.raises(OutcomeUnknown):
        driver.call(granted(service), "workflows.launch_basic", basic_launch())

    assert [request.url.host for request in service.requests] == ["api.example.com"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirect_of_the_token_endpoint_is_an_error(
    driver: Driver, status: int
) -> None:
    """S6, Hazard: redirect from the token endpoint. The secret is not taken to another host."""
    service = Service(token=httpx.Response(status, headers={"Location": ELSEWHERE[0]}))

    with pytest.raises(TokenUnavailable, match=f"the token endpoint answered {status}"):
        driver.call(
            {**granted(service), "credential": credentials(client_auth="post")}, READ[0]
        )

    assert (len(service.token_requests), service.requests) == (1, [])


@pytest.mark.parametrize(
    "binding",
    [
        {},
        {"region": "CA"},
        {"region": "AU", "base_url": BASE_URL},
        {"base_url": "http://x"},
    ],
)
def test_bad_binding_is_told(binding: Any) -> None:
    """A credential that is bound to nothing, or to two things, is a ConfigurationError."""
    credential = credentials(token_url=None)

    with pytest.raises(ConfigurationError):
        credential.auth(**binding)


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("credential", [ApiKey("key"), credentials()])
def test_bound_credential_is_not_copied(credential: Any, twin: Any) -> None:
    """S10: A bound credential is neither pickled nor copied."""
    with pytest.raises(TypeError, match="bind the credential where it is used"):
        twin(credential.auth(base_url=BASE_URL))


def test_client_per_call_costs_one_token(driver: Driver) -> None:
    """Clients with the same credential share its token."""
    service = Service(FORMS)
    settings = granted(service)

    for _ in range(5):
        driver.call(settings, READ[0])

    assert len(service.token_requests) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_dead_token_is_replaced_once(
    driver: Driver, time: FakeClock, status: int
) -> None:
    """A refused token is renewed and the call is made again; nobody sees a failure."""
    refused = httpx.Response(status)
    service = Service(FORMS, refused, FORMS)
    settings = granted(service, clock=time.clock)
    driver.call(settings, READ[0])
    time.pass_time(61)

    driver.call(settings, READ[0])

    sent = [request.headers["authorization"] for request in service.requests]
    assert (sent, len(service.token_requests)) == (["token-1", "token-1", "token-2"], 2)


def test_403_to_a_young_token_is_a_refusal(driver: Driver, time: FakeClock) -> None:
    """A 403 to a token that was just fetched says something about rights, and costs no token."""
    service = Service(httpx.Response(403))
    settings = granted(service, clock=time.clock)

    for _ in range(3):
        with pytest.raises(Forbidden):
            driver.call(settings, READ[0])
        time.pass_time(19)

    assert (len(service.requests), len(service.token_requests)) == (3, 1)


def test_service_that_always_refuses_costs_two_tokens(driver: Driver) -> None:
    """Hazard: API that always answers 401. 20 calls make two token requests in all."""
    service = Service(httpx.Response(401))
    settings = granted(service, clock=FakeClock().clock)

    for _ in range(20):
        with pytest.raises(Unauthorized):
            driver.call(settings, READ[0])

    assert (len(service.token_requests), len(service.requests)) == (2, 21)


def test_short_tokens_are_used_for_many_calls(driver: Driver) -> None:
    """Hazard: tokens of 20 s. One token request serves 20 calls."""
    service = Service(FORMS, lifetime=20)

    driver.calls(granted(service, clock=FakeClock().clock), *[READ] * 20)

    assert (len(service.token_requests), len(service.requests)) == (1, 20)


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.Response(500)]
)
def test_token_endpoint_that_is_down_is_told(driver: Driver, error: Any) -> None:
    """S2: No token is TokenUnavailable with what to check and without a cause, and the call is not made."""
    service = Service(token=error)

    with pytest.raises(TokenUnavailable, match=r"check .*proxy") as caught:
        driver.call(granted(service), "workflows.launch_basic", basic_launch())

    assert (service.requests, caught.value.__cause__, caught.value.__context__) == (
        [],
        None,
        None,
    )


def test_dead_endpoint_and_200_tasks_cost_one_request() -> None:
    """Hazard: dead endpoint and 200 tasks. They are told by one token request."""
    service = Service(token=httpx.ConnectError("reason"))

    async def run() -> list[BaseException | object]:
        from enboarder import AsyncEnboarder

        async with AsyncEnboarder(
            **granted(service, clock=FakeClock().clock)
        ) as client:
            return await asyncio.gather(
                *[client.reports.get_forms() for _ in range(200)],
                return_exceptions=True,
            )

    assert {type(found) for found in asyncio.run(run())} == {TokenUnavailable}
    assert (len(service.token_requests), service.requests) == (1, [])


def test_refused_client_is_told(driver: Driver) -> None:
    """A wrong secret is TokenRefused, and costs one request however often it is tried."""
    service = Service(token=httpx.Response(400, json={"error": "invalid_client"}))
    settings = granted(service)

    for _ in range(3):
        with pytest.raises(
            TokenRefused, match="check region, client id and secret"
        ) as caught:
            driver.call(settings, READ[0])

    assert (caught.value.code, len(service.token_requests)) == ("invalid_client", 1)


def test_renewal_that_fails_is_told(driver: Driver) -> None:
    """When the token is dead and no new one is to be had, the error says that, and the write was not done."""
    service = Service(httpx.Response(401))
    settings = granted(service, clock=FakeClock().clock)

    def token(_: httpx.Request) -> httpx.Response:
        if len(service.token_requests) > 1:
            return httpx.Response(503, headers={"Retry-After": "5"})
        return httpx.Response(200, json={"access_token": "token-1"})

    service.token = token
    with pytest.raises(TokenUnavailable, match="503") as caught:
        driver.call(settings, "workflows.launch_basic", basic_launch())

    assert (caught.value.retry_after, len(service.requests)) == (5.0, 1)


@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_own_client_fetches_tokens_by_a_short_lived_one(client_auth: Any) -> None:
    """S4: In an own client neither history, cookies nor hooks hold anything of the token exchange."""
    seen: list[str] = []

    def token(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, 200, {"access_token": "t0ken"}, **{"Set-Cookie": "a=b"})

    with (
        loopback(token) as (token_host, _),
        loopback(lambda handler: reply(handler, 200, {})) as (host, _),
    ):
        credential = credentials(
            token_url=token_host + "/token", client_auth=client_auth
        )
        hooks = {"request": [lambda request: seen.append(str(request.url))]}
        with httpx.Client(
            auth=credential.auth(base_url=host), event_hooks=hooks
        ) as client:
            response = client.get(host + "/x")

    assert (seen, response.history, dict(client.cookies)) == ([host + "/x"], [], {})
    assert response.request.headers["authorization"] == "t0ken"


def test_own_async_client_fetches_tokens_by_a_short_lived_one() -> None:
    """The same, awaited."""

    async def run(host: str, token_host: str) -> str:
        auth = credentials(token_url=token_host + "/token").auth(base_url=host)
        async with httpx.AsyncClient(auth=auth) as client:
            return (await client.get(host + "/x")).request.headers["authorization"]

    with (
        loopback(lambda handler: reply(handler, 200, {"access_token": "t0ken"})) as (
            token_host,
            _,
        ),
        loopback(lambda handler: reply(handler, 200, {})) as (host, _),
    ):
        assert asyncio.run(run(host, token_host)) == "t0ken"


@pytest.mark.parametrize(
    ("replayable", "statuses"), [(True, [200, 200]), (False, [401, 200])]
)
def test_body_that_cannot_be_sent_again_is_not(
    replayable: bool, statuses: list[int]
) -> None:
    """On a real connection, bytes are sent again with the new token; a stream is not, and the next call heals."""
    tokens = iter(["dead", "good"])

    def api(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, 200 if handler.headers["Authorization"] == "good" else 401, {})

    def stream() -> Iterator[bytes]:
        yield b"{}"

    with (
        loopback(
            lambda handler: reply(handler, 200, {"access_token": next(tokens)})
        ) as (token_host, _),
        loopback(api) as (host, seen),
    ):
        auth = credentials(token_url=token_host + "/token").auth(base_url=host)
        with httpx.Client(auth=auth) as client:
            first = client.post(host + "/x", content=b"{}" if replayable else stream())
            second = client.get(host + "/x")

    assert [first.status_code, second.status_code if replayable else 200] == statuses
    assert seen[:2] == ["POST /x", "POST /x" if replayable else "GET /x"]


def test_replay_needs_no_second_connection() -> None:
    """The refused answer is read first, so that a pool of one connection is enough for the renewal."""
    count: list[int] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/token":
            count.append(1)
            return reply(handler, 200, {"access_token": f"token-{len(count)}"})
        return reply(
            handler,
            200 if handler.headers["Authorization"] == "token-2" else 401,
            {"message": "x" * 9000},
        )

    with loopback(answer) as (host, seen):
        auth = credentials(token_url=host + "/token").auth(base_url=host)
        with httpx.Client(
            auth=auth, limits=httpx.Limits(max_connections=1), timeout=5
        ) as client:
            assert client.get(host + "/x").status_code == 200

    assert seen == ["POST /token", "GET /x", "POST /token", "GET /x"]


def test_token_requests_use_the_transport_of_the_client(driver: Driver) -> None:
    """A transport, and so a proxy, of the client is used for tokens, too."""
    service = Service(launched())

    driver.call(granted(service), "workflows.launch_basic", basic_launch())

    assert [str(request.url) for request in service.token_requests] == [TOKEN_URL]
    assert service.token_requests[0].extensions["timeout"]["read"] == 10.0


def test_key_is_not_renewed(driver: Driver) -> None:
    """A refused key is Unauthorized at once."""
    service = Service(httpx.Response(401))

    with pytest.raises(Unauthorized):
        driver.call(keyed(service), READ[0])

    assert len(service.requests) == 1


@pytest.mark.parametrize("region", ["AU", "eu", "US"])
def test_region_decides_the_host_of_calls_and_tokens(region: str) -> None:
    """In a region, both hosts are that region's."""
    from enboarder_api.contract import HOSTS, TOKEN_URLS

    hosts: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.append(f"{request.url.scheme}://{request.url.host}")
        return httpx.Response(200, json={"access_token": "t", "items": []})

    with Enboarder(
        credentials(token_url=None),
        region=region,
        transport=httpx.MockTransport(answer),
    ) as client:
        client.reports.get_forms()

    assert hosts == [
        TOKEN_URLS[region.upper()].removesuffix("/oauth2/token"),
        HOSTS[region.upper()],
    ]


@pytest.mark.parametrize(("age", "tokens"), [(59.9, 1), (60.0, 2)])
def test_403_may_mean_a_dead_token_from_60_s_of_age(
    driver: Driver, time: FakeClock, age: float, tokens: int
) -> None:
    """A token that is 60 s old is replaced after a 403, a younger one is not."""
    service = Service(FORMS, httpx.Response(403), FORMS)
    settings = granted(service, clock=time.clock)
    driver.call(settings, READ[0])
    time.pass_time(age)

    with contextlib.suppress(Forbidden):
        driver.call(settings, READ[0])

    assert len(service.token_requests) == tokens


@pytest.mark.parametrize("status", [400, 402, 404, 429, 500, 503])
def test_other_refusals_do_not_mean_a_dead_token(
    driver: Driver, time: FakeClock, status: int
) -> None:
    """Whatever the age of its token, a write that was answered otherwise than by 401 or 403 is not signed anew."""
    service = Service(launched(), httpx.Response(status))
    settings = granted(service, clock=time.clock, retry=RetryPolicy(attempts=1))
    driver.call(settings, "workflows.launch_basic", basic_launch())
    time.pass_time(61)

    with pytest.raises(EnboarderError):
        driver.call(settings, "workflows.launch_basic", basic_launch())

    assert (len(service.requests), len(service.token_requests)) == (2, 1)


class Archive(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is gone once it was sent."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"{}"

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{}"


class Zipped(Archive):
    """The same, with a name at the other end of the alphabet."""


@pytest.mark.parametrize("stream", [Archive, Zipped])
@pytest.mark.parametrize("awaited", [False, True])
def test_body_of_a_class_of_ones_own_is_sent_once(
    awaited: bool, stream: type[Archive]
) -> None:
    """Only a body of bytes is sent again after a dead token; the token is renewed all the same, for the next call."""
    service = Service(httpx.Response(401))
    auth = credentials().auth(base_url=BASE_URL, transport=service.transport)
    request = httpx.Request("POST", BASE_URL + "/x", stream=stream())

    async def run() -> httpx.Response:
        async with httpx.AsyncClient(auth=auth, transport=service.transport) as client:
            return await client.send(request)

    if awaited:
        response = asyncio.run(run())
    else:
        with httpx.Client(auth=auth, transport=service.transport) as client:
            response = client.send(request)

    assert (
        response.status_code,
        len(service.requests),
        len(service.token_requests),
    ) == (401, 1, 2)


@pytest.mark.parametrize("awaited", [False, True])
def test_refused_call_gives_its_connection_back_for_the_renewal(awaited: bool) -> None:
    """A transport with one connection is enough for calls and tokens: the refused answer is read before a token is asked for."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/token":
            return reply(
                handler,
                200,
                {"access_token": f"token-{sum('token' in line for line in seen)}"},
            )
        return reply(
            handler,
            200 if handler.headers["Authorization"] == "token-2" else 401,
            {"message": "x" * 100_000},
        )

    limits = httpx.Limits(max_connections=1)

    async def run(host: str) -> int:
        transport = httpx.AsyncHTTPTransport(limits=limits)
        auth = credentials(token_url=host + "/token").auth(
            base_url=host, transport=transport
        )
        async with httpx.AsyncClient(auth=auth, transport=transport) as client:
            return (await client.get(host + "/x")).status_code

    def run_blocking(host: str) -> int:
        transport = httpx.HTTPTransport(limits=limits)
        auth = credentials(token_url=host + "/token").auth(
            base_url=host, transport=transport
        )
        with httpx.Client(auth=auth, transport=transport) as client:
            return client.get(host + "/x").status_code

    with loopback(answer) as (host, seen):
        status = asyncio.run(run(host)) if awaited else run_blocking(host)

    assert (status, seen) == (200, ["POST /token", "GET /x", "POST /token", "GET /x"])


def test_missing_token_is_told_with_its_host(driver: Driver) -> None:
    """When no answer comes, the error names the host of the token endpoint."""
    service = Service(token=httpx.ConnectError("reason"))

    with pytest.raises(
        TokenUnavailable,
        match=r"^no token from auth\.example\.com \(ConnectError: reason\); check network",
    ):
        driver.call(granted(service), READ[0])


def test_url_without_a_host_is_told_by_its_start() -> None:
    """An endless URL makes no endless error: 200 characters of it are shown."""
    url = "https://" + "a" * 70_000

    with pytest.raises(ConfigurationError) as caught:
        ApiKey("key").auth(base_url=url)

    assert (
        str(caught.value)
        == f"base_url {url[:200]!r} names no host; give one like api.example.com"
    )


class Desk:
    """A token store that keeps nothing, and counts."""

    def __init__(self) -> None:
        self.asked: list[TokenKey] = []
        self.forgotten: list[TokenKey] = []

    def token(
        self,
        slot: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        self.asked.append(slot)
        return ask()

    def forget(self, slot: TokenKey) -> None:
        self.forgotten.append(slot)


def test_store_forgets_when_it_is_told_so_by_name() -> None:
    """S15: `forget()` leaves the store alone, `forget(shared=True)` does not, and an API key has nothing to forget."""
    desk = Desk()
    credential = credentials(store=desk)
    auth, key = (
        credential.auth(base_url=BASE_URL),
        ApiKey("key").auth(base_url=BASE_URL),
    )

    auth.forget()
    before = list(desk.forgotten)
    auth.forget(shared=True)

    assert (before, desk.forgotten) == ([], [credential.token_key(TOKEN_URL)])
    for forget in [cast(Any, auth.forget), cast(Any, key.forget)]:
        with pytest.raises(TypeError):
            forget(True)
    key.forget(shared=True)


def test_store_waits_for_the_event_loop_twice_as_long_as_a_token_request_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The thread of a store does not wait for ever for a loop that stands still."""
    limits: list[float | None] = []
    result = Future.result

    def told(future: Future[object], timeout: float | None = None) -> object:
        limits.append(timeout)
        return result(future, timeout)

    monkeypatch.setattr(Future, "result", told)
    service, desk = Service(), Desk()

    Driver(awaited=True).call(
        granted(service, credential=credentials(store=desk)), READ[0]
    )

    assert ([limit for limit in limits if limit is not None], len(desk.asked)) == (
        [20.0],
        1,
    )


@pytest.mark.parametrize("by_key", [False, True])
def test_client_of_httpx2_takes_a_bound_credential(by_key: bool) -> None:
    """The continuation of httpx is served, too, by one class for all credentials of a kind."""
    httpx2 = pytest.importorskip("httpx2")
    seen: list[dict[str, str]] = []

    def answer(request: Any) -> Any:
        seen.append(dict(request.headers))
        return httpx2.Response(200, json={})

    service = Service()
    binding: dict[str, Any] = {"base_url": BASE_URL, "transport": service.transport}
    auth = ApiKey("key").auth(**binding) if by_key else credentials().auth(**binding)
    with httpx2.Client(auth=auth, transport=httpx2.MockTransport(answer)) as client:
        client.get(BASE_URL + "/x")

    assert seen[0]["apikey" if by_key else "authorization"] == (
        "key" if by_key else "token-1"
    )
    assert isinstance(auth, httpx.Auth)


def test_without_httpx2_a_bound_credential_is_of_one_kind_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where nobody uses httpx2, nothing of it is looked for."""
    monkeypatch.delitem(sys.modules, "httpx2", raising=False)

    assert type(ApiKey("key").auth(base_url=BASE_URL)) is ApiKeyAuth
