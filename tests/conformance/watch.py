"""Stands beside the client: between its sender and its transport, where a call has a name and a request."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import httpx
import pytest

from enboarder import transport
from enboarder.messages import Failure, Message
from enboarder.sender import Settings
from enboarder_api.client import Answer, Arguments, Operation
from tests.conformance.calls import Attempt, Call, Calls

PREPARED: ContextVar[Call | None] = ContextVar("PREPARED", default=None)
"""The call that this thread or task prepared last."""
UNDER_WAY: ContextVar[Attempt | None] = ContextVar("UNDER_WAY", default=None)


def watch(calls: Calls, patch: pytest.MonkeyPatch) -> None:
    """Let `calls` see each attempt of every client of this process; one that is broken off is not weighed."""
    prepare, send, send_async = Settings.prepare, transport.send, transport.send_async

    def prepare_watched(settings: Settings, operation: Operation, arguments: Arguments) -> Any:
        call, message = prepare(settings, operation, arguments)
        PREPARED.set(Call(operation, settings, message))
        return call, message

    def send_watched(client: httpx.Client, message: Message) -> Answer | Failure:
        with _Watched(message) as attempt:
            result = send(client, message)
        _weigh(calls, attempt, message, result)
        return result

    async def send_watched_async(client: httpx.AsyncClient, message: Message) -> Answer | Failure:
        with _Watched(message) as attempt:
            result = await send_async(client, message)
        _weigh(calls, attempt, message, result)
        return result

    patch.setattr(Settings, "prepare", prepare_watched)
    patch.setattr(transport, "send", send_watched)
    patch.setattr(transport, "send_async", send_watched_async)
    patch.setattr(transport, "build", _hooked(transport.build, _note))
    patch.setattr(transport, "build_async", _hooked(transport.build_async, _note_async))


class _Watched:
    """An attempt under way; a token request in its middle is an attempt of its own."""

    def __init__(self, message: Message) -> None:
        call = PREPARED.get()
        self._attempt = Attempt(call if call and call.message is message else None)

    def __enter__(self) -> Attempt:
        self._before = UNDER_WAY.set(self._attempt)
        return self._attempt

    def __exit__(self, *_: object) -> None:
        UNDER_WAY.reset(self._before)


def _weigh(calls: Calls, attempt: Attempt, message: Message, result: Answer | Failure) -> None:
    if os.getpid() == calls.process:  # what a forked process sees is lost
        calls.weigh(attempt, message, result if isinstance(result, Answer) else None)


def _hooked(build: Callable[..., Any], hook: Callable[..., Any]) -> Callable[..., Any]:
    """A client whose requests are noted as they go out, with all headers: httpx calls the hook for a replay, too."""

    def build_hooked(*arguments: Any) -> Any:
        client = build(*arguments)
        client.event_hooks["request"].append(hook)
        return client

    return build_hooked


def _note(request: httpx.Request) -> None:
    attempt = UNDER_WAY.get()
    if attempt is not None:
        copy = httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        attempt.requests.append(copy)


async def _note_async(request: httpx.Request) -> None:
    _note(request)
