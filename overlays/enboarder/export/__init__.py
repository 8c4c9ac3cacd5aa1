"""Export reports: typed, complete and resumable, to files and warehouses.

A name is imported when it is first used.
"""

from typing import TYPE_CHECKING

from ..lazy import lazy_names

if TYPE_CHECKING:
    from .arrow import Misfits, arrow_schema, page_to_batch
    from .columns import Column, ColumnType
    from .definitions import Report, ReportKind, form, list_reports, workflow
    from .drift import Change, DriftPolicy
    from .errors import BrokenPages, SchemaDrift
    from .notebook import to_arrow, to_pandas, to_polars
    from .pages import RawPage, read_pages
    from .results import Exported, Progress
    from .run import export_reports
    from .sample import Preview, preview
    from .schema import Schema, read_schema

__all__ = [
    "BrokenPages",
    "Change",
    "Column",
    "ColumnType",
    "DriftPolicy",
    "Exported",
    "Misfits",
    "Preview",
    "Progress",
    "RawPage",
    "Report",
    "ReportKind",
    "Schema",
    "SchemaDrift",
    "arrow_schema",
    "export_reports",
    "form",
    "list_reports",
    "page_to_batch",
    "preview",
    "read_pages",
    "read_schema",
    "to_arrow",
    "to_pandas",
    "to_polars",
    "workflow",
]

_HOMES = {
    "BrokenPages": "errors",
    "Change": "drift",
    "Column": "columns",
    "ColumnType": "columns",
    "DriftPolicy": "drift",
    "Exported": "job",
    "Misfits": "arrow",
    "Preview": "sample",
    "Progress": "job",
    "RawPage": "pages",
    "Report": "definitions",
    "ReportKind": "definitions",
    "Schema": "schema",
    "SchemaDrift": "errors",
    "arrow_schema": "arrow",
    "export_reports": "run",
    "form": "definitions",
    "list_reports": "definitions",
    "page_to_batch": "arrow",
    "preview": "sample",
    "read_pages": "pages",
    "read_schema": "schema",
    "to_arrow": "notebook",
    "to_pandas": "notebook",
    "to_polars": "notebook",
    "workflow": "definitions",
}


# A type checker would take any name for granted.
if not TYPE_CHECKING:
    __getattr__ = lazy_names(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
