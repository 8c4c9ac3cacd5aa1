"""What the tests ask of an authorization server that others wrote."""

from __future__ import annotations

import itertools
from typing import Any, Literal, NamedTuple, Protocol

import httpx

from enboarder import ClientCredentials
from enboarder_api.contract import SCOPES

# The scope that opens the one resource of a peer, /reports/v2/forms.
NEEDED = "api/settings.all"
# A scope that every peer knows and that no client was granted.
UNGRANTED = "api/payroll"
_numbers = itertools.count()


class Registered(NamedTuple):
    """A client as an authorization server knows it."""

    client_id: str
    client_secret: str
    client_auth: Literal["basic", "post"] = "basic"
    scopes: tuple[str, ...] = SCOPES
    lifetime: int = 3600

    def credential(self, peer: Peer, **options: Any) -> ClientCredentials:
        """Return the credential that a user of this client holds."""
        arguments: dict[str, Any] = {
            "client_secret": self.client_secret,
            "client_auth": self.client_auth,
            "scopes": self.scopes,
            **options,
        }
        return ClientCredentials(
            self.client_id,
            token_url=f"{peer.url}/token",
            prefix="Bearer",
            **arguments,
        )


class Peer(Protocol):
    """An authorization server on loopback, with one resource.

    It has /token, /introspection (RFC 7662) and /revocation (RFC 7009).
    """

    name: str
    url: str

    def register(self, client: Registered) -> None:
        """Make a client known."""
        ...

    def issued(self, client: Registered) -> int:
        """Return how many tokens a client got."""
        ...

    def pass_time(self, seconds: float) -> None:
        """Set the server's clock ahead."""
        ...


def registered(
    peer: Peer,
    client_id: str = "client",
    client_secret: str = "a-secret",
    **settings: Any,
) -> Registered:
    """Return a client that a peer knows and nobody has used; its id ends as given."""
    client = Registered(f"{next(_numbers)}-{client_id}", client_secret, **settings)
    peer.register(client)
    return client


def is_active(peer: Peer, client: Registered, token: str) -> bool:
    """Return whether the server itself says that it accepts a token."""
    return bool(_asked(peer, "introspection", client, token).json()["active"])


def revoke(peer: Peer, client: Registered, token: str) -> None:
    """Let the server accept a token no longer."""
    _asked(peer, "revocation", client, token)


def _asked(peer: Peer, endpoint: str, client: Registered, token: str) -> httpx.Response:
    answer = httpx.post(
        f"{peer.url}/{endpoint}",
        data={"token": token},
        auth=(client.client_id, client.client_secret),
    )
    return answer.raise_for_status()
