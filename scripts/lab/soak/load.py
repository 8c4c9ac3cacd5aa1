"""Read and write in many threads by one client, until the time is over."""

from __future__ import annotations

import datetime
import random
import threading
import time
from collections.abc import Callable

from enboarder import Enboarder, EnboarderError, models
from scripts.lab.soak.ledger import DONE, Ledger

THREADS = 50
SHARE_OF_WRITES = 0.5
LONGEST_PAUSE = 0.2
"""Seconds between two calls of a thread."""

START = datetime.date(2027, 1, 12)
LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Sample",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
}
PROFILE = {
    "firstName": "Alex",
    "lastName": "Example",
    "contact": {"email": "alex@example.com"},
}

# What may be the end of a call. Any other error, also one that is documented for the
# other half, is a fault of the client.
ANY_CALL_ENDS = {
    DONE,
    "ConnectionFailed",
    "RateLimited",
    "TokenUnavailable",
    "Unauthorized",
}
READS_END = ANY_CALL_ENDS | {"NoAnswer", "ServerError"}
WRITES_END = ANY_CALL_ENDS | {"OutcomeUnknown"}


class Reads:
    """The reads, by name of their operation."""

    def __init__(self, client: Enboarder) -> None:
        """Take the client."""
        self._client = client
        self.by_name: dict[str, Callable[[], object]] = {
            "profiles.get": self._profile,
            "reports.iter_form_data": self._rows,
        }

    def _profile(self) -> object:
        return self._client.profiles.get("p1")

    def _rows(self) -> object:
        return list(self._client.reports.iter_form_data("form"))


class Writes:
    """The writes of an external id, by name of their operation."""

    def __init__(self, client: Enboarder) -> None:
        """Take the client."""
        self._client = client
        self.by_name: dict[str, Callable[[str], object]] = {
            "workflows.launch_basic": self._launch,
            "workflows.update": self._update,
            "workflows.cancel": self._cancel,
            "profiles.create": self._create,
        }

    def _launch(self, external_id: str) -> object:
        body = {**LAUNCH, "externalid": external_id}
        return self._client.workflows.launch_basic(body)

    def _update(self, external_id: str) -> object:
        body = models.WorkflowUpdate(external_id=external_id, start_date=START)
        return self._client.workflows.update(body)

    def _cancel(self, external_id: str) -> object:
        body = models.WorkflowCancellation(external_id=external_id)
        return self._client.workflows.cancel(body)

    def _create(self, external_id: str) -> object:
        body = {**PROFILE, "externalid": external_id}
        return self._client.profiles.create(body)


class Load:
    """The threads, and what they find wrong."""

    def __init__(self, client: Enboarder, ledger: Ledger) -> None:
        """Make the threads."""
        self._reads = Reads(client).by_name
        self._writes = Writes(client).by_name
        self._ledger = ledger
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(number,))
            for number in range(THREADS)
        ]
        self.wrong: dict[str, str] = {}
        """The first message of each kind of end that is not allowed."""

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let the calls under way end, and no other begin."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, number: int) -> None:
        chance = random.Random(f"{number} {time.time()}")
        turn = 0
        while not self._over.is_set():
            turn += 1
            if chance.random() < SHARE_OF_WRITES:
                name = chance.choice(list(self._writes))
                self._write(name, f"soak-{number}-{turn}")
            else:
                name = chance.choice(list(self._reads))
                self._read(name)
            self._over.wait(chance.uniform(0.0, LONGEST_PAUSE))

    def _read(self, name: str) -> None:
        end = self._end(name, self._reads[name], READS_END)
        self._ledger.note(name, end)

    def _write(self, name: str, external_id: str) -> None:
        write = self._writes[name]
        end = self._end(name, lambda: write(external_id), WRITES_END)
        self._ledger.note(name, end, external_id)

    def _end(self, name: str, call: Callable[[], object], allowed: set[str]) -> str:
        try:
            call()
        # An error that is not ours is what this looks for.
        except Exception as error:  # noqa: BLE001
            end = type(error).__name__
            if end not in allowed or not isinstance(error, EnboarderError):
                self.wrong.setdefault(f"{name}: {end}", str(error))
            return end
        return DONE
