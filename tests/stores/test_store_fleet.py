"""Five processes, one store: one token request for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from enboarder.mock import MockServer
from tests.stores.conftest import MEMBERS, Fleet

pytestmark = pytest.mark.untraced


def environ(mock: MockServer, store_name: str) -> dict[str, str]:
    """Return the environment of a process that shares its token."""
    return {**mock.environ("oauth2"), "ENBOARDER_TOKEN_STORE": store_name}


def test_processes_cost_one_token_request(fleet: Fleet, store_name: str) -> None:
    """Five processes that start together need one token request."""
    with MockServer(token_delay=0.2) as mock:
        assert ["served"] * MEMBERS == fleet.call(environ(mock, store_name))
        assert 1 == mock.token_requests


def test_processes_without_a_store_cost_one_each(fleet: Fleet) -> None:
    """Without a store, five processes request five tokens."""
    with MockServer() as mock:
        assert ["served"] * MEMBERS == fleet.call(environ(mock, "memory"))
        assert MEMBERS == mock.token_requests


def test_a_dead_token_is_replaced_once_for_the_fleet(
    fleet: Fleet, store_name: str
) -> None:
    """If five processes have a dead token, one of them renews it for all."""
    with MockServer(token_delay=0.2) as mock:
        fleet.call(environ(mock, store_name))
        mock.revoke_tokens()

        assert ["served"] * MEMBERS == fleet.call(environ(mock, store_name))
        assert 2 == mock.token_requests


def test_a_fleet_whose_store_fails_is_served(fleet: Fleet, tmp_path: Path) -> None:
    """If the store does not work, each process requests its own token."""
    (tmp_path / "file").touch()
    with MockServer() as mock:
        broken = environ(mock, f"file:{tmp_path}/file/tokens")
        assert ["served"] * MEMBERS == fleet.call(broken)
        assert MEMBERS == mock.token_requests
