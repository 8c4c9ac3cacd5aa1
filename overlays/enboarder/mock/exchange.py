"""What goes through the mock: a request as it came, the same as a handler sees it, the reply, and the record of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

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


@dataclass(frozen=True)
class Reply:
    """What is sent back; no body at all when it is None."""

    status: int
    body: Any = None


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
    """Of the reply."""
    operation: str | None
    """Its name in the client (`workflows.launch_basic`), `token` for a token request, None for an unknown path."""
