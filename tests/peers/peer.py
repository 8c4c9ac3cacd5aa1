"""What the tests ask of an authorization server that others wrote.

It knows nothing of this client.
"""

from __future__ import annotations

import itertools
from typing import Any, Literal, NamedTuple, Protocol

import httpx

from enboarder import ClientCredentials
from enboarder_api.contract import SCOPES

NEEDED = "api/settings.all"
"""The scope that opens the one resource of a peer, /reports/v2/forms."""
UNGRANTED = "api/payroll"
"""A scope that every peer knows and that no client was granted."""
_numbers = itertools.count()


class Registered(NamedTuple):
    """A client as an authorization server knows it."""

    client_id: str
    client_secret: str
    client_auth: Literal["basic", "post"] = "basic"
    scopes: tuple[str, ...] = SCOPES
    lifetime: int = 3600

    def credential(self, peer: Peer, **options: Any) -> ClientCredentials:
        """The credential that a user of this client holds."""
        own = {
            "client_secret": self.client_secret,
            "client_auth": self.client_auth,
            "scopes": self.scopes,
        }
        return ClientCredentials(
            self.client_id,
            token_url=f"{peer.url}/token",
            prefix="Bearer",
            **(own | options),
        )


class Peer(Protocol):
    """An authorization server on loopback, with a resource.

    It has /token, /introspection (RFC 7662) and /revocation (RFC 7009).
    """

    name: str
    url: str

    def register(self, client: Registered) -> None:
        """Make a client known."""
        ...

    def issued(self, client: Registered) -> int:
        """How many tokens it gave to a client."""
        ...

    def pass_time(self, seconds: float) -> None:
        """Set its clock ahead."""
        ...


def registered(
    peer: Peer,
    client_id: str = "client",
    client_secret: str = "a-secret",
    **settings: Any,
) -> Registered:
    """A client that a peer knows, and that nobody used before: its id ends as given."""
    client = Registered(f"{next(_numbers)}-{client_id}", client_secret, **settings)
    peer.register(client)
    return client


def is_active(peer: Peer, client: Registered, token: str) -> bool:
    """Whether the server takes a token, by its own word."""
    return bool(_asked(peer, "introspection", client, token).json()["active"])


def revoke(peer: Peer, client: Registered, token: str) -> None:
    """Tell the server to take a token no longer."""
    _asked(peer, "revocation", client, token)


def _asked(peer: Peer, endpoint: str, client: Registered, token: str) -> httpx.Response:
    answer = httpx.post(
        f"{peer.url}/{endpoint}",
        data={"token": token},
        auth=(client.client_id, client.client_secret),
    )
    return answer.raise_for_status()
