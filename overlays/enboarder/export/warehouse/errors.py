"""The errors of loads into a warehouse.

EnboarderError
├── KeyNotUnique            the chosen key does not tell the rows of a report apart
└── LoadFailed              the destination did not take the rows
"""

from __future__ import annotations

from ...errors import EnboarderError


class KeyNotUnique(EnboarderError):
    """The chosen key does not tell the rows of a report apart; nothing was loaded."""


class LoadFailed(EnboarderError):
    """The destination did not take the rows; its tables may be as before."""
