"""Faults on demand: `mock.fail("workflows.launch_basic", faults.drop())`.

Each function makes one; what it does to the answer, and whether the request is carried out first, is its docstring.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from .exchange import Reply
from .rules import is_list, members

PAGE = b"<!doctype html><title>Please sign in</title><h1>Please sign in</h1>"
UNKNOWN = "A value that the contract does not know"
ADDED = {"addedLater": {"by": "a later version of the service"}}


@dataclass(frozen=True)
class Fault:
    """One way in which an answer goes wrong."""

    name: str
    carried_out: bool
    """Whether the request is carried out before; otherwise nothing happens but the fault."""
    _spoil: Callable[[Reply], Reply] = field(repr=False)

    def reply(self, carry_out: Callable[[], Reply]) -> Reply:
        """What becomes of the reply; a 500 that says so when there is nothing in it that could go wrong like this."""
        real = carry_out() if self.carried_out else Reply(204)
        spoilt = self._spoil(real)
        if spoilt != real:
            return spoilt
        told = f"The fault {self.name} finds nothing to change in the reply with status {real.status}"
        return Reply(500, {"message": f"{told}; choose another operation or member."})


def delay(seconds: float) -> Fault:
    """Carried out at once, answered after so many seconds."""
    if not 0 < seconds < math.inf:
        raise ValueError(f"seconds must be above 0, not {seconds}")
    return Fault("delay", True, lambda real: replace(real, delay=seconds))


def hang(*, carried_out: bool = True) -> Fault:
    """No answer until the client gives up or the server ends."""
    return Fault("hang", carried_out, lambda real: replace(real, delivery="never"))


def drop(*, carried_out: bool = True) -> Fault:
    """The connection is closed without an answer."""
    return Fault("drop", carried_out, lambda real: replace(real, delivery="closed"))


def truncated() -> Fault:
    """Carried out; of the answer half comes, less than its Content-Length, and the connection is closed."""
    return Fault("truncated", True, lambda real: real if real.content is None else replace(real, delivery="half"))


def cut_json() -> Fault:
    """Carried out; the JSON text ends half-way, but as HTTP the answer is whole."""

    def cut(real: Reply) -> Reply:
        return real if real.content is None else replace(real, body=real.content[: len(real.content) // 2])

    return Fault("cut_json", True, cut)


def too_many_requests(retry_after: int | None = 1) -> Fault:
    """Not carried out: 429, with `Retry-After` in seconds unless that is None."""
    return _status("too_many_requests", 429, False, retry_after)


def server_error(status: int = 503, *, carried_out: bool = False, retry_after: int | None = None) -> Fault:
    """A status of 500 to 599, not carried out unless asked for; with `Retry-After` in seconds if that is given."""
    if not 500 <= status <= 599:
        raise ValueError(f"status must be 500 to 599, not {status}")
    return _status("server_error", status, carried_out, retry_after)


def html(status: int = 200, *, carried_out: bool = False) -> Fault:
    """A page, as something between client and service would answer; not carried out unless asked for."""
    if not 200 <= status <= 599 or status in (204, 205, 304):
        raise ValueError(f"status must be one of 200 to 599 that has a body, not {status}")
    return Fault("html", carried_out, lambda _: Reply(status, PAGE, {"content-type": "text/html"}))


def unknown_value(member: str) -> Fault:
    """Carried out; the members of that (wire) name have a value that no enum of the contract lists."""
    return _changed("unknown_value", lambda found: found | {member: UNKNOWN} if member in found else found)


def null(member: str) -> Fault:
    """Carried out; the members of that (wire) name are null."""
    return _changed("null", lambda found: found | {member: None} if member in found else found)


def extra_members() -> Fault:
    """Carried out; each object has a member `addedLater` that the contract does not know."""
    return _changed("extra_members", lambda found: found | ADDED)


FAULTS: Mapping[str, Callable[..., Fault]] = {
    "delay": delay,
    "hang": hang,
    "drop": drop,
    "truncated": truncated,
    "cut_json": cut_json,
    "too_many_requests": too_many_requests,
    "server_error": server_error,
    "html": html,
    "unknown_value": unknown_value,
    "null": null,
    "extra_members": extra_members,
}
"""What makes each fault, by its name."""


def _status(name: str, status: int, carried_out: bool, retry_after: int | None) -> Fault:
    headers = {} if retry_after is None else {"retry-after": str(int(retry_after))}
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown Error"
    return Fault(name, carried_out, lambda _: Reply(status, {"message": phrase}, headers))


def _changed(name: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Fault:
    """A fault that changes each object of the reply, however deep it stands."""

    def walk(value: Any) -> Any:
        if is_list(value):
            return [walk(item) for item in value]
        if isinstance(value, dict):
            return change({key: walk(item) for key, item in members(value).items()})
        return value

    return Fault(name, True, lambda real: replace(real, body=walk(real.body)))
