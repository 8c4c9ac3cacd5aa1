"""What tests share: a clock set by hand, a service in memory, and both clients."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import attrgetter
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    Clock,
    Enboarder,
    RetryPolicy,
    clear_token_cache,
    models,
)
from enboarder.mock import MockServer
from tests.engine import httpx

TOKEN_URL = "https://auth.example.com/oauth2/token"
BASE_URL = "https://api.example.com"
LONG = 20.0  # seconds after which a wait in a test gives up
_numbers = itertools.count()
pytest_plugins = ["enboarder.mock.plugin"]

Answering = Callable[[httpx.Request], httpx.Response]
Step = httpx.Response | BaseException | Answering
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


class FakeClock:
    """Time that passes only when somebody sleeps, or sets it."""

    def __init__(self) -> None:
        self.monotonic = 1_000.0
        self.wall = 1_800_000_000.0
        self.chance = 0.5
        self.slept: list[float] = []
        self.when_read: Callable[[], object] = lambda: None
        """Called whenever somebody reads the monotonic time."""

    def pass_time(self, seconds: float) -> None:
        self.monotonic += seconds
        self.wall += seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_time(seconds)

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)

    def _read(self) -> float:
        self.when_read()
        return self.monotonic

    @cached_property
    def clock(self) -> Clock:
        return Clock(
            monotonic=self._read,
            wall=lambda: self.wall,
            sleep=self.sleep,
            sleep_async=self.sleep_async,
            chance=lambda: self.chance,
        )

    def policy(self, **numbers: Any) -> RetryPolicy:
        """Return a retry policy whose jitter is the chance of this clock."""
        return RetryPolicy(chance=lambda: self.chance, **numbers)

    @property
    def settings(self) -> dict[str, Any]:
        """Settings of a client that waits by this clock alone."""
        return {"clock": self.clock, "retry": self.policy()}


class Service:
    """A service in memory: it gives tokens, and answers other requests by a list.

    The last entry of the list answers all further requests.
    """

    def __init__(
        self,
        *steps: Step,
        token: Step | None = None,
        lifetime: Any = 3600,
    ) -> None:
        self.steps = list(steps) or [httpx.Response(200, json={"items": []})]
        self.token = token
        self.lifetime = lifetime
        self.requests: list[httpx.Request] = []
        self.token_requests: list[httpx.Request] = []
        self._lock = threading.Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        step = self._step_for(_copied(request))
        if isinstance(step, BaseException):
            raise step
        if isinstance(step, httpx.Response):
            return httpx.Response(
                step.status_code,
                headers=step.headers,
                content=step.content,
            )
        return step(request)

    def _step_for(self, request: httpx.Request) -> Step:
        with self._lock:
            if request.url == TOKEN_URL:
                self.token_requests.append(request)
                return self.token or self._new_token()
            self.requests.append(request)
            if len(self.steps) > 1:
                return self.steps.pop(0)
            return self.steps[0]

    def _new_token(self) -> httpx.Response:
        value = {
            "access_token": f"token-{len(self.token_requests)}",
            "token_type": "Bearer",
            "expires_in": self.lifetime,
        }
        return httpx.Response(200, json=value)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]


def _copied(request: httpx.Request) -> httpx.Request:
    """Return the request of this moment: a replay changes the original's headers."""
    return httpx.Request(
        request.method,
        request.url,
        headers=request.headers,
        content=request.content,
        extensions=request.extensions,
    )


class Driver:
    """Calls a method of a client by its name, blocking or awaited."""

    def __init__(self, *, awaited: bool) -> None:
        self.awaited = awaited

    def call(
        self,
        settings: Mapping[str, Any],
        name: str,
        *arguments: Any,
        **options: Any,
    ) -> Any:
        """Make one call by a client of its own, and return all rows of an iterator."""
        return self.calls(settings, (name, arguments, options))[0]

    def calls(self, settings: Mapping[str, Any], *wanted: Call) -> list[Any]:
        """Make several calls, one after the other, by one client."""
        if self.awaited:
            return asyncio.run(self._awaited(settings, wanted))
        results = []
        with Enboarder(**settings) as client:
            for name, arguments, options in wanted:
                found = attrgetter(name)(client)(*arguments, **options)
                if isinstance(found, Iterator):
                    found = list(found)
                results.append(found)
        return results

    async def _awaited(
        self,
        settings: Mapping[str, Any],
        wanted: tuple[Call, ...],
    ) -> list[Any]:
        results = []
        async with AsyncEnboarder(**settings) as client:
            for name, arguments, options in wanted:
                found = attrgetter(name)(client)(*arguments, **options)
                if hasattr(found, "__aiter__"):
                    results.append([row async for row in found])
                else:
                    results.append(await found)
        return results


