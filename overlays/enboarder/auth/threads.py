"""Threads for blocking functions; the process does not wait for them when it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

from ..errors import TokenUnavailable

T = TypeVar("T")


def start_thread(function: Callable[[], object]) -> bool:
    """Run a function in a new thread; return whether the thread could be started.

    The end of the process does not wait for it.
    """
    context = copy_context()
    thread = threading.Thread(
        target=context.run,
        args=(function,),
        name="enboarder-token",
        daemon=True,
    )
    try:
        thread.start()
    except RuntimeError:
        # The system has no thread left, or Python is shutting down.
        return False
    return True


async def in_thread(function: Callable[[], T]) -> T:
    """Return the result of a function that may block.

    The function runs in a new thread. The threads of `asyncio.to_thread` may all be
    waiting for this token, and the process waits for them when it ends.

    Raises:
        TokenUnavailable: no thread could be started.
    """
    # asyncio is slow to import, and blocking clients never need it.
    import asyncio

    ended: Future[T] = Future()
    # A running future is not cancelled together with its caller.
    ended.set_running_or_notify_cancel()

    def run() -> None:
        try:
            result = function()
        except BaseException as error:  # noqa: BLE001
            ended.set_exception(error)
        else:
            ended.set_result(result)

    if not start_thread(run):
        raise TokenUnavailable(
            "no thread could be started for the token store or the function that "
            "returns the client secret; free threads, or give the secret as a string"
        )
    return await asyncio.wrap_future(ended)
