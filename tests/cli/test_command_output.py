"""A command whose output is closed, full or absent."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

import pytest

from enboarder.cli import main
from enboarder.output import guarded

LONG = ["contract", "export", "--format", "openapi-3.1"]
SHORT = ["--version"]


def closed_pipe() -> TextIO:
    """Return a stream whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "w")


def exit_code(
    words: list[str], output: TextIO | None, monkeypatch: pytest.MonkeyPatch
) -> object:
    """Run the command with a standard output, and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["enboarder", *words])
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", output)
        with pytest.raises(SystemExit) as ended:
            main()
        # Nothing of it is left for the exit of Python to write.
        if output is not None:
            output.close()
    return ended.value.code


@pytest.mark.parametrize("words", [LONG, SHORT], ids=["long", "short"])
def test_reader_that_has_gone_ends_the_command_quietly(
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As with `| head`: no message, and no traceback."""
    assert 1 == exit_code(words, closed_pipe(), monkeypatch)
    assert "" == capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("words", [LONG, SHORT], ids=["long", "short"])
def test_full_device_is_an_error(
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Incomplete output does not pass for a success."""
    full = os.fdopen(os.open("/dev/full", os.O_WRONLY), "w")

    assert 1 == exit_code(words, full, monkeypatch)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("enboarder: cannot write the output")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_full_device_of_a_file_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As that of the standard output."""
    words = [*LONG, "--output", "/dev/full"]

    assert 1 == exit_code(words, None, monkeypatch)
    (line,) = capsys.readouterr().err.splitlines()
    assert "/dev/full" in line


@pytest.mark.parametrize("words", [LONG, SHORT], ids=["long", "short"])
def test_absent_output_is_no_error(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with `>&-`, where Python has no standard output at all."""
    assert 0 == exit_code(words, None, monkeypatch)


@pytest.mark.parametrize(("code", "expected"), [(None, 0), (0, 0), (3, 3), ("why", 1)])
def test_exit_code_is_that_of_the_command(
    code: str | int | None, expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text is an error that is printed."""

    def end() -> None:
        raise SystemExit(code)

    assert expected == guarded("x", end)
    assert ("why\n" if code == "why" else "") == capsys.readouterr().err


def test_error_that_is_not_about_the_output_passes() -> None:
    """It is not called incomplete output."""

    def fail() -> None:
        os.stat("/no/such/file")

    with pytest.raises(FileNotFoundError):
        guarded("x", fail)
