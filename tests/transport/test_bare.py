"""A GET request without a credential: what goes out, and by which way."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from enboarder.hidden import Hidden
from enboarder.transport.bare import get_bare, is_failure
from enboarder.transport.proxies import ChosenProxy
from tests.auth.conftest import certified, port_of
from tests.auth.forward_proxy import ForwardProxy
from tests.conftest import LONG
from tests.wire.server import Exchange, Network, answer

HOST = "api.example.com"


async def done(exchange: Exchange) -> None:
    await (await exchange.whole()).send(answer({"items": []}))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment whose proxy nobody listens for."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_headers_that_are_given_are_sent_directly(network: Network) -> None:
    """Only the caller chooses a proxy."""
    with network.serve(done) as wire:
        result = get_bare(f"{wire.url}/x", None, LONG, {"X-Mine": "1"})

    assert (200, ["GET /x"]) == (result.status, wire.lines)
    assert "1" == wire.exchanges[0].headers["x-mine"]


def test_answer_is_waited_for_until_the_timeout(network: Network) -> None:
    """A host that says nothing has no answer, and that is a failure."""

    async def behave(exchange: Exchange) -> None:
        # The library alone would wait for 5 s.
        await exchange.gone(3.0)
        await exchange.send(answer())

    # Any error is taken here; `is_failure` has to know it.
    with network.serve(behave) as wire, pytest.raises(Exception) as caught:  # noqa: PT011
        get_bare(wire.url, None, 0.1)

    assert is_failure(caught.value)


def test_chosen_proxy_leads_to_a_host_that_the_environment_trusts(
    network: Network, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`SSL_CERT_FILE` names the authority of a company."""
    authority = trustme.CA()
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    environment.setenv("SSL_CERT_FILE", str(file))
    with (
        network.serve(done, certified(authority, HOST)) as wire,
        ForwardProxy(network, {HOST: port_of(wire)}) as proxy,
    ):
        chosen = ChosenProxy("HTTPS_PROXY", Hidden(proxy.url))
        result = get_bare(f"https://{HOST}/x", chosen, LONG)

    assert (200, ["GET /x"]) == (result.status, wire.lines)
