"""Which proxy is chosen for a URL, and whether one is."""

from __future__ import annotations

from typing import Any

import pytest

from enboarder import ConfigurationError
from enboarder.transport.proxies import proxy_of
from tests.conftest import Service

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
