"""Ask openapi-core about one exchange.

With its default settings it accepts almost anything. So it gets a copy of the contract
with one security scheme and the loopback host (`families`), and `raise_for_errors`
asks for its errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from tests.conformance.families import FAMILIES, ORIGIN, narrowed


class Sent(NamedTuple):
    """A request: the path still percent-encoded, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class Received(NamedTuple):
    """A response as it is sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Verdict(NamedTuple):
    """What openapi-core finds wrong; None if it finds nothing."""

    request: str | None
    response: str | None


class Judge:
    """openapi-core, once for each family."""

    def __init__(self) -> None:
        core: Any = import_module("openapi_core")
        config = core.Config(
            extra_media_type_deserializers={"application/scim+json": json.loads}
        )
        self._openapi = {
            name: core.OpenAPI.from_dict(narrowed(name), config=config)
            for name in FAMILIES
        }

    def judge(self, family: str, request: Sent, response: Received) -> Verdict:
        """Judge both.

        Even if the request is wrong, the response is judged, because the contract
        describes refusals, too.
        """
        return Verdict(
            self.request(family, request), self.response(family, request, response)
        )

    def request(self, family: str, request: Sent) -> str | None:
        """Return what is wrong with a request."""
        openapi = self._openapi[family]
        return _problem(openapi.validate_request, _Request(request))

    def response(self, family: str, request: Sent, response: Received) -> str | None:
        """Return what is wrong with the response to it."""
        openapi = self._openapi[family]
        try:
            answered = _Response(response)
        except ValueError as error:
            # A header with a line break: no server can send it, but a test can.
            return str(error)
        return _problem(openapi.validate_response, _Request(request), answered)


class _Request:
    """A request as openapi-core asks for it."""

    def __init__(self, sent: Sent) -> None:
        parameters: Any = import_module("openapi_core.datatypes").RequestParameters
        self.host_url = ORIGIN
        self.path = sent.path
        self.method = sent.method.lower()
        self.body = sent.body or None
        self.content_type = _media_type(sent.headers)
        self.parameters = parameters(query=sent.query, header=_headers(sent.headers))


class _Response:
    """A response as openapi-core asks for it."""

    def __init__(self, received: Received) -> None:
        self.data = received.body
        self.status_code = received.status
        self.headers = _headers(received.headers)
        self.content_type = _media_type(received.headers)


def _headers(headers: Mapping[str, str]) -> Any:
    return import_module("werkzeug.datastructures").Headers(headers)


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _problem(validate: Any, *messages: Any) -> str | None:
    """Return the first error with its causes.

    Nothing is unmarshalled: that takes most of the time, and finds nothing more.
    """
    exceptions: Any = import_module("openapi_core.exceptions")
    try:
        validate(*messages)
    except exceptions.OpenAPIError as error:
        return " <- ".join([type(error).__name__, *_messages(error)])
    return None


def _messages(error: BaseException) -> Iterator[str]:
    yield from _first_line(error)
    cause = error.__cause__
    while cause is not None:
        yield from _first_line(cause)
        for schema_error in getattr(cause, "schema_errors", ()):
            yield schema_error.message
        cause = cause.__cause__


def _first_line(error: BaseException) -> list[str]:
    try:
        return str(error).splitlines()[:1]
    except UnicodeDecodeError:
        # Some of its messages quote a body, whatever bytes it is of.
        return ["the body is not a text"]
