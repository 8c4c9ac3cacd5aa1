"""A failure of the token endpoint concerns only callers that ask in the same way."""

from __future__ import annotations

import json
import ssl
from typing import Any

import pytest

from enboarder import ClientCredentials, TokenRefused, TokenUnavailable
from enboarder.auth.caller import Caller
from enboarder.auth.token import Moment, Token
from enboarder.auth.token_cache import TokenCache
from enboarder.auth.token_endpoint import TokenCause, read_token
from enboarder_api.client import Answer
from tests.conftest import BASE_URL, TOKEN_URL, Driver, FakeClock, Service
from tests.engine import httpx

READ = "reports.get_forms"


def settings(service: Service, time: FakeClock, **options: Any) -> dict[str, Any]:
    """Return settings of a client; all of them share one client id and secret."""
    client_auth = options.pop("client_auth", "basic")
    credential = ClientCredentials(
        "an-id", "a-shared-secret", token_url=TOKEN_URL, client_auth=client_auth
    )
    given = {"transport": service.transport, **time.settings, **options}
    return {"credential": credential, "base_url": BASE_URL, **given}


def refusing_basic(request: httpx.Request) -> httpx.Response:
    if "Authorization" in request.headers:
        return httpx.Response(401, json={"error": "invalid_client"})
    return httpx.Response(200, json={"access_token": "t", "expires_in": 3600})


def test_another_client_auth_never_sees_a_refusal(
    driver: Driver, time: FakeClock
) -> None:
    """After `invalid_client` with Basic, a client with "post" gets a token at once."""
    service = Service(token=refusing_basic)
    with pytest.raises(TokenRefused):
        driver.call(settings(service, time), READ)

    same = service.transport
    driver.call(settings(service, time, client_auth="post", transport=same), READ)

    assert 2 == len(service.token_requests)


def test_another_transport_never_sees_a_failure(
    driver: Driver, time: FakeClock
) -> None:
    """A connection that failed says nothing about another transport."""
    broken = Service(token=httpx.ConnectError("no route"))
    with pytest.raises(TokenUnavailable):
        driver.call(settings(broken, time), READ)

    driver.call(settings(Service(), time), READ)


def test_replacement_that_fails_is_tried_again_by_another_transport(
    driver: Driver, time: FakeClock
) -> None:
    """A revoked token is replaced, though it could not be a moment ago elsewhere."""
    driver.call(settings(Service(), time), READ)
    refused = httpx.Response(401)
    broken = Service(refused, token=httpx.ConnectError("no route"))
    with pytest.raises(TokenUnavailable):
        driver.call(settings(broken, time), READ)

    fine = httpx.Response(200, json={"items": []})
    new = httpx.Response(200, json={"access_token": "new", "expires_in": 3600})
    service = Service(refused, fine, token=new)
    driver.call(settings(service, time), READ)

    assert "new" == service.last.headers["authorization"]


def test_same_cause_still_gets_the_remembered_failure(
    driver: Driver, time: FakeClock
) -> None:
    """An endpoint that is down gets one request, not one from every client."""
    service = Service(token=httpx.ConnectError("no route"))
    transport = service.transport
    for _ in range(3):
        with pytest.raises(TokenUnavailable):
            driver.call(settings(service, time, transport=transport), READ)

    assert 1 == len(service.token_requests)


@pytest.mark.parametrize(
    "other",
    [
        {"proxy": "http://proxy.example.com:3128"},
        {"verify": ssl.create_default_context()},
        {"transport": httpx.HTTPTransport()},
        {"trust_env": False},
    ],
    ids=lambda options: next(iter(options)),
)
def test_each_option_is_a_cause_of_its_own(other: Any) -> None:
    """Each setting that changes the token request changes the cause."""
    usual = TokenCause.of(TOKEN_URL, "basic", {})

    assert usual == TokenCause.of(TOKEN_URL, "basic", {})
    assert usual != TokenCause.of(TOKEN_URL, "basic", other)
    assert usual != TokenCause.of(TOKEN_URL, "post", {})


