"""The pytest fixture `enboarder_mock`: installed with the extra `mock`, pytest finds it by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from . import MockServer


@pytest.fixture
def enboarder_mock() -> Iterator[MockServer]:
    """A stand-in service of this test's own: `Enboarder.from_env(enboarder_mock.environ("oauth2"))`.

    No token outlives the test: the token cache of the process is empty when it begins and when it ends.
    """
    # Imported by tests that use it, not by every pytest run on the machine.
    from .. import clear_token_cache
    from . import MockServer

    clear_token_cache()
    with MockServer() as server:
        yield server
    clear_token_cache()
