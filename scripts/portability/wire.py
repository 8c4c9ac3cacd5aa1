"""The calls that each program makes, and what has to come over the wire.

A program gets BASE_URL, API_KEY, TOKEN and WRONG_KEY in its environment. It launches a workflow four times, with a start date of
its language's own type where the generated code has one, and prints a line for each: the name and `ok` or the status.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import NamedTuple

import httpx

from enboarder.mock import MockServer, Recorded

KEY_PATH, TOKEN_PATH = "/restapi/v1/startwf/basic", "/restapi/v2/startwf/basic"
BODY = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Example",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
}


# Java's client offers HTTP/2 in each request; that the stand-in declines it is no news.
logging.getLogger("uvicorn.error").disabled = True


class Call(NamedTuple):
    """One call: its credential header, exactly, with the placeholders of the environment."""

    name: str
    path: str
    header: str
    value: str
    outcome: str


CALLS = (
    Call("apiKey", KEY_PATH, "apikey", "{API_KEY}", "ok"),
    Call("bearer", TOKEN_PATH, "authorization", "Bearer {TOKEN}", "ok"),
    Call("bare", TOKEN_PATH, "authorization", "{TOKEN}", "ok"),
    Call("refused", KEY_PATH, "apikey", "{WRONG_KEY}", "403"),
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
    wanted = [f"{call.name} {call.outcome}" for call in CALLS]
    told = [line.strip() for line in printed.splitlines() if line.strip()]
    found = [] if told == wanted else [f"the program printed {told} instead of {wanted}"]
    if len(seen) != len(CALLS):
        return [*found, f"{len(seen)} requests arrived instead of {len(CALLS)}"]
    return found + [
        fault for call, request in zip(CALLS, seen, strict=True) for fault in _faults(call, request, settings)
    ]


def _token(mock: MockServer) -> str:
    reply = httpx.post(
        mock.token_url, data={"grant_type": "client_credentials"}, auth=(mock.client_id, mock.client_secret)
    )
    return str(reply.raise_for_status().json()["access_token"])


def _faults(call: Call, request: Recorded, settings: Mapping[str, str]) -> list[str]:
    """Told with placeholders: no credential is printed, not even one of a stand-in."""
    sent = {name: request.headers[name] for name in ("apikey", "authorization") if name in request.headers}
    body = json.loads(request.body or b"{}")
    checks = {
        f"went to {request.path} instead of {call.path}": request.path == call.path,
        f"sent {_masked(sent, settings)} instead of {call.header}: {call.value}": sent
        == {call.header: call.value.format(**settings)},
        f"sent the body {body} instead of {BODY}": body == BODY,
        f"was answered {request.status}": (request.status == 200) == (call.outcome == "ok"),
    }
    return [f"{call.name} {fault}" for fault, kept in checks.items() if not kept]


def _masked(sent: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    names = {value: f"{{{name}}}" for name, value in settings.items()}
    masked = dict(sent)
    for value, name in names.items():
        masked = {header: text.replace(value, name) for header, text in masked.items()}
    return masked
