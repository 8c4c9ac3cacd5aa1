"""TLS that must not be trusted, and TLS that breaks."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from enboarder import (
    ApiKey,
    ConnectionFailed,
    NoAnswer,
    OutcomeUnknown,
    TokenUnavailable,
)
from tests.conftest import Driver, FakeClock, basic_launch, credentials
from tests.wire.server import Exchange, Network, Wire, answer

pytestmark = pytest.mark.untraced

CALLS = pytest.mark.parametrize(
    "call",
    [("reports.get_forms",), ("workflows.launch_basic", basic_launch())],
    ids=["read", "write"],
)
KNOWN, UNKNOWN = trustme.CA(), trustme.CA()
PAST = datetime(2020, 1, 1, tzinfo=UTC)


def server_side(
    authority: trustme.CA = KNOWN, name: str = "localhost", **more: Any
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **more).configure_cert(context)
    return context


def old() -> ssl.SSLContext:
    """TLS 1.1 at most."""
    context = server_side()
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings(
        action="ignore"
    ):  # that version is deprecated, which is the point
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def demanding() -> ssl.SSLContext:
    """Return TLS that demands a certificate of the client, after the handshake."""
    context = server_side()
    context.verify_mode = ssl.CERT_REQUIRED
    UNKNOWN.configure_trust(context)
    return context


UNTRUSTED: dict[str, Callable[[], ssl.SSLContext]] = {
    "another host's certificate": lambda: server_side(name="elsewhere.example.com"),
    "an authority that nobody knows": lambda: server_side(UNKNOWN),
    "an expired certificate": lambda: server_side(
        not_before=PAST, not_after=PAST.replace(year=2021)
    ),
    "TLS 1.1 only": old,
}


@pytest.fixture(scope="module", params=["CA file", "SSL context"])
def verify(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str | ssl.SSLContext:
    """Both forms of the setting."""
    if request.param == "SSL context":
        context = ssl.create_default_context()
        KNOWN.configure_trust(context)
        return context
    file: Path = tmp_path_factory.mktemp("tls") / "ca.pem"
    KNOWN.cert_pem.write_to_path(str(file))
    return str(file)


def secure(wire: Wire) -> str:
    """Its URL, as if it spoke TLS."""
    return wire.url.replace("http://127.0.0.1", "https://localhost")


def settings(
    wire: Wire, time: FakeClock, verify: str | ssl.SSLContext, **more: Any
) -> dict[str, Any]:
    return {
        "credential": ApiKey("key"),
        "base_url": wire.url,
        **time.settings,
        "verify": verify,
        **more,
    }


async def done(exchange: Exchange) -> None:
    await (await exchange.whole()).send(
        answer({"items": [], "message": "ok", "referenceid": "A-1"})
    )


@CALLS
def test_trusted_server_is_used(
    driver: Driver,
    time: FakeClock,
    network: Network,
    verify: str | ssl.SSLContext,
    call: Any,
) -> None:
    """With the authority's certificate in `verify`, everything is sent by TLS."""
    with network.serve(done, server_side()) as wire:
        driver.call(
            settings(
                wire, time, verify, credential=credentials(token_url=wire.token_url)
            ),
            *call,
        )

    assert (1, 1) == (len(wire.lines), wire.tokens)


@CALLS
@pytest.mark.parametrize("context", UNTRUSTED.values(), ids=UNTRUSTED)
def test_untrusted_server_gets_nothing(
    driver: Driver,
    time: FakeClock,
    network: Network,
    verify: Any,
    call: Any,
    context: Any,
) -> None:
    """A handshake that fails comes before the request, and is tried three times."""
    with (
        network.serve(done, context()) as wire,
        pytest.raises(ConnectionFailed, match="nothing was sent"),
    ):
        driver.call(settings(wire, time, verify), *call)

    assert ([], [0.25, 0.5]) == (wire.lines, time.slept)


@CALLS
def test_server_without_tls_gets_nothing(
    driver: Driver, time: FakeClock, network: Network, call: Any
) -> None:
    """Plain HTTP where TLS was expected is a handshake that fails."""
    with (
        network.serve(answer(status=400)) as wire,
        pytest.raises(ConnectionFailed, match="nothing was sent"),
    ):
        driver.call(
            {"credential": ApiKey("key"), "base_url": secure(wire), **time.settings},
            *call,
        )

    assert (3, [0.25, 0.5]) == (wire.connections, time.slept)


@pytest.mark.parametrize("context", UNTRUSTED.values(), ids=UNTRUSTED)
def test_untrusted_token_endpoint_gets_no_secret(
    driver: Driver, time: FakeClock, network: Network, verify: Any, context: Any
) -> None:
    """The client's secret goes to nobody who cannot be verified."""
    with network.serve(done, context()) as wire:
        given = settings(
            wire, time, verify, credential=credentials(token_url=wire.token_url)
        )
        with pytest.raises(TokenUnavailable, match="ConnectError"):
            driver.call(given, "reports.get_forms")

    assert 0 == wire.tokens


@CALLS
@pytest.mark.parametrize("how", ["reset", "close"])
def test_tls_connection_that_breaks_was_sent(
    driver: Driver, time: FakeClock, network: Network, verify: Any, call: Any, how: str
) -> None:
    """After the handshake, the request is on its way, so a launch is sent once."""

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(answer({"items": []})[:-3])
        if how == "reset":
            exchange.reset()
        else:
            await exchange.close()

    writes = len(call) > 1
    with (
        network.serve(behave, server_side()) as wire,
        pytest.raises(OutcomeUnknown if writes else NoAnswer),
    ):
        driver.call(settings(wire, time, verify), *call)

    assert (1 if writes else 3) == len(wire.lines)


@CALLS
def test_server_that_demands_a_certificate_may_have_the_request(
    driver: Driver, time: FakeClock, network: Network, verify: Any, call: Any
) -> None:
    """By TLS 1.3, that refusal comes after the request left, so it may be done."""
    with (
        network.serve(done, demanding()) as wire,
        pytest.raises(OutcomeUnknown if len(call) > 1 else NoAnswer),
    ):
        driver.call(settings(wire, time, verify), *call)

    assert [] == wire.lines


@CALLS
def test_plain_http_to_a_tls_port_has_no_answer(
    driver: Driver, time: FakeClock, network: Network, call: Any
) -> None:
    """A client that speaks no TLS gets no answer that it could read."""
    with network.serve(done, server_side()) as wire:
        plain = wire.url.replace("https://localhost", "http://127.0.0.1")
        with pytest.raises(OutcomeUnknown if len(call) > 1 else NoAnswer):
            driver.call(
                {"credential": ApiKey("key"), "base_url": plain, **time.settings}, *call
            )

    assert [] == wire.lines
