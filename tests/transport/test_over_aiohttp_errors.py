"""The errors of aiohttp get the names of httpx, which say what was sent."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
import pytest

from enboarder.transport.deadline import Deadline
from enboarder.transport.over_aiohttp import Attempt
from tests.conftest import LONG

PLACE: Any = SimpleNamespace(
    real_url="https://api.example.com/", host="api.example.com", port=443, ssl=True
)
REFUSED = aiohttp.ClientHttpProxyError(PLACE, (), status=407)
UNREACHED = aiohttp.ClientProxyConnectionError(PLACE, OSError("x"))
BROKEN = aiohttp.ClientResponseError(PLACE, (), status=400)


@pytest.mark.parametrize(
    ("error", "before", "after"),
    [
        (REFUSED, httpx.ProxyError, httpx.RemoteProtocolError),
        (UNREACHED, httpx.ProxyError, httpx.ReadError),
        (TimeoutError(), httpx.ConnectTimeout, httpx.ReadTimeout),
        (OSError("x"), httpx.ConnectError, httpx.ReadError),
        (aiohttp.ServerDisconnectedError(), httpx.ConnectError, httpx.ReadError),
        (BROKEN, httpx.ConnectError, httpx.RemoteProtocolError),
    ],
)
def test_error_has_the_name_that_other_engines_give_it(
    error: Exception, before: type[Exception], after: type[Exception]
) -> None:
    """It depends on whether the request had a connection, so that it may have left."""

    async def names() -> list[type[Exception]]:
        attempt = Attempt(Deadline(httpx, LONG))
        found = [type(attempt.failure(error))]
        attempt.is_connected = True
        return [*found, type(attempt.failure(error))]

    assert [before, after] == asyncio.run(names())
