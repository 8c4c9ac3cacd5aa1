"""Faults on demand: `mock.fail("workflows.launch_basic", faults.drop())`.

Each function makes one fault. Its docstring says what the fault does to the answer,
and whether the request is carried out first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from .json_values import is_list, is_object
from .messages import Reply
from .settings import WrongSetting, flag, pause, text, whole_number

PAGE = b"<!doctype html><title>Please sign in</title><h1>Please sign in</h1>"
UNKNOWN = "A value that the contract does not know"
ADDED = {"addedLater": {"by": "a later version of the service"}}


@dataclass(frozen=True)
class Fault:
    """A fault of an answer."""

    name: str
    carried_out: bool
    """Whether the request is carried out first. If not, nothing changes."""
    _spoil: Callable[[Reply], Reply] = field(repr=False)

    def __post_init__(self) -> None:
        flag("carried_out", self.carried_out)

    def reply(self, carry_out: Callable[[], Reply]) -> Reply:
        """Return the changed reply; a 500 if the fault cannot change it."""
        real = carry_out() if self.carried_out else Reply(204)
        spoilt = self._spoil(real)
        if spoilt != real:
            return spoilt
        message = (
            f"The fault {self.name} finds nothing to change in the reply with status "
            f"{real.status}. Choose another operation or member."
        )
        return Reply(500, {"message": message})


def delay(seconds: float) -> Fault:
    """Carry the request out at once, and answer after that many seconds."""
    pause("seconds", seconds)
    return Fault("delay", True, lambda real: replace(real, delay=seconds))


def hang(*, carried_out: bool = True) -> Fault:
    """Send no answer until the client gives up or the server ends."""
    return Fault("hang", carried_out, lambda real: replace(real, delivery="never"))


def drop(*, carried_out: bool = True) -> Fault:
    """Close the connection without an answer."""
    return Fault("drop", carried_out, lambda real: replace(real, delivery="closed"))


def truncated() -> Fault:
    """Carry the request out, send half of the answer and close the connection.

    The answer announces its whole length in `Content-Length`.
    """

    def halve(real: Reply) -> Reply:
        return real if real.content is None else replace(real, delivery="half")

    return Fault("truncated", True, halve)


def cut_json() -> Fault:
    """Carry the request out, and send half of the JSON text in a whole answer."""

    def cut(real: Reply) -> Reply:
        content = real.content
        if content is None:
            return real
        return replace(real, body=content[: len(content) // 2])

    return Fault("cut_json", True, cut)


def too_many_requests(retry_after: int | None = 1) -> Fault:
    """Answer 429 without carrying the request out.

    Args:
        retry_after: The seconds in `Retry-After`; None leaves the header out.
    """
    return _with_status("too_many_requests", 429, retry_after=retry_after)


def server_error(
    status: int = 503, *, carried_out: bool = False, retry_after: int | None = None
) -> Fault:
    """Answer with a status of 500 to 599.

    Args:
        status: The status.
        carried_out: Whether the request is carried out first.
        retry_after: The seconds in `Retry-After`; None leaves the header out.
    """
    whole_number("status", status, least=500, most=599)
    return _with_status(
        "server_error", status, carried_out=carried_out, retry_after=retry_after
    )


def html(status: int = 200, *, carried_out: bool = False) -> Fault:
    """Answer with an HTML page, as a proxy between client and service would.

    Args:
        status: The status of the page.
        carried_out: Whether the request is carried out first.
    """
    whole_number("status", status, least=200, most=599)
    if status in (204, 205, 304):
        raise WrongSetting("status", f"must be one that has a body, not {status}")
    page = Reply(status, PAGE, {"content-type": "text/html"})
    return Fault("html", carried_out, lambda _: page)


def unknown_value(member: str) -> Fault:
    """Carry the request out, and give each member of that name an unknown value.

    Args:
        member: The wire name of the member.
    """
    return _with_value("unknown_value", member, UNKNOWN)


def null(member: str) -> Fault:
    """Carry the request out, and set each member of that name to null.

    Args:
        member: The wire name of the member.
    """
    return _with_value("null", member, None)


def extra_members() -> Fault:
    """Carry the request out, and add a member `addedLater` to each object."""
    return _with_changed_objects("extra_members", lambda found: {**found, **ADDED})


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
"""The functions that make the faults, by the name of the fault."""


def _with_status(
    name: str,
    status: int,
    *,
    carried_out: bool = False,
    retry_after: int | None = None,
) -> Fault:
    headers: dict[str, str] = {}
    if retry_after is not None:
        headers["retry-after"] = str(whole_number("retry_after", retry_after))
    is_standard = status in set(HTTPStatus)
    message = HTTPStatus(status).phrase if is_standard else "Unknown Error"
    reply = Reply(status, {"message": message}, headers)
    return Fault(name, carried_out, lambda _: reply)


def _with_value(name: str, member: str, value: Any) -> Fault:
    text("member", member)

    def change(found: dict[str, Any]) -> dict[str, Any]:
        return {**found, member: value} if member in found else found

    return _with_changed_objects(name, change)


def _with_changed_objects(
    name: str, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> Fault:
    """Return a fault that changes each object of the reply, at any depth."""

    def walk(value: Any) -> Any:
        if is_list(value):
            return [walk(item) for item in value]
        if is_object(value):
            return change({key: walk(item) for key, item in value.items()})
        return value

    return Fault(name, True, lambda real: replace(real, body=walk(real.body)))