@pytest.fixture(autouse=True)
def _cleared_process_state() -> None:
    """Drop what another test left in this process: tokens and failures."""
    clear_token_cache()


class _ForgottenErrors(logging.Filter):
    """Keeps what asyncio reports when it drops an error that nobody has looked at.

    asyncio does so while memory is collected, which can be in the middle of anything:
    in Python 3.11 a traceback that is formatted there can break `ast.parse`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if "was never retrieved" not in record.msg:
            return True
        self.reports.append(record.msg)
        return False

    def take(self) -> list[str]:
        reports = self.reports
        self.reports = []
        return reports


_forgotten_errors = _ForgottenErrors()
logging.getLogger("asyncio").addFilter(_forgotten_errors)


@pytest.fixture(autouse=True)
def _errors_are_looked_at() -> Iterator[None]:
    """Fail if this test, or one shortly before it, left an error in a task."""
    yield
    assert [] == _forgotten_errors.take()


@pytest.fixture(params=["blocking", "awaited"])
def driver(request: pytest.FixtureRequest) -> Driver:
    """Run the test once with each client."""
    return Driver(awaited=request.param == "awaited")


@pytest.fixture
def time() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """A stand-in service for this test alone, on loopback."""
    with MockServer(port=0) as server:
        yield server


@pytest.fixture(scope="module")
def shared_mock() -> Iterator[MockServer]:
    """A stand-in service for all tests of a module that change nothing in it."""
    with MockServer(port=0) as server:
        yield server


def credentials(**options: Any) -> ClientCredentials:
    """Return credentials that nobody used before, so that no token of them is kept."""
    secret = f"secret-{next(_numbers)}"
    return ClientCredentials("client-id", secret, **{"token_url": TOKEN_URL, **options})


def keyed(service: Service, **settings: Any) -> dict[str, Any]:
    """Return the settings of a client with an API key."""
    return {
        "credential": ApiKey("key"),
        "base_url": BASE_URL,
        "transport": service.transport,
        **settings,
    }


def granted(service: Service, **settings: Any) -> dict[str, Any]:
    """Return the settings of a client with client credentials."""
    return {
        "credential": credentials(),
        "base_url": BASE_URL,
        "transport": service.transport,
        **settings,
    }


def credential_of(mock: MockServer, kind: str = "oauth2") -> ApiKey | ClientCredentials:
    """Return a credential that the stand-in service accepts."""
    if kind == "apikey":
        return ApiKey(mock.api_key)
    return ClientCredentials(
        mock.client_id,
        mock.client_secret,
        token_url=mock.token_url,
    )


def basic_launch(external_id: str = "A-1") -> models.BasicLaunch:
    """Return a launch that passes all checks."""
    return models.BasicLaunch(
        employee_name="Alex Example",
        employee_email="alex@example.com",
        manager_name="Sam Example",
        manager_email="sam@example.com",
        start_date=date(2027, 1, 12),
        external_id=external_id,
    )


def launched(external_id: str = "A-1") -> httpx.Response:
    """Return the answer to a launch that was done."""
    return httpx.Response(200, json={"message": "ok", "referenceid": external_id})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def loopback(
    answer: Callable[[BaseHTTPRequestHandler], None],
) -> Iterator[tuple[str, list[str]]]:
    """Serve on loopback by a function; give the base URL, and the requests it saw."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen.append(f"{self.command} {self.path}")
            self.body = self._body()
            answer(self)

        do_POST = do_PUT = do_GET

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(
            target=server.serve_forever,
            kwargs={"poll_interval": 0.01},
        )
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", seen
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def refusing_port() -> Iterator[int]:
    """Give a port of loopback that refuses connections.

    It is bound and does not listen, so no other test and no other process gets it.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def reply(
    handler: BaseHTTPRequestHandler,
    status: int,
    value: Any = None,
    **headers: str,
) -> None:
    """Answer a request of a loopback server with JSON."""
    content = json.dumps(value).encode()
    handler.send_response(status)
    sent = {
        "Content-Type": "application/json",
        "Content-Length": str(len(content)),
        **headers,
    }
    for name, text in sent.items():
        handler.send_header(name, text)
    handler.end_headers()
    handler.wfile.write(content)
