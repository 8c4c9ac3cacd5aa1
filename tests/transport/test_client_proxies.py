"""A proxy object belongs to the library that sends."""

from __future__ import annotations

from typing import Any

import httpx
import httpx2
import pytest

from enboarder import ApiKey, AsyncEnboarder, ConfigurationError
from tests.conftest import BASE_URL

ADDRESS = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("engine", "proxy"),
    [
        ("httpx", httpx2.URL(ADDRESS)),
        ("httpx2", httpx.URL(ADDRESS)),
        ("aiohttp", httpx2.Proxy(ADDRESS)),
    ],
)
def test_proxy_of_another_library_is_named(engine: Any, proxy: Any) -> None:
    """It is refused when the client is built, as an error of ours."""
    with pytest.raises(ConfigurationError, match=f"{engine} cannot use proxy"):
        AsyncEnboarder(ApiKey("key"), base_url=BASE_URL, engine=engine, proxy=proxy)
