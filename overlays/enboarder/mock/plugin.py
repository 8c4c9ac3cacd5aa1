"""The pytest fixture `enboarder_mock`: installed with the extra `mock`, pytest finds it by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from . import MockServer


@pytest.fixture
def enboarder_mock() -> Iterator[MockServer]:
    """A stand-in service of this test's own: `Enboarder.from_env(enboarder_mock.environ("oauth2"))`."""
    from . import MockServer  # imported by tests that use it, not by every pytest run on the machine

    with MockServer() as server:
        yield server
