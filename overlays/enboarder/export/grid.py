"""Rows as columns: the cells of each column, and what has no column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from .columns import Column, bind
from .json_values import is_object

UNFIT = "_unfit"
"""The column of values that do not fit their column or have none, as JSON."""


@frozen
class Grid:
    """Some rows, column by column."""

    height: int
    cells: tuple[Sequence[Any], ...] = field(repr=False)
    """The values of each column, in the order of the columns; None where none is."""
    leftovers: Mapping[int, Any] = field(repr=False)
    """What has no column, by the number of its row."""


def members_of(rows: Sequence[Any]) -> dict[str, None]:
    """Return every member of some rows, in the order of appearance."""
    merged: dict[str, Any] = {}
    for row in rows:
        if is_object(row):
            merged.update(row)
    return dict.fromkeys(merged)


def tabulate(
    rows: Sequence[Any],
    columns: Sequence[Column],
    bound: Mapping[str, str] | None = None,
) -> Grid:
    """Arrange rows in columns.

    Args:
        rows: as decoded JSON.
        columns: the columns.
        bound: the member of rows that belongs to each column, by its name. By
            default, the members of these rows decide.
    """
    leftovers = {index: row for index, row in enumerate(rows) if not is_object(row)}
    objects = [row if is_object(row) else {} for row in rows] if leftovers else rows
    members = members_of(objects)
    if bound is None:
        _, bound = bind(columns, members)
    wanted = [bound.get(column.name) for column in columns]
    unknown = members.keys() - set(wanted)
    if unknown:
        leftovers |= _without_column(objects, unknown)
    return Grid(len(rows), _columns(objects, wanted), leftovers)


def _without_column(rows: Sequence[Any], unknown: set[str]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for index, row in enumerate(rows):
        left = {name: value for name, value in row.items() if name in unknown}
        if left:
            found[index] = left
    return found


def _columns(
    rows: Sequence[Any], wanted: Sequence[str | None]
) -> tuple[Sequence[Any], ...]:
    """Return the cells of each wanted member."""
    named = [name for name in wanted if name is not None]
    nothing = (None,) * len(rows)
    by_name: dict[str, Sequence[Any]] = {}
    if len(named) > 1:
        try:
            # Most rows have every member, and this is three times as fast.
            whole = zip(*map(itemgetter(*named), rows), strict=True)
            by_name = dict(zip(named, whole, strict=False))
        except KeyError:
            by_name = {}
    for name in named:
        if name not in by_name:
            by_name[name] = [row.get(name) for row in rows]
    return tuple(nothing if name is None else by_name[name] for name in wanted)
