"""Send an operation: path and body before, retries in between, the outcome after. Two drivers, one logic."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from enboarder_api.client import Answer, Arguments, Operation, Page
from enboarder_api.contract import WARNING_HEADER

from . import checks, transport
from .credentials import ApiKey, Credential
from .errors import ConfigurationError, InputInvalid
from .outcomes import Call, conclude
from .paging import Cursor, rows, rows_async
from .retry import Clock, RetryPolicy, retry_after
from .transport import Failure, Message

T = TypeVar("T")
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
        path = checks.path(operation.name, self._template(operation), arguments.path)
        replaceable = self.path_prefixes if operation.id else ()  # a path that the user typed stays as it is
        prefix = next((prefix for prefix in replaceable if path.startswith(prefix)), "")
        url = self.base_url + self.path_prefixes.get(prefix, "") + path.removeprefix(prefix)
        query = checks.query(operation.name, arguments.query)
        timeout = checks.seconds("timeout", self.timeout if arguments.timeout is None else arguments.timeout)
        headers = {WARNING_HEADER: "yes"} if self.show_warnings and WARNING_HEADER in operation.headers else {}
        named, content = list(arguments.path.values()), None
        if arguments.body is not None or (operation.writes and checks.has_body(operation.name)):
            named, content = checks.body(operation.name, arguments.body, named)
            headers["Content-Type"] = "application/json"
        call = Call(operation, url, ", ".join(named) or None)
        return call, Message(operation.method, url, headers, content, timeout, query)

    def _template(self, operation: Operation) -> str:
        by_key = isinstance(self.credential, ApiKey)
        template = operation.key_path if by_key else operation.token_path
        if template is None:
            other = "ClientCredentials" if by_key else "an ApiKey"
            raise ConfigurationError(f"{operation.name} has no path for this credential; it takes {other}")
        return template

    def pause(self, call: Call, attempt: int, result: Answer | Failure) -> float | None:
        """Seconds to wait before the next attempt; None when this was the last."""
        policy, writes, chance = self.retry, call.operation.writes, self.clock.chance()
        if isinstance(result, Failure):
            told = result.reason
            pause = policy.wait_after_failure(attempt, writes=writes, sent=result.sent, chance=chance)
        else:
            told, asked = str(result.status), retry_after(result.headers, self.clock.wall())
            pause = policy.wait_after_status(attempt, writes=writes, status=result.status, asked=asked, chance=chance)
        again = "" if pause is None else f", again in {pause:.1f} s"
        log.debug("%s: %s (attempt %d%s)", call.label, told, attempt, again)
        return pause

    def finish(self, call: Call, result: Answer | Failure, parse: Callable[[Answer], T]) -> T:
        """The result of the call, or its error; warnings of the service go into the log, too."""
        value = conclude(call, result, parse, self.clock.wall())
        if self.show_warnings and isinstance(result, Answer):
            for warning in result.warnings:
                log.warning("%s: %s", call.operation.name, warning)
        return value


def unlisted(method: str, path: str) -> Operation:
    """An operation that the contract does not know."""
    if not re.fullmatch(r"/(?!/)[!-~]*", path) or {"?", "#"} & set(path):
        raise InputInvalid(f"path must begin with one '/', without host, blank or query (pass params=), not {path!r}")
    if not re.fullmatch(r"[A-Za-z]+", method):
        raise InputInvalid(f"method must be a word such as GET, not {method!r}")
    literal = path.replace("{", "{{").replace("}", "}}")
    return Operation(f"{method.upper()} {path}", "", method.upper(), literal, literal)


def as_it_came(answer: Answer) -> Answer:
    """Read an answer of which nothing is known."""
    return answer


class BlockingSender:
    """Sends from the calling thread."""

    def __init__(self, settings: Settings, client: transport.Client) -> None:
        self.settings, self.client = settings, client

    def send(self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]) -> T:
        call, message = self.settings.prepare(operation, arguments)
        attempt = 1
        while True:
            result = transport.send(self.client, message)
            pause = self.settings.pause(call, attempt, result)
            if pause is None:
                return self.settings.finish(call, result, parse)
            self.settings.clock.sleep(pause)
            attempt += 1

    def rows(self, fetch: Callable[[Cursor], Page[T]], cursor: Cursor, name: str) -> Iterator[T]:
        return rows(fetch, cursor, name)


class AwaitingSender:
    """The same, awaited."""

    def __init__(self, settings: Settings, client: transport.AsyncClient) -> None:
        self.settings, self.client = settings, client

    async def send(self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]) -> T:
        import asyncio  # slow to import, and blocking clients do without

        call, message = self.settings.prepare(operation, arguments)
        attempt = 1
        while True:
            try:
                result = await transport.send_async(self.client, message)
            except asyncio.CancelledError as error:
                if operation.writes:
                    error.add_note(f"{call.label} may have been done all the same; external id: {call.external_id}")
                raise
            pause = self.settings.pause(call, attempt, result)
            if pause is None:
                return self.settings.finish(call, result, parse)
            await self.settings.clock.sleep_async(pause)
            attempt += 1

    def rows(self, fetch: Callable[[Cursor], Awaitable[Page[T]]], cursor: Cursor, name: str) -> AsyncIterator[T]:
        return rows_async(fetch, cursor, name)
