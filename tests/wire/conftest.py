"""One network of servers for the tests of a module."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.wire.server import Network


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    """Starts servers on loopback."""
    network = Network()
    yield network
    network.close()


# The library that connects on asyncio drops a connection that is made in the moment of
# a cancellation, and asyncio reports it when memory is collected.
CANCELS_CONNECTS = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture
def dropped_connections() -> Iterator[None]:
    """Collects what the test dropped while its own filter of warnings is in force."""
    yield
    gc.collect()
