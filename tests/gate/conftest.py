"""The contract to break, and the judges from npm; without Node.js tests are skipped."""

from __future__ import annotations

import pytest

from scripts.npm import node
from tests.scripts.conftest import document as document
from tests.scripts.conftest import original as original


@pytest.fixture(scope="session")
def npm() -> None:
    """The judges from npm are installed."""
    try:
        node.install()
    except node.NodeMissing as error:
        pytest.skip(str(error))
