"""What the client sends when a method is called by its name, whoever answers: openapi-core has to find nothing wrong with it."""

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

from enboarder.messages import Message
from enboarder.sender import Settings
from enboarder_api.client import Answer, Operation
from enboarder_api.contract import WARNING_HEADER
from tests.conformance.coverage import found
from tests.conformance.openapi_core_judge import Judge, Received, Sent, families_of

PARAMETER = re.compile(r"\{\w+\}")


class Kind(StrEnum):
    """What became of an attempt."""

    DESCRIBED = "the request is valid, and the answer as described"
    MADE_UP = "the request is valid; the answer is one that a test made up, and not as described"
    NO_ANSWER = "the request is valid; no answer came"
    # From here on: not judged, for the contract does not describe them as operations.
    TYPED = "a path that a test typed (`request`), of which the contract says nothing"
    TOKEN = "a token request: described by a security scheme, not by an operation"


class Call(NamedTuple):
    """A call by name, as the client prepared it."""

    operation: Operation
    settings: Settings
    message: Message

    def path(self, url: httpx.URL) -> str:
        """The path of a request as the contract has it: without that of `base_url`, and without `path_prefixes`."""
        path = (
            url.raw_path.decode("ascii")
            .partition("?")[0]
            .removeprefix(urlsplit(self.settings.base_url).path)
        )
        for prefix, replacement in self.settings.path_prefixes.items():
            if any(
                template.startswith(prefix) for template in self.templates
            ) and path.startswith(replacement):
                return prefix + path.removeprefix(replacement)
        return path

    @property
    def templates(self) -> list[str]:
        """Its paths, whatever their parameters are called."""
        return [
            PARAMETER.sub("{}", path)
            for path in (self.operation.key_path, self.operation.token_path)
            if path
        ]


class Attempt:
    """One attempt of a call: what was sent (twice, when a dead token was replaced)."""

    def __init__(self, call: Call | None) -> None:
        self.call = call
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

    def weigh(self, attempt: Attempt, message: Message, answer: Answer | None) -> None:
        """Judge an attempt that is over."""
        with self._lock:
            self.kinds[self._kind(attempt, message, answer)] += 1

    def to_data(self) -> dict[str, Any]:
        """As plain data, for another process."""
        return {
            "kinds": {str(kind): count for kind, count in self.kinds.items()},
            "violations": sorted(self.violations),
        }

    def add(self, data: Mapping[str, Any]) -> None:
        """What another process saw."""
        self.kinds.update(data["kinds"])
        self.violations |= set(data["violations"])

    def _kind(self, attempt: Attempt, message: Message, answer: Answer | None) -> Kind:
        if attempt.call is None:
            form = (
                message.headers.get("Content-Type")
                == "application/x-www-form-urlencoded"
            )
            return Kind.TOKEN if form else Kind.TYPED
        if not attempt.call.operation.id:
            return Kind.TYPED
        sent = [self._sent(attempt.call, request) for request in attempt.requests]
        if answer is None:
            return Kind.NO_ANSWER
        family = (families_of(sent[-1].headers) or ["key"])[0]
        headers = {name.lower(): value for name, value in answer.headers.items()}
        received = Received(answer.status, headers, answer.content)
        key = (
            family,
            sent[-1].method,
            sent[-1].path,
            answer.status,
            headers.get("content-type"),
            answer.content,
        )
        if key not in self._known:
            self._known[key] = self._judge.response(family, sent[-1], received)
        return Kind.MADE_UP if self._known[key] else Kind.DESCRIBED

    def _sent(self, call: Call, request: httpx.Request) -> Sent:
        """A request, judged."""
        query = dict(request.url.params)
        headers = {name.lower(): value for name, value in request.headers.items()}
        sent = Sent(
            request.method, call.path(request.url), query, headers, request.content
        )
        judged = (
            headers.get("content-type"),
            headers.get(WARNING_HEADER.lower()),
            *families_of(headers),
        )
        key = (call.operation.id, *sent[:2], *query.items(), *judged, sent.body)
        if key not in self._known:
            self._known[key] = self._fault(call, sent)
        if fault := self._known[key]:
            self.violations.add(
                f"{call.operation.name}: {sent.method} {sent.path}: {fault}"
            )
        return sent

    def _fault(self, call: Call, sent: Sent) -> str | None:
        families = families_of(sent.headers)
        if len(families) != 1:
            return f"carries {len(families)} credentials"
        place = found(families[0], sent.method, sent.path)
        if place is None or PARAMETER.sub("{}", place.path) not in call.templates:
            return f"reaches {place and place.path} instead of {call.templates}"
        return self._judge.request(families[0], sent)
