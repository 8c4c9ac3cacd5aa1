"""What these tests share: a stand-in service, and the headers that carry each kind of credential."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import httpx

from enboarder.mock import MockServer
from tests.test_every_method import (
    world as world,
)  # a fixture: a service in which one of everything exists

Figures: TypeAlias = Callable[[str, object], None]
"""The type of pytest's `record_property`: what a judge found, which the plugin `judge` prints at the end."""


def headers_of(mock: MockServer, family: str) -> dict[str, str]:
    """The header of a credential that the service takes; `bearer` and `bare` are given a new token."""
    if family == "key":
        return {"apikey": mock.api_key}
    form, auth = (
        {"grant_type": "client_credentials"},
        (mock.client_id, mock.client_secret),
    )
    token = (
        httpx.post(mock.token_url, data=form, auth=auth)
        .raise_for_status()
        .json()["access_token"]
    )
    return {"Authorization": f"Bearer {token}" if family == "bearer" else token}
