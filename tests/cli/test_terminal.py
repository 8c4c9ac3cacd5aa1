"""The command in a pseudo-terminal: prompts, progress, Ctrl-C, colours and width."""

from __future__ import annotations

import json
import os
import re
import runpy
import select
import subprocess
import sys
import threading
import time as real_time
from dataclasses import replace
from pathlib import Path

import pytest

from enboarder.mock import MockServer, faults
from enboarder.mock.messages import Reply
from tests.cli.conftest import CTRL_D, Run, Terminal, launches, person, write_hires
from tests.conftest import LONG

if sys.platform != "win32":
    import pty
    import termios

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")
CTRL_C = b"\x03"
IN_ITS_TERMINAL = """\
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from enboarder.cli import main
main()
"""


def test_the_number_of_people_is_typed(
    terminal: Terminal, home: Path, account: MockServer
) -> None:
    """The plan is shown first; the number launches it."""
    file = write_hires(home, person("T-1"), person("T-2"))
    ended = terminal.run("people", "launch", file, typed=["2\n"])

    assert 0 == ended.code
    assert ended.output.index("2 to launch") < ended.output.index("Type 2")
    assert (1, 1) == (launches(account, "T-1"), launches(account, "T-2"))


@pytest.mark.parametrize("typed", ["1\n", "yes\n", "\n", CTRL_D])
def test_anything_else_is_a_no(
    terminal: Terminal, home: Path, account: MockServer, typed: str
) -> None:
    """Nothing is sent, and nobody is asked again."""
    file = write_hires(home, person("T-3"), person("T-4"))
    ended = terminal.run("people", "launch", file, typed=[typed])

    assert 2 == ended.code
    assert (0, 0) == (launches(account, "T-3"), launches(account, "T-4"))


def test_progress_is_a_bar(terminal: Terminal, home: Path, account: MockServer) -> None:
    """It moves on one line, and says how many are done."""
    file = write_hires(home, person("T-5"), person("T-6"))
    ended = terminal.run("people", "launch", file, "--confirm", "2")

    assert "━" in ended.output
    assert "2/2" in ended.output


def test_data_goes_where_it_is_sent_while_a_bar_is_drawn(
    terminal: Terminal, home: Path, account: MockServer
) -> None:
    """`--jsonl > file` on a terminal: each line is in the file, none is torn."""
    file = write_hires(home, person("T-11"), person("T-12"))
    words = ["people", "launch", str(file), "--confirm", "2", "--jsonl"]
    with (home / "data.jsonl").open("w", encoding="utf-8") as output:
        ended = terminal.run(*words, output=output)
    lines = (home / "data.jsonl").read_text("utf-8").splitlines()

    assert ["T-11", "T-12"] == sorted(json.loads(one)["external_id"] for one in lines)
    assert "2/2" in ended.output
    assert '"external_id"' not in ended.output


def test_a_reader_that_has_gone_does_not_end_a_run(
    terminal: Terminal, home: Path, account: MockServer
) -> None:
    """As with `--jsonl | head -1`: everybody is launched, and results.csv says so."""
    ids = ["T-13", "T-14", "T-15"]
    file = write_hires(home, *map(person, ids))
    words = ["people", "launch", str(file), "--confirm", "3", "--jsonl"]
    reader, writer = os.pipe()
    os.close(reader)
    output = os.fdopen(writer, "w")
    assert 1 == terminal.run(*words, output=output).code
    # Nothing of it is left for the exit of Python to write.
    output.close()

    assert [1] * 3 == [launches(account, one) for one in ids]
    assert 3 == (home / "results.csv").read_text("utf-8").count("launched")


def test_rows_are_a_table(terminal: Terminal, account: MockServer) -> None:
    """Its columns stand below each other, without tabs."""
    ended = terminal.run("forms", "list")

    assert 0 == ended.code
    assert "Technology request" in ended.output
    assert "\t" not in ended.output


