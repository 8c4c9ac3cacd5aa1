"""Rows as tuples in the order of the columns, and what has no column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from .columns import Column, bind
from .json_values import decode_lines, is_object
from .libraries import msgspec

ABSENT = "no member 7c1f0c0b3b0e4c399d0e6a3d8f2f7a11"
"""How the member is called that no row has, for a column without a member."""


@frozen
class Grid:
    """Some rows, each with a value for every column."""

    rows: Sequence[tuple[Any, ...]] = field(repr=False)
    """The values in the order of the columns; None where a row has none."""
    leftovers: Mapping[int, Any] = field(factory=dict[int, Any], repr=False)
    """What has no column, by the number of its row."""

    @property
    def members(self) -> dict[str, None]:
        """The members that have no column, in the order of appearance."""
        return members_of(self.leftovers.values())

    def columns(self, width: int) -> list[Sequence[Any]]:
        """Return the values column by column.

        Args:
            width: how many columns there are, also if there are no rows.
        """
        if not self.rows:
            return [()] * width
        return list(zip(*self.rows, strict=True))


def members_of(rows: Iterable[Any]) -> dict[str, None]:
    """Return every member of some rows, in the order of appearance."""
    merged: dict[str, Any] = {}
    for row in rows:
        if is_object(row):
            merged.update(row)
    return dict.fromkeys(merged)


class RowReader:
    """Reads JSON lines into a grid.

    Args:
        columns: the columns.
        bound: the member of rows that belongs to each column, by its name.
        ignores_unknown: whether members without a column are passed over.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        bound: Mapping[str, str],
        *,
        ignores_unknown: bool = False,
    ) -> None:
        self._members = [bound.get(column.name) for column in columns]
        self._ignores_unknown = ignores_unknown
        self._fast = _tuple_decoder(self._members, ignores_unknown)

    def read(self, lines: bytes) -> Grid:
        """Return the rows of JSON lines.

        Raises:
            BrokenPages: a line is not JSON, or is nested too deeply.
        """
        if self._fast is not None:
            try:
                return Grid(self._fast(lines))
            except (ValueError, RecursionError):
                # A row is not an object, has a member without a column, or is JSON
                # that only the standard library reads.
                pass
        return self.arrange(decode_lines(lines))

    def arrange(self, rows: Sequence[Any]) -> Grid:
        """Return rows that are decoded."""
        odd = {number: row for number, row in enumerate(rows) if not is_object(row)}
        objects = [row if is_object(row) else {} for row in rows] if odd else rows
        if not self._ignores_unknown:
            unknown = members_of(objects).keys() - set(self._members)
            if unknown:
                odd |= _only(objects, unknown)
        return Grid(_tuples(objects, self._members), odd)


def reader_for(columns: Sequence[Column], rows: Sequence[Any]) -> RowReader:
    """Return the reader for columns whose members these rows decide."""
    _, bound = bind(columns, members_of(rows))
    return RowReader(columns, bound)


class MemberWatch:
    """Finds members of rows that were not seen before.

    Args:
        seen: the members that are known.
    """

    def __init__(self, seen: Iterable[str] = ()) -> None:
        self.seen = dict.fromkeys(seen)
        self._fast = _checking_decoder(list(self.seen))

    def look(self, lines: bytes) -> bool:
        """Return whether JSON lines have members that were not seen before."""
        if self._fast is not None:
            try:
                self._fast(lines)
            except (ValueError, RecursionError):
                pass
            else:
                return False
        before = len(self.seen)
        self.seen |= members_of(decode_lines(lines))
        has_new = len(self.seen) > before
        if has_new:
            self._fast = _checking_decoder(list(self.seen))
        return has_new


def _only(rows: Sequence[Any], names: set[str]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for number, row in enumerate(rows):
        left = {name: value for name, value in row.items() if name in names}
        if left:
            found[number] = left
    return found


def _tuples(
    rows: Sequence[Any], members: Sequence[str | None]
) -> list[tuple[Any, ...]]:
    if len(members) > 1 and None not in members:
        try:
            # Most rows have every member, and this is three times as fast.
            return list(map(itemgetter(*members), rows))
        except KeyError:
            pass
    return [
        tuple(None if member is None else row.get(member) for member in members)
        for row in rows
    ]


Decode = Callable[[bytes], Any]


def _tuple_decoder(members: Sequence[str | None], ignores: bool) -> Decode | None:
    """Return a decoder of lines into tuples; None without msgspec."""
    library = msgspec()
    if library is None or not members:
        return None
    fields = [(f"m{place}", Any, None) for place in range(len(members))]
    names = {
        f"m{place}": f"{ABSENT} {place}" if member is None else member
        for place, member in enumerate(members)
    }
    decoder = _row_decoder(library, fields, names, not ignores)
    if decoder is None:
        return None
    astuple = library.structs.astuple

    def decode(lines: bytes) -> list[tuple[Any, ...]]:
        return list(map(astuple, decoder(lines)))

    return decode


def _checking_decoder(members: Sequence[str]) -> Decode | None:
    """Return a decoder that refuses a member it does not know."""
    library = msgspec()
    if library is None or not members:
        return None
    # Of raw values, nothing is made.
    fields = [(f"m{place}", library.Raw, None) for place in range(len(members))]
    names = {f"m{place}": member for place, member in enumerate(members)}
    return _row_decoder(library, fields, names, True)


def _row_decoder(
    library: Any, fields: Any, names: Mapping[str, str], is_strict: bool
) -> Decode | None:
    try:
        row = library.defstruct(
            "Row",
            fields,
            rename=names,
            forbid_unknown_fields=is_strict,
            gc=False,
        )
        decode: Decode = library.json.Decoder(row).decode_lines
    except (ValueError, TypeError):
        # msgspec takes no quotes, backslashes or control characters in a name.
        return None
    return decode
