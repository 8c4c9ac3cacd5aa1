"""The types of the handlers and refusals of a resource."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..messages import Reply, Request
from ..state import State

Handler: TypeAlias = Callable[[State, Request], Reply]
"""Answers one operation. Its request follows the contract."""

Refusal: TypeAlias = Callable[[State, Request, Sequence[str]], Reply]
"""Refuses a request that breaks the contract, given the problems."""
