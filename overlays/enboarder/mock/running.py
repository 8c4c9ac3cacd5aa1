"""Run another program with the variables of a mock, and end as it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

FORWARDED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")
"""Signals that the program gets instead of this process, where the system has them."""
NOT_FOUND = 127
NOT_RUNNABLE = 126
REPLACED = (
    "REGION",
    "BASE_URL",
    "TOKEN_URL",
    "API_KEY",
    "CLIENT_ID",
    "CLIENT_SECRET",
)
"""The variables, without `ENBOARDER_`, that say where an account is and who asks."""


def run(command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a program, and return its exit code, as a shell would.

    A signal to this process reaches the program. One that ends the program gives 128
    and its number.

    Args:
        command: The program and its arguments.
        variables: Replace an account's variables in its environment.
    """
    environment = dict(os.environ)
    for name in REPLACED:
        environment.pop(f"ENBOARDER_{name}", None)
    environment.update(variables)
    with _forwarding() as forwarding:
        try:
            process = subprocess.Popen(command, env=environment)
        except OSError as error:
            print(f"cannot run {command[0]}: {error.strerror}", file=sys.stderr)
            is_missing = isinstance(error, FileNotFoundError)
            return NOT_FOUND if is_missing else NOT_RUNNABLE
        forwarding.begin(process)
        code = process.wait()
    return 128 - code if code < 0 else code


class _Forwarding:
    """Hands signals on to a program, also those that come before it runs."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._early: list[int] = []

    def handle(self, number: int, _frame: FrameType | None) -> None:
        """Hand a signal on."""
        if number == signal.SIGINT and sys.stdin is not None and sys.stdin.isatty():
            # The terminal has sent it to the program, too.
            return
        if self._process is None:
            self._early.append(number)
        else:
            self._process.send_signal(number)

    def begin(self, process: subprocess.Popen[bytes]) -> None:
        """Hand on what came early; from now on, signals are handed on at once."""
        self._process = process
        for number in self._early:
            process.send_signal(number)


@contextmanager
def _forwarding() -> Generator[_Forwarding, None, None]:
    forwarding = _Forwarding()
    numbers = [getattr(signal, name) for name in FORWARDED if hasattr(signal, name)]
    previous = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, forwarding.handle)
    try:
        yield forwarding
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
