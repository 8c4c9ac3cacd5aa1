"""What openapi-core says of one exchange, with the three settings without which it passes almost anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

from enboarder.contract.document import Node, operations, whole

ORIGIN = "http://127.0.0.1"
"""The only server of the judged copies: with the contract's own, each path on loopback is `ServerNotFound`."""
FAMILIES: Mapping[str, tuple[str, Node]] = {
    "key": ("apiKey", {"type": "apiKey", "in": "header", "name": "apikey"}),
    "bearer": ("oauth2", {"type": "http", "scheme": "bearer"}),
    "bare": (
        "accessToken",
        {"type": "apiKey", "in": "header", "name": "Authorization"},
    ),
}
"""By how a credential is sent: its scheme in the contract, and as what it is judged.

openapi-core does not know `oauth2` and lets it pass, and with it every request without a credential.
"""


class Verdict(NamedTuple):
    """What is wrong, by openapi-core; None is: nothing."""

    request: str | None
    response: str | None


def families_of(headers: Mapping[str, str]) -> list[str]:
    """How the credentials of a request are sent: none, one, or both."""
    families = ["key"] if "apikey" in headers else []
    if "authorization" in headers:
        families.append(
            "bearer" if headers["authorization"].startswith("Bearer ") else "bare"
        )
    return families


def narrowed(family: str) -> Node:
    """The contract with the loopback origin, and the operations and the one scheme of a family."""
    scheme, described = FAMILIES[family]
    document = whole()
    paths: dict[str, Node] = {}
    for entry in operations(document):
        if any(scheme in alternative for alternative in entry.node["security"]):
            paths.setdefault(entry.path, {})[entry.method] = {
                **entry.node,
                "security": [{scheme: []}],
            }
    document["paths"], document["servers"] = paths, [{"url": ORIGIN}]
    document["components"]["securitySchemes"] = {scheme: described}
    return document


class Judge:
    """openapi-core, once for each family."""

    def __init__(self) -> None:
        core: Any = import_module("openapi_core")
        config = core.Config(
            extra_media_type_deserializers={"application/scim+json": json.loads}
        )
        self._parameters: Any = import_module(
            "openapi_core.datatypes"
        ).RequestParameters
        self._headers: Any = import_module("werkzeug.datastructures").Headers
        self._openapi = {
            family: core.OpenAPI.from_dict(narrowed(family), config=config)
            for family in FAMILIES
        }

    def judge(self, family: str, request: Sent, response: Received) -> Verdict:
        """Judge both; the response is judged also when the request is wrong, for refusals are described, too."""
        return Verdict(
            self.request(family, request), self.response(family, request, response)
        )

    def request(self, family: str, request: Sent) -> str | None:
        """What is wrong with a request."""
        return _fault(self._openapi[family].unmarshal_request(self._asked(request)))

    def response(self, family: str, request: Sent, response: Received) -> str | None:
        """What is wrong with the response to it."""
        try:
            answered = _Response(response, self._headers(response.headers))
        except (
            ValueError
        ) as error:  # a header with a line break, which no server can send, but a test
            return str(error)
        return _fault(
            self._openapi[family].unmarshal_response(self._asked(request), answered)
        )

    def _asked(self, request: Sent) -> _Request:
        return _Request(
            request,
            self._parameters(
                query=request.query, header=self._headers(request.headers)
            ),
        )


class Sent(NamedTuple):
    """A request: the path still percent-encoded, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class Received(NamedTuple):
    """A response, as it is sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Request:
    """As openapi-core asks for it."""

    def __init__(self, sent: Sent, parameters: Any) -> None:
        self.host_url, self.path, self.method = ORIGIN, sent.path, sent.method.lower()
        self.body, self.content_type = sent.body or None, _media_type(sent.headers)
        self.parameters = parameters


class _Response:
    """As openapi-core asks for it."""

    def __init__(self, received: Received, headers: Any) -> None:
        self.data, self.status_code, self.headers = (
            received.body,
            received.status,
            headers,
        )
        self.content_type = _media_type(received.headers)


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _fault(result: Any) -> str | None:
    """The first error, with its cause: nothing is raised, and nothing is told, unless one asks."""
    core: Any = import_module("openapi_core.exceptions")
    try:
        result.raise_for_errors()
    except core.OpenAPIError as error:
        told, cause = [type(error).__name__, *_said(error)], error.__cause__
        while cause is not None:
            told += [
                *_said(cause),
                *(found.message for found in getattr(cause, "schema_errors", ())),
            ]
            cause = cause.__cause__
        return " <- ".join(told)
    return None


def _said(error: BaseException) -> list[str]:
    try:
        return str(error).splitlines()[:1]
    except (
        UnicodeDecodeError
    ):  # some of its messages quote a body, whatever bytes it is of
        return ["the body is no text"]
