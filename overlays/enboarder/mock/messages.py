"""The calls, requests, replies and records of the mock."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True)
class Call:
    """A request as it arrived."""

    method: str
    path: str
    """Percent-encoded, without the query."""
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """By lower-case name."""
    body: bytes = b""
    """Its beginning, if it is larger than the mock accepts."""
    body_size: int = 0
    """How many bytes of the body arrived."""


@dataclass(frozen=True)
class Request:
    """A request that follows the contract, as a handler gets it."""

    operation: str
    """Its name in the client."""
    path: Mapping[str, str]
    """The decoded path parameters."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    """JSON; None if there is no body."""


DeliveryMode: TypeAlias = Literal["whole", "half", "closed", "never"]
"""How much of a reply is sent.

`whole`: all of it. `half`: half of its body, then the connection closes. `closed`:
nothing, and the connection closes. `never`: nothing, and the connection stays open.
"""


@dataclass(frozen=True)
class Reply:
    """The reply to a call."""

    status: int
    body: Any = None
    """JSON. Bytes are sent unchanged, and None sends no body."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """By lower-case name. Those that describe the body may be left out."""
    delivery: DeliveryMode = "whole"
    delay: float = 0.0
    """Seconds to wait before anything is sent."""
    keeps_contract: bool = field(default=True, compare=False)
    """Whether it must keep the contract. What a test gave may break it."""
    problems: tuple[str, ...] = field(default=(), compare=False)
    """How the request breaks the contract, one sentence per problem; it is not sent."""

    @cached_property
    def content(self) -> bytes | None:
        """The body in bytes, as it is sent."""
        if self.body is None or isinstance(self.body, bytes):
            return self.body
        text = json.dumps(
            self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        # A lone surrogate has no UTF-8 form. As an escape sequence, it is valid JSON.
        return text.encode(errors="backslashreplace")


@dataclass(frozen=True)
class Recorded:
    """A request that the mock received.

    It has the credentials of the request, but its `repr` does not show them.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    """By lower-case name."""
    body: bytes = field(repr=False)
    """Empty when newer bodies needed its place; `body_size` stays."""
    status: int
    """The status of the reply; 0 if a fault prevented the reply."""
    operation: str | None
    """The operation's name in the client, such as `workflows.launch_basic`.

    `token` for a token request, None for an unknown path.
    """
    fault: str | None = None
    """The name of the fault that the request met."""
    body_size: int = 0
    """How many bytes of the body arrived."""
