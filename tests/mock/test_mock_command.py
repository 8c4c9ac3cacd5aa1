"""`python -m enboarder.mock`: what it prints, what it takes, and how it ends."""

from __future__ import annotations

import errno
import io
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Never

import httpx
import pytest

from enboarder.mock import MockServer
from enboarder.mock.__main__ import main


class Reader(io.StringIO):
    """A standard output whose reader acts as soon as the lines are there."""

    def __init__(self, signal_number: signal.Signals | None = None) -> None:
        super().__init__()
        self._number = signal_number
        self.answer: httpx.Response | None = None

    def flush(self) -> None:
        """Use the control URL, and send the signal."""
        url = next(
            line.split()[-1]
            for line in self.getvalue().splitlines()
            if "Control URL" in line
        )
        self.answer = httpx.post(f"{url}/faults", json={"fault": "drop"})
        if self._number is not None:
            signal.raise_signal(self._number)


@pytest.fixture
def stopped() -> threading.Event:
    """An event that is set already, so that the command ends at once."""
    stop = threading.Event()
    stop.set()
    return stop


@pytest.fixture
def handlers() -> Iterator[None]:
    """Restore the handlers of signals afterwards."""
    kept = {
        number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)
    }
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_the_command_prints_what_a_shell_needs(
    capsys: pytest.CaptureFixture[str], stopped: threading.Event
) -> None:
    """The URLs, and both credentials as `export` lines, the second commented out."""
    assert (
        main(
            [
                "--form-rows",
                "3",
                "--token-lifetime",
                "60",
                "--dead-token-status",
                "403",
            ],
            stopped,
        )
        == 0
    )
    lines = capsys.readouterr().out.splitlines()
    names = [line.partition("=")[0] for line in lines[4:]]
    variables = ("BASE_URL", "TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET")

    assert [
        *(f"export ENBOARDER_{name}" for name in variables),
        "# export ENBOARDER_API_KEY",
        "# The mock forgets everything at its end, and so does this ledger.",
        "export ENBOARDER_LEDGER",
    ] == names
    assert "http://127.0.0.1:" in lines[0]
    assert lines[1].startswith("# Control URL, for faults on demand: http://127.0.0.1:")
    assert lines[3] == "unset ENBOARDER_REGION ENBOARDER_API_KEY"


def test_the_lines_make_a_shell_a_client(
    capsys: pytest.CaptureFixture[str], stopped: threading.Event
) -> None:
    """The URLs of all lines have one host and port, which is free again afterwards."""
    main([], stopped)
    text = capsys.readouterr().out
    base_url = next(
        line.split("=")[1]
        for line in text.splitlines()
        if line.startswith("export ENBOARDER_BASE_URL")
    )

    assert f"Base URL: {base_url} - token URL: {base_url}/oauth2/token" in text
    assert f"Control URL, for faults on demand: {base_url}/_mock\n" in text
    with pytest.raises(httpx.ConnectError):
        httpx.get(base_url)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_a_signal_comes(
    monkeypatch: pytest.MonkeyPatch, handlers: None, number: signal.Signals
) -> None:
    """It serves when the lines are printed, and ends with exit code 0."""
    reader = Reader(number)
    monkeypatch.setattr(sys, "stdout", reader)

    assert main([]) == 0
    assert reader.answer is not None
    assert reader.answer.status_code == 201


def test_the_command_waits_while_nothing_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It checks again and again whether it should stop."""

    class Patience(threading.Event):
        """Is set when it is asked for the third time, and never waits."""

        asked = 0

        def wait(self, timeout: float | None = None) -> bool:
            self.asked += 1
            return self.asked == 3

    stop = Patience()
    monkeypatch.setattr(sys, "stdout", Reader())

    assert main([], stop) == 0
    assert stop.asked == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["--dead-token-status", "402"],
        ["--port", "x"],
        ["--nothing"],
        ["--form-rows", "-1"],
        ["--token-lifetime", "0"],
        ["--token-lifetime", "nan"],
        ["--port", "65536"],
        ["--"],
    ],
)
def test_wrong_arguments_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """They end the command with exit code 2 before anything listens."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_port_that_is_taken_is_reported(
    capsys: pytest.CaptureFixture[str], stopped: threading.Event
) -> None:
    """The command ends with exit code 1, and without a traceback."""
    with MockServer() as other:
        port = other.base_url.rpartition(":")[2]

        assert main(["--port", port], stopped) == 1
    assert f"port {port} is taken" in capsys.readouterr().err


@pytest.mark.parametrize(
    "number", [errno.EACCES, errno.EADDRNOTAVAIL], ids=["reserved", "unusable"]
)
def test_port_that_cannot_be_used_is_reported(
    capsys: pytest.CaptureFixture[str],
    stopped: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    """As `--port 80` for whoever may not use it: one line, and exit code 1."""

    def refuse(*_: object) -> Never:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(socket, "create_server", refuse)

    assert main(["--port", "80"], stopped) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "port 80 " in line
    assert "--port" in line


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """It also shows how the command is called."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert shown.startswith("usage: python -m enboarder.mock")
    assert [] == [
        o
        for o in (
            "--port",
            "--form-rows",
            "--token-lifetime",
            "--dead-token-status",
            "--credential",
            "-- COMMAND",
        )
        if o not in shown
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_cleanly_when_interrupted(number: signal.Signals) -> None:
    """It ends with exit code 0 and no error output, although a request hangs."""
    command = [sys.executable, "-W", "error", "-m", "enboarder.mock", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(9)]
        base_url, api_key = lines[4].partition("=")[2], lines[-1].partition("=")[2]
        httpx.post(lines[1].split()[-1] + "/faults", json={"fault": "hang"})
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(
                f"{base_url}/brand/all",
                headers={"apikey": api_key},
                timeout=httpx.Timeout(10, read=0.1),
            )
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)

    assert lines[-1].startswith("# export ENBOARDER_API_KEY=")
    assert (process.returncode, errors) == (0, "")


RUN_WITHOUT = """
import runpy
import sys

sys.modules["uvicorn"] = None
sys.argv = ["enboarder.mock"]
runpy.run_module("enboarder.mock", run_name="__main__")
"""


def test_missing_extra_is_one_line() -> None:
    """Without it, the command says what to install, and shows no traceback."""
    done = subprocess.run(
        [sys.executable, "-c", RUN_WITHOUT],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (1, "") == (done.returncode, done.stdout)
    (line,) = done.stderr.splitlines()
    assert "pip install '.[mock]'" in line
