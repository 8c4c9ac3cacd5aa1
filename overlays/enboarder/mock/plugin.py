"""The pytest fixture `enboarder_mock`, which pytest finds automatically."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from . import MockServer


@pytest.fixture
def enboarder_mock() -> Iterator[MockServer]:
    """Serve a mock for one test, without a token of another test.

    Use it with `Enboarder.from_env(enboarder_mock.environ("oauth2"))`.
    """
    # Only tests that use the fixture need these imports.
    from .. import clear_token_cache
    from . import MockServer

    clear_token_cache()
    with MockServer() as server:
        yield server
    clear_token_cache()
