"""A token that is being fetched, apart from those who wait for it."""

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
        """Return a token; with `may_wait` it may wait for other processes."""
        ...


FetchAsync: TypeAlias = Callable[[], Awaitable[Token]]
Ended: TypeAlias = Token | EnboarderError


class Refresh:
    """A token that is being fetched, and the thread that fetches it.

    Args:
        cause: how it is asked for; a failure means nothing for other ways.
        started_at: when it began.
    """

    def __init__(self, cause: Hashable, started_at: float) -> None:
        self.cause = cause
        self.started_at = started_at
        self.thread = threading.get_ident()
        self.is_forced = False
        """Whether a refused token caused it."""
        self.result: Ended | None = None
        """Its token or error; None while it runs, and when it was interrupted."""
        self.interrupt: BaseException | None = None
        """What interrupted it: an error that is not ours, for its own caller."""
        self.ended: Future[None] = Future()
        # A future that runs cannot be cancelled by one of those who wait for it.
        self.ended.set_running_or_notify_cancel()
        # An event loop keeps no task that nobody else holds.
        self.task: Task[None] | None = None

    def run(self, fetch: Fetch) -> None:
        """Fetch the token, and keep what came of it."""
        self.thread = threading.get_ident()
        try:
            self.result = fetch()
        except EnboarderError as error:
            # A copy has no frames; those of the error hold the token request.
            self.result = copy.copy(error)
        except BaseException as error:  # noqa: BLE001
            self.interrupt = error

    async def run_async(self, fetch: FetchAsync) -> None:
        """Fetch the token on asyncio, and keep what came of it."""
        try:
            self.result = await fetch()
        except EnboarderError as error:
            self.result = copy.copy(error)
        except Exception as error:  # noqa: BLE001
            self.interrupt = error
        except BaseException as error:
            # The loop has to know that it was interrupted, or that its task ended.
            self.interrupt = error
            raise

    def end(self) -> None:
        """Release all that wait for it."""
        with suppress(InvalidStateError):
            self.ended.set_result(None)
