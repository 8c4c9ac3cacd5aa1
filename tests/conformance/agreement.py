"""Do two judges agree on an exchange: openapi-core, and the stand-in service, which judged it when it answered?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from enboarder_api.contract import WARNING_HEADER
from enboarder_api.operations import OPERATIONS
from tests.conformance.coverage import Responses, found
from tests.conformance.openapi_core_judge import (
    FAMILIES,
    Judge,
    Received,
    Sent,
    Verdict,
    families_of,
)

MADE_UP = "schemathesis/"
"""How the requests begin their user agent that no test thought of: they are judged, but count for no coverage."""

CURSOR = re.compile(rb'"nextKey":"[^"]+"')
"""Every run of a service makes up its own; pages that differ in nothing else are the same."""


class Kind(StrEnum):
    """What became of an exchange."""

    VALID = "request and response valid, both judges agree"
    INVALID = "request invalid, both judges agree; the refusal is as described"
    NO_CREDENTIAL = "no credential: openapi-core misses one, the service refused; the refusal is as described"
    NO_PATH = "no such path or method with this kind of credential, both judges agree"
    # From here on: exceptions. Only one judge can speak.
    EXTENSION = "refused for a rule that only an extension states (x-required, x-required-any, blank is missing)"
    WARNING_CASE = "the warning header in another case: the article writes both, the service takes both"
    FAULT = "met a fault that a test asked for: the response is wrong on purpose, so only the request is judged"
    TOKEN = "token request: described by a security scheme, not by an operation"
    GROWN = "a contract that a test made up: the service is asked about an operation that the contract lacks"
    OVERSIZED = "body above the limit that the service has made up"


class Exchange(NamedTuple):
    """A request, its response, and what the service says of them."""

    sent: Sent
    received: Received
    operation: str | None
    fault: str | None
    """The name of the fault that a test asked for."""
    faults: tuple[str, ...]
    """Why the service thinks that the request breaks the contract."""


class Agreement:
    """All exchanges of a run."""

    def __init__(self) -> None:
        self.judge = Judge()
        self.kinds: Counter[str] = Counter()
        self.violations: set[str] = set()
        self.responses: Responses = set()
        self.distinct = 0
        self.made_up = 0
        self._judged: dict[Any, tuple[Kind, set[str], Responses]] = {}

    def weigh(self, exchange: Exchange) -> None:
        """Judge an exchange; one that was judged before is only counted."""
        sent, received = exchange.sent, exchange.received
        headers = {
            name: sent.headers.get(name)
            for name in ("content-type", WARNING_HEADER.lower())
        }
        credentials = tuple(families_of(sent.headers))
        key = (
            *(
                sent.method,
                sent.path,
                *sorted(_without_cursor(sent.query).items()),
                sent.body,
                credentials,
            ),
            *(received.status, CURSOR.sub(b"", received.body), *headers.values()),
            *(exchange.operation, exchange.fault, exchange.faults),
        )
        if key not in self._judged:
            self._judged[key] = self._decide(exchange, credentials)
        kind, violations, responses = self._judged[key]
        self.kinds[kind] += 1
        self.violations |= violations
        if sent.headers.get("user-agent", "").startswith(MADE_UP):
            self.made_up += 1
        else:
            self.responses |= responses

    def to_data(self) -> dict[str, Any]:
        """As plain data, for another process."""
        return {
            "kinds": {str(kind): count for kind, count in self.kinds.items()},
            "violations": sorted(self.violations),
            "responses": sorted(map(list, self.responses)),
            "distinct": len(self._judged),
            "made_up": self.made_up,
        }

    def add(self, data: dict[str, Any]) -> None:
        """What another process saw."""
        self.kinds.update(data["kinds"])
        self.violations |= set(data["violations"])
        self.responses |= {
            (path, method, status) for path, method, status in data["responses"]
        }
        self.distinct += data["distinct"]
        self.made_up += data["made_up"]

    @property
    def judged(self) -> int:
        """The number of different exchanges."""
        return self.distinct + len(self._judged)

    def _decide(
        self, exchange: Exchange, credentials: tuple[str, ...]
    ) -> tuple[Kind, set[str], Responses]:
        sent, received = exchange.sent, exchange.received
        if exchange.operation == "token":
            return Kind.TOKEN, set(), set()
        if exchange.operation not in (None, *OPERATIONS):
            return Kind.GROWN, set(), set()
        families = credentials or tuple(FAMILIES)
        family = next(
            (one for one in families if found(one, sent.method, sent.path)), families[0]
        )
        place = found(family, sent.method, sent.path)
        verdict = self.judge.judge(family, sent, received)
        kind, complaint = _agree(
            exchange, verdict, anonymous=not credentials, known=place is not None
        )
        told = f"{sent.method} {sent.path} ({' and '.join(credentials) or 'no credential'}) -> {received.status}: "
        violations = {told + complaint} if complaint else set()
        if kind is Kind.FAULT or place is None:
            return kind, violations, set()
        if verdict.response:
            violations.add(
                told + f"the response is not as described: {verdict.response}"
            )
        return (
            kind,
            violations,
            set() if violations else {place.response(received.status)},
        )


def _without_cursor(query: Mapping[str, str]) -> dict[str, str]:
    return {
        name: "any" if name == "nextKey" and value else value
        for name, value in query.items()
    }


def _agree(
    exchange: Exchange, verdict: Verdict, *, anonymous: bool, known: bool
) -> tuple[Kind, str | None]:
    """The kind of an exchange, and what the two disagree on."""
    wrong, status = verdict.request, exchange.received.status
    if not known:
        agreed = (
            wrong
            and wrong.startswith(
                ("PathNotFound", "OperationNotFound", "ServerNotFound")
            )  # the last: …/a known path
            and (status == 403 or exchange.operation is None)
        )
        return (
            Kind.NO_PATH,
            None
            if agreed
            else f"openapi-core knows no such operation ({wrong}), the service does",
        )
    if anonymous:
        agreed = wrong and "Security" in wrong and status == 403
        return (
            Kind.NO_CREDENTIAL,
            None
            if agreed
            else f"there is no credential, of which openapi-core says: {wrong}",
        )
    if exchange.fault:
        return Kind.FAULT, f"the request is invalid: {wrong}" if wrong else None
    if status == 413:
        return Kind.OVERSIZED, None
    if wrong and (exchange.faults or status >= 400):
        return Kind.INVALID, None
    if exchange.faults:
        beyond = all(fault.endswith("is required") for fault in exchange.faults)
        return (
            Kind.EXTENSION,
            None
            if beyond
            else f"the service refused it, openapi-core did not: {exchange.faults}",
        )
    if (
        wrong
        and WARNING_HEADER in wrong
        and exchange.sent.headers[WARNING_HEADER.lower()].lower() in ("yes", "no")
    ):
        return Kind.WARNING_CASE, None
    return (
        Kind.VALID,
        f"the service accepted it, openapi-core did not: {wrong}" if wrong else None,
    )
