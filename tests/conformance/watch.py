"""Watch the client between its sender and its transport.

There a call has a name, and a request is complete.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpx
import pytest

from enboarder.sending import sender
from enboarder.sending.plan import Call, Planner
from enboarder.transport import exchange
from enboarder.transport.messages import Failure, Request
from enboarder_api.client import Answer, Arguments, Operation
from tests.conformance.calls import Attempt, Calls, Planned


def watch(calls: Calls, patch: pytest.MonkeyPatch) -> None:
    """Let `calls` see each attempt of every client of this process.

    An attempt that is broken off is not seen.
    """
    watcher = _Watcher(calls)
    patch.setattr(Planner, "plan", watcher.planning(Planner.plan))
    send = watcher.sending(exchange.send)
    send_async = watcher.sending_async(exchange.send_async)
    # Calls are sent by one module, token requests by the other.
    for module in (sender, exchange):
        patch.setattr(module, "send", send)
        patch.setattr(module, "send_async", send_async)
    for module in (sender, exchange):
        build = _with_hook(module.build, watcher.note)
        build_async = _with_hook(module.build_async, watcher.note_async)
        patch.setattr(module, "build", build)
        patch.setattr(module, "build_async", build_async)


class _Watcher:
    """What a thread or a task is about."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._planned: ContextVar[Planned | None] = ContextVar("planned", default=None)
        self._attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)

    def planning(self, plan: Callable[..., Any]) -> Callable[..., Any]:
        """Remember which request belongs to which operation."""

        def plan_watched(
            planner: Planner, operation: Operation, arguments: Arguments
        ) -> tuple[Call, Request]:
            call, request = plan(planner, operation, arguments)
            self._planned.set(Planned(operation, planner, request))
            return call, request

        return plan_watched

    def sending(self, send: Callable[..., Any]) -> Callable[..., Any]:
        """Watch an attempt of a blocking client."""

        def send_watched(
            client: httpx.Client, request: Request, *others: Any, **more: Any
        ) -> Answer | Failure:
            with self._under_way(request) as attempt:
                result: Answer | Failure = send(client, request, *others, **more)
            self._weigh(attempt, request, result)
            return result

        return send_watched

    def sending_async(self, send: Callable[..., Any]) -> Callable[..., Any]:
        """Watch an attempt of an asynchronous client."""

        async def send_watched(
            client: httpx.AsyncClient, request: Request, *others: Any, **more: Any
        ) -> Answer | Failure:
            with self._under_way(request) as attempt:
                sent = send(client, request, *others, **more)
                result: Answer | Failure = await sent
            self._weigh(attempt, request, result)
            return result

        return send_watched

    def note(self, request: httpx.Request) -> None:
        """Note a request as it goes out; httpx calls the hook for a replay, too."""
        attempt = self._attempt.get()
        if attempt is not None:
            copy = httpx.Request(
                request.method,
                request.url,
                headers=request.headers,
                content=request.content,
            )
            attempt.requests.append(copy)

    async def note_async(self, request: httpx.Request) -> None:
        """Note a request of an asynchronous client."""
        self.note(request)

    @contextmanager
    def _under_way(self, request: Request) -> Iterator[Attempt]:
        """Give the attempt; a token request in its middle has its own."""
        planned = self._planned.get()
        if planned is not None and planned.request is not request:
            planned = None
        attempt = Attempt(planned)
        before = self._attempt.set(attempt)
        try:
            yield attempt
        finally:
            self._attempt.reset(before)

    def _weigh(
        self, attempt: Attempt, request: Request, result: Answer | Failure
    ) -> None:
        # What a forked process sees is lost.
        if os.getpid() == self._calls.process:
            answer = result if isinstance(result, Answer) else None
            self._calls.weigh(attempt, request, answer)


def _with_hook(
    build: Callable[..., Any], hook: Callable[..., Any]
) -> Callable[..., Any]:
    def build_watched(*arguments: Any) -> Any:
        client = build(*arguments)
        client.event_hooks["request"].append(hook)
        return client

    return build_watched
