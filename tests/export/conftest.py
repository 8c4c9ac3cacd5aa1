"""What the tests of exports share: both readers of JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from enboarder.export import cutting, json_values, libraries

READERS = ["the standard library"]
if find_spec("msgspec") is not None:
    READERS.append("msgspec")


def _forget_readers() -> None:
    json_libraries = (json_values.fast_decoder, json_values.fast_encoder)
    for cached in (libraries.msgspec, *json_libraries, cutting.ways):
        cached.cache_clear()


@pytest.fixture(params=READERS)
def reader(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Run the test with each library that can read JSON."""
    if request.param != "msgspec":
        monkeypatch.setitem(sys.modules, "msgspec", None)
    _forget_readers()
    yield request.param
    monkeypatch.undo()
    _forget_readers()
