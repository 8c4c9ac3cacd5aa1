"""One page about a run: what was done, and what somebody has to do."""

from .page import report_page, write_report

__all__ = ["report_page", "write_report"]
