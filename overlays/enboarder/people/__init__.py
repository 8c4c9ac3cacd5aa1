"""Launch, change and cancel people from a file, so that nobody is messaged twice.

A name is imported when it is first used.
"""

from typing import TYPE_CHECKING

from ..lazy import lazy_names

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
    from .mapping import ColumnMapping, FileSettings, load_mapping
    from .pace import Pace
    from .plan import Action, Counts, LeftOut, Plan
    from .planning import plan_cancel, plan_launch, plan_update
    from .problems import Kind, Problem
    from .proposal import propose_mapping
    from .report import report_page, write_report
    from .result_files import write_failed, write_results
    from .results import Result, Run, Status
    from .run import RunInterrupted, apply, apply_async
    from .settlement import Settlement, settle
    from .single import once, once_async
    from .sync import SyncPlan, plan_sync
    from .vocabulary import Vocabulary, fetch_vocabulary, load_vocabulary

__all__ = [
    "Action",
    "ColumnMapping",
    "Counts",
    "FileSettings",
    "Kind",
    "Ledger",
    "LedgerConflict",
    "LedgerError",
    "LeftOut",
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
    "SyncPlan",
    "Vocabulary",
    "apply",
    "apply_async",
    "fetch_vocabulary",
    "load_mapping",
    "load_vocabulary",
    "once",
    "once_async",
    "open_ledger",
    "plan_cancel",
    "plan_launch",
    "plan_sync",
    "plan_update",
    "propose_mapping",
    "report_page",
    "settle",
    "write_failed",
    "write_report",
    "write_results",
]

_HOMES = {
    "Action": "plan",
    "ColumnMapping": "mapping",
    "Counts": "plan",
    "FileSettings": "mapping",
    "Kind": "problems",
    "Ledger": "ledger.book",
    "LedgerConflict": "ledger.record",
    "LedgerError": "ledger.record",
    "LeftOut": "plan",
    "Outcome": "ledger.record",
    "Pace": "pace",
    "Plan": "plan",
    "Problem": "problems",
    "Reason": "ledger.record",
    "Record": "ledger.record",
    "Refusal": "ledger.record",
    "Result": "results",
    "Run": "results",
    "RunInterrupted": "run",
    "Settlement": "settlement",
    "Status": "results",
    "SyncPlan": "sync",
    "Vocabulary": "vocabulary",
    "apply": "run",
    "apply_async": "run",
    "fetch_vocabulary": "vocabulary",
    "load_mapping": "mapping",
    "load_vocabulary": "vocabulary",
    "once": "single",
    "once_async": "single",
    "open_ledger": "ledger.opening",
    "plan_cancel": "planning",
    "plan_launch": "planning",
    "plan_sync": "sync",
    "plan_update": "planning",
    "propose_mapping": "proposal",
    "report_page": "report",
    "settle": "settlement",
    "write_failed": "result_files",
    "write_report": "report",
    "write_results": "result_files",
}


# A type checker would take any name for granted.
if not TYPE_CHECKING:
    __getattr__ = lazy_names(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
