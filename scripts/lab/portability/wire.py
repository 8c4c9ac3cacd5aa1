"""Make calls by a program, and check what comes over the wire.

A program gets BASE_URL, API_KEY, TOKEN and WRONG_KEY in its environment. It makes the
calls below, in order, through generated code, with a date of its language's own type
where that code has one, and prints a line for each: the name, and `ok` or the status.
The change sets two of many members: what a program did not set must not be sent. The
rows that came later also send an enum.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import httpx

from enboarder.mock import MockServer, Recorded

LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Example",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
    "externalid": "ENB-1",
}
CHANGE = {"externalid": "ENB-1", "nhnm": "Alex Renamed"}
CHANNEL = {"externalid": "ENB-1", "chnl": "eml"}
CREDENTIAL_HEADERS = ("apikey", "authorization")

# Java's client offers HTTP/2 in each request; the mock declines it, and logs that.
logging.getLogger("uvicorn.error").disabled = True


class Call(NamedTuple):
    """One call: its credential header and its body, exactly.

    The value of the header has placeholders of the environment.
    """

    name: str
    path: str
    header: str
    value: str
    body: Mapping[str, str]
    status: int = 200

    @property
    def printed(self) -> str:
        """Return the line that the program prints."""
        return f"{self.name} {'ok' if self.status == 200 else self.status}"


CALLS = (
    Call("apiKey", "/restapi/v1/startwf/basic", "apikey", "{API_KEY}", LAUNCH),
    Call(
        "bearer",
        "/restapi/v2/startwf/basic",
        "authorization",
        "Bearer {TOKEN}",
        LAUNCH,
    ),
    Call("bare", "/restapi/v2/startwf/basic", "authorization", "{TOKEN}", LAUNCH),
    Call("update", "/restapi/v1/updatewf", "apikey", "{API_KEY}", CHANGE),
    Call("refused", "/restapi/v1/startwf/basic", "apikey", "{WRONG_KEY}", LAUNCH, 403),
)


ENUM = Call("enum", "/restapi/v1/updatewf", "apikey", "{API_KEY}", CHANNEL)
CALLS_AND_ENUM = (*CALLS, ENUM)
OF_THE_KEY = tuple(call for call in CALLS_AND_ENUM if call.header == "apikey")
"""What a client can make that was generated from a file for the API key."""

Program: TypeAlias = Callable[[Mapping[str, str]], str]


class Watched(NamedTuple):
    """What a program printed, and what arrived at the mock."""

    printed: str
    requests: list[Recorded]
    settings: Mapping[str, str]


def watched(program: Program, form_rows: int = 1) -> Watched:
    """Run a program against a mock of its own."""
    with MockServer(form_rows=form_rows) as mock:
        settings = {
            "BASE_URL": mock.base_url,
            "API_KEY": mock.api_key,
            "TOKEN": _token(mock),
            "WRONG_KEY": "wrong-key",
        }
        printed = program(settings)
        requests = [one for one in mock.requests if one.operation != "token"]
    return Watched(printed, requests, settings)


def problems(program: Program, calls: Sequence[Call] = CALLS) -> list[str]:
    """Run a program against a mock, and return what was wrong with its calls."""
    printed, requests, settings = watched(program)
    found = []
    wanted_lines = [call.printed for call in calls]
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    if lines != wanted_lines:
        found.append(f"the program printed {lines} instead of {wanted_lines}")
    if len(requests) != len(calls):
        found.append(f"{len(requests)} requests arrived instead of {len(calls)}")
    for call, request in zip(calls, requests, strict=False):
        for problem in _problems(call, request, settings):
            found.append(f"{call.name} {problem}")
    return found


def _token(mock: MockServer) -> str:
    form = {"grant_type": "client_credentials"}
    client = (mock.client_id, mock.client_secret)
    reply = httpx.post(mock.token_url, data=form, auth=client).raise_for_status()
    return str(reply.json()["access_token"])


def _problems(
    call: Call, request: Recorded, settings: Mapping[str, str]
) -> Iterator[str]:
    sent = credentials(request)
    body = json.loads(request.body or b"null")
    if request.path != call.path:
        yield f"went to {request.path} instead of {call.path}"
    if sent != {call.header: call.value.format(**settings)}:
        shown = _masked(sent, settings)
        yield f"sent {shown} instead of {call.header}: {call.value}"
    if body != call.body:
        yield f"sent the body {body} instead of {call.body}"
    if request.status != call.status:
        yield f"was answered {request.status} instead of {call.status}"


def credentials(request: Recorded) -> dict[str, str]:
    """Return the headers of a request that carry a credential."""
    return {
        name: request.headers[name]
        for name in CREDENTIAL_HEADERS
        if name in request.headers
    }


def _masked(sent: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """Replace credentials by placeholders, also those of a mock."""
    masked = dict(sent)
    for name, value in settings.items():
        for header, text in masked.items():
            masked[header] = text.replace(value, f"{{{name}}}")
    return masked
