"""Pages that are read while the last one is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from enboarder.export.ahead import one_ahead
from tests.conftest import LONG


def test_next_item_is_read_while_the_last_one_is_used() -> None:
    """Reading waits for nobody who writes."""
    is_read = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        is_read.set()
        yield 2

    with closing(one_ahead(items())) as coming:
        assert next(coming) == 1
        assert is_read.wait(LONG)
        assert list(coming) == [2]


def test_an_error_comes_after_the_items_before_it() -> None:
    """What came before it can be kept."""

    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    coming = one_ahead(items())

    assert next(coming) == 1
    with pytest.raises(ValueError, match="broken"):
        next(coming)


def test_closing_leaves_no_thread_behind() -> None:
    """An export that ends early waits for the page that it asked for."""
    before = threading.active_count()

    with closing(one_ahead(iter([1, 2, 3]))) as coming:
        next(coming)

    assert threading.active_count() == before
