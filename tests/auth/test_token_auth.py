"""A request is signed again only with a token that is better than its own."""

from __future__ import annotations

import os

import pytest

from tests.conftest import BASE_URL, FakeClock, Service, credentials
from tests.engine import httpx


@pytest.mark.parametrize("waits", [0.0, 3000.0], ids=["fresh", "due"])
def test_request_keeps_its_token_while_there_is_no_newer_one(
    time: FakeClock, waits: float
) -> None:
    """A token that is due for renewal is still valid, and nobody waits for another."""
    service = Service()
    auth = credentials().auth(
        base_url=BASE_URL, transport=service.transport, clock=time.clock
    )
    request = httpx.Request("GET", BASE_URL)
    next(auth.sync_auth_flow(request))
    time.pass_time(waits)

    assert auth.sign_again(request) is None
    assert "token-1" == request.headers["authorization"]
    assert 1 == len(service.token_requests)


def test_callers_of_a_process_search_under_one_lock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A forked process has another one: a thread of its parent may hold the first."""
    auth = credentials().auth(base_url=BASE_URL)
    of_parent = auth._search()
    assert auth._search() is of_parent

    monkeypatch.setattr(os, "getpid", lambda: -1)

    of_child = auth._search()
    assert of_child is not of_parent
    assert auth._search() is of_child