def test_no_color_has_no_colour(
    terminal: Terminal,
    home: Path,
    account: MockServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bar has colours without the variable, and none with it."""
    file = write_hires(home, person("T-7"), person("T-8"))
    words = ["people", "launch", str(file), "--limit", "1", "--confirm", "1"]
    assert COLOUR.search(terminal.run(*words).output)
    monkeypatch.setenv("NO_COLOR", "1")

    assert not COLOUR.search(terminal.run(*words).output)


def test_a_narrow_window_loses_nothing(
    terminal: Terminal, home: Path, account: MockServer
) -> None:
    """Long texts are folded, and no line is wider than the window."""
    file = write_hires(home, person("T-9", email="somebody@nowhere"))
    ended = terminal.run("people", "check", file, columns=40)
    table = [line for line in ended.output.splitlines() if "  " in line[:24]]

    assert 2 == ended.code
    assert "E-mail" in ended.output
    assert all(len(line.rstrip()) <= 40 for line in table if line.startswith(" "))
    assert "nowhere" in "".join(line.replace(" ", "") for line in table)


def test_a_question_needs_a_terminal_on_both_sides(
    run: Run, home: Path, account: MockServer
) -> None:
    """A pipe that sends the number is not a person."""
    file = write_hires(home, person("T-10"))
    ended = run("people", "launch", file, stdin="1\n")

    assert 2 == ended.code
    assert 0 == launches(account, "T-10")


def test_a_request_that_changes_something_is_confirmed(
    terminal: Terminal, run: Run, account: MockServer
) -> None:
    """`api` asks, or needs --yes without a terminal."""
    words = ["api", "DELETE", "/restapi/v1/profile/nobody"]
    assert 2 == run(*words).code
    assert 2 == terminal.run(*words, typed=["n\n"]).code
    assert not any(one.method == "DELETE" for one in account.requests)
    assert 1 == terminal.run(*words, typed=["y\n"]).code
    assert any(one.method == "DELETE" for one in account.requests)


def read_until(master: int, words: bytes, shown: list[bytes]) -> None:
    """Read what a terminal shows, until it shows these words."""
    deadline = real_time.monotonic() + LONG
    while words not in b"".join(shown):
        assert real_time.monotonic() < deadline, b"".join(shown)
        if select.select([master], [], [], 0.1)[0]:
            shown.append(os.read(master, 4096))


def test_ctrl_c_finishes_what_is_in_flight(
    run: Run, home: Path, account: MockServer
) -> None:
    """The code is 130, the next command is shown, and nobody is launched twice."""
    ids = [f"T-2{number}" for number in range(8)]
    file = write_hires(home, *map(person, ids))
    is_interrupted = threading.Event()

    def wait(real: Reply) -> Reply:
        is_interrupted.wait(LONG)
        return replace(real, delay=0.1)

    # The second person is in flight until Ctrl-C is typed, however slow the machine.
    held = faults.Fault("held", True, wait)
    account.fail("workflows.launch_basic", held, after=1)
    account.fail("workflows.launch_basic", faults.delay(0.3), times=6, after=2)
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 60))
    words = ["people", "launch", str(file), "--in-flight", "1"]
    words += ["--per-second", "1000", "--confirm", "8"]
    process = subprocess.Popen(
        [sys.executable, "-c", IN_ITS_TERMINAL, *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown: list[bytes] = []
    read_until(master, b"1/8", shown)
    os.write(master, CTRL_C)
    is_interrupted.set()
    read_until(master, b"Go on with: enboarder people launch", shown)
    assert 130 == process.wait(LONG)
    os.close(master)

    account.clear_faults()
    done = sum(launches(account, one) for one in ids)
    assert 1 < done < 8
    words[-1] = str(8 - done)
    assert 0 == run(*words).code
    assert [1] * 8 == [launches(account, one) for one in ids]


@pytest.mark.parametrize("module", ["conftest.py", "test_terminal.py"])
def test_these_tests_are_collected_without_pseudo_terminals(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    """Windows has none, and still collects the other tests of the command."""
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("pty", "termios"):
        monkeypatch.setitem(sys.modules, name, None)

    assert runpy.run_path(str(Path(__file__).with_name(module)))
