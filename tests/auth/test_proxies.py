"""Calls and token requests through a company's proxy, CA bundle, transport and hooks.

The service is busy once, and the first token dies meanwhile.
"""

from __future__ import annotations

import logging
import ssl
from typing import Any

import pytest
import trustme

from enboarder import (
    ApiKey,
    ConfigurationError,
    ConnectionFailed,
    Enboarder,
    TokenUnavailable,
)
from tests.auth.conftest import (
    API,
    AUTH,
    Company,
    busy_then_dead,
    certified,
    port_of,
)
from tests.auth.forward_proxy import ForwardProxy
from tests.auth.own_clients import OwnClient
from tests.conftest import (
    BASE_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    keyed,
    launched,
)
from tests.engine import httpx
from tests.wire.server import Network, Wire

CALLS = pytest.mark.parametrize(
    "call",
    [("reports.get_forms",), ("workflows.launch_basic", basic_launch())],
    ids=["read", "write"],
)
READ = ("reports.get_forms",)


class RecordingTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A custom transport that records the hosts."""

    def __init__(self, *, awaited: bool, **options: Any) -> None:
        self.hosts: list[str] = []
        kind: Any = httpx.AsyncHTTPTransport if awaited else httpx.HTTPTransport
        self._inner = kind(**options)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.hosts.append(request.url.host)
        response: httpx.Response = self._inner.handle_request(request)
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.hosts.append(request.url.host)
        response: httpx.Response = await self._inner.handle_async_request(request)
        return response

    def close(self) -> None:
        self._inner.close()

    async def aclose(self) -> None:
        await self._inner.aclose()


class RecordingHooks:
    """Event hooks that record hosts and statuses, and raise for error statuses.

    httpx's documentation recommends the latter.
    """

    def __init__(self, *, awaited: bool) -> None:
        self.seen: list[str | int] = []
        self.by_event: dict[str, list[Any]] = {
            "request": [self.see_request],
            "response": [self.see_response],
        }
        if awaited:
            self.by_event = {
                "request": [self.see_request_async],
                "response": [self.see_response_async],
            }

    def see_request(self, request: httpx.Request) -> None:
        self.seen.append(request.url.host)

    def see_response(self, response: httpx.Response) -> None:
        self.seen.append(response.status_code)
        response.raise_for_status()

    async def see_request_async(self, request: httpx.Request) -> None:
        self.see_request(request)

    async def see_response_async(self, response: httpx.Response) -> None:
        self.see_response(response)


def assert_served(wire: Wire, time: FakeClock) -> None:
    """Check that a call was sent again after a wait, and again after a renewal."""
    sent = [exchange.headers["authorization"] for exchange in wire.exchanges]
    assert ["token-1", "token-1", "token-2"] == sent
    assert 2 == wire.tokens
    assert [1.0] == time.slept


@CALLS
@pytest.mark.parametrize("given_by", ["environment", "option"])
def test_proxy_ca_and_hooks_work_with_renewal_and_retry(
    driver: Driver,
    time: FakeClock,
    company: Company,
    plain_environment: pytest.MonkeyPatch,
    call: Any,
    given_by: str,
) -> None:
    """Calls and token requests use the proxy and trust the CA; hooks see calls only."""
    hooks = RecordingHooks(awaited=driver.awaited)
    settings = company.settings(time, event_hooks=hooks.by_event)
    if given_by == "option":
        settings["proxy"] = company.proxy.url
    else:
        plain_environment.setenv("HTTPS_PROXY", company.proxy.url)

    driver.call(settings, *call)

    assert_served(company.wire, time)
    tunnels = {f"CONNECT {API}:443", f"CONNECT {AUTH}:443"}
    assert tunnels == set(company.proxy.lines)
    assert 2 == company.proxy.lines.count(f"CONNECT {AUTH}:443")
    assert [API, 429, API, 401, API, 200] == hooks.seen


@CALLS
def test_custom_transport_works_with_renewal_and_retry(
    driver: Driver, time: FakeClock, company: Company, authority: trustme.CA, call: Any
) -> None:
    """A transport with its own proxy and CA is used for both, and stays open
    afterwards.
    """
    context = ssl.create_default_context()
    authority.configure_trust(context)
    transport = RecordingTransport(
        awaited=driver.awaited, verify=context, proxy=company.proxy.url
    )
    hooks = RecordingHooks(awaited=driver.awaited)

    driver.call(
        company.settings(time, transport=transport, event_hooks=hooks.by_event), *call
    )

    assert_served(company.wire, time)
    assert [AUTH, API, API, AUTH, API] == transport.hosts
    assert [API, 429, API, 401, API, 200] == hooks.seen


def test_ca_bundle_of_the_environment_is_trusted(
    driver: Driver,
    time: FakeClock,
    company: Company,
    plain_environment: pytest.MonkeyPatch,
) -> None:
    """SSL_CERT_FILE applies to calls and token requests; trust_env=False ignores it."""
    plain_environment.setenv("SSL_CERT_FILE", company.ca_file)
    settings = company.settings(time, proxy=company.proxy.url)
    del settings["verify"]

    driver.call(settings, *READ)
    with pytest.raises(ConnectionFailed):
        driver.call({**settings, "trust_env": False}, *READ)

    assert 2 == company.wire.tokens


def test_bound_credential_uses_its_own_proxy_and_ca(
    driver: Driver, company: Company
) -> None:
    """`credential.auth(proxy=, verify=)` asks for tokens that way, for any client."""
    credential = company.settings(FakeClock())["credential"]
    auth = credential.auth(
        base_url=f"https://{API}", proxy=company.proxy.url, verify=company.ca_file
    )
    url = f"https://{API}/reports/v2/forms"

    responses = OwnClient(httpx, driver.awaited).send(
        [("GET", url)] * 2,
        auth=auth,
        proxy=company.proxy.url,
        verify=ssl.create_default_context(cafile=company.ca_file),
    )

    assert [429, 200] == [response.status_code for response in responses]
    assert 2 == company.wire.tokens


def test_host_without_proxy_is_reached_directly(
    driver: Driver,
    time: FakeClock,
    network: Network,
    authority: trustme.CA,
    ca_file: str,
    company: Company,
    plain_environment: pytest.MonkeyPatch,
) -> None:
    """Calls and token requests obey NO_PROXY, each for its own host."""
    plain_environment.setenv("HTTPS_PROXY", company.proxy.url)
    plain_environment.setenv("NO_PROXY", "localhost")
    context = certified(authority, "localhost")
    with network.serve(busy_then_dead(), context) as direct:
        driver.call(company.settings(time, base_url=direct.url, verify=ca_file), *READ)

    assert {f"CONNECT {AUTH}:443"} == set(company.proxy.lines)
    assert 3 == len(direct.lines)
    assert [] == company.wire.lines


@CALLS
@pytest.mark.parametrize("status", [407, 502, 503])
def test_proxy_that_refuses_once_is_asked_again(
    driver: Driver,
    time: FakeClock,
    network: Network,
    company: Company,
    call: Any,
    status: int,
) -> None:
    """If a tunnel is refused, nothing was sent; a launch uses the next one, once."""
    port = port_of(company.wire)
    settings = company.settings(time)
    with ForwardProxy(network, {API: port, AUTH: port}) as good:
        # It fetches the token.
        driver.call({**settings, "proxy": good.url}, *READ)
    calls_before = len(company.wire.lines)
    time.slept.clear()

    with ForwardProxy(network, {API: port}, status, status) as proxy:
        driver.call({**settings, "proxy": proxy.url}, *call)

    assert 1 == len(company.wire.lines) - calls_before
    assert [0.25, 0.5] == time.slept


@pytest.mark.parametrize("status", [403, 407, 503])
def test_proxy_that_refuses_the_token_endpoint_is_reported(
    driver: Driver, time: FakeClock, network: Network, company: Company, status: int
) -> None:
    """The error names host, kind of failure and proxy; no token was asked for."""
    with (
        ForwardProxy(network, {}, status) as proxy,
        pytest.raises(
            TokenUnavailable,
            match=rf"{AUTH} \(ProxyError\).*proxy",
        ),
    ):
        driver.call(company.settings(time, proxy=proxy.url), *READ)

    assert [f"CONNECT {AUTH}:443"] == proxy.lines
    assert 0 == company.wire.tokens


def test_proxy_sees_no_secret_and_its_password_is_not_shown(
    driver: Driver, time: FakeClock, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither token nor secret goes to the proxy, and its password to no log."""
    caplog.set_level(logging.DEBUG)
    url = f"http://someone:canary-password@{company.proxy.address}"

    driver.call(company.settings(time, proxy=url), *READ)

    heads = "".join(company.proxy.heads).lower()
    assert "proxy-authorization: basic" in heads
    assert "\nauthorization" not in heads
    secrets = ("token-1", "token-2", "canary", "secret-")
    assert [] == [secret for secret in secrets if secret in heads]
    assert "canary" not in caplog.text


@pytest.mark.parametrize("password", ["canary#1", "canary/1", "canary?1"])
def test_password_that_was_not_quoted_is_not_repeated(password: str) -> None:
    """A proxy URL whose password has a # or a slash is refused without showing it."""
    url = f"http://someone:{password}@proxy.example.com:8080"

    with pytest.raises(ConfigurationError, match=r"^proxy .*%23") as caught:
        Enboarder(ApiKey("key"), base_url=BASE_URL, proxy=url)

    assert "canary" not in str(caught.value)


def test_hook_whose_service_is_busy_causes_no_second_launch(driver: Driver) -> None:
    """If a hook raises for a 429 of another service, it does not count as the API's."""
    service = Service(launched())
    audit_request = httpx.Request("POST", "https://audit.example.com/")
    audit_answer = httpx.Response(429, request=audit_request)

    def report(_: httpx.Response) -> None:
        audit_answer.raise_for_status()

    async def report_async(_: httpx.Response) -> None:
        report(_)

    hooks = {"response": [report_async if driver.awaited else report]}
    driver.call(
        keyed(service, event_hooks=hooks), "workflows.launch_basic", basic_launch()
    )

    assert 1 == len(service.requests)
