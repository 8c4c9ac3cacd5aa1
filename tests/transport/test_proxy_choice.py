"""Which proxy is chosen for a URL, and whether one is."""

from __future__ import annotations

from typing import Any

import pytest

from enboarder import ConfigurationError
from enboarder.transport.client import build, build_async
from enboarder.transport.proxies import proxy_of
from tests.conftest import Service
from tests.engine import httpx

URL = "https://api.example.com"
ONE = "http://one.example.com:3128"
OTHER = "http://other.example.com:3128"
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with a proxy for everything."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("ALL_PROXY", ONE)
    return monkeypatch


def chosen(url: str, **options: Any) -> str | None:
    proxy = proxy_of(url, options)  # type: ignore[arg-type]
    return None if proxy is None else str(proxy.value.reveal())


def test_proxy_for_https_precedes_that_for_everything(
    environment: pytest.MonkeyPatch,
) -> None:
    """The variable that says more wins."""
    environment.setenv("HTTPS_PROXY", OTHER)

    assert OTHER == chosen(URL)


def test_custom_transport_takes_no_proxy_of_the_environment() -> None:
    """It has its own way to the host."""
    assert ONE == chosen(URL)
    assert chosen(URL, transport=Service().transport) is None
    assert chosen(URL, trust_env=False) is None


def test_exception_with_a_port_is_for_that_port(
    environment: pytest.MonkeyPatch,
) -> None:
    """The same host keeps its proxy at other ports, 443 included."""
    environment.setenv("NO_PROXY", "api.example.com:8443")

    assert chosen(f"{URL}:8443") is None
    assert ONE == chosen(f"{URL}:9443")
    assert ONE == chosen(URL)


@pytest.mark.parametrize(
    "proxy",
    [
        "ftp://proxy.example.com",
        "http://me#word@proxy.example.com:3128",
        "http://me?word@proxy.example.com:3128",
    ],
)
def test_wrong_proxy_is_refused_even_if_no_request_uses_it(proxy: str) -> None:
    """A URL of loopback in a test does not hide a mistake until production."""
    with pytest.raises(ConfigurationError, match="proxy"):
        proxy_of("http://127.0.0.1:8080", {"proxy": proxy})


def way_of(client: Any, url: str) -> object:
    """Return the transport that a client uses for a URL, or None for the direct one."""
    transport = client._transport_for_url(httpx.URL(url))
    return None if transport is client._transport else transport


@pytest.mark.parametrize("build_client", [build, build_async])
def test_library_reads_no_environment(build_client: Any) -> None:
    """`trust_env=False` holds for the library, too, which reads the same variables."""
    client = build_client(None, {"trust_env": False}, URL)

    assert way_of(client, URL) is None


@pytest.mark.parametrize("build_client", [build, build_async])
def test_plain_http_goes_directly_whatever_url_a_client_is_for(
    build_client: Any,
) -> None:
    """Even a request to another address shows the proxy no credential."""
    client = build_client(None, {"proxy": OTHER}, URL)

    assert way_of(client, URL) is not None
    assert way_of(client, "http://127.0.0.1:8080") is None
