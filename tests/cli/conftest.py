"""What the tests of the command share: an empty home, and ways to run it."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

import pytest
from typer.testing import CliRunner

from enboarder.cli import main
from enboarder.cli.app import app
from enboarder.mock import MockServer

if sys.platform != "win32":
    import pty
    import termios

HEADER = "Employee ID,Name,E-mail,Start date,Manager,Manager email,Office"
MAPPING = """\
[columns]
"Employee ID" = "external_id"
Name = "employee_name"
"E-mail" = "employee_email"
"Start date" = "start_date"
Manager = "manager_name"
"Manager email" = "manager_email"
Office = "custom_fields[location]"
"""
CTRL_D = "\x04"
# What whoever runs the tests sets.
OF_THE_RUN = ("ENBOARDER_ENGINE", "ENBOARDER_NO_SKIP")


class Ended(NamedTuple):
    """What a command leaves behind."""

    code: int
    output: str
    errors: str


Run = Callable[..., Ended]


def person(external_id: str, **cells: str) -> str:
    """Return the line of somebody whose address fits the external id."""
    values = {
        "name": "Alex Example",
        "email": f"{external_id.lower()}@example.com",
        "start": "2099-01-12",
        "manager": "Morgan Sample",
        "manager_email": "morgan@example.com",
        "office": "Sydney",
        **cells,
    }
    return ",".join([external_id, *values.values()])


def write_hires(folder: Path, *lines: str, name: str = "hires.csv") -> Path:
    """Write a file of people, and its mapping."""
    file = folder / name
    file.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
    return file


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, without a profile, a ledger or a variable."""
    for name in list(os.environ):
        if name.startswith("ENBOARDER_") and name not in OF_THE_RUN:
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ENBOARDER_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ENBOARDER_LEDGER", str(tmp_path / "data" / "ledger.sqlite"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Run the command in this process, without a terminal."""

    def command(*words: str | Path, stdin: str | None = None) -> Ended:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)

    return command


@pytest.fixture(scope="module")
def service() -> Iterator[MockServer]:
    """A mock for all tests of a module; each has external ids of its own."""
    with MockServer() as mock:
        yield mock


@pytest.fixture
def account(service: MockServer, monkeypatch: pytest.MonkeyPatch) -> MockServer:
    """The mock, whose credential is in the environment."""
    for name, value in service.environ("apikey").items():
        monkeypatch.setenv(name, value)
    service.clear_faults()
    return service


def launches(mock: MockServer, external_id: str) -> int:
    """Return how many launches of somebody the mock received."""
    operation = "workflows.launch_basic"
    found = [
        one
        for one in mock.requests
        if one.operation == operation and f'"{external_id}"'.encode() in one.body
    ]
    return len(found)


class Terminal:
    """A pseudo-terminal in which the command runs in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def run(
        self,
        *words: str | Path,
        typed: Sequence[str] = (),
        columns: int = 80,
        output: TextIO | None = None,
    ) -> Ended:
        """Run the command; its output has everything that the terminal showed.

        Args:
            words: the command line.
            typed: what a person types ahead.
            columns: the width of the window.
            output: where standard output goes instead.
        """
        master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (24, columns))
        shown: list[bytes] = []
        reader = threading.Thread(target=_read, args=(master, shown), daemon=True)
        reader.start()
        for line in typed:
            os.write(master, line.encode())
        with self._monkeypatch.context() as patched:
            patched.setenv("TERM", "xterm-256color")
            patched.setenv("COLUMNS", str(columns))
            patched.setattr(sys, "argv", ["enboarder", *map(str, words)])
            streams = [os.fdopen(os.dup(slave), mode) for mode in "rww"]
            for name, stream in zip(
                ("stdin", "stdout", "stderr"), streams, strict=True
            ):
                patched.setattr(sys, name, stream)
            if output is not None:
                patched.setattr(sys, "stdout", output)
            with pytest.raises(SystemExit) as ended:
                main()
        for stream in streams:
            stream.close()
        os.close(slave)
        reader.join()
        os.close(master)
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, b"".join(shown).decode(), "")


def _read(master: int, shown: list[bytes]) -> None:
    while True:
        try:
            block = os.read(master, io.DEFAULT_BUFFER_SIZE)
        except OSError:
            # Linux says so when the other side is closed.
            return
        if not block:
            return
        shown.append(block)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A pseudo-terminal."""
    return Terminal(monkeypatch)
