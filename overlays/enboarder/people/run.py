"""Execute a plan: claim, send and record each of its actions."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from ..client import AsyncEnboarder, Enboarder
from ..clock import SYSTEM_CLOCK, Clock
from ..errors import ConfigurationError
from .calls import import_calls
from .endings import Ending, done, failed
from .ledger.book import Ledger
from .ledger.record import Claim
from .pace import Pace
from .plan import Action, Plan
from .progression import ProgressCallback, Progression, settings_of
from .results import Result, Run

if TYPE_CHECKING:
    import asyncio

SLICE = 0.2
"""Seconds of a pause after which a worker looks whether the run was stopped."""
STOP_AFTER = 5

Job = tuple[int, Action, Claim]


class RunInterrupted(KeyboardInterrupt):
    """Ctrl-C ended a run; what was in flight is finished and recorded."""

    run: Run
    """The results so far; the other rows are `not sent`."""

    def __init__(self, run: Run) -> None:
        super().__init__(f"the run {run.id} was interrupted; run it again to go on")
        self.run = run


def apply(
    enboarder: Enboarder,
    plan: Plan,
    ledger: Ledger,
    *,
    pace: Pace | None = None,
    stop_after: int | None = STOP_AFTER,
    progress: ProgressCallback | None = None,
    clock: Clock = SYSTEM_CLOCK,
) -> Run:
    """Execute a plan, and return how each of its rows ended.

    Each row is claimed in the ledger before it is sent. After a crash, run the same
    file again: what was done, or may have been done, is not sent again.

    Ctrl-C finishes what is in flight; a second Ctrl-C does not wait.

    Args:
        enboarder: the client.
        plan: what a person has reviewed.
        ledger: the ledger of the plan's account.
        pace: how fast; by default at most 2 requests in flight and 5 a second.
        stop_after: how many requests in a row that fail in the same way end the run,
            such as a wrong credential; None never ends it.
        progress: is called with each result, how many there are, and how many there
            will be. An error that it raises ends the run and is raised.
        clock: time and waiting; for tests.

    Raises:
        InvalidInput: the plan does not fit the ledger; nothing was sent.
        RunInterrupted: Ctrl-C; a KeyboardInterrupt.
    """
    if not isinstance(enboarder, Enboarder):
        raise ConfigurationError("apply needs an Enboarder; await apply_async instead")
    settings = settings_of(pace, stop_after, clock)
    progression = Progression(plan, ledger, settings)
    import_calls(progression.operations)
    workers = _Workers(enboarder, progression, clock, settings.pace.in_flight)
    try:
        workers.start()
        workers.report(progress)
        workers.join()
    except BaseException as error:
        progression.stop("interrupted")
        workers.join()
        if isinstance(error, KeyboardInterrupt):
            raise RunInterrupted(progression.finished()) from None
        raise
    return workers.finished()


class _Workers:
    """Threads that send the actions of one run."""

    def __init__(
        self,
        enboarder: Enboarder,
        progression: Progression,
        clock: Clock,
        number: int,
    ) -> None:
        self._enboarder = enboarder
        self._progression = progression
        self._clock = clock
        # One action after the other is claimed, in the order of the plan.
        self._turn = threading.Lock()
        self._results: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        """Results as they come; None when a worker ends."""
        self._error: BaseException | None = None
        self._threads = [threading.Thread(target=self._run) for _ in range(number)]
        self._running = 0

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()
            self._running += 1

    def report(self, progress: ProgressCallback | None) -> None:
        """Pass results on, in the thread of the caller, until all threads are done."""
        finished = 0
        while self._running:
            result = self._next_result()
            if result is None:
                self._running -= 1
                continue
            finished += 1
            if progress is not None:
                progress(result, finished, self._progression.total)

    def join(self) -> None:
        """Wait for what is in flight."""
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def finished(self) -> Run:
        """Return the results, or raise what broke a thread."""
        self.join()
        if self._error is not None:
            raise self._error
        return self._progression.finished()

    def _next_result(self) -> Result | None:
        while True:
            try:
                # Without a time limit, Windows would not notice Ctrl-C.
                return self._results.get(timeout=1.0)
            except queue.Empty:
                continue

    def _run(self) -> None:
        try:
            while True:
                job = self._take()
                if job is None:
                    return
                self._results.put(self._do(*job))
        except BaseException as error:  # noqa: BLE001
            # A fault of this package; what is claimed stays unknown.
            self._error = error
            self._progression.stop(f"{type(error).__name__} was raised")
        finally:
            self._results.put(None)

    def _take(self) -> Job | None:
        """Return the next action to send, claimed when its turn has come."""
        with self._turn:
            while True:
                self._wait()
                found = self._progression.next_action()
                if found is None:
                    return None
                index, action = found
                claim = self._progression.claim(index, action)
                if isinstance(claim, Claim):
                    self._progression.pacer.begin()
                    return index, action, claim
                self._results.put(claim)

    def _wait(self) -> None:
        """Wait until the next request may begin, if there is any."""
        while self._progression.goes_on:
            pause = self._progression.pacer.pause()
            if pause <= 0:
                return
            self._clock.sleep(min(pause, SLICE))

    def _do(self, index: int, action: Action, claim: Claim) -> Result:
        sent_at = self._progression.now()
        try:
            ending = done(method_of(self._enboarder, action.operation)(action.body))
        except Exception as error:  # noqa: BLE001
            ending = failed(error)
        return self._progression.finish(index, action, claim, ending, sent_at)


async def apply_async(
    enboarder: AsyncEnboarder,
    plan: Plan,
    ledger: Ledger,
    *,
    pace: Pace | None = None,
    stop_after: int | None = STOP_AFTER,
    progress: ProgressCallback | None = None,
    clock: Clock = SYSTEM_CLOCK,
) -> Run:
    """Execute a plan on asyncio; like `apply`.

    A cancellation finishes what is in flight, and then passes.

    Raises:
        InvalidInput: the plan does not fit the ledger; nothing was sent.
    """
    import asyncio

    if not isinstance(enboarder, AsyncEnboarder):
        raise ConfigurationError("apply_async needs an AsyncEnboarder; or call apply")
    settings = settings_of(pace, stop_after, clock)
    progression = Progression(plan, ledger, settings)
    import_calls(progression.operations)
    tasks = _Tasks(enboarder, progression, clock, progress)
    number = settings.pace.in_flight
    running = [asyncio.create_task(tasks.run()) for _ in range(number)]
    for task in running:
        task.add_done_callback(_look_at_error)
    try:
        await asyncio.wait(running)
    except BaseException:
        progression.stop("interrupted")
        await asyncio.wait(running)
        raise
    for task in running:
        task.result()
    return progression.finished()


def _look_at_error(task: asyncio.Task[None]) -> None:
    # Of several errors only the first is raised; asyncio would report the others.
    if not task.cancelled():
        task.exception()


class _Tasks:
    """Tasks that send the actions of one run."""

    def __init__(
        self,
        enboarder: AsyncEnboarder,
        progression: Progression,
        clock: Clock,
        progress: ProgressCallback | None,
    ) -> None:
        import asyncio

        self._enboarder = enboarder
        self._progression = progression
        self._clock = clock
        self._progress = progress
        self._turn: asyncio.Lock = asyncio.Lock()
        self._finished = 0

    async def run(self) -> None:
        """Send actions until there is none left, or the run is stopped."""
        try:
            while True:
                job = await self._take()
                if job is None:
                    return
                self._report(await self._do(*job))
        except BaseException as error:
            # The other tasks finish what is in flight.
            self._progression.stop(f"{type(error).__name__} was raised")
            raise

    async def _take(self) -> Job | None:
        import asyncio

        async with self._turn:
            while True:
                await self._wait()
                found = self._progression.next_action()
                if found is None:
                    return None
                index, action = found
                claim = await asyncio.to_thread(self._progression.claim, index, action)
                if isinstance(claim, Claim):
                    self._progression.pacer.begin()
                    return index, action, claim
                self._report(claim)

    async def _wait(self) -> None:
        while self._progression.goes_on:
            pause = self._progression.pacer.pause()
            if pause <= 0:
                return
            await self._clock.sleep_async(min(pause, SLICE))

    async def _do(self, index: int, action: Action, claim: Claim) -> Result:
        import asyncio

        sent_at = self._progression.now()
        try:
            send = method_of(self._enboarder, action.operation)
            ending: Ending = done(await send(action.body))
        except Exception as error:  # noqa: BLE001
            ending = failed(error)
        return await asyncio.to_thread(
            self._progression.finish, index, action, claim, ending, sent_at
        )

    def _report(self, result: Result) -> None:
        self._finished += 1
        if self._progress is not None:
            self._progress(result, self._finished, self._progression.total)


def method_of(enboarder: Enboarder | AsyncEnboarder, operation: str) -> Any:
    """Return the method of a client that an operation's name means."""
    resource, _, method = operation.partition(".")
    return getattr(getattr(enboarder, resource), method)
