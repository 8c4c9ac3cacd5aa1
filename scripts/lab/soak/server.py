"""A service that fails in all the ways a network can.

It counts how often each write was carried out.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from scripts.lab.bench.server import (
    PROFILE,
    UNAUTHORIZED,
    Connection,
    Reply,
    Request,
    Service,
    answer,
    run,
)

LIFETIME = 5.0
"""Seconds that a token lives."""

FAULTS = {
    "closed before it was carried out": 1.0,
    "closed after it was carried out": 1.0,
    "answer cut off": 0.5,
    "closed behind the answer": 1.0,
    "answered after the timeout": 0.1,
    "slow": 3.0,
    "5xx before it was carried out": 1.0,
    "5xx after it was carried out": 1.0,
    "429": 1.0,
}
"""Per cent of the requests whose token is alive."""

TOKEN_FAULTS = {
    "token request failed by 5xx": 10.0,
    "token request closed": 5.0,
    "token request slow": 5.0,
}
"""Per cent of the token requests."""

NOT_CARRIED_OUT = {
    "closed before it was carried out",
    "5xx before it was carried out",
    "429",
}
EXTERNAL_ID = re.compile(rb"soak-\d+-\d+")
FORM_ROWS = {"items": [{"Start date": "2027-01-12"}] * 20}


class FaultyService(Service):
    """Tokens as for the benchmarks; reads and writes with faults by chance."""

    def __init__(self) -> None:
        """Start without tokens and writes."""
        super().__init__()
        self.settings["lifetime"] = LIFETIME
        self.carried_out: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.open = 0

    def reply(self, request: Request) -> Reply:
        """Answer a request, or fail."""
        if request.path == "/control":
            return Reply(answer(200, self.control(request)))
        if request.path == "/oauth2/token":
            self.token_requests += 1
            return self._token(self._fault(TOKEN_FAULTS))
        if not self.is_alive(request):
            self.faults["401"] += 1
            return Reply(UNAUTHORIZED)
        fault = self._fault(FAULTS)
        content = b""
        if fault not in NOT_CARRIED_OUT:
            content = self._carry_out(request)
        if fault:
            return FAULTY_REPLIES[fault](content)
        return Reply(content)

    def control(self, request: Request) -> dict[str, Any]:
        """Report what was done as well."""
        return {
            **super().control(request),
            "open": self.open,
            "faults": self.faults,
            "carried_out": self.carried_out,
        }

    def _fault(self, shares: dict[str, float]) -> str:
        """Choose a fault by chance; an empty text for none."""
        without = 100.0 - sum(shares.values())
        names = ["", *shares]
        weights = [without, *shares.values()]
        fault = random.choices(names, weights)[0]
        if fault:
            self.faults[fault] += 1
        return fault

    def _token(self, fault: str) -> Reply:
        if fault == "token request failed by 5xx":
            return _unavailable([500, 503])
        if fault == "token request closed":
            return Reply(b"", closes=True)
        delay = self.settings["delay"]
        if fault == "token request slow":
            delay = 1.0
        return Reply(answer(200, self.issue()), delay)

    def _carry_out(self, request: Request) -> bytes:
        """Do what is asked, and return the answer."""
        if request.method == "GET":
            is_report = "/reports/" in request.path
            return answer(200, FORM_ROWS if is_report else PROFILE)
        found = EXTERNAL_ID.search(request.body)
        assert found is not None
        external_id = found.group().decode()
        self.carried_out[external_id] += 1
        if request.path.endswith("/profile"):
            return answer(200, {"message": "Profile Created", "id": external_id})
        if "/startwf/" in request.path:
            return answer(200, {"message": "ok", "referenceid": external_id})
        message = f"Workflow updated successfully for externalid [{external_id}]"
        return answer(200, {"message": message})


def _closed(_: bytes) -> Reply:
    return Reply(b"", closes=True)


def _cut_off(content: bytes) -> Reply:
    return Reply(content[:-5], closes=True)


def _closed_behind(content: bytes) -> Reply:
    return Reply(content, closes=True)


def _too_late(content: bytes) -> Reply:
    return Reply(content, delay=3.0)


def _slow(content: bytes) -> Reply:
    return Reply(content, delay=random.uniform(0.01, 0.3))


def _failed(_: bytes) -> Reply:
    return _unavailable([500, 502, 503, 504])


def _limited(_: bytes) -> Reply:
    headers: list[str] = random.choice([[], ["Retry-After: 1"]])
    return Reply(answer(429, {"message": "Too Many Requests"}, *headers))


def _unavailable(statuses: list[int]) -> Reply:
    status = random.choice(statuses)
    return Reply(answer(status, {"message": "Service Unavailable"}))


FAULTY_REPLIES: dict[str, Callable[[bytes], Reply]] = {
    "closed before it was carried out": _closed,
    "closed after it was carried out": _closed,
    "answer cut off": _cut_off,
    "closed behind the answer": _closed_behind,
    "answered after the timeout": _too_late,
    "slow": _slow,
    "5xx before it was carried out": _failed,
    "5xx after it was carried out": _failed,
    "429": _limited,
}
"""What each fault makes of the answer that would have been sent."""


class Counted(Connection):
    """A connection that the service counts while it is open."""

    def __init__(self, service: FaultyService) -> None:
        """Serve one client."""
        super().__init__(service)
        self._counts = service

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count it."""
        super().connection_made(transport)
        self._counts.open += 1

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no longer."""
        self._counts.open -= 1


def main() -> None:
    """Serve as the soak needs it."""
    service = FaultyService()
    run(lambda: Counted(service))


if __name__ == "__main__":
    main()
