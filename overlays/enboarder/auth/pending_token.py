"""A token that is on its way, for the callers that wait for it.

`token_state` decides when a token is renewed, and `token_cache` makes one
`PendingToken` for each request for a token.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ..errors import EnboarderError
from .token import Token

if TYPE_CHECKING:
    from asyncio import Task


class Fetch(Protocol):
    """Fetches a token, from a store or the endpoint."""

    def __call__(self, *, may_wait: bool = True) -> Token:
        """Return a token; `may_wait` says whether it may wait for other processes."""
        ...


FetchAsync: TypeAlias = Callable[[], Awaitable[Token]]
Ended: TypeAlias = Token | EnboarderError


class PendingToken:
    """A token that is being fetched.

    Args:
        cause: the way in which it is asked for; a failure concerns no other way.
        started_at: when it began.
    """

    def __init__(self, cause: Hashable, started_at: float) -> None:
        self.cause = cause
        self.started_at = started_at
        self.thread = threading.get_ident()
        self.is_forced = False
        """Whether a refused token caused it."""
        self.result: Ended | None = None
        """The token or the error; None while it is being fetched, or if that was
        interrupted.
        """
        self.interrupt: BaseException | None = None
        """The exception that interrupted it, if it is not one of ours; its own caller
        gets it.
        """
        self.ended: Future[None] = Future()
        # A running future cannot be cancelled by a caller that waits for it.
        self.ended.set_running_or_notify_cancel()
        # An event loop does not keep a task alive that nobody refers to.
        self.task: Task[None] | None = None

    def run(self, fetch: Fetch) -> None:
        """Fetch the token, and keep the result."""
        self.thread = threading.get_ident()
        try:
            self.result = fetch()
        except EnboarderError as error:
            # A copy has no frames. The frames of the error itself hold the token
            # request.
            self.result = copy.copy(error)
        except BaseException as error:  # noqa: BLE001
            self.interrupt = error

    async def run_async(self, fetch: FetchAsync) -> None:
        """Fetch the token on asyncio, and keep the result."""
        try:
            self.result = await fetch()
        except EnboarderError as error:
            self.result = copy.copy(error)
        except Exception as error:  # noqa: BLE001
            self.interrupt = error
        except BaseException as error:
            # The event loop must learn that it was interrupted, or that its task ended.
            self.interrupt = error
            raise

    def end(self) -> None:
        """Release all callers that wait for it."""
        with suppress(InvalidStateError):
            self.ended.set_result(None)
