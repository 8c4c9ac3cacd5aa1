"""What a resource offers to the service: handlers, and words for refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..messages import Reply, Request
from ..state import State

Handler: TypeAlias = Callable[[State, Request], Reply]
"""Answers one operation. Its request keeps the contract."""

Refusal: TypeAlias = Callable[[State, Request, Sequence[str]], Reply]
"""Refuses a request that breaks the contract, given the problems."""
