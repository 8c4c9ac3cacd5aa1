"""Do two judges agree on an exchange: openapi-core, and the mock itself?

The mock judged each request when it answered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from enboarder_api.contract import WARNING_HEADER
from enboarder_api.operations import OPERATIONS
from tests.conformance.coverage import Responses, Target, target_of
from tests.conformance.families import FAMILIES, families_of
from tests.conformance.openapi_core_judge import Judge, Received, Sent, Verdict

GENERATED_BY = "schemathesis/"
"""How the user agent of requests begins that no test thought of.

They are judged, but they do not count for the coverage.
"""

WARNINGS = WARNING_HEADER.lower()
CURSOR = re.compile(rb'"nextKey":"[^"]+"')
UNKNOWN_TARGET = ("PathNotFound", "OperationNotFound", "ServerNotFound")
"""How openapi-core says that there is no such operation.

The last is what it says of a known path below another one.
"""


class Kind(StrEnum):
    """What became of an exchange."""

    VALID = "request and response valid, both judges agree"
    INVALID = "request invalid, both judges agree; the refusal is as described"
    NO_CREDENTIAL = "no credential, both judges agree; the refusal is as described"
    NO_PATH = "no such path or method with this kind of credential, both judges agree"

    # These are exceptions: only one judge can speak.
    EXTENSION = (
        "refused for a rule that only an extension states "
        "(x-required, x-required-any, blank is missing)"
    )
    WARNING_CASE = (
        "the warning header in another case: the article writes both, "
        "the mock accepts both"
    )
    FAULT = (
        "met a fault that a test asked for: the response is wrong on purpose, "
        "so only the request is judged"
    )
    TOKEN = "token request: described by a security scheme, not by an operation"
    GROWN = (
        "a contract that a test wrote for itself: it has an operation that "
        "the contract does not have"
    )
    OVERSIZED = "body above the mock's own limit"


class Exchange(NamedTuple):
    """A request, its response, and what the mock says of them."""

    sent: Sent
    received: Received
    operation: str | None
    fault: str | None
    """The name of the fault that a test asked for."""
    problems: tuple[str, ...]
    """Why the mock thinks that the request breaks the contract."""

    @property
    def key(self) -> Any:
        """Return what makes exchanges the same; cursors differ in every run."""
        sent = self.sent
        query = dict(sent.query)
        if query.get("nextKey"):
            query["nextKey"] = "any"
        return (
            sent.method,
            sent.path,
            tuple(sorted(query.items())),
            sent.body,
            tuple(families_of(sent.headers)),
            sent.headers.get("content-type"),
            sent.headers.get(WARNINGS),
            self.received.status,
            CURSOR.sub(b"", self.received.body),
            self.operation,
            self.fault,
            self.problems,
        )


class Finding(NamedTuple):
    """What was found out of an exchange."""

    kind: Kind
    violations: frozenset[str] = frozenset()
    responses: frozenset[tuple[str, str, str]] = frozenset()
    """Those of the contract that were seen as described."""


class Agreement:
    """All exchanges of a run."""

    def __init__(self) -> None:
        self.judge = Judge()
        self.kinds: Counter[str] = Counter()
        self.violations: set[str] = set()
        self.responses: Responses = set()
        self.generated = 0
        self._different = 0
        self._found: dict[Any, Finding] = {}

    def weigh(self, exchange: Exchange) -> None:
        """Judge an exchange; one that was judged before is only counted."""
        key = exchange.key
        if key not in self._found:
            self._found[key] = self._decide(exchange)
        finding = self._found[key]
        self.kinds[finding.kind] += 1
        self.violations |= finding.violations
        user_agent = exchange.sent.headers.get("user-agent", "")
        if user_agent.startswith(GENERATED_BY):
            self.generated += 1
        else:
            self.responses |= finding.responses

    def to_data(self) -> dict[str, Any]:
        """Return everything as plain data, for another process."""
        return {
            "kinds": {str(kind): count for kind, count in self.kinds.items()},
            "violations": sorted(self.violations),
            "responses": sorted(map(list, self.responses)),
            "different": len(self._found),
            "generated": self.generated,
        }

    def add(self, data: Mapping[str, Any]) -> None:
        """Add what another process saw."""
        self.kinds.update(data["kinds"])
        self.violations.update(data["violations"])
        for path, method, status in data["responses"]:
            self.responses.add((path, method, status))
        self._different += data["different"]
        self.generated += data["generated"]

    @property
    def different(self) -> int:
        """Return the number of different exchanges."""
        return self._different + len(self._found)

    def _decide(self, exchange: Exchange) -> Finding:
        if exchange.operation == "token":
            return Finding(Kind.TOKEN)
        if exchange.operation not in (None, *OPERATIONS):
            return Finding(Kind.GROWN)
        sent = exchange.sent
        credentials = families_of(sent.headers)
        family, target = _family_and_target(sent, credentials)
        verdict = self.judge.judge(family, sent, exchange.received)
        kind, complaint = compare(exchange, verdict, target)
        violations = set()
        if complaint is not None:
            violations.add(_violation(exchange, complaint))
        if kind is Kind.FAULT or target is None:
            return Finding(kind, frozenset(violations))
        if verdict.response is not None:
            complaint = f"the response is not as described: {verdict.response}"
            violations.add(_violation(exchange, complaint))
        if violations:
            return Finding(kind, frozenset(violations))
        seen = target.response(exchange.received.status)
        return Finding(kind, responses=frozenset({seen}))


def _family_and_target(sent: Sent, credentials: list[str]) -> tuple[str, Target | None]:
    """Return the family by which a request is judged, and what it reaches."""
    families = credentials or list(FAMILIES)
    for family in families:
        target = target_of(family, sent.method, sent.path)
        if target is not None:
            return family, target
    return families[0], None


def _violation(exchange: Exchange, complaint: str) -> str:
    sent = exchange.sent
    shown = " and ".join(families_of(sent.headers)) or "no credential"
    status = exchange.received.status
    return f"{sent.method} {sent.path} ({shown}) -> {status}: {complaint}"


def compare(
    exchange: Exchange, verdict: Verdict, target: Target | None
) -> tuple[Kind, str | None]:
    """Return the kind of an exchange, and what the two judges disagree on."""
    wrong = verdict.request
    if target is None:
        return Kind.NO_PATH, _no_path(exchange, wrong)
    if not families_of(exchange.sent.headers):
        return Kind.NO_CREDENTIAL, _no_credential(exchange, wrong)
    if exchange.fault is not None:
        return Kind.FAULT, wrong and f"the request is invalid: {wrong}"
    if exchange.received.status == 413:
        return Kind.OVERSIZED, None
    if wrong is None:
        return _accepted_by_openapi_core(exchange)
    return _refused_by_openapi_core(exchange, wrong)


def _no_path(exchange: Exchange, wrong: str | None) -> str | None:
    is_refused = exchange.received.status == 403 or exchange.operation is None
    if wrong is not None and wrong.startswith(UNKNOWN_TARGET) and is_refused:
        return None
    return f"openapi-core knows no such operation ({wrong}), the mock does"


def _no_credential(exchange: Exchange, wrong: str | None) -> str | None:
    if wrong is not None and "Security" in wrong and exchange.received.status == 403:
        return None
    return f"there is no credential, of which openapi-core says: {wrong}"


def _accepted_by_openapi_core(exchange: Exchange) -> tuple[Kind, str | None]:
    if not exchange.problems:
        return Kind.VALID, None
    if all(problem.endswith("is required") for problem in exchange.problems):
        return Kind.EXTENSION, None
    listed = "; ".join(exchange.problems)
    return Kind.EXTENSION, f"the mock refused it, openapi-core did not: {listed}"


def _refused_by_openapi_core(exchange: Exchange, wrong: str) -> tuple[Kind, str | None]:
    if exchange.problems or exchange.received.status >= 400:
        return Kind.INVALID, None
    asked = exchange.sent.headers.get(WARNINGS, "").lower()
    if WARNING_HEADER in wrong and asked in ("yes", "no"):
        return Kind.WARNING_CASE, None
    return Kind.VALID, f"the mock accepted it, openapi-core did not: {wrong}"
