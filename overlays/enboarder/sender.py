"""Send an operation: path and body before, retries in between, the outcome after. Two drivers, one logic."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar, cast

from enboarder_api.client import NO_BODY, Answer, Arguments, Operation, Page
from enboarder_api.contract import WARNING_HEADER

from . import checks, transport
from .credentials import ApiKey, Credential
from .errors import ConfigurationError, InputInvalid
from .messages import Failure, Message
from .outcomes import Call, conclude
from .paging import Cursor, rows, rows_async
from .retry import Clock, RetryPolicy, retry_after

T = TypeVar("T")
C = TypeVar("C", bound="transport.Client | transport.AsyncClient")
log = logging.getLogger("enboarder")


class Settings(NamedTuple):
    """How calls are sent."""

    credential: Credential
    base_url: str
    timeout: float
    retry: RetryPolicy
    show_warnings: bool
    path_prefixes: Mapping[str, str]
    clock: Clock

    def prepare(self, operation: Operation, arguments: Arguments) -> tuple[Call, Message]:
        """How errors tell of a call, and its request; raises when something is wrong, before anything is sent."""
        path, query = checks.target(operation.name, self._template(operation), arguments.path, arguments.query)
        replaceable = self.path_prefixes if operation.id else ()  # a path that the user typed stays as it is
        prefix = next((prefix for prefix in replaceable if path.startswith(prefix)), "")
        url = self.base_url + self.path_prefixes.get(prefix, "") + path.removeprefix(prefix)
        timeout = checks.seconds("timeout", self.timeout if arguments.timeout is None else arguments.timeout)
        headers = {WARNING_HEADER: "yes"} if self.show_warnings and WARNING_HEADER in operation.headers else {}
        named, content = list(arguments.path.values()), None
        if arguments.body is not NO_BODY:
            named, content = checks.body(operation.name, arguments.body, named)
            headers["Content-Type"] = "application/json"
        return Call(operation, url, tuple(named)), Message(operation.method, url, headers, content, timeout, query)

    def _template(self, operation: Operation) -> str:
        by_key = isinstance(self.credential, ApiKey)
        template = operation.key_path if by_key else operation.token_path
        if template is None:
            other = "ClientCredentials" if by_key else "an ApiKey"
            raise ConfigurationError(f"{operation.name} has no path for this credential; it takes {other}")
        return template

    def pause(self, call: Call, attempt: int, result: Answer | Failure) -> float | None:
        """Seconds to wait before the next attempt; None when this was the last."""
        if isinstance(result, Failure):
            told, status, sent, asked = result.reason, None, result.sent, None
        else:
            told, status, sent, asked = "", result.status, True, retry_after(result.headers, self.clock.wall())
        writes, chance = call.operation.writes, self.clock.chance()
        pause = self.retry.wait(attempt, writes=writes, status=status, sent=sent, asked=asked, chance=chance)
        again = "" if pause is None else f", again in {pause:.1f} s"
        log.debug("%s: %s (attempt %d%s)", call.label, told or status, attempt, again)
        return pause

    def finish(self, call: Call, result: Answer | Failure, parse: Callable[[Answer], T]) -> T:
        """The result of the call, or its error; warnings of the service go into the log, too."""
        value = conclude(call, result, parse, self.clock.wall())
        for warning in result.warnings if self.show_warnings and isinstance(result, Answer) else ():
            log.warning("%s: %s", call.operation.name, warning)
        return value


def unlisted(
    method: str, path: str, body: Any, params: Mapping[str, Any] | None, timeout: float | None
) -> tuple[Operation, Arguments]:
    """An operation that the contract does not know, to a path as it is typed, and what is sent with it."""
    is_path = isinstance(cast(object, path), str) and re.fullmatch(r"/(?!/)[!-~]*", path)
    if not is_path or {"?", "#"} & set(path) or {".", ".."} & set(path.split("/")):
        raise InputInvalid(f"path must begin with one '/', without host, dots, blank or query (params=), not {path!r}")
    if not (isinstance(cast(object, method), str) and re.fullmatch(r"[A-Za-z]+", method)):
        raise InputInvalid(f"method must be a word such as GET, not {method!r}")
    literal = path.replace("{", "{{").replace("}", "}}")
    operation = Operation(f"{method.upper()} {path}", "", method.upper(), literal, literal)
    return operation, Arguments({}, params or {}, NO_BODY if body is None else body, timeout)


class _Sender(Generic[C]):
    """What both senders have: settings, and connections, made anew in a forked process: two processes that read from
    one connection would get each other's answers."""

    def __init__(self, settings: Settings, connect: Callable[[], C]) -> None:
        self.settings, self._connect = settings, connect
        self._connected, self._process = connect(), os.getpid()

    @property
    def client(self) -> C:
        if self._process != os.getpid() and not self._connected.is_closed:
            self._connected, self._process = self._connect(), os.getpid()
        return self._connected


class BlockingSender(_Sender[transport.Client]):
    """Sends from the calling thread."""

    def send(self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]) -> T:
        call, message = self.settings.prepare(operation, arguments)
        attempt = 1
        while True:
            try:
                result = transport.send(self.client, message)
            except KeyboardInterrupt as error:
                call.note(error)
                raise
            pause = self.settings.pause(call, attempt, result)
            if pause is None:
                return self.settings.finish(call, result, parse)
            self.settings.clock.sleep(pause)
            attempt += 1

    def rows(self, fetch: Callable[[Cursor], Page[T]], cursor: Cursor, name: str) -> Iterator[T]:
        return rows(fetch, cursor, name)


class AwaitingSender(_Sender[transport.AsyncClient]):
    """The same, awaited."""

    async def send(self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]) -> T:
        import asyncio  # slow to import, and blocking clients do without

        call, message = self.settings.prepare(operation, arguments)
        attempt = 1
        while True:
            try:
                result = await transport.send_async(self.client, message)
            except asyncio.CancelledError as error:
                call.note(error)
                raise
            pause = self.settings.pause(call, attempt, result)
            if pause is None:
                return self.settings.finish(call, result, parse)
            await self.settings.clock.sleep_async(pause)
            attempt += 1

    def rows(self, fetch: Callable[[Cursor], Awaitable[Page[T]]], cursor: Cursor, name: str) -> AsyncIterator[T]:
        return rows_async(fetch, cursor, name)
