"""Fixtures: a Redis server on loopback, the stores, and a fleet of processes."""

from __future__ import annotations

import itertools
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import pytest
from redis import Redis

from enboarder import ClientCredentials
from enboarder.stores import FileStore, RedisStore, Store, StoredToken, TokenKey, file
from enboarder.stores import redis as redis_store
from tests.conftest import BASE_URL, LONG, TOKEN_URL, Service, credentials

MEMBER = Path(__file__).with_name("member.py")
_numbers = itertools.count()


class Server(NamedTuple):
    """A Redis server of the tests."""

    port: int
    folder: Path
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        """Return the URL of its first database."""
        return f"redis://127.0.0.1:{self.port}/0"

    def ask(self, *words: str | bytes) -> Any:
        """Return the server's answer to a command."""
        with Redis(port=self.port) as client:
            return client.execute_command(*words)

    def stop(self) -> None:
        """Kill the server."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """Return a loopback port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[Server]:
    """Run a server that keeps everything in a folder and ends with the test."""
    binary = shutil.which("redis-server")
    if binary is None:
        if os.environ.get("ENBOARDER_NO_SKIP") == "1":
            pytest.fail("there is no redis-server, and ENBOARDER_NO_SKIP=1 is set")
        pytest.skip("there is no redis-server")
    # Another process may take the port first.
    for _ in range(5):
        port = free_port()
        command = [binary, *_redis_options(port, folder), *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                if _is_ready(process):
                    yield Server(port, folder, process)
                    return
            finally:
                process.kill()
    pytest.fail("redis-server does not start")


def _redis_options(port: int, folder: Path) -> list[str]:
    options = {
        "--bind": "127.0.0.1",
        "--port": str(port),
        "--dir": str(folder),
        "--save": "",
        "--appendonly": "no",
        "--rdbcompression": "no",
    }
    return [word for option in options.items() for word in option]


def _is_ready(process: subprocess.Popen[str]) -> bool:
    assert process.stdout
    return any("Ready to accept connections" in line for line in process.stdout)


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server for all tests that leave it unchanged; each uses its own keys."""
    folder = tmp_path_factory.mktemp("redis")
    with redis_server(folder, "--unixsocket", str(folder / "socket")) as server:
        yield server


class OwnStore(Store):
    """A custom store: the four verbs, here on a mapping."""

    def __init__(self) -> None:
        self.tokens: dict[str, StoredToken] = {}
        self._lock = threading.Lock()

    def load(self, key: TokenKey) -> StoredToken | None:
        return self.tokens.get(key.name)

    def save(self, key: TokenKey, stored: StoredToken) -> None:
        self.tokens[key.name] = stored

    def delete(self, key: TokenKey) -> None:
        self.tokens.pop(key.name, None)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=file.LONGEST_WAIT):
            raise TimeoutError("the lock was not free in time")
        try:
            yield
        finally:
            self._lock.release()

    def lock(self, key: TokenKey) -> AbstractContextManager[object]:
        return self._locked()


class StoreWith(Store):
    """Another store with some of its verbs replaced."""

    def __init__(self, store: Store, **replaced: Callable[..., Any]) -> None:
        self._store = store
        self._replaced = replaced

    def _verb(self, name: str) -> Callable[..., Any]:
        return self._replaced.get(name) or getattr(self._store, name)

    def load(self, key: TokenKey) -> StoredToken | None:
        found: StoredToken | None = self._verb("load")(key)
        return found

    def save(self, key: TokenKey, stored: StoredToken) -> None:
        self._verb("save")(key, stored)

    def delete(self, key: TokenKey) -> None:
        self._verb("delete")(key)

    def lock(self, key: TokenKey) -> AbstractContextManager[object]:
        lock: AbstractContextManager[object] = self._verb("lock")(key)
        return lock


@pytest.fixture(params=["file", "redis"])
def store_name(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Run the test with each store, under its name in ENBOARDER_TOKEN_STORE."""
    if request.param == "file":
        return f"file:{tmp_path / 'tokens'}"
    server: Server = request.getfixturevalue("redis")
    return server.url


@pytest.fixture
def new_store(store_name: str) -> Callable[[], Store]:
    """Return a function that builds the same store as another process would."""
    kind = FileStore if store_name.startswith("file") else RedisStore
    return lambda: kind.from_url(store_name)


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """Return a store without a token of this test."""
    return new_store()


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the wait for a lock that another caller holds short."""
    monkeypatch.setattr(file, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(redis_store, "LONGEST_WAIT", 0.05)


@pytest.fixture
def key() -> TokenKey:
    """Return a key that no other test uses."""
    return new_key()


def new_key() -> TokenKey:
    """Return a key that nobody has used."""
    number = next(_numbers)
    return TokenKey(f"{os.getpid():032x}{number:032x}", number.to_bytes(32, "big"))


def settings_of(service: Service, store: Store, **options: Any) -> dict[str, Any]:
    """Return the settings of clients that have no token yet and use that store."""
    return {
        "credential": credentials(store=store),
        "base_url": BASE_URL,
        "transport": service.transport,
        **options,
    }


def key_of(settings: dict[str, Any]) -> TokenKey:
    """Return the key of the token for these settings."""
    credential: ClientCredentials = settings["credential"]
    return credential.token_key(TOKEN_URL)


def start_again(settings: dict[str, Any]) -> None:
    """Empty the memory, as in a process that has just started."""
    settings["credential"].auth(base_url=BASE_URL).forget()


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition is true, and fail after a while."""
    end = monotonic() + LONG
    while not condition():
        assert monotonic() < end


def stored(
    token: str = "a-token", left: float = 3000.0, lifetime: float = 3600.0
) -> StoredToken:
    """Return a token in the form in which a store keeps it."""
    return StoredToken(token, left, lifetime)


def loaded(store: Store, key: TokenKey) -> StoredToken:
    """Return the token under a key, and fail if there is none."""
    found = store.load(key)
    assert found is not None
    return found


@pytest.fixture
def warnings(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return all warnings since the test began."""

    def messages() -> list[str]:
        return [
            record.getMessage()
            for record in caplog.records
            if record.levelno >= logging.WARNING
        ]

    return messages


MEMBERS = 5


class Fleet:
    """Processes that make the same call at the same time."""

    def __init__(self, members: list[subprocess.Popen[str]]) -> None:
        self._members = members
        for member in members:
            assert self._line(member) == "ready"

    def call(self, environ: dict[str, str]) -> list[str]:
        """Return the result of a call by each member: "served", or an error."""
        for member in self._members:
            assert member.stdin
            member.stdin.write(json.dumps(environ) + "\n")
            member.stdin.flush()
        return [self._line(member) for member in self._members]

    @staticmethod
    def _line(member: subprocess.Popen[str]) -> str:
        assert member.stdout
        return member.stdout.readline().strip()


@pytest.fixture(scope="module")
def fleet() -> Iterator[Fleet]:
    """Start processes that wait for a line."""
    command = [sys.executable, "-W", "error", str(MEMBER)]
    with ExitStack() as running:
        members: list[subprocess.Popen[str]] = []
        for _ in range(MEMBERS):
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            members.append(running.enter_context(process))
        yield Fleet(members)
