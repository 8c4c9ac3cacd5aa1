"""Proxy, CA bundle, transport and hooks of one's own, together with a token that dies and a service that is busy."""

from __future__ import annotations

import asyncio
import logging
import ssl
from typing import Any

import httpx
import pytest
import trustme

from enboarder import (
    ApiKey,
    ConfigurationError,
    ConnectionFailed,
    Enboarder,
    TokenUnavailable,
)
from enboarder.transport.options import TLS_CONTEXTS
from tests.auth.conftest import API, AUTH, Company, certified
from tests.auth.forward_proxy import ForwardProxy
from tests.conftest import (
    BASE_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    keyed,
    launched,
)
from tests.wire.server import Network, Wire

CALLS = pytest.mark.parametrize(
    "call",
    [("reports.get_forms",), ("workflows.launch_basic", basic_launch())],
    ids=["read", "write"],
)
READ = ("reports.get_forms",)


class Counted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport of one's own, that notes the hosts."""

    def __init__(self, *, awaited: bool, **options: Any) -> None:
        self.hosts: list[str] = []
        self._inner: Any = (
            httpx.AsyncHTTPTransport if awaited else httpx.HTTPTransport
        )(**options)

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


class Hooks:
    """Hooks of one's own: they note what they see, and raise for each status, as in httpx's documentation."""

    def __init__(self, *, awaited: bool) -> None:
        self.seen: list[str | int] = []
        self.named: dict[str, list[Any]] = {
            "request": [self.asked_async if awaited else self.asked],
            "response": [self.answered_async if awaited else self.answered],
        }

    def asked(self, request: httpx.Request) -> None:
        self.seen.append(request.url.host)

    def answered(self, response: httpx.Response) -> None:
        self.seen.append(response.status_code)
        response.raise_for_status()

    async def asked_async(self, request: httpx.Request) -> None:
        self.asked(request)

    async def answered_async(self, response: httpx.Response) -> None:
        self.answered(response)


def served(wire: Wire, time: FakeClock) -> bool:
    """Whether the call was made three times, with one wait as it was asked for and one renewal."""
    sent = [exchange.headers["authorization"] for exchange in wire.exchanges]
    return (["token-1", "token-1", "token-2"], 2, [1.0]) == (
        sent,
        wire.tokens,
        time.slept,
    )


@CALLS
@pytest.mark.parametrize("given", ["by the environment", "by proxy="])
def test_proxy_ca_and_hooks_work_with_renewal_and_retry(
    driver: Driver,
    time: FakeClock,
    company: Company,
    plain_environment: pytest.MonkeyPatch,
    call: Any,
    given: str,
) -> None:
    """Calls and token requests go through the proxy, trust the CA bundle, and are sent again; hooks see calls only."""
    hooks = Hooks(awaited=driver.awaited)
    settings = company.settings(time, event_hooks=hooks.named)
    if given == "by proxy=":
        settings["proxy"] = company.proxy.url
    else:
        plain_environment.setenv("HTTPS_PROXY", company.proxy.url)

    driver.call(settings, *call)

    assert served(company.wire, time)
    assert {f"CONNECT {API}:443", f"CONNECT {AUTH}:443"} == set(company.proxy.lines)
    assert 2 == company.proxy.lines.count(f"CONNECT {AUTH}:443")
    assert [API, 429, API, 401, API, 200] == hooks.seen


