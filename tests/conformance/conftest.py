"""What these tests share: the headers of each kind of credential."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import httpx

from enboarder.mock import MockServer

Figures: TypeAlias = Callable[[str, object], None]
"""The type of pytest's `record_property`.

The plugin `judge` prints at the end what a judge found.
"""


def headers_of(mock: MockServer, family: str) -> dict[str, str]:
    """The header of a credential that the mock accepts.

    `bearer` and `bare` get a new token.
    """
    if family == "key":
        return {"apikey": mock.api_key}
    form = {"grant_type": "client_credentials"}
    client = (mock.client_id, mock.client_secret)
    reply = httpx.post(mock.token_url, data=form, auth=client).raise_for_status()
    token = reply.json()["access_token"]
    if family == "bearer":
        token = f"Bearer {token}"
    return {"Authorization": token}
