"""Send a call until it has a result: the blocking and the awaiting driver."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TypeVar

from attrs import frozen

from enboarder_api.client import Answer, Arguments, Operation, Page

from ..auth.origin import OriginAuth
from ..clock import Clock
from ..errors import CallError
from ..paging import Cursor, rows, rows_async
from ..quoting import quotable
from ..transport.client import build, build_async
from ..transport.connections import AsyncConnections, Connections
from ..transport.exchange import send, send_async, showable
from ..transport.messages import Failure, Request, retry_after
from ..transport.options import HttpOptions
from .conclusion import conclude
from .guard import Guard
from .loading import LOADING
from .plan import Call, Planner, checked_seconds
from .retry import Attempt, RetryPolicy
from .verdict import is_success

T = TypeVar("T")
log = logging.getLogger("enboarder")


@frozen
class Rules:
    """The rules for sending calls, for both clients.

    Args:
        planner: turns operations into requests.
        retry: decides when to send again.
        clock: time, and waiting.
    """

    planner: Planner
    retry: RetryPolicy
    clock: Clock

    def pause(self, call: Call, number: int, result: Answer | Failure) -> float | None:
        """Return the seconds before the next attempt; None if this was the last."""
        pause = None
        if not _is_final(result):
            # What is final is never sent again, whatever a policy of the user's says.
            pause = self._pause_of_policy(call, number, result)
        if log.isEnabledFor(logging.DEBUG):
            ended = result.reason if isinstance(result, Failure) else result.status
            again = "" if pause is None else f", again in {pause:.1f} s"
            said = "%s: %s (attempt %d%s)"
            _log(logging.DEBUG, said, call.label, ended, number, again)
        return pause

    def _pause_of_policy(
        self, call: Call, number: int, result: Answer | Failure
    ) -> float | None:
        """Return the seconds that the policy wants; None if the policy fails.

        The call then ends with the result of its last attempt.
        """
        attempt = self._attempt(call, number, result)
        try:
            pause = self.retry.wait(attempt)
            if pause is None or pause == 0:
                return pause
            return checked_seconds("a wait", pause)
        except Exception as error:  # noqa: BLE001
            kind = type(error).__name__
            said = "%s: the retry policy raised %s"
            _log(logging.WARNING, said, call.operation.name, kind)
            return None

    def _attempt(self, call: Call, number: int, result: Answer | Failure) -> Attempt:
        writes = call.operation.writes
        if isinstance(result, Failure):
            return Attempt(number, writes, None, result.sent, None)
        asked = retry_after(result.headers, self.clock.wall())
        return Attempt(number, writes, result.status, True, asked)

    def finish(
        self, call: Call, result: Answer | Failure, parse: Callable[[Answer], T]
    ) -> T:
        """Return the result of a call, or raise its error; log warnings."""
        value = conclude(call, result, parse, self.clock.wall())
        if self.planner.show_warnings and isinstance(result, Answer):
            for warning in result.warnings:
                said = quotable(warning)
                _log(logging.WARNING, "%s: %s", call.operation.name, said)
        return value


def _log(level: int, text: str, *values: object) -> None:
    """Log; a handler that raises does not change how a call ends."""
    with suppress(Exception):
        log.log(level, text, *values)


def _is_final(result: Answer | Failure) -> bool:
    if isinstance(result, Failure):
        return result.is_lasting
    return is_success(result)


def load_judges(call: Call) -> None:
    """Import the modules that judge an answer, before a write is sent.

    Later this may fail, for example because no file descriptor is left.
    """
    if call.operation.writes:
        import_module("enboarder_api.catalogue")


class BlockingSender:
    """Sends from the calling thread.

    Args:
        rules: how to send.
        auth: signs the requests.
        options: those of the HTTP client.
    """

    loading = LOADING

    def __init__(self, rules: Rules, auth: OriginAuth, options: HttpOptions) -> None:
        self.rules = rules
        self.connections = Connections(
            partial(build, auth, options, rules.planner.base_url),
            rules.clock,
            replaceable=options.get("transport") is None,
        )

    def send(
        self,
        operation: Operation,
        arguments: Arguments,
        parse: Callable[[Answer], T],
    ) -> T:
        """Send a call, and return what `parse` makes of a successful answer."""
        with self.loading:
            call, request = self.rules.planner.plan(operation, arguments)
            load_judges(call)
        guard = Guard(call)
        try:
            return self._send(call, request, parse, guard)
        except CallError:
            raise
        except Exception as error:
            if not guard.may_have_left:
                raise
            unknown = guard.unknown(error)
            cause = showable(error)
        except BaseException as error:
            guard.note(error)
            raise
        # Outside of `except`, the error does not refer to the frames of the other one,
        # which hold the request.
        raise unknown from cause

    def _send(
        self, call: Call, request: Request, parse: Callable[[Answer], T], guard: Guard
    ) -> T:
        number = 1
        while True:
            result = self._attempt(request, guard)
            pause = self.rules.pause(call, number, result)
            if pause is None:
                return self.rules.finish(call, result, parse)
            guard.new_attempt()
            self.rules.clock.sleep(pause)
            number += 1

    def _attempt(self, request: Request, guard: Guard) -> Answer | Failure:
        connections = self.connections
        progress = guard.progress
        with connections.lent() as client:
            try:
                return send(client, request, progress, connections.is_closed)
            finally:
                if progress.broke_off:
                    connections.replace(client)

    def rows(
        self, fetch: Callable[[Cursor], Page[T]], cursor: Cursor, name: str
    ) -> Iterator[T]:
        """Yield every row, page after page."""
        return rows(fetch, cursor, name)


class AwaitingSender:
    """Sends on asyncio.

    Args:
        rules: how to send.
        auth: signs the requests.
        options: those of the HTTP client.
    """

    loading = LOADING

    def __init__(self, rules: Rules, auth: OriginAuth, options: HttpOptions) -> None:
        self.rules = rules
        self.connections = AsyncConnections(
            partial(build_async, auth, options, rules.planner.base_url),
            rules.clock,
            replaceable=options.get("transport") is None,
        )

    async def send(
        self,
        operation: Operation,
        arguments: Arguments,
        parse: Callable[[Answer], T],
    ) -> T:
        """Send a call, and return what `parse` makes of a successful answer."""
        with self.loading:
            call, request = self.rules.planner.plan(operation, arguments)
            load_judges(call)
        guard = Guard(call)
        try:
            return await self._send(call, request, parse, guard)
        except CallError:
            raise
        except Exception as error:
            if not guard.may_have_left:
                raise
            unknown = guard.unknown(error)
            cause = showable(error)
        except BaseException as error:
            guard.note(error)
            raise
        raise unknown from cause

    async def _send(
        self, call: Call, request: Request, parse: Callable[[Answer], T], guard: Guard
    ) -> T:
        number = 1
        while True:
            result = await self._attempt(request, guard)
            pause = self.rules.pause(call, number, result)
            if pause is None:
                return self.rules.finish(call, result, parse)
            guard.new_attempt()
            await self.rules.clock.sleep_async(pause)
            number += 1

    async def _attempt(self, request: Request, guard: Guard) -> Answer | Failure:
        connections = self.connections
        progress = guard.progress
        async with connections.lent() as client:
            try:
                return await send_async(
                    client, request, progress, connections.is_closed
                )
            finally:
                if progress.broke_off:
                    connections.replace(client)

    def rows(
        self, fetch: Callable[[Cursor], Awaitable[Page[T]]], cursor: Cursor, name: str
    ) -> AsyncIterator[T]:
        """Yield every row, page after page."""
        return rows_async(fetch, cursor, name)
