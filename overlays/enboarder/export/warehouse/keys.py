"""Tell the rows of a report apart: by a key of the user's, or by what they contain."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from ..definitions import Report
from ..libraries import needed
from .errors import KeyNotUnique

DIGEST_SIZE = 16
# What separates cells, names and elements cannot be part of them: it is escaped.
ESCAPE = "\x1b"
END_OF_CELL = "\x1e"
END_OF_NAME = "\x1f"
MARKS = (ESCAPE, END_OF_CELL, END_OF_NAME)
MARK_BYTES = tuple(mark.encode() for mark in MARKS)


class ContentKeys:
    """Makes a key of each row from its cells.

    A cell without a value does not count, so that a new question changes no key. The
    second row with the same cells gets a number, so that no row is lost.
    """

    def __init__(self) -> None:
        self._repeated: dict[bytes, int] = {}
        self._seen: set[bytes] = set()

    def of(self, table: Any) -> list[str]:
        """Return the key of each row."""
        return [self._key(text) for text in _texts(table)]

    def _key(self, text: str) -> str:
        digest = hashlib.blake2b(text.encode(), digest_size=DIGEST_SIZE)
        found = digest.digest()
        if found not in self._seen:
            self._seen.add(found)
            return digest.hexdigest()
        number = self._repeated.get(found, 1) + 1
        self._repeated[found] = number
        return f"{digest.hexdigest()}-{number}"


class ChosenKeys:
    """Refuses a key that two rows share, or that a row does not have.

    Args:
        report: whose rows they are, for errors.
        columns: the columns of the key.
    """

    def __init__(self, report: Report, columns: Sequence[str]) -> None:
        self._report = report
        self._columns = tuple(columns)
        self._seen: set[bytes] = set()

    def check(self, table: Any) -> None:
        """Look at the rows of a table.

        Raises:
            KeyNotUnique: the key does not tell the rows apart.
        """
        if not self._columns:
            return
        chosen = table.select(list(self._columns))
        if any(column.null_count for column in chosen.columns):
            raise refused_key(self._report, self._columns, "a row has no value in it")
        for text in _texts(chosen):
            self._add(hashlib.blake2b(text.encode(), digest_size=DIGEST_SIZE).digest())

    def _add(self, digest: bytes) -> None:
        if digest in self._seen:
            raise refused_key(self._report, self._columns, "two rows share one")
        self._seen.add(digest)


def refused_key(report: Report, columns: Sequence[str], reason: str) -> KeyNotUnique:
    """Return the error of a key that cannot be used."""
    names = ", ".join(columns)
    return KeyNotUnique(
        f"{report}: the key {names} does not tell the rows apart, because {reason}. "
        "Nothing was loaded. Choose other columns, or no key: then rows are told apart "
        "by what they contain"
    )


def _texts(table: Any) -> list[str]:
    """Return one text for each row, from which its cells can be read again."""
    pc = needed("pyarrow.compute", "dlt")
    if table.num_rows == 0 or table.num_columns == 0:
        return [""] * table.num_rows
    names = sorted(table.column_names)
    cells = [_named(table.column(name), name) for name in names]
    # pyarrow drops rows without a value from a join of one column, so there are two.
    joined = pc.binary_join_element_wise("", *cells, END_OF_CELL, null_handling="skip")
    texts: list[str] = joined.to_pylist()
    return texts


def _named(column: Any, name: str) -> Any:
    """Return the cells of a column as text, each behind the name of the column."""
    pa = needed("pyarrow", "dlt")
    pc = needed("pyarrow.compute", "dlt")
    text = column.cast(pa.string())
    if column.type == pa.string() and _has_marks(text):
        for mark in MARKS:
            text = pc.replace_substring(text, mark, f"{ESCAPE}{ord(mark)}")
    return pc.binary_join_element_wise(name, text, END_OF_NAME)


def _has_marks(column: Any) -> bool:
    """Return whether a column of text may have a mark; nearly none has one."""
    for chunk in column.chunks:
        content = chunk.buffers()[2]
        if content is not None and any(mark in bytes(content) for mark in MARK_BYTES):
            return True
    return False
