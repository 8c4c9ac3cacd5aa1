"""The authorization servers; each test runs once with each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.peers.authlib_server import authlib_server
from tests.peers.oidc_provider import Unavailable, oidc_provider
from tests.peers.peer import Peer


@pytest.fixture(scope="session", params=["authlib", "oidc-provider"])
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    """An authorization server for all tests; each registers clients of its own."""
    if request.param == "authlib":
        with authlib_server() as server:
            yield server
        return
    try:
        with oidc_provider() as provider:
            yield provider
    except Unavailable as error:
        pytest.skip(str(error))
