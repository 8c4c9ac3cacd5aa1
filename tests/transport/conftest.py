"""One network of servers for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wire.server import Network


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    """Starts servers on loopback."""
    network = Network()
    yield network
    network.close()
