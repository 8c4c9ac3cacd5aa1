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

AUTHS = pytest.mark.parametrize("client_auth", ["basic", "post"])


def client_of(peer: Peer, client: Registered, **options: Any) -> Enboarder:
    return Enboarder(client.credential(peer), base_url=peer.url, **options)


def refusal(
    peer: Peer, driver: Driver, client: Registered, **options: Any
) -> tuple[str, str | None] | None:
    """The error that ends a call with a credential, and its code; None for success."""
    try:
        driver.call(
            {"credential": client.credential(peer, **options), "base_url": peer.url},
            "reports.get_forms",
        )
    except EnboarderError as error:
        return type(error).__name__, getattr(error, "code", None)
    return None


def at_once(number: int, call: Callable[[], object]) -> None:
    """Calls from so many threads at once; raises what one of them raised."""
    barrier = threading.Barrier(number)

    def run() -> None:
        barrier.wait(LONG)
        call()

    with ThreadPoolExecutor(number) as pool:
        for future in [pool.submit(run) for _ in range(number)]:
            future.result(LONG)


class Seen:
    """The tokens that a client sent, by a hook of its user's."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.hooks = {"request": [self._see]}

    def _see(self, request: httpx.Request) -> None:
        self.tokens.append(request.headers["Authorization"].removeprefix("Bearer "))


@AUTHS
def test_token_opens_the_resource(peer: Peer, driver: Driver, client_auth: str) -> None:
    """Both ways to authenticate give a token that the server itself takes."""
    client = registered(peer, client_auth=client_auth)

    assert (refusal(peer, driver, client), peer.issued(client)) == (None, 1)


def test_64_threads_cost_one_token(peer: Peer) -> None:
    """64 threads on a cold client are all served by one token."""
    client = registered(peer)
    with client_of(peer, client) as enboarder:
        at_once(64, enboarder.reports.get_forms)

    assert peer.issued(client) == 1


def test_64_tasks_cost_one_token(peer: Peer) -> None:
    """64 tasks on a cold client are all served by one token."""
    client = registered(peer)

    async def run() -> None:
        async with AsyncEnboarder(
            client.credential(peer), base_url=peer.url
        ) as enboarder:
            await asyncio.gather(*[enboarder.reports.get_forms() for _ in range(64)])

    asyncio.run(run())

    assert peer.issued(client) == 1


def test_token_is_renewed_ahead_of_the_lifetime_that_the_server_told(
    peer: Peer, time: FakeClock
) -> None:
    """A token of 20 s is used for three quarters of that, and then replaced."""
    client = registered(peer, lifetime=20)
    issued = []
    with client_of(peer, client, clock=time.clock) as enboarder:
        for _ in range(3):
            enboarder.reports.get_forms()
            issued.append(peer.issued(client))
            time.pass_time(8)

    assert issued == [1, 1, 2]


@pytest.mark.parametrize("death", ["expired", "revoked"])
def test_token_that_died_early_costs_one_more(
    peer: Peer, time: FakeClock, death: str
) -> None:
    """One new token is enough for 16 callers whose token died unnoticed."""
    client = registered(peer)
    seen = Seen()
    with client_of(peer, client, clock=time.clock, event_hooks=seen.hooks) as enboarder:
        enboarder.reports.get_forms()
        first = seen.tokens[0]
        assert is_active(peer, client, first)
        if death == "expired":
            peer.pass_time(client.lifetime)
        else:
            revoke(peer, client, first)
        assert not is_active(peer, client, first)

        at_once(16, enboarder.reports.get_forms)

    assert {first: False, seen.tokens[-1]: True} == {
        token: is_active(peer, client, token) for token in set(seen.tokens)
    }
    assert peer.issued(client) == 2


@AUTHS
def test_wrong_secret_is_refused(peer: Peer, driver: Driver, client_auth: str) -> None:
    """A wrong secret is the server's invalid_client, and there is no token."""
    client = registered(peer, client_auth=client_auth)

    assert refusal(peer, driver, client, client_secret="wrong") == (
        "TokenRefused",
        "invalid_client",
    )
    assert peer.issued(client) == 0


@AUTHS
def test_unknown_client_is_refused(
    peer: Peer, driver: Driver, client_auth: Any
) -> None:
    """A client that the server does not know is invalid_client, with any status."""
    nobody = Registered(f"nobody-{driver.awaited}", "a-secret", client_auth)

    assert refusal(peer, driver, nobody) == ("TokenRefused", "invalid_client")


def test_refusal_does_not_repeat_the_secret(peer: Peer) -> None:
    """The error has the code, and neither secret."""
    client = registered(peer, client_secret="right-secret")
    wrong = client.credential(peer, client_secret="wrong-secret")
    with (
        Enboarder(wrong, base_url=peer.url) as enboarder,
        pytest.raises(TokenRefused) as caught,
    ):
        enboarder.reports.get_forms()

    assert "invalid_client" == caught.value.code
    assert "secret-" not in repr(caught.value)
    assert "-secret" not in repr(caught.value)


@AUTHS
def test_other_way_to_authenticate_than_registered(
    peer: Peer, driver: Driver, client_auth: str
) -> None:
    """Authlib refuses the other way to authenticate, and oidc-provider accepts it."""
    client = registered(peer, client_auth=client_auth)
    other = "post" if client_auth == "basic" else "basic"

    expected = {"authlib": ("TokenRefused", "invalid_client"), "oidc-provider": None}
    assert expected[peer.name] == refusal(peer, driver, client, client_auth=other)


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((NEEDED,), {"authlib": None, "oidc-provider": None}),
        # Authlib grants the rest, and says so in `scope`. The API then refuses what the
        # token does not open.
        (
            (NEEDED, UNGRANTED),
            {"authlib": None, "oidc-provider": ("TokenRefused", "invalid_scope")},
        ),
        (
            (UNGRANTED,),
            {
                "authlib": ("Forbidden", None),
                "oidc-provider": ("TokenRefused", "invalid_scope"),
            },
        ),
        # oidc-provider passes over a scope that it does not know.
        (
            (NEEDED, "api/unheard"),
            {"authlib": ("TokenRefused", "invalid_scope"), "oidc-provider": None},
        ),
        (
            ("api/unheard",),
            {
                "authlib": ("TokenRefused", "invalid_scope"),
                "oidc-provider": ("Forbidden", None),
            },
        ),
        (
            SCOPES[:1],
            {"authlib": ("Forbidden", None), "oidc-provider": ("Forbidden", None)},
        ),
    ],
)
def test_scopes_that_were_not_granted(
    peer: Peer, driver: Driver, scopes: tuple[str, ...], expected: Any
) -> None:
    """A server may refuse a scope, or leave it out of the token (RFC 6749, 3.3).

    A token without the scope of a resource is a 403 there, and no reason to ask for
    another token.
    """
    client = registered(peer)

    assert expected[peer.name] == refusal(peer, driver, client, scopes=scopes)
    is_refused = (expected[peer.name] or ())[:1] == ("TokenRefused",)
    assert peer.issued(client) == (0 if is_refused else 1)
