"""The credentials that one mock accepts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field


def _random_key() -> str:
    return secrets.token_urlsafe(32)


def _random_client_id() -> str:
    return secrets.token_urlsafe(20)


def _random_client_secret() -> str:
    return secrets.token_urlsafe(40)


@dataclass(frozen=True, repr=False)
class Credentials:
    """An API key and an OAuth2 client, random unless they are given."""

    api_key: str = field(default_factory=_random_key)
    client_id: str = field(default_factory=_random_client_id)
    client_secret: str = field(default_factory=_random_client_secret)
