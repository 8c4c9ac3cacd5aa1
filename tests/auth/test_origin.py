"""A credential that is bound to an origin signs only requests to that origin."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    ConfigurationError,
    Enboarder,
    OutcomeUnknown,
)
from enboarder_api.contract import HOSTS, TOKEN_URLS
from tests.auth.own_clients import EACH_OWN_CLIENT, OwnClient
from tests.conftest import (
    BASE_URL,
    Driver,
    Service,
    basic_launch,
    credentials,
    granted,
    loopback,
    reply,
)
from tests.engine import httpx

SAME_ORIGIN = [
    "https://api.example.com/x",
    "https://API.example.com:443/x",
]
ELSEWHERE = [
    "https://elsewhere.example.com/x",
    "https://api.example.com:8443/x",
    "http://api.example.com/x",
    "https://api.example.com.evil.example.com/x",
]
HEADERS = ("apikey", "authorization")


def grant(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"access_token": "t0ken"})


def credential_headers(request: Any) -> dict[str, str]:
    return {name: request.headers[name] for name in HEADERS if name in request.headers}


def bound(by_key: bool, service: Service, **options: Any) -> httpx.Auth:
    if by_key:
        return ApiKey("key").auth(base_url=BASE_URL)
    credential = credentials(**options)
    return credential.auth(base_url=BASE_URL, transport=service.transport)


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize("url", SAME_ORIGIN)
@pytest.mark.parametrize("by_key", [False, True])
def test_request_to_the_origin_is_signed(awaited: bool, by_key: bool, url: str) -> None:
    """The origin is scheme, host and port, in any spelling."""
    service = Service()
    auth = bound(by_key, service)

    OwnClient(httpx, awaited).send(
        [("GET", url)], auth=auth, transport=service.transport
    )

    expected = {"apikey": "key"} if by_key else {"authorization": "token-1"}
    assert expected == credential_headers(service.last)


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize("url", ELSEWHERE)
@pytest.mark.parametrize("by_key", [False, True])
def test_request_to_another_origin_carries_no_credential(
    awaited: bool, by_key: bool, url: str
) -> None:
    """The request is sent unchanged, and no token is requested."""
    service = Service()
    auth = bound(by_key, service)

    OwnClient(httpx, awaited).send(
        [("GET", url)], auth=auth, transport=service.transport
    )

    assert {} == credential_headers(service.last)
    assert [] == service.token_requests


@pytest.mark.parametrize("awaited", [False, True])
def test_refusal_of_another_origin_renews_no_token(awaited: bool) -> None:
    """A 401 from elsewhere says nothing about a token that was not sent."""
    service = Service(httpx.Response(401))

    OwnClient(httpx, awaited).send(
        [("GET", ELSEWHERE[0])], auth=bound(False, service), transport=service.transport
    )

    assert 1 == len(service.requests)
    assert [] == service.token_requests


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize(
    ("prefix", "expected"), [("", "token-1"), ("Bearer", "Bearer token-1")]
)
def test_prefix_precedes_the_token(awaited: bool, prefix: str, expected: str) -> None:
    """By default the token is sent without a prefix, as documented; a blank follows a
    prefix.
    """
    service = Service()
    auth = bound(False, service, prefix=prefix)

    OwnClient(httpx, awaited).send(
        [("GET", BASE_URL)], auth=auth, transport=service.transport
    )

    assert expected == service.last.headers["authorization"]


def test_prefix_precedes_the_renewed_token(driver: Driver) -> None:
    """The second attempt has the prefix, too."""
    service = Service(httpx.Response(401), httpx.Response(200, json={"items": []}))
    settings = granted(service, credential=credentials(prefix="Bearer"))

    driver.call(settings, "reports.get_forms")

    assert "Bearer token-2" == service.last.headers["authorization"]


@pytest.mark.parametrize("by_key", [False, True])
@EACH_OWN_CLIENT
def test_another_port_of_the_same_host_gets_no_credential(
    own_client: OwnClient, by_key: bool
) -> None:
    """On real connections: neither another port, nor another name of the same host."""
    seen: dict[str, list[dict[str, str]]] = {"own": [], "other": []}

    def record(name: str) -> Callable[[BaseHTTPRequestHandler], None]:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            seen[name].append(credential_headers(handler))
            reply(handler, 200, {})

        return answer

    with (
        loopback(record("own")) as (own, _),
        loopback(record("other")) as (other, _),
        loopback(grant) as (token_host, _),
    ):
        by_token = credentials(token_url=token_host + "/token")
        credential = ApiKey("k3y") if by_key else by_token
        other_name = own.replace("127.0.0.1", "localhost")
        own_client.send(
            [("GET", other), ("GET", own), ("GET", other), ("GET", other_name)],
            auth=credential.auth(base_url=own),
        )

    signed = {"apikey": "k3y"} if by_key else {"authorization": "t0ken"}
    assert [signed, {}] == seen["own"]
    assert [{}, {}] == seen["other"]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("by_key", [False, True])
def test_redirect_of_an_own_client_carries_no_credential(
    target: str, by_key: bool
) -> None:
    """A client that follows redirects does not send the credential elsewhere.

    httpx drops `Authorization` by itself, and keeps any other header.
    """
    service = Service(
        httpx.Response(302, headers={"Location": target}),
        httpx.Response(200, json={}),
    )

    OwnClient(httpx, awaited=False).send(
        [("GET", BASE_URL)],
        auth=bound(by_key, service),
        transport=service.transport,
        follow_redirects=True,
    )

    assert target == str(service.last.url)
    assert "authorization" not in service.last.headers


@EACH_OWN_CLIENT
def test_redirect_to_another_port_arrives_without_the_token(
    own_client: OwnClient,
) -> None:
    """The same on real connections, with a body."""
    arrived: list[dict[str, str]] = []

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        arrived.append(credential_headers(handler))
        reply(handler, 200, {})

    def here(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, 307, None, Location=other + "/x")

    with (
        loopback(elsewhere) as (other, _),
        loopback(here) as (own, _),
        loopback(grant) as (token_host, _),
    ):
        auth = credentials(token_url=token_host + "/token").auth(base_url=own)
        own_client.send([("POST", own)], auth=auth, follow_redirects=True)

    assert [{}] == arrived


def test_client_follows_no_redirect(driver: Driver) -> None:
    """The client contacts only the API and the token endpoint."""
    service = Service(httpx.Response(307, headers={"Location": ELSEWHERE[0]}))

    with pytest.raises(OutcomeUnknown):
        driver.call(granted(service), "workflows.launch_basic", basic_launch())

    assert ["api.example.com"] == [request.url.host for request in service.requests]


@pytest.mark.parametrize("region", ["AU", "eu", "US"])
def test_region_decides_the_host_of_calls_and_of_tokens(
    driver: Driver, region: str
) -> None:
    """Both hosts belong to that region."""
    hosts: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.append(f"{request.url.scheme}://{request.url.host}")
        return httpx.Response(200, json={"access_token": "t", "items": []})

    settings = {
        "credential": credentials(token_url=None),
        "region": region,
        "transport": httpx.MockTransport(answer),
    }
    driver.call(settings, "reports.get_forms")

    name = region.upper()
    assert [TOKEN_URLS[name].removesuffix("/oauth2/token"), HOSTS[name]] == hosts


@pytest.mark.parametrize(
    "binding",
    [
        {},
        {"region": "CA"},
        {"region": "AU", "base_url": BASE_URL},
        {"base_url": "http://x"},
        {"base_url": BASE_URL},
    ],
    ids=["nothing", "no token URL", "two addresses", "plain http", "no region"],
)
def test_bad_binding_is_refused(binding: Any) -> None:
    """A credential is bound to one address, and needs a known token URL."""
    credential = credentials(token_url=None)

    with pytest.raises(ConfigurationError):
        credential.auth(**binding)


def test_unpublished_token_url_of_canada_is_refused() -> None:
    """For Canada no token URL is published: the error names both ways to pass one."""
    credential = ClientCredentials("client-id", "secret")

    with pytest.raises(
        ConfigurationError, match=r"\bCA\b.*token_url.*ENBOARDER_TOKEN_URL"
    ):
        credential.auth(region="CA")


def test_unknown_option_is_refused_by_name() -> None:
    """The error names the option, and those that exist."""
    options: Any = {"base_url": BASE_URL, "proxies": {}}

    with pytest.raises(ConfigurationError, match=r"'proxies'.*proxy"):
        ApiKey("key").auth(**options)


@pytest.mark.parametrize("build", [Enboarder, AsyncEnboarder, ClientCredentials.auth])
@pytest.mark.parametrize(
    "host",
    ["auth.example.com", "10.0.0.1", "localhost.example.com", "127.0.0.1.example.com"],
)
def test_plain_http_to_a_token_endpoint_is_refused(build: Any, host: str) -> None:
    """The secret is sent encrypted, unless the endpoint is on loopback."""
    credential = credentials(token_url=f"http://{host}/token")

    with pytest.raises(ConfigurationError, match=r"token_url .*https://"):
        build(credential, base_url=BASE_URL)


@pytest.mark.parametrize("build", [Enboarder, AsyncEnboarder, ClientCredentials.auth])
@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
def test_plain_http_on_loopback_is_accepted(build: Any, host: str) -> None:
    """Mocks and proxies on the same machine need no certificate."""
    credential = credentials(token_url=f"http://{host}/token")

    assert build(credential, base_url=f"http://{host}")


@pytest.mark.parametrize("build", [Enboarder, AsyncEnboarder])
def test_verification_of_tls_cannot_be_switched_off(build: Any) -> None:
    """verify=False is refused."""
    with pytest.raises(ConfigurationError, match="verify"):
        build(credentials(), base_url=BASE_URL, verify=False)


def test_endless_url_makes_no_endless_error() -> None:
    """The error shows 200 characters of the URL."""
    url = "https://" + "a" * 70_000

    with pytest.raises(ConfigurationError, match=r"^base_url ") as caught:
        ApiKey("key").auth(base_url=url)

    assert url[:200] in str(caught.value)
    assert url[:201] not in str(caught.value)


@pytest.mark.parametrize("host", ["a" * 70_000, "192.0.2.256"])
def test_token_url_without_a_host_is_refused_by_its_name(host: str) -> None:
    """The error names the token URL, not the base URL."""
    credential = credentials(token_url=f"https://{host}/token")

    with pytest.raises(ConfigurationError, match=r"^token_url "):
        credential.auth(base_url=BASE_URL)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("credential", [ApiKey("key"), credentials()])
def test_bound_credential_is_not_copied(credential: Any, duplicate: Any) -> None:
    """A bound credential cannot be pickled or copied."""
    with pytest.raises(TypeError, match="bind the credential where it is used"):
        duplicate(credential.auth(base_url=BASE_URL))
