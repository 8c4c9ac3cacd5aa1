"""Threads that read and write by one client, each until the time is over."""

from __future__ import annotations

import datetime
import random
import threading
import time
from collections.abc import Callable

from enboarder import Enboarder, EnboarderError, models

from .ledger import DONE, Ledger

THREADS = 50
SHARE_OF_WRITES = 0.5
LONGEST_PAUSE = 0.2  # seconds between two calls of a thread
START = datetime.date(2027, 1, 12)
LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Sample",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
}
PROFILE = {"firstName": "Alex", "lastName": "Example", "contact": {"email": "alex@example.com"}}

# What an error may be called. Any other, also one that is documented for the other half, is a fault of the client.
_ANY = {DONE, "ConnectionFailed", "RateLimited", "TokenUnavailable", "Unauthorized"}
READS_END = _ANY | {"NoAnswer", "ServerError"}
WRITES_END = _ANY | {"OutcomeUnknown"}


def reads(client: Enboarder) -> dict[str, Callable[[], object]]:
    """Reads, by name of their operation."""
    return {
        "profiles.get": lambda: client.profiles.get("p1"),
        "reports.iter_form_data": lambda: list(client.reports.iter_form_data("form")),
    }


def writes(client: Enboarder) -> dict[str, Callable[[str], object]]:
    """Writes of an external id, by name of their operation."""
    return {
        "workflows.launch_basic": lambda one: client.workflows.launch_basic({**LAUNCH, "externalid": one}),
        "workflows.update": lambda one: client.workflows.update(
            models.WorkflowUpdate(external_id=one, start_date=START)
        ),
        "workflows.cancel": lambda one: client.workflows.cancel(models.WorkflowCancellation(external_id=one)),
        "profiles.create": lambda one: client.profiles.create({**PROFILE, "externalid": one}),
    }


class Load:
    """The threads, and what they found wrong."""

    def __init__(self, client: Enboarder, ledger: Ledger) -> None:
        self._reads, self._writes, self._ledger = reads(client), writes(client), ledger
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(THREADS)]
        self.wrong: dict[str, str] = {}
        """The first message of each kind of end that may not be."""

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let the calls under way end, and no other begin."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, number: int) -> None:
        chance, turn = random.Random(f"{number} {time.time()}"), 0
        while not self._over.is_set():
            turn += 1
            if chance.random() < SHARE_OF_WRITES:
                name, write = chance.choice(list(self._writes.items()))
                self._write(name, write, f"soak-{number}-{turn}")
            else:
                name, read = chance.choice(list(self._reads.items()))
                self._ledger.note(name, self._end(name, read, READS_END))
            self._over.wait(chance.uniform(0.0, LONGEST_PAUSE))

    def _write(self, name: str, write: Callable[[str], object], external_id: str) -> None:
        self._ledger.note(name, self._end(name, lambda: write(external_id), WRITES_END), external_id)

    def _end(self, name: str, call: Callable[[], object], allowed: set[str]) -> str:
        try:
            call()
            return DONE
        except Exception as error:  # noqa: BLE001 (one that is none of ours is what this looks for)
            end = type(error).__name__
            if end not in allowed or not isinstance(error, EnboarderError):
                self.wrong.setdefault(f"{name}: {end}", str(error))
            return end
