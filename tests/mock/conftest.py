"""One server for all tests that need no settings of their own; each test uses ids of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import httpx
import pytest

from enboarder.mock import MockServer

COUNTER = itertools.count(1)


@pytest.fixture(scope="session")
def mock() -> Iterator[MockServer]:
    """A running mock."""
    with MockServer() as server:
        yield server


@pytest.fixture(scope="session")
def by_key(mock: MockServer) -> Iterator[httpx.Client]:
    """A plain HTTP client with the API key."""
    with httpx.Client(
        base_url=mock.base_url, headers={"apikey": mock.api_key}
    ) as client:
        yield client


@pytest.fixture
def by_token(mock: MockServer) -> Iterator[httpx.Client]:
    """A plain HTTP client with a bare access token of its own: other tests revoke all that there are."""
    with httpx.Client(
        base_url=mock.base_url, headers={"Authorization": token_of(mock)}
    ) as client:
        yield client


@pytest.fixture
def new_id() -> str:
    """An external id that no other test uses."""
    return f"ENB-{next(COUNTER):04}"


def token_of(mock: MockServer) -> str:
    """A new access token."""
    auth = (mock.client_id, mock.client_secret)
    reply = httpx.post(
        mock.token_url, data={"grant_type": "client_credentials"}, auth=auth
    )
    return str(reply.json()["access_token"])
