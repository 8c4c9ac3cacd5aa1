"""Read the next page while the last one is written."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def one_ahead(items: Iterator[Item]) -> Generator[Item]:
    """Yield items, and ask for the next one in a thread while the last one is used.

    An error comes when it is the turn of its item. Closing waits for the item that was
    asked for.
    """
    with ThreadPoolExecutor(1, "enboarder-export") as reader:
        coming = reader.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = reader.submit(next, items, None)
            yield item
