"""The workflow definitions of an account, page after page."""

from __future__ import annotations

from collections.abc import Iterator

from enboarder_api.models import WorkflowDefinition
from enboarder_api.types import UNSET, Unset

from ..client import Enboarder


def workflow_definitions(enboarder: Enboarder) -> Iterator[WorkflowDefinition]:
    """Yield each definition that has an id, the inactive ones included.

    Raises:
        EnboarderError: they cannot be read.
    """
    cursor: str | Unset = UNSET
    seen: set[str] = set()
    while True:
        page = enboarder.reports.get_workflows(cursor=cursor)
        for definition in page.items or ():
            if definition.id:
                yield definition
        following = page.next_cursor
        # A cursor that comes back would never end.
        if not isinstance(following, str) or not following or following in seen:
            return
        seen.add(following)
        cursor = following
