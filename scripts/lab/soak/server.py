"""A service that fails in all the ways a network can, and counts how often each write was carried out."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from typing import Any

from bench.server import PROFILE, UNAUTHORIZED, Connection, Reply, Request, Service, answer, run

LIFETIME = 5.0  # seconds that a token lives
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
TOKEN_FAULTS = {"token request failed by 5xx": 10.0, "token request closed": 5.0, "token request slow": 5.0}
"""Per cent of the token requests."""
NOT_CARRIED_OUT = {"closed before it was carried out", "5xx before it was carried out", "429"}
ID = re.compile(rb"soak-\d+-\d+")
FORM_ROWS = {"items": [{"Start date": "2027-01-12"}] * 20}


class FaultyService(Service):
    """Tokens as for the benchmarks; reads and writes with faults by chance."""

    def __init__(self) -> None:
        super().__init__()
        self.settings["lifetime"] = LIFETIME
        self.carried_out: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.open = 0

    def reply(self, request: Request) -> Reply:
        if request.path == "/control":
            return Reply(answer(200, self.control(request)))
        if request.path == "/oauth2/token":
            self.token_requests += 1
            return self._token(self._fault(TOKEN_FAULTS))
        if not self.is_alive(request):
            self.faults["401"] += 1
            return Reply(UNAUTHORIZED)
        fault = self._fault(FAULTS)
        content = None if fault in NOT_CARRIED_OUT else self._done(request)
        return self._answered(fault, content or b"")

    def control(self, request: Request) -> dict[str, Any]:
        told = {"open": self.open, "faults": self.faults, "carried_out": self.carried_out}
        return super().control(request) | told

    def _fault(self, shares: dict[str, float]) -> str:
        none = 100.0 - sum(shares.values())
        fault = random.choices(["", *shares], [none, *shares.values()])[0]
        if fault:
            self.faults[fault] += 1
        return fault

    def _token(self, fault: str) -> Reply:
        if fault == "token request failed by 5xx":
            return Reply(answer(random.choice([500, 503]), {"message": "Service Unavailable"}))
        if fault == "token request closed":
            return Reply(b"", closes=True)
        return Reply(answer(200, self.issue()), 1.0 if fault else self.settings["delay"])

    def _done(self, request: Request) -> bytes:
        """Carry it out, and what is answered then."""
        if request.method == "GET":
            return answer(200, FORM_ROWS if "/reports/" in request.path else PROFILE)
        found = ID.search(request.body)
        assert found is not None
        external_id = found.group().decode()
        self.carried_out[external_id] += 1
        if request.path.endswith("/profile"):
            return answer(200, {"message": "Profile Created", "id": external_id})
        if "/startwf/" in request.path:
            return answer(200, {"message": "ok", "referenceid": external_id})
        return answer(200, {"message": f"Workflow updated successfully for externalid [{external_id}]"})

    def _answered(self, fault: str, content: bytes) -> Reply:
        match fault:
            case "closed before it was carried out" | "closed after it was carried out":
                return Reply(b"", closes=True)
            case "answer cut off":
                return Reply(content[:-5], closes=True)
            case "closed behind the answer":
                return Reply(content, closes=True)
            case "answered after the timeout":
                return Reply(content, 3.0)
            case "slow":
                return Reply(content, random.uniform(0.01, 0.3))
            case "5xx before it was carried out" | "5xx after it was carried out":
                return Reply(answer(random.choice([500, 502, 503, 504]), {"message": "Service Unavailable"}))
            case "429":
                asked = random.choice([[], ["Retry-After: 1"]])
                return Reply(answer(429, {"message": "Too Many Requests"}, *asked))
        return Reply(content)


class Counted(Connection):
    """A connection that the service knows of while it is open."""

    def __init__(self, service: FaultyService) -> None:
        super().__init__(service)
        self._counts = service

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._counts.open += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._counts.open -= 1


def main() -> None:
    service = FaultyService()
    run(lambda: Counted(service))


if __name__ == "__main__":
    main()
