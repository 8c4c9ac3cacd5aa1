"""The ledger: what was sent to whom, so that nobody is messaged twice.

`open_ledger` opens one in a file or in PostgreSQL.
"""

from .book import Ledger
from .opening import open_ledger
from .record import (
    Claim,
    LedgerConflict,
    LedgerError,
    Outcome,
    Reason,
    Record,
    Refusal,
)

__all__ = [
    "Claim",
    "Ledger",
    "LedgerConflict",
    "LedgerError",
    "Outcome",
    "Reason",
    "Record",
    "Refusal",
    "open_ledger",
]