@CALLS
def test_own_transport_works_with_renewal_and_retry(
    driver: Driver, time: FakeClock, company: Company, authority: trustme.CA, call: Any
) -> None:
    """A transport with a proxy and a CA of its own carries calls and token requests, and serves on after each of them."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    transport = Counted(awaited=driver.awaited, verify=context, proxy=company.proxy.url)
    hooks = Hooks(awaited=driver.awaited)

    driver.call(
        company.settings(time, transport=transport, event_hooks=hooks.named), *call
    )

    assert served(company.wire, time)
    assert [AUTH, API, API, AUTH, API] == transport.hosts
    assert [API, 429, API, 401, API, 200] == hooks.seen


def test_ca_bundle_of_the_environment_is_trusted(
    driver: Driver,
    time: FakeClock,
    company: Company,
    plain_environment: pytest.MonkeyPatch,
) -> None:
    """SSL_CERT_FILE, which companies set for all programs, serves calls and token requests; trust_env=False does not read it."""
    plain_environment.setenv("SSL_CERT_FILE", company.ca_file)
    settings = company.settings(time, proxy=company.proxy.url)
    del settings["verify"]
    TLS_CONTEXTS.clear()
    try:
        driver.call(settings, *READ)
        with pytest.raises(ConnectionFailed):
            driver.call({**settings, "trust_env": False}, *READ)
    finally:
        TLS_CONTEXTS.clear()

    assert 2 == company.wire.tokens


def test_credential_in_an_own_client_uses_its_own_proxy_and_ca(
    driver: Driver, company: Company
) -> None:
    """`credential.auth(proxy=, verify=)` asks for tokens that way, whatever client it signs for."""
    credential = company.settings(FakeClock())["credential"]
    auth = credential.auth(
        base_url=f"https://{API}", proxy=company.proxy.url, verify=company.ca_file
    )
    context = ssl.create_default_context(cafile=company.ca_file)
    url = f"https://{API}/reports/v2/forms"

    async def awaited() -> list[int]:
        async with httpx.AsyncClient(
            auth=auth, proxy=company.proxy.url, verify=context
        ) as client:
            return [(await client.get(url)).status_code for _ in range(2)]

    if driver.awaited:
        found = asyncio.run(awaited())
    else:
        with httpx.Client(auth=auth, proxy=company.proxy.url, verify=context) as client:
            found = [client.get(url).status_code for _ in range(2)]

    assert [429, 200] == found
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
    """NO_PROXY of the environment is heeded by calls and by token requests, each for its own host."""
    plain_environment.setenv("HTTPS_PROXY", company.proxy.url)
    plain_environment.setenv("NO_PROXY", "localhost")
    with network.serve(
        company.wire._behave, certified(authority, "localhost")
    ) as direct:
        driver.call(company.settings(time, base_url=direct.url, verify=ca_file), *READ)

    assert {f"CONNECT {AUTH}:443"} == set(company.proxy.lines)
    assert (3, 0) == (len(direct.lines), len(company.wire.lines))


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
    """A tunnel that is refused is no request that was sent: also a launch goes out, once, by the next tunnel."""
    port = int(company.wire.url.rpartition(":")[2])
    settings = company.settings(time)
    with ForwardProxy(network, {API: port, AUTH: port}) as good:
        driver.call({**settings, "proxy": good.url}, *READ)  # a token is at hand
    before, time.slept[:] = len(company.wire.lines), []
    with ForwardProxy(network, {API: port}, status, status) as proxy:
        driver.call({**settings, "proxy": proxy.url}, *call)

    assert (1, [0.25, 0.5]) == (len(company.wire.lines) - before, time.slept)


@pytest.mark.parametrize("status", [403, 407, 503])
def test_proxy_that_refuses_the_token_endpoint_is_told(
    driver: Driver, time: FakeClock, network: Network, company: Company, status: int
) -> None:
    """The error names the host, the kind of failure and the proxy as what to check; nothing was sent to anybody."""
    with (
        ForwardProxy(network, {}, status) as proxy,
        pytest.raises(
            TokenUnavailable,
            match=rf"no token from {AUTH} \(ProxyError\); check .*proxy",
        ),
    ):
        driver.call(company.settings(time, proxy=proxy.url), *READ)

    assert ([f"CONNECT {AUTH}:443"], 0) == (proxy.lines, company.wire.tokens)


def test_proxy_sees_no_secret_and_its_own_password_is_not_shown(
    driver: Driver, time: FakeClock, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """A tunnel is asked for without the token or the secret; the proxy's password goes to the proxy, and into no log."""
    caplog.set_level(logging.DEBUG)
    settings = company.settings(
        time, proxy=f"http://someone:canary-password@{company.proxy.address}"
    )

    driver.call(settings, *READ)

    heads = "".join(company.proxy.heads).lower()
    assert "proxy-authorization: basic" in heads
    assert "\nauthorization" not in heads
    assert [] == [
        word for word in ("token-1", "token-2", "canary", "secret-") if word in heads
    ]
    assert "canary" not in caplog.text


@pytest.mark.parametrize("password", ["canary#1", "canary/1", "canary?1"])
def test_password_that_was_not_quoted_is_told_and_not_repeated(password: str) -> None:
    """A proxy URL in which the password has a # or a slash is refused by words that do not show it."""
    with pytest.raises(
        ConfigurationError, match="proxy is not a URL; in a password, write # as %23"
    ) as caught:
        Enboarder(
            ApiKey("key"),
            base_url=BASE_URL,
            proxy=f"http://someone:{password}@proxy.example.com:8080",
        )

    assert "canary" not in str(caught.value)


def test_hook_whose_own_service_is_busy_sends_no_launch_again(driver: Driver) -> None:
    """A 429 of another service, for which a hook raises, is not taken for the API's: the launch goes out once."""
    service = Service(launched())
    audit = httpx.Response(
        429, request=httpx.Request("POST", "https://audit.example.com/")
    )

    def tell(_: httpx.Response) -> None:
        audit.raise_for_status()

    async def tell_async(_: httpx.Response) -> None:
        audit.raise_for_status()

    hooks = {"response": [tell_async if driver.awaited else tell]}
    driver.call(
        keyed(service, event_hooks=hooks), "workflows.launch_basic", basic_launch()
    )

    assert 1 == len(service.requests)
