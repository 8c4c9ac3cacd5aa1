"""What an interrupted renewal changes for the callers that come after it."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from enboarder.auth.token import Token
from enboarder.auth.token_cache import TokenCache
from tests.auth.fake_endpoint import FakeEndpoint
from tests.conftest import FakeClock


class Stop(BaseException):
    """Ends whatever runs, and is no error."""


def test_interrupted_renewal_allows_no_earlier_replacement(
    cache: TokenCache, time: FakeClock
) -> None:
    """Refusals cause one renewal in 30 s, whatever else happens in between."""
    endpoint = FakeEndpoint(time, lifetime=20.0)
    dead = cache.get(endpoint.fetch)
    also_dead = cache.replace(dead, endpoint.fetch)
    assert also_dead is not None
    # From here on the token is due, and still valid.
    time.pass_time(16)
    endpoint.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        cache.get(endpoint.fetch)
    endpoint.error = None

    assert cache.replace(also_dead, endpoint.fetch) is None


@pytest.mark.parametrize("kind", [asyncio.CancelledError, Stop])
def test_event_loop_reports_no_interrupt_that_a_caller_got(
    cache: TokenCache, endpoint: FakeEndpoint, kind: type[BaseException]
) -> None:
    """The log has no second traceback, and none of an error in a callback."""
    reports: list[dict[str, Any]] = []

    async def fetch() -> Token:
        token = endpoint.fetch()
        if endpoint.requests == 1:
            raise kind
        return token

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, report: reports.append(report))
        with pytest.raises(kind):
            await cache.get_async(fetch)
        await asyncio.sleep(0)

    asyncio.run(run())
    gc.collect()

    assert [] == reports
