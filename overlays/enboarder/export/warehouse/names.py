"""Names of tables and columns that every destination accepts unchanged."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from ..columns import UNFIT
from ..definitions import Report

CONTENT_KEY = "_content_key"
"""The column that tells rows apart by what they contain."""
LONGEST = 48
"""Characters of a name; PostgreSQL allows 63, and dlt adds some to staging tables."""
RESERVED = (CONTENT_KEY, UNFIT)
OWN_PREFIX = "_dlt"
TAG_LENGTH = 6


def table_name(report: Report) -> str:
    """Return the name of a report's table, made of its kind and id.

    People rename reports, so the name of a report is the comment of its table.
    """
    shown = _plain(report.id.lower())
    return _fitting(f"{report.kind}_{shown}".strip("_"), report.id)


def table_names(
    reports: Iterable[Report], chosen: Mapping[str, str] | None = None
) -> dict[Report, str]:
    """Return a table for each report; no two share one.

    Args:
        reports: the forms and workflow definitions.
        chosen: names of tables by the id of the report.
    """
    given = chosen or {}
    wanted = {report: given.get(report.id) or table_name(report) for report in reports}
    times = Counter(wanted.values())
    return {
        # Ids differ also by case, which many destinations ignore.
        report: name if times[name] == 1 else _tagged(name, report.id)
        for report, name in wanted.items()
    }


def column_names(
    names: Iterable[str], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the name in the table of each column.

    Args:
        names: the names of columns in the service.
        known: names that were found before; they stay.
    """
    found = dict(known or {})
    wanted = {name: _column(name) for name in names if name not in found}
    times = Counter(wanted.values())
    taken = {*found.values(), *RESERVED}
    for name, short in wanted.items():
        is_free = short not in taken and (times[short] == 1 or short == name)
        is_own = short.startswith(OWN_PREFIX)
        found[name] = short if is_free and not is_own else _tagged(short, name)
    return found


def is_plain(name: str) -> bool:
    """Return whether a destination accepts a name unchanged."""
    return 0 < len(name) <= LONGEST and _plain(name) == name and name[0].isalpha()


def _column(name: str) -> str:
    return _fitting(_plain(name) or "column", name)


def _plain(text: str) -> str:
    """Return a text in lower-case letters, digits and single underscores."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text)
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")


def _fitting(name: str, whole: str) -> str:
    if name[0].isdigit():
        name = f"n_{name}"
    return name if len(name) <= LONGEST else _tagged(name, whole)


def _tagged(name: str, whole: str) -> str:
    tag = hashlib.sha256(whole.encode(errors="surrogatepass")).hexdigest()[:TAG_LENGTH]
    short = name[: LONGEST - TAG_LENGTH - 1].strip("_") or "column"
    return f"{short}_{tag}"
