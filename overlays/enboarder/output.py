"""The standard output of a command, which may be closed or full."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a full device says."""


def guarded(program: str, main: Callable[[], int | None]) -> int:
    """Run a command, and return its exit code, even if its output cannot be written.

    A reader that has read enough (`| head`) ends the command quietly. A full device is
    an error. In both cases the output is incomplete, and the code is 1.

    Args:
        program: What errors begin with.
        main: The command. None is the exit code 0.
    """
    try:
        code = _exit_code(main)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return 1
    except OSError as error:
        if error.filename is not None or error.errno not in FULL:
            raise
        _discard_output()
        text = f"{program}: cannot write the output ({error.strerror})"
        print(f"{text}; it is incomplete", file=sys.stderr)
        return 1
    return code


def _exit_code(main: Callable[[], int | None]) -> int:
    try:
        return main() or 0
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1


def _discard_output() -> None:
    """Let what is still buffered go nowhere, or Python fails again at its exit."""
    # A stream in memory has no number.
    with suppress(OSError, ValueError):
        number = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