def test_another_proxy_of_the_environment_is_another_cause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After the proxy was corrected, the client asks again at once."""
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://user:canary@proxy.example.com:3128")
    before = TokenCause.of(TOKEN_URL, "basic", {})
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example.com:3128")

    assert before != TokenCause.of(TOKEN_URL, "basic", {})
    assert "canary" not in repr(before)


def token_of(time: FakeClock) -> Token:
    return Token("a-token", Moment(time.monotonic, time.wall), 3600.0, 2700.0)


def test_follower_of_another_cause_asks_by_itself(time: FakeClock) -> None:
    """It waits for the leader's token, but does not get the leader's error."""
    cache = TokenCache(time.clock)
    results: list[Token] = []

    def fail(*, may_wait: bool = True) -> Token:
        raise TokenUnavailable("by this proxy alone")

    def succeed(*, may_wait: bool = True) -> Token:
        return token_of(time)

    with pytest.raises(TokenUnavailable):
        cache.get(fail, Caller(lambda: "one proxy"))
    results.append(cache.get(succeed, Caller(lambda: "another proxy")))

    assert "a-token" == results[0].value
    assert "a-token" == cache.get(fail, Caller(lambda: "one proxy")).value


def test_failures_of_the_latest_causes_are_remembered(time: FakeClock) -> None:
    """A proxy that changes with each call hides no failure of another caller."""
    cache = TokenCache(time.clock)
    asked: list[str] = []

    def fail(cause: str) -> None:
        def fetch(*, may_wait: bool = True) -> Token:
            asked.append(cause)
            raise TokenUnavailable("down")

        with pytest.raises(TokenUnavailable):
            cache.get(fetch, Caller(lambda: cause))

    for cause in "abcdefghijklmnop":
        fail(cause)
    time.pass_time(1.0)
    # "a" fails again, so the next cause takes the place of "b".
    fail("a")
    fail("q")
    for cause in "aq":
        fail(cause)

    assert "abcdefghijklmnopaq" == "".join(asked)


def read(value: object, client_auth: Any = "basic") -> Token:
    answer = Answer(200, httpx.Headers(), json.dumps(value).encode())
    moment = Moment(0.0, 0.0)
    return read_token(
        answer, "auth.example.com", moment, FakeClock().clock, client_auth
    )


def test_null_as_token_type_is_a_bearer_token() -> None:
    """Some servers send null for what they leave out."""
    assert "t" == read({"access_token": "t", "token_type": None}).value


@pytest.mark.parametrize(
    "lifetime", [0, -1, "soon", [], True, 1e12, 10**400, float("nan")]
)
def test_usable_token_with_an_odd_lifetime_is_used(lifetime: object) -> None:
    """Such an answer counts as a token of five minutes."""
    assert 300.0 == read({"access_token": "t", "expires_in": lifetime}).lifetime


def test_error_in_a_200_is_a_refusal() -> None:
    """Some gateways answer 200 to everything."""
    with pytest.raises(TokenRefused) as caught:
        read({"error": "invalid_scope"})

    assert "invalid_scope" == caught.value.code
    assert 200 == caught.value.status


@pytest.mark.parametrize(("client_auth", "named"), [("basic", True), ("post", False)])
def test_invalid_client_under_basic_names_post(client_auth: str, named: bool) -> None:
    """How the client authenticates is not documented, so the other way is next."""
    with pytest.raises(TokenRefused) as caught:
        read({"error": "invalid_client"}, client_auth)

    assert named == ("client_auth='post'" in str(caught.value))


def test_token_requests_accept_no_content_encoding(
    driver: Driver, time: FakeClock
) -> None:
    """The answer is not unpacked, so a short answer stays short."""
    service = Service()
    driver.call(settings(service, time), READ)

    (request,) = service.token_requests
    assert "identity" == request.headers["Accept-Encoding"]
