"""What all reports of an export have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from ..clock import Clock
from .drift import DriftPolicy
from .files.formats import Format
from .selection import Selection


@frozen
class Settings:
    """How reports are exported."""

    format: Format
    filters: Mapping[str, Any]
    selection: Selection
    policy: DriftPolicy
    clock: Clock
