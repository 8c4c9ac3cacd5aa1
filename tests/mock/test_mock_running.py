"""`python -m enboarder.mock -- COMMAND`: a program runs as a client of the mock."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from enboarder.mock.__main__ import main

PYTHON = [sys.executable, "-S", "-c"]

USE_THE_MOCK = """
import json
import os
import urllib.request

url = os.environ["ENBOARDER_BASE_URL"] + "/reports/forms"
headers = {"apikey": os.environ["ENBOARDER_API_KEY"]}
request = urllib.request.Request(url, headers=headers)
with urllib.request.urlopen(request) as answer:
    print(json.load(answer)["count"])
"""

SHOW_VARIABLES = """
import os
import sys

names = sorted(name for name in os.environ if name.startswith("ENBOARDER_"))
print(*names, *sys.argv[1:])
raise SystemExit(7)
"""

SIGNAL_THE_MOCK = """
import os
import signal
import sys

number = int(sys.argv[1])

def end(*_):
    raise SystemExit(40 + number)

signal.signal(number, end)
os.kill(os.getppid(), number)
while True:
    signal.pause()
"""

KILL_ITSELF = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def test_command_is_a_client_of_the_mock(capfd: pytest.CaptureFixture[str]) -> None:
    """It reads the variables, and the standard output is all its own."""
    words = ["--credential", "apikey", "--", *PYTHON, USE_THE_MOCK]

    assert 0 == main(words)
    assert ("4\n", "") == capfd.readouterr()


def test_command_has_a_ledger_that_ends_with_the_mock(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A mock that starts again knows nobody, and neither does the next ledger."""
    monkeypatch.setenv("ENBOARDER_LEDGER", str(tmp_path / "ledger.sqlite"))
    words = ["--", *PYTHON, "import os; print(os.environ['ENBOARDER_LEDGER'])"]
    assert [0, 0] == [main(words), main(words)]
    first, second = map(Path, capfd.readouterr().out.split())

    assert first != second
    assert not first.parent.exists()
    assert tmp_path not in first.parents


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (
            [],
            [
                "BASE_URL",
                "CLIENT_ID",
                "CLIENT_SECRET",
                "LEDGER",
                "TOKEN_STORE",
                "TOKEN_URL",
            ],
        ),
        (["--credential", "apikey"], ["API_KEY", "BASE_URL", "LEDGER", "TOKEN_STORE"]),
    ],
)
def test_command_gets_one_credential_and_its_own_arguments(
    options: list[str],
    names: list[str],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No variable of another account is left, and the exit code is the command's."""
    for name in ("REGION", "API_KEY", "CLIENT_ID", "TOKEN_URL"):
        monkeypatch.setenv(f"ENBOARDER_{name}", "of another account")
    for name in ("ENBOARDER_ENGINE", "ENBOARDER_NO_SKIP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ENBOARDER_TOKEN_STORE", "memory")
    command = [*PYTHON, SHOW_VARIABLES, "--port", "--", "x"]

    assert 7 == main([*options, "--", *command])
    expected = [f"ENBOARDER_{name}" for name in names]
    assert [*expected, "--port", "--", "x"] == capfd.readouterr().out.split()


@pytest.mark.parametrize(("name", "code"), [("nothing-like-it", 127), ("", 126)])
def test_command_that_cannot_run_is_reported(
    name: str, code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """One line, and the exit code that a shell would give."""
    command = str(tmp_path / name)

    assert code == main(["--", command])
    (line,) = capfd.readouterr().err.splitlines()
    assert command in line


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_command_that_a_signal_ends_gives_its_number() -> None:
    """128 and the number, as in a shell."""
    assert 128 + signal.SIGKILL == main(["--", *PYTHON, KILL_ITSELF])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_handlers_are_restored() -> None:
    """A program that calls the command keeps its own."""
    former = signal.getsignal(signal.SIGTERM)
    main(["--", *PYTHON, ""])

    assert former == signal.getsignal(signal.SIGTERM)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_to_the_mock_reaches_the_command(number: signal.Signals) -> None:
    """The command decides what to do with it, and how to end."""
    assert 40 + number == main(["--", *PYTHON, SIGNAL_THE_MOCK, f"{number:d}"])
