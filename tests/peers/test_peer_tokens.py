"""Tokens of authorization servers that others wrote, over real connections."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from enboarder import AsyncEnboarder, Enboarder, EnboarderError, TokenRefused
from enboarder_api.contract import SCOPES
from tests.conftest import LONG, Driver, FakeClock
from tests.peers.peer import (
    NEEDED,
    UNGRANTED,
    Peer,
    Registered,
    is_active,
    registered,
    revoke,
)

pytestmark = pytest.mark.untraced

EACH_CLIENT_AUTH = pytest.mark.parametrize("client_auth", ["basic", "post"])


def client_of(peer: Peer, client: Registered, **options: Any) -> Enboarder:
    return Enboarder(client.credential(peer), base_url=peer.url, **options)


def refusal(
    peer: Peer, driver: Driver, client: Registered, **options: Any
) -> tuple[str, str | None] | None:
    """Return the error of a call and its code; None if the call is served."""
    settings = {"credential": client.credential(peer, **options), "base_url": peer.url}
    try:
        driver.call(settings, "reports.get_forms")
    except EnboarderError as error:
        return type(error).__name__, getattr(error, "code", None)
    return None


def at_once(number: int, call: Callable[[], object]) -> None:
    """Call from so many threads at once, and raise what one of them raised."""
    barrier = threading.Barrier(number)

    def run() -> None:
        barrier.wait(LONG)
        call()

    with ThreadPoolExecutor(number) as pool:
        futures = [pool.submit(run) for _ in range(number)]
        for future in futures:
            future.result(LONG)


class TokenRecorder:
    """An event hook that records the tokens that a client sends."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.hooks = {"request": [self._record]}

    def _record(self, request: httpx.Request) -> None:
        self.tokens.append(request.headers["Authorization"].removeprefix("Bearer "))


@EACH_CLIENT_AUTH
def test_token_opens_the_resource(peer: Peer, driver: Driver, client_auth: str) -> None:
    """Both ways to authenticate give a token that the server itself accepts."""
    client = registered(peer, client_auth=client_auth)

    assert refusal(peer, driver, client) is None
    assert 1 == peer.issued(client)


def test_64_threads_cost_one_token(peer: Peer) -> None:
    """64 threads on a cold client are all served by one token."""
    client = registered(peer)
    with client_of(peer, client) as enboarder:
        at_once(64, enboarder.reports.get_forms)

    assert 1 == peer.issued(client)


def test_64_tasks_cost_one_token(peer: Peer) -> None:
    """64 tasks on a cold client are all served by one token."""
    client = registered(peer)
    credential = client.credential(peer)

    async def run() -> None:
        async with AsyncEnboarder(credential, base_url=peer.url) as enboarder:
            calls = [enboarder.reports.get_forms() for _ in range(64)]
            await asyncio.gather(*calls)

    asyncio.run(run())

    assert 1 == peer.issued(client)


def test_token_is_renewed_ahead_of_its_lifetime(peer: Peer, time: FakeClock) -> None:
    """A token of 20 s is used for three quarters of that, and then replaced."""
    client = registered(peer, lifetime=20)
    issued = []
    with client_of(peer, client, clock=time.clock) as enboarder:
        for _ in range(3):
            enboarder.reports.get_forms()
            issued.append(peer.issued(client))
            time.pass_time(8)

    assert [1, 1, 2] == issued


@pytest.mark.parametrize("death", ["expired", "revoked"])
def test_token_that_died_early_costs_one_more(
    peer: Peer, time: FakeClock, death: str
) -> None:
    """Only the server knows that the token is dead: 16 callers share a new one."""
    client = registered(peer)
    recorder = TokenRecorder()
    with client_of(
        peer, client, clock=time.clock, event_hooks=recorder.hooks
    ) as enboarder:
        enboarder.reports.get_forms()
        first = recorder.tokens[0]
        assert is_active(peer, client, first)
        if death == "expired":
            peer.pass_time(client.lifetime)
        else:
            revoke(peer, client, first)
        assert not is_active(peer, client, first)

        at_once(16, enboarder.reports.get_forms)

    assert {first, recorder.tokens[-1]} == set(recorder.tokens)
    assert is_active(peer, client, recorder.tokens[-1])
    assert 2 == peer.issued(client)


@EACH_CLIENT_AUTH
def test_wrong_secret_is_refused(peer: Peer, driver: Driver, client_auth: str) -> None:
    """A wrong secret is the server's invalid_client, and there is no token."""
    client = registered(peer, client_auth=client_auth)

    refused = refusal(peer, driver, client, client_secret="wrong")

    assert ("TokenRefused", "invalid_client") == refused
    assert 0 == peer.issued(client)


@EACH_CLIENT_AUTH
def test_unknown_client_is_refused(
    peer: Peer, driver: Driver, client_auth: Any
) -> None:
    """A client that the server does not know is invalid_client, whatever the status."""
    nobody = Registered(f"nobody-{driver.awaited}", "a-secret", client_auth)

    assert ("TokenRefused", "invalid_client") == refusal(peer, driver, nobody)


def test_refusal_does_not_repeat_the_secret(peer: Peer) -> None:
    """The error has the server's status and code, and says what to check."""
    client = registered(peer, client_secret="right-secret")
    wrong = client.credential(peer, client_secret="wrong-secret")
    with (
        Enboarder(wrong, base_url=peer.url) as enboarder,
        pytest.raises(TokenRefused, match="client id and secret") as caught,
    ):
        enboarder.reports.get_forms()

    assert 401 == caught.value.status
    assert "invalid_client" == caught.value.code
    assert "wrong-secret" not in repr(caught.value)


@EACH_CLIENT_AUTH
def test_other_way_to_authenticate_than_registered(
    peer: Peer, driver: Driver, client_auth: str
) -> None:
    """Authlib refuses a client that authenticates otherwise; oidc-provider does not."""
    client = registered(peer, client_auth=client_auth)
    other = "post" if client_auth == "basic" else "basic"

    expected = {"authlib": ("TokenRefused", "invalid_client"), "oidc-provider": None}
    assert expected[peer.name] == refusal(peer, driver, client, client_auth=other)


INVALID_SCOPE = ("TokenRefused", "invalid_scope")
FORBIDDEN = ("Forbidden", None)
UNHEARD = "api/unheard"


@pytest.mark.parametrize(
    ("scopes", "authlib", "oidc_provider"),
    [
        ((NEEDED,), None, None),
        # Authlib grants the rest, and says so in `scope`; the API then refuses what the
        # token does not open.
        ((NEEDED, UNGRANTED), None, INVALID_SCOPE),
        ((UNGRANTED,), FORBIDDEN, INVALID_SCOPE),
        # oidc-provider passes over a scope that it does not know.
        ((NEEDED, UNHEARD), INVALID_SCOPE, None),
        ((UNHEARD,), INVALID_SCOPE, FORBIDDEN),
        (SCOPES[:1], FORBIDDEN, FORBIDDEN),
    ],
)
def test_scopes_that_were_not_granted(
    peer: Peer,
    driver: Driver,
    scopes: tuple[str, ...],
    authlib: tuple[str, str | None] | None,
    oidc_provider: tuple[str, str | None] | None,
) -> None:
    """By RFC 6749, 3.3, a server may refuse a scope, or leave it out of the token.

    A token without the scope of a resource is a 403 there, and no reason for another
    token.
    """
    client = registered(peer)
    expected = authlib if peer.name == "authlib" else oidc_provider

    assert expected == refusal(peer, driver, client, scopes=scopes)
    assert (0 if expected == INVALID_SCOPE else 1) == peer.issued(client)
