"""Stands beside the client: between its sender and its transport, where a call has a name and a request."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpx
import pytest

from enboarder import transport
from enboarder.messages import Failure, Message
from enboarder.sender import Settings
from enboarder_api.client import Answer, Arguments, Operation
from tests.conformance.calls import Attempt, Call, Calls


def watch(calls: Calls, patch: pytest.MonkeyPatch) -> None:
    """Let `calls` see each attempt of every client of this process; one that is broken off is not weighed."""
    watcher = _Watcher(calls)
    prepare, send, send_async = Settings.prepare, transport.send, transport.send_async

    def prepare_watched(
        settings: Settings, operation: Operation, arguments: Arguments
    ) -> Any:
        call, message = prepare(settings, operation, arguments)
        watcher.prepared.set(Call(operation, settings, message))
        return call, message

    def send_watched(client: httpx.Client, message: Message) -> Answer | Failure:
        with watcher.attempt(message) as attempt:
            result = send(client, message)
        watcher.weigh(attempt, message, result)
        return result

    async def send_watched_async(
        client: httpx.AsyncClient, message: Message
    ) -> Answer | Failure:
        with watcher.attempt(message) as attempt:
            result = await send_async(client, message)
        watcher.weigh(attempt, message, result)
        return result

    patch.setattr(Settings, "prepare", prepare_watched)
    patch.setattr(transport, "send", send_watched)
    patch.setattr(transport, "send_async", send_watched_async)
    patch.setattr(transport, "build", _hooked(transport.build, watcher.note))
    patch.setattr(
        transport, "build_async", _hooked(transport.build_async, watcher.note_async)
    )


class _Watcher:
    """What a thread or a task is about."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._under_way: ContextVar[Attempt | None] = ContextVar(
            "under_way", default=None
        )
        self.prepared: ContextVar[Call | None] = ContextVar("prepared", default=None)

    @contextmanager
    def attempt(self, message: Message) -> Iterator[Attempt]:
        """An attempt, while it is under way; a token request in its middle is one of its own."""
        call = self.prepared.get()
        attempt = Attempt(call if call and call.message is message else None)
        before = self._under_way.set(attempt)
        try:
            yield attempt
        finally:
            self._under_way.reset(before)

    def note(self, request: httpx.Request) -> None:
        """A request as it goes out, with all headers: httpx calls the hook for a replay, too."""
        if attempt := self._under_way.get():
            copy = httpx.Request(
                request.method,
                request.url,
                headers=request.headers,
                content=request.content,
            )
            attempt.requests.append(copy)

    async def note_async(self, request: httpx.Request) -> None:
        self.note(request)

    def weigh(
        self, attempt: Attempt, message: Message, result: Answer | Failure
    ) -> None:
        if os.getpid() == self._calls.process:  # what a forked process sees is lost
            self._calls.weigh(
                attempt, message, result if isinstance(result, Answer) else None
            )


def _hooked(build: Callable[..., Any], hook: Callable[..., Any]) -> Callable[..., Any]:
    def build_hooked(*arguments: Any) -> Any:
        client = build(*arguments)
        client.event_hooks["request"].append(hook)
        return client

    return build_hooked
