"""Launch, change and cancel people from a file, so that nobody is messaged twice.

A name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ledger.book import Ledger
    from .ledger.opening import open_ledger
    from .ledger.record import (
        LedgerConflict,
        LedgerError,
        Outcome,
        Reason,
        Record,
        Refusal,
    )
    from .pace import Pace
    from .plan import Action, Counts, Plan
    from .problems import Kind, Problem
    from .result_files import write_failed, write_results
    from .results import Result, Run, Status
    from .run import RunInterrupted, apply, apply_async
    from .settlement import Settlement, settle
    from .single import once, once_async

__all__ = [
    "Action",
    "Counts",
    "Kind",
    "Ledger",
    "LedgerConflict",
    "LedgerError",
    "Outcome",
    "Pace",
    "Plan",
    "Problem",
    "Reason",
    "Record",
    "Refusal",
    "Result",
    "Run",
    "RunInterrupted",
    "Settlement",
    "Status",
    "apply",
    "apply_async",
    "once",
    "once_async",
    "open_ledger",
    "settle",
    "write_failed",
    "write_results",
]

_HOMES = {
    "Ledger": "ledger.book",
    "LedgerConflict": "ledger.record",
    "LedgerError": "ledger.record",
    "Outcome": "ledger.record",
    "Pace": "pace",
    "Reason": "ledger.record",
    "Record": "ledger.record",
    "Refusal": "ledger.record",
    "Result": "results",
    "Run": "results",
    "RunInterrupted": "run",
    "Settlement": "settlement",
    "Status": "results",
    "apply": "run",
    "apply_async": "run",
    "once": "single",
    "once_async": "single",
    "open_ledger": "ledger.opening",
    "settle": "settlement",
    "write_failed": "result_files",
    "write_results": "result_files",
    "Action": "plan",
    "Counts": "plan",
    "Plan": "plan",
    "Kind": "problems",
    "Problem": "problems",
}


# A type checker would take any name for granted.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Import a public name on its first use."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
