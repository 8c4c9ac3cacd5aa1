"""The limits of the pools that the clients of a library have."""

from __future__ import annotations

from typing import Any

import pytest

from enboarder.transport.client import build, build_async
from tests.conftest import BASE_URL


@pytest.mark.parametrize("build_client", [build, build_async])
def test_pool_has_the_limits_of_this_package(build_client: Any) -> None:
    """Those of the library are five times as many connections."""
    pool = build_client(None, {}, BASE_URL)._transport._pool

    assert (20, 20) == (pool._max_connections, pool._max_keepalive_connections)
    assert 5.0 == pool._keepalive_expiry
