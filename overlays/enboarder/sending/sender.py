"""Send a call until it has a result: a blocking and an awaiting driver."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from importlib import import_module
from typing import TypeVar

from attrs import frozen

from enboarder_api.client import Answer, Arguments, Operation, Page

from ..clock import Clock
from ..paging import Cursor, rows, rows_async
from ..transport.client import AsyncClient, Client
from ..transport.connections import AsyncConnections, Connections
from ..transport.exchange import send, send_async
from ..transport.hooks import Progress
from ..transport.messages import Failure, Request, retry_after
from ..words import quotable
from .guard import Guard
from .outcome import conclude
from .plan import Call, Planner
from .retry import Attempt, RetryPolicy

T = TypeVar("T")
log = logging.getLogger("enboarder")


@frozen
class Rules:
    """How calls are sent, whichever client sends them.

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
        if not _is_success(result):
            # A success is never sent again, whatever a policy of the user's says.
            pause = self.retry.wait(self._attempt(call, number, result))
        ended = result.reason if isinstance(result, Failure) else result.status
        again = "" if pause is None else f", again in {pause:.1f} s"
        log.debug("%s: %s (attempt %d%s)", call.label, ended, number, again)
        return pause

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
                log.warning("%s: %s", call.operation.name, quotable(warning))
        return value


def _is_success(result: Answer | Failure) -> bool:
    return isinstance(result, Answer) and 200 <= result.status < 300


def load_judges(call: Call) -> None:
    """Import what judges a write before it is sent.

    Afterwards it may be impossible, for want of a file descriptor, say.
    """
    if call.operation.writes:
        import_module("enboarder_api.catalogue")


class BlockingSender:
    """Sends from the calling thread.

    Args:
        rules: how to send.
        connect: builds the HTTP client.
    """

    def __init__(self, rules: Rules, connect: Callable[[], Client]) -> None:
        self.rules = rules
        self.connections = Connections(connect, rules.clock)

    def send(
        self,
        operation: Operation,
        arguments: Arguments,
        parse: Callable[[Answer], T],
    ) -> T:
        """Send a call, and return what `parse` makes of a successful answer."""
        call, request = self.rules.planner.plan(operation, arguments)
        load_judges(call)
        number = 1
        with Guard(call) as guard:
            while True:
                result = self._sent(request, guard.new_attempt())
                pause = self.rules.pause(call, number, result)
                if pause is None:
                    return self.rules.finish(call, result, parse)
                guard.new_attempt()
                self.rules.clock.sleep(pause)
                number += 1

    def _sent(self, request: Request, progress: Progress) -> Answer | Failure:
        client = self.connections.client
        try:
            return send(client, request, progress)
        except Exception:
            raise
        except BaseException:
            # The interrupt may have met the pool of connections in the middle of a
            # step.
            self.connections.replace(client)
            raise

    def rows(
        self, fetch: Callable[[Cursor], Page[T]], cursor: Cursor, name: str
    ) -> Iterator[T]:
        """Yield every row, page after page."""
        return rows(fetch, cursor, name)


class AwaitingSender:
    """Sends on asyncio.

    Args:
        rules: how to send.
        connect: builds the HTTP client.
    """

    def __init__(self, rules: Rules, connect: Callable[[], AsyncClient]) -> None:
        self.rules = rules
        self.connections = AsyncConnections(connect, rules.clock)

    async def send(
        self,
        operation: Operation,
        arguments: Arguments,
        parse: Callable[[Answer], T],
    ) -> T:
        """Send a call, and return what `parse` makes of a successful answer."""
        call, request = self.rules.planner.plan(operation, arguments)
        load_judges(call)
        number = 1
        with Guard(call) as guard:
            while True:
                client = self.connections.client
                result = await send_async(client, request, guard.new_attempt())
                pause = self.rules.pause(call, number, result)
                if pause is None:
                    return self.rules.finish(call, result, parse)
                guard.new_attempt()
                await self.rules.clock.sleep_async(pause)
                number += 1

    def rows(
        self, fetch: Callable[[Cursor], Awaitable[Page[T]]], cursor: Cursor, name: str
    ) -> AsyncIterator[T]:
        """Yield every row, page after page."""
        return rows_async(fetch, cursor, name)
