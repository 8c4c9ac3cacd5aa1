"""What the client sends when a method is called by its name, no matter who answers.

openapi-core has to find nothing wrong with it.
"""

from __future__ import annotations

import os
import re
import threading
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from enboarder.sending.plan import Planner
from enboarder.transport.messages import Request
from enboarder_api.client import Answer, Operation
from enboarder_api.contract import WARNING_HEADER
from tests.conformance.coverage import target_of
from tests.conformance.families import families_of
from tests.conformance.openapi_core_judge import Judge, Received, Sent

PARAMETER = re.compile(r"\{\w+\}")
FORM = "application/x-www-form-urlencoded"


class Kind(StrEnum):
    """What became of an attempt."""

    DESCRIBED = "the request is valid, and the answer as described"
    INVENTED = "the request is valid; a test invented the answer, not as described"
    NO_ANSWER = "the request is valid; no answer came"

    # These are not judged, because the contract does not describe them as operations.
    TYPED = "a path that a test typed (`request`), of which the contract says nothing"
    TOKEN = "a token request: described by a security scheme, not by an operation"


class Planned(NamedTuple):
    """A call by name, as the client planned it."""

    operation: Operation
    planner: Planner
    request: Request

    def path(self, url: httpx.URL) -> str:
        """Return the path of a request as the contract has it.

        That is without the path of `base_url`, and without `path_prefixes`.
        """
        whole = url.raw_path.decode("ascii").partition("?")[0]
        path = whole.removeprefix(urlsplit(self.planner.base_url).path)
        for prefix, replacement in self.planner.path_prefixes.items():
            has_prefix = any(one.startswith(prefix) for one in self.templates)
            if has_prefix and path.startswith(replacement):
                return prefix + path.removeprefix(replacement)
        return path

    @property
    def templates(self) -> list[str]:
        """Return its paths, whatever their parameters are called."""
        paths = [self.operation.key_path, self.operation.token_path]
        return [PARAMETER.sub("{}", path) for path in paths if path]


class Attempt:
    """One attempt of a call, and what was sent.

    Two requests were sent when a dead token was replaced.
    """

    def __init__(self, planned: Planned | None) -> None:
        self.planned = planned
        self.requests: list[httpx.Request] = []


class Calls:
    """All attempts of a run. Threads share it."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._judge = Judge()
        self._lock = threading.RLock()
        self._known: dict[Any, str | None] = {}
        self.kinds: Counter[str] = Counter()
        self.violations: set[str] = set()

    def weigh(self, attempt: Attempt, request: Request, answer: Answer | None) -> None:
        """Judge an attempt that is over."""
        with self._lock:
            self.kinds[self._kind(attempt, request, answer)] += 1

    def to_data(self) -> dict[str, Any]:
        """Return everything as plain data, for another process."""
        return {
            "kinds": {str(kind): count for kind, count in self.kinds.items()},
            "violations": sorted(self.violations),
        }

    def add(self, data: Mapping[str, Any]) -> None:
        """Add what another process saw."""
        self.kinds.update(data["kinds"])
        self.violations.update(data["violations"])

    def _kind(self, attempt: Attempt, request: Request, answer: Answer | None) -> Kind:
        planned = attempt.planned
        if planned is None:
            is_form = request.headers.get("Content-Type") == FORM
            return Kind.TOKEN if is_form else Kind.TYPED
        if not planned.operation.id:
            return Kind.TYPED
        sent = [self._judged(planned, one) for one in attempt.requests]
        if answer is None:
            return Kind.NO_ANSWER
        if self._answer_problem(sent[-1], answer):
            return Kind.INVENTED
        return Kind.DESCRIBED

    def _answer_problem(self, sent: Sent, answer: Answer) -> str | None:
        families = families_of(sent.headers) or ["key"]
        headers = {name.lower(): value for name, value in answer.headers.items()}
        received = Received(answer.status, headers, answer.content)
        media_type = headers.get("content-type")
        place = (families[0], sent.method, sent.path)
        key = (*place, answer.status, media_type, answer.content)
        if key not in self._known:
            self._known[key] = self._judge.response(families[0], sent, received)
        return self._known[key]

    def _judged(self, planned: Planned, request: httpx.Request) -> Sent:
        """Judge a request, and return it."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        sent = Sent(
            request.method,
            planned.path(request.url),
            dict(request.url.params),
            headers,
            request.content,
        )
        key = (
            planned.operation.id,
            sent.method,
            sent.path,
            tuple(sent.query.items()),
            sent.body,
            headers.get("content-type"),
            headers.get(WARNING_HEADER.lower()),
            tuple(families_of(headers)),
        )
        if key not in self._known:
            self._known[key] = self._problem(planned, sent)
        problem = self._known[key]
        if problem is not None:
            place = f"{planned.operation.name}: {sent.method} {sent.path}"
            self.violations.add(f"{place}: {problem}")
        return sent

    def _problem(self, planned: Planned, sent: Sent) -> str | None:
        families = families_of(sent.headers)
        if len(families) != 1:
            return f"carries {len(families)} credentials"
        target = target_of(families[0], sent.method, sent.path)
        if target is None:
            return f"reaches nothing instead of {' or '.join(planned.templates)}"
        if PARAMETER.sub("{}", target.path) not in planned.templates:
            wanted = " or ".join(planned.templates)
            return f"reaches {target.path} instead of {wanted}"
        return self._judge.request(families[0], sent)
