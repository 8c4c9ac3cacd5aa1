"""What goes through the mock: a request as it came, the same as a handler sees it, the reply, and the record of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from .state import State


@dataclass(frozen=True)
class Call:
    """A request as it came: the path without query and still percent-encoded, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


@dataclass(frozen=True)
class Request:
    """A request that keeps the contract, as a handler sees it: path parameters are decoded, the body is JSON."""

    operation: str
    """Its name in the client."""
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


Delivery: TypeAlias = Literal["whole", "half", "closed", "never"]
"""How much of a reply is sent: all; half of its body before the connection closes; nothing before it does; nothing."""


@dataclass(frozen=True)
class Reply:
    """What is sent back."""

    status: int
    body: Any = None
    """JSON; bytes are sent as they are, and no body at all when it is None."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """By lower-case name; those that the body asks for need not be named."""
    delivery: Delivery = "whole"
    delay: float = 0.0
    """Seconds before anything is sent."""
    faults: tuple[str, ...] = field(default=(), compare=False)
    """Why the request breaks the contract, one sentence a fault; not sent, but for another judge to compare."""

    @property
    def content(self) -> bytes | None:
        """The body as it is sent."""
        if self.body is None or isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


Handler: TypeAlias = "Callable[[State, Request], Reply]"
"""Answers one operation; what it receives keeps the contract already."""

Refusal: TypeAlias = "Callable[[State, Request, list[str]], Reply]"
"""Turns down a request that breaks the contract, given its faults, in the words of its part of the API."""


@dataclass(frozen=True)
class Recorded:
    """A request that the mock saw, with its credentials, which `repr` leaves out."""

    method: str
    path: str
    query: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    """By lower-case name."""
    body: bytes = field(repr=False)
    status: int
    """Of the reply; 0 when a fault kept it from being sent."""
    operation: str | None
    """Its name in the client (`workflows.launch_basic`), `token` for a token request, None for an unknown path."""
    fault: str | None = None
    """The name of the fault that struck it."""
