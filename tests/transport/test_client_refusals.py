"""What a library cannot use is named when a client is built."""

from __future__ import annotations

import errno
from typing import Any

import httpx
import httpx2
import pytest

from enboarder import ApiKey, AsyncEnboarder, ConfigurationError, Enboarder
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


def test_library_that_can_open_no_file_is_an_error_of_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process without a free descriptor learns why it gets no client."""

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(httpx.HTTPTransport, "__init__", fail)

    with pytest.raises(ConfigurationError, match="Too many open files"):
        Enboarder(ApiKey("key"), base_url=BASE_URL, engine="httpx")
