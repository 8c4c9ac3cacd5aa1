"""Eight processes, one store: one token request for all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enboarder.mock import MockServer
from enboarder.stores import Store
from tests.stores.conftest import Fleet

pytestmark = pytest.mark.untraced


def environ(mock: MockServer, store_name: str) -> dict[str, str]:
    """The environment of a process that shares its token."""
    return {**mock.environ("oauth2"), "ENBOARDER_TOKEN_STORE": store_name}


def test_eight_processes_cost_one_token_request(fleet: Fleet, store_name: str) -> None:
    """Eight processes that begin at once are all served by one token request; so is one that comes later."""
    with MockServer(token_delay=0.2) as mock:
        assert ["served"] * 8 == fleet.call(environ(mock, store_name))
        assert 1 == mock.token_requests


def test_eight_processes_without_a_store_cost_eight(fleet: Fleet) -> None:
    """What the stores save: by themselves, eight processes ask eight times."""
    with MockServer() as mock:
        assert ["served"] * 8 == fleet.call(environ(mock, "memory"))
        assert 8 == mock.token_requests


def test_a_dead_token_is_replaced_once_for_the_fleet(fleet: Fleet, store_name: str) -> None:
    """When the service forgets a token that eight processes hold, no call fails and one of them asks for the next."""
    with MockServer(token_delay=0.2) as mock:
        fleet.call(environ(mock, store_name))
        mock.revoke_tokens()

        assert ["served"] * 8 == fleet.call(environ(mock, store_name))
        assert 2 == mock.token_requests


def test_a_fleet_whose_store_fails_is_served(fleet: Fleet, new_store: Callable[[], Store], tmp_path: object) -> None:
    """Processes that share nothing, because the store is out of order, ask for themselves."""
    with MockServer() as mock:
        assert ["served"] * 8 == fleet.call(environ(mock, f"file:{__file__}/not-a-folder"))
        assert 8 == mock.token_requests
