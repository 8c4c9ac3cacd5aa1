"""Send a call until it has a result: a blocking and an awaiting driver."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Generic, TypeVar

from attrs import frozen

from enboarder_api.client import Answer, Arguments, Operation, Page

from ..clock import Clock
from ..paging import Cursor, rows, rows_async
from ..transport.client import AsyncClient, Client
from ..transport.exchange import send, send_async
from ..transport.messages import Failure, Request, retry_after
from .outcome import conclude
from .plan import Call, Planner
from .retry import Attempt, RetryPolicy

T = TypeVar("T")
C = TypeVar("C", bound=Client | AsyncClient)
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
                log.warning("%s: %s", call.operation.name, warning)
        return value


def _is_success(result: Answer | Failure) -> bool:
    return isinstance(result, Answer) and 200 <= result.status < 300


def note_interrupt(call: Call, error: BaseException) -> None:
    """Add to an error that breaks a write off what that leaves unknown."""
    if call.operation.writes:
        error.add_note(
            f"{call.label} may have been done all the same; look for {call.target}"
        )


class Connections(Generic[C]):
    """An HTTP client, and a new one in a forked process.

    Two processes that read from one connection would get each other's answers.
    """

    def __init__(self, connect: Callable[[], C]) -> None:
        self._connect = connect
        self._client = connect()
        self._process = os.getpid()

    @property
    def client(self) -> C:
        """The client of this process."""
        if self._process != os.getpid() and not self._client.is_closed:
            self._client = self._connect()
            self._process = os.getpid()
        return self._client


class BlockingSender:
    """Sends from the calling thread.

    Args:
        rules: how to send.
        connect: builds the HTTP client.
    """

    def __init__(self, rules: Rules, connect: Callable[[], Client]) -> None:
        self.rules = rules
        self.connections = Connections(connect)

    def send(
        self,
        operation: Operation,
        arguments: Arguments,
        parse: Callable[[Answer], T],
    ) -> T:
        """Send a call, and return what `parse` makes of a successful answer."""
        call, request = self.rules.planner.plan(operation, arguments)
        number = 1
        while True:
            result = self._sent(call, request)
            pause = self.rules.pause(call, number, result)
            if pause is None:
                return self.rules.finish(call, result, parse)
            self.rules.clock.sleep(pause)
            number += 1

    def _sent(self, call: Call, request: Request) -> Answer | Failure:
        try:
            return send(self.connections.client, request)
        except Exception:
            # Nothing was sent, and the error says why.
            raise
        except BaseException as error:
            note_interrupt(call, error)
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
        self.connections = Connections(connect)

    async def send(
        self,
        operation: Operation,
        arguments: Arguments,
        parse: Callable[[Answer], T],
    ) -> T:
        """Send a call, and return what `parse` makes of a successful answer."""
        call, request = self.rules.planner.plan(operation, arguments)
        number = 1
        while True:
            result = await self._sent(call, request)
            pause = self.rules.pause(call, number, result)
            if pause is None:
                return self.rules.finish(call, result, parse)
            await self.rules.clock.sleep_async(pause)
            number += 1

    async def _sent(self, call: Call, request: Request) -> Answer | Failure:
        try:
            return await send_async(self.connections.client, request)
        except Exception:
            raise
        except BaseException as error:
            note_interrupt(call, error)
            raise

    def rows(
        self, fetch: Callable[[Cursor], Awaitable[Page[T]]], cursor: Cursor, name: str
    ) -> AsyncIterator[T]:
        """Yield every row, page after page."""
        return rows_async(fetch, cursor, name)
