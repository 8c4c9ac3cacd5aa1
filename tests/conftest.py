"""What the tests share: a clock that is set by hand, a service in memory, and a driver for both clients."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import attrgetter
from typing import Any

import httpx
import pytest

from enboarder import ApiKey, AsyncEnboarder, ClientCredentials, Clock, Enboarder, RetryPolicy, clear_token_cache, models
from enboarder.mock import MockServer
from enboarder.transport.options import TLS_CONTEXTS

TOKEN_URL = "https://auth.example.com/oauth2/token"
BASE_URL = "https://api.example.com"
LONG = 20.0  # seconds after which a wait in a test gives up
_numbers = itertools.count()
pytest_plugins = ["enboarder.mock.plugin"]

Answering = Callable[[httpx.Request], httpx.Response]
Step = httpx.Response | BaseException | Answering


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

    @property
    def retry(self) -> RetryPolicy:
        """A policy whose jitter is the chance of this clock."""
        return RetryPolicy(chance=lambda: self.chance)

    @cached_property
    def clock(self) -> Clock:
        return Clock(self._read, lambda: self.wall, self.sleep, self.sleep_async, lambda: self.chance)


class Service:
    """A service in memory: gives tokens, and answers the other requests by a list; its last entry stays."""

    def __init__(self, *steps: Step, token: Step | None = None, lifetime: Any = 3600) -> None:
        self.steps = list(steps) or [httpx.Response(200, json={"items": []})]
        self.token, self.lifetime = token, lifetime
        self.requests: list[httpx.Request] = []
        self.token_requests: list[httpx.Request] = []
        self._lock = threading.Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request = httpx.Request(  # as it is now: a replay changes the headers of the original
            request.method, request.url, headers=request.headers, content=request.content, extensions=request.extensions
        )
        with self._lock:
            if request.url == TOKEN_URL:
                self.token_requests.append(request)
                number = len(self.token_requests)
                step = self.token or httpx.Response(
                    200, json={"access_token": f"token-{number}", "token_type": "Bearer", "expires_in": self.lifetime}
                )
            else:
                self.requests.append(request)
                step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, BaseException):
            raise step
        if isinstance(step, httpx.Response):
            return httpx.Response(step.status_code, headers=step.headers, content=step.content)
        return step(request)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]


class Driver:
    """Calls a method of a client by its name, blocking or awaited."""

    def __init__(self, *, awaited: bool) -> None:
        self.awaited = awaited

    def call(self, settings: dict[str, Any], name: str, *arguments: Any, **options: Any) -> Any:
        """One call by a client of its own; all rows of an iter_ method."""
        return self.calls(settings, (name, arguments, options))[0]

    def calls(self, settings: dict[str, Any], *wanted: tuple[str, tuple[Any, ...], dict[str, Any]]) -> list[Any]:
        """Several calls, one after the other, by one client."""
        if self.awaited:
            return asyncio.run(self._awaited(settings, wanted))
        with Enboarder(**settings) as client:
            results = [attrgetter(name)(client)(*arguments, **options) for name, arguments, options in wanted]
            return [list(found) if isinstance(found, Iterator) else found for found in results]

    async def _awaited(self, settings: dict[str, Any], wanted: tuple[Any, ...]) -> list[Any]:
        results = []
        async with AsyncEnboarder(**settings) as client:
            for name, arguments, options in wanted:
                found = attrgetter(name)(client)(*arguments, **options)
                results.append([row async for row in found] if hasattr(found, "__aiter__") else await found)
        return results


@pytest.fixture(autouse=True)
def _cleared_process_state() -> None:
    """Nothing that another test left in this process: no token, no failure, no TLS settings, no warning already given."""
    clear_token_cache()
    TLS_CONTEXTS.clear()


@pytest.fixture(params=["blocking", "awaited"])
def driver(request: pytest.FixtureRequest) -> Driver:
    """Runs the test once with each client."""
    return Driver(awaited=request.param == "awaited")


@pytest.fixture
def time() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """A stand-in service of one's own, on loopback."""
    with MockServer(port=0) as server:
        yield server


@pytest.fixture(scope="module")
def shared_mock() -> Iterator[MockServer]:
    """A stand-in service for all tests of a module that leave it as it is."""
    with MockServer(port=0) as server:
        yield server


def credentials(**options: Any) -> ClientCredentials:
    """Credentials that nobody used before, so that no token of them is kept."""
    return ClientCredentials("client-id", f"secret-{next(_numbers)}", **{"token_url": TOKEN_URL, **options})


def keyed(service: Service, **settings: Any) -> dict[str, Any]:
    """Settings of a client with an API key."""
    return {"credential": ApiKey("key"), "base_url": BASE_URL, "transport": service.transport, **settings}


def granted(service: Service, **settings: Any) -> dict[str, Any]:
    """Settings of a client with client credentials."""
    return {"credential": credentials(), "base_url": BASE_URL, "transport": service.transport, **settings}


def credential_of(mock: MockServer, kind: str = "oauth2") -> ApiKey | ClientCredentials:
    """A credential that the stand-in service takes."""
    if kind == "apikey":
        return ApiKey(mock.api_key)
    return ClientCredentials(mock.client_id, mock.client_secret, token_url=mock.token_url)


def basic_launch(external_id: str = "A-1") -> models.BasicLaunch:
    """A launch that passes all checks."""
    return models.BasicLaunch(
        employee_name="Alex Example",
        employee_email="alex@example.com",
        manager_name="Sam Example",
        manager_email="sam@example.com",
        start_date=date(2027, 1, 12),
        external_id=external_id,
    )


def launched(external_id: str = "A-1") -> httpx.Response:
    """The answer to a launch that was done."""
    return httpx.Response(200, json={"message": "ok", "referenceid": external_id})


@contextmanager
def loopback(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, list[str]]]:
    """A real server on loopback that answers by a function: its base URL, and the requests that it saw."""
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

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", seen
        finally:
            server.shutdown()
            thread.join()


def reply(handler: BaseHTTPRequestHandler, status: int, value: Any = None, **headers: str) -> None:
    """Answer a request of a loopback server with JSON."""
    content = json.dumps(value).encode()
    handler.send_response(status)
    for name, text in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
        handler.send_header(name, text)
    handler.end_headers()
    handler.wfile.write(content)
