"""An API and a token endpoint behind TLS, with names that only a proxy can reach."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme

from tests.auth.forward_proxy import ForwardProxy
from tests.conftest import FakeClock, credentials
from tests.wire.server import Behaviour, Exchange, Network, Wire, answer

API, AUTH = "api.example.com", "auth.example.com"
DONE = {
    "items": [],
    "message": "ok",
    "referenceid": "A-1",
}  # a success of reads and writes
VARIABLES = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)


class Company(NamedTuple):
    """What stands behind a company's proxy, and how it is reached."""

    wire: Wire
    proxy: ForwardProxy
    ca_file: str

    def settings(self, time: FakeClock, **more: Any) -> dict[str, Any]:
        """Settings of a client that knows the CA, and of the proxy what `more` says."""
        credential = credentials(token_url=f"https://{AUTH}/oauth2/token")
        given = {
            "credential": credential,
            "base_url": f"https://{API}",
            "clock": time.clock,
            "retry": time.policy(),
            "verify": self.ca_file,
        }
        return {**given, **more}


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    """Starts servers on loopback."""
    network = Network()
    yield network
    network.close()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """The authority that a company's certificates come from."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """Its certificate in a file."""
    authority.cert_pem.write_to_path(str(tmp_path / "company.pem"))
    return str(tmp_path / "company.pem")


@pytest.fixture
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies and certificates, to which a test may add its own."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


def certified(authority: trustme.CA, *names: str, **more: Any) -> ssl.SSLContext:
    """The server's side of TLS, with a certificate for these names."""
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
    """A service that is busy once, and whose first token dies meanwhile."""
    with network.serve(busy_then_dead(), certified(authority, API, AUTH)) as wire:
        port = int(wire.url.rpartition(":")[2])
        with ForwardProxy(network, {API: port, AUTH: port}) as proxy:
            yield Company(wire, proxy, ca_file)


def busy_then_dead() -> Behaviour:
    """429 to the first call, 401 to others with the first token, and success to those with the second."""
    busy = [answer(status=429, headers=("Retry-After: 1",))]

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        dead = exchange.headers.get("authorization") == "token-1"
        await exchange.send(
            busy.pop() if busy else answer(status=401) if dead else answer(DONE)
        )

    return behave
