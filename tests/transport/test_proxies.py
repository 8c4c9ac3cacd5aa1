"""Which requests go through a proxy: never those in plain HTTP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from enboarder import ApiKey, NoAnswer, RetryPolicy, TokenUnavailable
from enboarder.mock import MockServer
from enboarder.transport.proxies import proxy_of
from tests.conftest import BASE_URL, TOKEN_URL, Driver, credential_of, credentials

NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


class ListeningProxy:
    """Takes connections, keeps what arrives, and hangs up."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.arrived.append(connection.recv(65536))

    def close(self) -> None:
        # Closing alone does not wake the thread that accepts.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def listener() -> Iterator[ListeningProxy]:
    proxy = ListeningProxy()
    yield proxy
    proxy.close()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies, to which a test adds its own."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


@pytest.mark.parametrize("kind", ["apikey", "oauth2"])
@pytest.mark.parametrize("named_by", ["option", "HTTP_PROXY", "ALL_PROXY"])
def test_plain_http_never_goes_to_a_proxy(
    mock: MockServer,
    driver: Driver,
    listener: ListeningProxy,
    environment: pytest.MonkeyPatch,
    kind: str,
    named_by: str,
) -> None:
    """It would see key, secret and token in plain text."""
    settings: dict[str, Any] = {
        "credential": credential_of(mock, kind),
        "base_url": mock.base_url,
    }
    if named_by == "option":
        settings["proxy"] = listener.url
    else:
        environment.setenv(named_by, listener.url)

    driver.call(settings, "reports.get_forms")

    assert [] == listener.arrived


@pytest.mark.parametrize("named_by", ["option", "HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("kind", ["apikey", "oauth2"])
def test_https_goes_through_the_proxy(
    driver: Driver,
    listener: ListeningProxy,
    environment: pytest.MonkeyPatch,
    kind: str,
    named_by: str,
) -> None:
    """API and token requests ask it for a tunnel, which sees no credential."""
    settings: dict[str, Any] = {
        "credential": ApiKey("a-key") if kind == "apikey" else credentials(),
        "base_url": BASE_URL,
        "retry": RetryPolicy(attempts=1),
    }
    if named_by == "option":
        settings["proxy"] = listener.url
    else:
        environment.setenv(named_by, listener.url)

    with pytest.raises((NoAnswer, TokenUnavailable)):
        driver.call(settings, "reports.get_forms")

    host = b"api.example.com" if kind == "apikey" else b"auth.example.com"
    (arrived,) = listener.arrived
    assert arrived.startswith(b"CONNECT " + host + b":443")
    assert b"a-key" not in arrived


@pytest.mark.parametrize(
    ("exceptions", "host"),
    [
        ("*", "api.example.com"),
        ("example.com", "api.example.com"),
        ("API.example.com", "api.example.com"),
        (".example.com", "api.example.com"),
        ("*.example.com", "api.example.com"),
        ("other.example.com, api.example.com", "api.example.com"),
        ("api.example.com:443", "api.example.com"),
        ("https://api.example.com", "api.example.com"),
        ("10.0.0.0/8", "10.1.2.3"),
        ("10.1.2.3", "10.1.2.3"),
        ("::1", "[::1]"),
        ("[::1]", "[::1]"),
        ("[::1]:443", "[::1]"),
        ("fe80::/10", "[fe80::1]"),
        ("2001:db8::/32,nonsense", "[2001:db8::7]"),
    ],
)
def test_no_proxy_exempts_a_host(
    environment: pytest.MonkeyPatch, exceptions: str, host: str
) -> None:
    """Names, addresses and networks work, each in the forms that people write."""
    environment.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")
    environment.setenv("NO_PROXY", exceptions)

    assert proxy_of(f"https://{host}", {}) is None


@pytest.mark.parametrize(
    "exceptions",
    [
        "",
        "example.org",
        "ample.com",
        "x.api.example.com",
        "api.example.com:8443",
        "http://api.example.com",
        "10.0.0.0/8,::1,fe80::/10,[::1]",
    ],
)
def test_no_proxy_exempts_no_other_host(
    environment: pytest.MonkeyPatch, exceptions: str
) -> None:
    """Everything else goes through the proxy."""
    environment.setenv("HTTPS_PROXY", "proxy.example.com:3128")
    environment.setenv("NO_PROXY", exceptions)
    chosen = proxy_of(TOKEN_URL.replace("auth", "api"), {})

    assert chosen is not None
    assert "HTTPS_PROXY" == chosen.name
    assert "http://proxy.example.com:3128" == chosen.value.reveal()


def test_environment_is_not_read_without_trust(environment: pytest.MonkeyPatch) -> None:
    """`trust_env=False` and a custom transport switch its proxies off."""
    environment.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")

    assert proxy_of(BASE_URL, {"trust_env": False}) is None
