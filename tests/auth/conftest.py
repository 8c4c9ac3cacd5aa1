"""Fixtures: a token cache and its endpoint, and a company with a proxy and TLS."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme

from enboarder.auth.process_caches import TOKEN_CACHES
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint
from tests.auth.forward_proxy import ForwardProxy
from tests.conftest import FakeClock, credentials
from tests.wire.server import Behaviour, Exchange, Network, Wire, answer

API = "api.example.com"
AUTH = "auth.example.com"
# The answer to a successful read, and to a successful write.
DONE = {"items": [], "message": "ok", "referenceid": "A-1"}
VARIABLES = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)


@pytest.fixture
def endpoint(time: FakeClock) -> FakeEndpoint:
    """A token endpoint in memory."""
    return FakeEndpoint(time)


@pytest.fixture
def cache(time: FakeClock) -> TokenCache:
    """An empty token cache of this process."""
    return TOKEN_CACHES.get("a key", time.clock)


class Company(NamedTuple):
    """The services behind a company's proxy, and how to reach them."""

    wire: Wire
    proxy: ForwardProxy
    ca_file: str

    def settings(self, time: FakeClock, **more: Any) -> dict[str, Any]:
        """Return settings of a client that trusts the CA; `more` adds or replaces."""
        return {
            "credential": credentials(token_url=f"https://{AUTH}/oauth2/token"),
            "base_url": f"https://{API}",
            "clock": time.clock,
            "retry": time.policy(),
            "verify": self.ca_file,
            **more,
        }


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    """Starts servers on loopback."""
    network = Network()
    yield network
    network.close()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """The authority that issues the company's certificates."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """A file with the authority's certificate."""
    path = str(tmp_path / "company.pem")
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies and certificates; a test may add its own."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


def certified(authority: trustme.CA, *names: str, **more: Any) -> ssl.SSLContext:
    """Return the server's side of TLS, with a certificate for these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **more).configure_cert(context)
    return context


@pytest.fixture
def company(
    network: Network,
    authority: trustme.CA,
    ca_file: str,
    plain_environment: pytest.MonkeyPatch,
) -> Iterator[Company]:
    """A service that is busy once, and whose first token dies in the meantime."""
    context = certified(authority, API, AUTH)
    with network.serve(busy_then_dead(), context) as wire:
        port = port_of(wire)
        with ForwardProxy(network, {API: port, AUTH: port}) as proxy:
            yield Company(wire, proxy, ca_file)


def port_of(wire: Wire) -> int:
    """Return the port on which a server listens."""
    return int(wire.url.rpartition(":")[2])


def busy_then_dead() -> Behaviour:
    """Answer 429 to the first call, 401 to the first token, and 200 to the second."""
    calls: list[str] = []

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        token = exchange.headers.get("authorization", "")
        calls.append(token)
        if len(calls) == 1:
            await exchange.send(answer(status=429, headers=("Retry-After: 1",)))
        elif token == "token-1":
            await exchange.send(answer(status=401))
        else:
            await exchange.send(answer(DONE))

    return behave
