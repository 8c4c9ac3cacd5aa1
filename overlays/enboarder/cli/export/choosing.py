"""Which reports are exported, and what of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ... import export
from ...client import Enboarder
from ...errors import InvalidInput
from ...export.selection import SHORTEST_KEY
from ...hidden import Hidden
from ..talk import say

HASH_KEY = "ENBOARDER_HASH_KEY"
MOST_NAMED = 10
"""Reports that an error names at most."""


@frozen
class Choice:
    """What a command exports."""

    reports: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hash: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(factory=dict[str, str])
    on_drift: str = "fail"
    in_flight: int = 2

    def settings(self) -> dict[str, Any]:
        """Return the arguments of an export or a load, without the key of hashes."""
        return {
            "filters": self.filters,
            "include": self.include,
            "exclude": self.exclude,
            "hash_fields": self.hash,
            "on_drift": self.on_drift,
            "in_flight": self.in_flight,
        }

    def hash_key(self) -> Hidden[str | None]:
        """Return the key of hashes; it is a secret, and so no option.

        Raises:
            InvalidInput: it is needed, and there is none, or it is too short.
        """
        key = Hidden(os.environ.get(HASH_KEY) or None)
        length = len(key.reveal() or "")
        if self.hash and length < SHORTEST_KEY:
            state = "is too short" if length else "is not set"
            raise InvalidInput(
                f"--hash needs a key, and {HASH_KEY} {state}; nothing was requested. "
                f"Set it to a secret of at least {SHORTEST_KEY} characters, and keep "
                "it: another key gives other hashes"
            )
        return key


def filters_of(words: Iterable[str]) -> dict[str, str]:
    """Return the query parameters that options give.

    Raises:
        InvalidInput: one has no name, or a name appears twice.
    """
    filters: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise InvalidInput(
                f"--filter {word!r} is not NAME=VALUE; nothing was requested. Write "
                "the name of a query parameter, = and its value"
            )
        if name in filters:
            raise InvalidInput(
                f"--filter {name!r} is given twice; nothing was requested. A query "
                "parameter has one value"
            )
        filters[name] = value
    return filters


def chosen(enboarder: Enboarder, words: Sequence[str]) -> Iterator[export.Report]:
    """Yield the reports that are named; without a name, all of them.

    They are listed when the first one is wanted, after everything that can be checked
    without a request.

    Raises:
        EnboarderError: the reports cannot be listed, or one of the names is wrong.
    """
    listed = export.list_reports(enboarder)
    found = [_report_named(word, listed) for word in words]
    yield from dict.fromkeys(found if words else listed)


def warn_of_filters(filters: Mapping[str, str]) -> None:
    """Say that nobody knows whether a filter does anything."""
    if filters:
        names = ", ".join(filters)
        say(
            f"The filters of reports are not documented, so {names} may do nothing. "
            "Look at the rows."
        )


def _report_named(word: str, listed: Sequence[export.Report]) -> export.Report:
    kind, sign, report_id = word.partition(":")
    if not sign:
        kind, report_id = "", word
    kinds = [one.value for one in export.ReportKind]
    if kind and kind not in kinds:
        raise InvalidInput(
            f"{word!r} names no kind of report; nothing was exported. Write form:ID or "
            "workflow:ID"
        )
    found = [
        report
        for report in listed
        if report.id == report_id and kind in ("", report.kind.value)
    ]
    if len(found) > 1:
        raise InvalidInput(
            f"{report_id!r} is the id of a form and of a workflow; nothing was "
            f"exported. Write form:{report_id} or workflow:{report_id}"
        )
    if not found:
        raise InvalidInput(_unknown(word, listed))
    return found[0]


def _unknown(word: str, listed: Sequence[export.Report]) -> str:
    ids = [report.id for report in listed]
    named = ", ".join(ids[:MOST_NAMED])
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    known = f"its ids are {named}{more}" if ids else "it has no report at all"
    return (
        f"the account has no report {word!r}; nothing was exported. In this account, "
        f"{known}. `enboarder export list` shows their names"
    )
