"""The calls that each program makes, and what has to come over the wire.

A program gets BASE_URL, API_KEY, TOKEN and WRONG_KEY in its environment. It makes the calls below, in order, through generated
code, with a date of its language's own type where that code has one, and prints a line for each: the name, and `ok` or the
status. The change sets two of many members: what a program did not set must not be sent.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import NamedTuple

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

# Java's client offers HTTP/2 in each request; that the stand-in declines it is no news.
logging.getLogger("uvicorn.error").disabled = True


class Call(NamedTuple):
    """One call: its credential header and its body, exactly; the header has placeholders of the environment."""

    name: str
    path: str
    header: str
    value: str
    body: Mapping[str, str]
    status: int = 200

    @property
    def told(self) -> str:
        """The line that the program prints."""
        return f"{self.name} {'ok' if self.status == 200 else self.status}"


CALLS = (
    Call("apiKey", "/restapi/v1/startwf/basic", "apikey", "{API_KEY}", LAUNCH),
    Call("bearer", "/restapi/v2/startwf/basic", "authorization", "Bearer {TOKEN}", LAUNCH),
    Call("bare", "/restapi/v2/startwf/basic", "authorization", "{TOKEN}", LAUNCH),
    Call("update", "/restapi/v1/updatewf", "apikey", "{API_KEY}", CHANGE),
    Call("refused", "/restapi/v1/startwf/basic", "apikey", "{WRONG_KEY}", LAUNCH, 403),
)


def faults(program: Callable[[Mapping[str, str]], str]) -> list[str]:
    """What was wrong with the calls of a program; it is run once, against a stand-in of its own."""
    with MockServer(form_rows=1) as mock:
        settings = {
            "BASE_URL": mock.base_url,
            "API_KEY": mock.api_key,
            "TOKEN": _token(mock),
            "WRONG_KEY": "wrong-key",
        }
        printed = program(settings)
        seen = [recorded for recorded in mock.requests if recorded.operation != "token"]
    wanted = [call.told for call in CALLS]
    told = [line.strip() for line in printed.splitlines() if line.strip()]
    found = [] if told == wanted else [f"the program printed {told} instead of {wanted}"]
    if len(seen) != len(CALLS):
        found.append(f"{len(seen)} requests arrived instead of {len(CALLS)}")
    pairs = zip(CALLS, seen, strict=False)
    return found + [fault for call, request in pairs for fault in _faults(call, request, settings)]


def _token(mock: MockServer) -> str:
    form = {"grant_type": "client_credentials"}
    reply = httpx.post(mock.token_url, data=form, auth=(mock.client_id, mock.client_secret))
    return str(reply.raise_for_status().json()["access_token"])


def _faults(call: Call, request: Recorded, settings: Mapping[str, str]) -> list[str]:
    sent = {name: request.headers[name] for name in ("apikey", "authorization") if name in request.headers}
    body = json.loads(request.body or b"null")
    wanted = {call.header: call.value.format(**settings)}
    checks = {
        f"went to {request.path} instead of {call.path}": request.path == call.path,
        f"sent {_masked(sent, settings)} instead of {call.header}: {call.value}": sent == wanted,
        f"sent the body {body} instead of {call.body}": body == call.body,
        f"was answered {request.status} instead of {call.status}": request.status == call.status,
    }
    return [f"{call.name} {fault}" for fault, kept in checks.items() if not kept]


def _masked(sent: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """With placeholders: no credential is printed, not even one of a stand-in."""
    masked = dict(sent)
    for name, value in settings.items():
        masked = {header: text.replace(value, f"{{{name}}}") for header, text in masked.items()}
    return masked
