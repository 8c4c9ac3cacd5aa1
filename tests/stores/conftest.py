"""A Redis server on loopback, both stores, and a fleet of processes."""

from __future__ import annotations

import itertools
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import pytest
from redis import Redis

from enboarder.stores import FileStore, Kept, RedisStore, Slot, Store, base
from tests.conftest import LONG

MEMBER = Path(__file__).with_name("member.py")
_numbers = itertools.count()


class Server(NamedTuple):
    """A Redis server of the tests."""

    port: int
    folder: Path
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def ask(self, *words: str | bytes) -> Any:
        """What the server answers to a command."""
        with Redis(port=self.port) as client:
            return client.execute_command(*words)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[Server]:
    """A server that keeps everything in a folder and ends with the test."""
    binary = shutil.which("redis-server")
    if binary is None:
        if os.environ.get("ENBOARDER_NO_SKIP") == "1":
            pytest.fail("there is no redis-server, and ENBOARDER_NO_SKIP=1 forbids to skip")
        pytest.skip("there is no redis-server")
    for _ in range(5):  # somebody may take the port first
        port = free_port()
        command = [binary, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
        command += ["--save", "", "--appendonly", "no", "--rdbcompression", "no", *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            if any("Ready to accept connections" in line for line in process.stdout):
                try:
                    yield Server(port, folder, process)
                finally:
                    process.kill()
                return
    pytest.fail("redis-server does not start")


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all tests that leave it as it is; each uses slots of its own."""
    folder = tmp_path_factory.mktemp("redis")
    with redis_server(folder, "--unixsocket", str(folder / "socket")) as server:
        yield server


@pytest.fixture(params=["file", "redis"])
def store_name(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Runs the test once with each store: what ENBOARDER_TOKEN_STORE says."""
    if request.param == "file":
        return f"file:{tmp_path / 'tokens'}"
    server: Server = request.getfixturevalue("redis")
    return server.url


@pytest.fixture
def new_store(store_name: str) -> Callable[[], Store]:
    """Gives the same store again and again, as other processes would see it."""
    return lambda: (FileStore if store_name.startswith("file") else RedisStore).from_url(store_name)


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """A store in which nothing is kept for this test yet."""
    return new_store()


@pytest.fixture
def slot() -> Slot:
    """A slot that no other test uses."""
    return new_slot()


def new_slot() -> Slot:
    """A slot that was never used."""
    number = next(_numbers)
    return Slot(f"{os.getpid():032x}{number:032x}", number.to_bytes(32, "big"))


def until(condition: Callable[[], bool]) -> None:
    """Wait for what is about to happen; fails after a while."""
    end = monotonic() + LONG
    while not condition():
        assert monotonic() < end


def kept(token: str = "a-token", left: float = 3000.0, lifetime: float = 3600.0) -> Kept:
    """A token as a store takes it."""
    return Kept(token, left, lifetime)


@pytest.fixture
def warnings(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """The warnings since the test began, in a process in which no store failed before."""
    monkeypatch.setattr(base, "_told", set())
    return lambda: [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


class Fleet:
    """Processes that make the same call at the same time."""

    def __init__(self, members: list[subprocess.Popen[str]]) -> None:
        self._members = members
        for member in members:
            assert self._line(member) == "ready"

    def call(self, environ: dict[str, str]) -> list[str]:
        """What became of one call by each: "served", or an error."""
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
    """Eight processes that wait for a word."""
    with ExitStack() as running:
        command = [sys.executable, "-W", "error", str(MEMBER)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        yield Fleet([running.enter_context(subprocess.Popen(command, **pipes)) for _ in range(8)])
