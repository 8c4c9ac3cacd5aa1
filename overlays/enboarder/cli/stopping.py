"""Let the signal that stops a container end a run as Ctrl-C does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def ended_by_sigterm() -> Generator[None, None, None]:
    """Let SIGTERM, with which a container is stopped, do what Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        # A test runs the command in a thread, where no handler can be set.
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)
