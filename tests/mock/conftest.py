"""What the tests of the mock share: a server for each test, and plain HTTP clients."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from enboarder.mock import MockServer


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """A running mock of the test's own."""
    with MockServer() as server:
        yield server


@pytest.fixture
def anonymous(mock: MockServer) -> Iterator[httpx.Client]:
    """A plain HTTP client without a credential."""
    with connect(mock) as client:
        yield client


@pytest.fixture
def by_key(mock: MockServer) -> Iterator[httpx.Client]:
    """A plain HTTP client with the API key."""
    with connect(mock, apikey=mock.api_key) as client:
        yield client


@pytest.fixture
def by_token(mock: MockServer) -> Iterator[httpx.Client]:
    """A plain HTTP client with a bare access token."""
    with connect(mock, Authorization=token_of(mock)) as client:
        yield client


def connect(mock: MockServer, **headers: str) -> httpx.Client:
    """Return a plain HTTP client of a mock.

    It loads no certificates, which takes ten times as long as starting a mock.
    """
    return httpx.Client(base_url=mock.base_url, headers=headers, verify=False)


def ask_for_token(mock: MockServer, **form: str) -> httpx.Response:
    """Ask for a token by HTTP Basic."""
    with connect(mock) as client:
        return client.post(
            "/oauth2/token",
            data={"grant_type": "client_credentials", **form},
            auth=(mock.client_id, mock.client_secret),
        )


def token_of(mock: MockServer) -> str:
    """Return a new access token."""
    return str(ask_for_token(mock).json()["access_token"])
