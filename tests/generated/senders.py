"""Senders that note what they are given, instead of sending it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import nullcontext
from typing import Any, NamedTuple, TypeVar

from enboarder_api.client import Answer, Arguments, Operation, Page
from enboarder_api.types import Unset

T = TypeVar("T")


class Sent(NamedTuple):
    """What a resource hands to its sender."""

    operation: Operation
    arguments: Arguments
    parse: Callable[[Answer], Any]


class RecordingSender:
    """Notes each call, and answers with the next of some contents."""

    loading = nullcontext()

    def __init__(self, *contents: bytes) -> None:
        self.contents = list(contents)
        self.calls: list[Sent] = []
        self.names: list[str] = []

    def send(
        self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]
    ) -> Any:
        self.calls.append(Sent(operation, arguments, parse))
        if not self.contents:
            return None
        return parse(Answer(200, {}, self.contents.pop(0)))

    def rows(
        self, fetch: Callable[[str | Unset], Page[T]], cursor: str | Unset, name: str
    ) -> Iterator[T]:
        self.names.append(name)
        while True:
            page = fetch(cursor)
            yield from page.items or []
            if not page.next_cursor:
                return
            cursor = page.next_cursor


class AsyncRecordingSender:
    """The same, awaited."""

    loading = nullcontext()

    def __init__(self, *contents: bytes) -> None:
        self._sender = RecordingSender(*contents)
        self.calls = self._sender.calls
        self.names = self._sender.names

    async def send(
        self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]
    ) -> Any:
        return self._sender.send(operation, arguments, parse)

    async def rows(
        self,
        fetch: Callable[[str | Unset], Awaitable[Page[T]]],
        cursor: str | Unset,
        name: str,
    ) -> AsyncIterator[T]:
        self.names.append(name)
        while True:
            page = await fetch(cursor)
            for row in page.items or []:
                yield row
            if not page.next_cursor:
                return
            cursor = page.next_cursor
