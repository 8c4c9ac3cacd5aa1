"""A signal handler that raises while the HTTP library holds a lock."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import Any

import pytest

from enboarder import ApiKey, Enboarder, RetryPolicy
from tests.conftest import LONG, basic_launch, loopback, reply

STEPS = ("__enter__", "__exit__")
MOST = 8  # more often than a launch takes a lock of the library


def interrupt_at(number: int) -> Any:
    """Return a tracer that raises in the lock's step of this number, like a signal."""
    steps = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        code = frame.f_code
        if not code.co_qualname.startswith("ThreadLock.") or code.co_name not in STEPS:
            return None
        if event == "return":
            steps += 1
            if steps == number:
                raise KeyboardInterrupt
        return trace

    return trace


@pytest.mark.untraced
@pytest.mark.parametrize("number", range(1, MOST + 1))
def test_interrupt_of_a_lock_of_the_library_never_hangs(number: int) -> None:
    """The interrupted launch ends, and so does the next call."""
    once = RetryPolicy(attempts=1)
    ended = threading.Event()

    with (
        loopback(lambda handler: reply(handler, 200, {"items": []})) as (url, _),
        Enboarder(ApiKey("key"), base_url=url, retry=once) as client,
    ):

        def call() -> None:
            sys.settrace(interrupt_at(number))
            with suppress(BaseException):
                client.workflows.launch_basic(basic_launch())
            sys.settrace(None)
            client.reports.get_forms()
            ended.set()

        threading.Thread(target=call, daemon=True).start()
        has_ended = ended.wait(LONG / 4)

    assert has_ended
