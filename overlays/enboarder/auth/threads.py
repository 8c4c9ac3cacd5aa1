"""Threads for what may block, which neither an event loop nor the process waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

from ..errors import TokenUnavailable

T = TypeVar("T")


def start_thread(function: Callable[[], object]) -> bool:
    """Run a function in a thread of its own; return whether one could be started.

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
        # The system has no thread left, or Python ends.
        return False
    return True


async def in_thread(function: Callable[[], T]) -> T:
    """Return what a function returns that may block.

    It runs in a thread of its own, which ends with it: those of `asyncio.to_thread` may
    all be waiting for this very token, and the process waits for them when it ends.

    Raises:
        TokenUnavailable: no thread could be started.
    """
    # asyncio is slow to import, and blocking clients never need it.
    import asyncio

    ended: Future[T] = Future()
    # A future that runs is not cancelled together with the caller.
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
