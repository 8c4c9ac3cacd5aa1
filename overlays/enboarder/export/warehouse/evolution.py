"""Decide which columns a table has, when those of its report may have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from ..columns import Column, ColumnType
from ..drift import Change, ChangeKind, DriftPolicy, changes
from ..errors import SchemaDrift
from ..grid import UNFIT, members_of
from ..schema import Schema

CONTRACTS: Mapping[DriftPolicy, str] = {
    DriftPolicy.FAIL: "freeze",
    DriftPolicy.ADD: "evolve",
    DriftPolicy.IGNORE: "discard_value",
}
"""What dlt calls each policy, for new columns."""


def contract(policy: DriftPolicy) -> dict[str, str]:
    """Return the schema contract of dlt that a policy means.

    A report that was never loaded gets a table under every policy, and no policy
    changes the type of a column that is there.
    """
    return {
        "tables": "evolve",
        "columns": CONTRACTS[policy],
        "data_type": "freeze",
    }


class Evolution:
    """The columns of one table during a load.

    The first load takes every column. Later loads follow the policy.

    Args:
        before: the columns after the last load; None before the first one.
        now: those that the properties of the report list.
        policy: what happens when they differ.

    Raises:
        SchemaDrift: they differ, and the policy is `fail`.
    """

    def __init__(
        self, before: Schema | None, now: Schema, policy: DriftPolicy
    ) -> None:
        self._before = before
        self._policy = policy
        self.changes: list[Change] = []
        """What changed since the last load."""
        if before is None:
            self.schema = now
            return
        self.changes += changes(before, now)
        if self.changes and policy is DriftPolicy.FAIL:
            raise drift(now, self.changes)
        if policy is DriftPolicy.IGNORE:
            self.schema = _relabelled(before, now)
        else:
            self.schema = _united(before, now)

    @property
    def takes_all(self) -> bool:
        """Whether new columns are loaded."""
        return self._before is None or self._policy is DriftPolicy.ADD

    @property
    def leaves_out(self) -> bool:
        """Whether values that fit no column are left out."""
        return self._before is not None and self._policy is DriftPolicy.IGNORE

    def add_unfit(self, column: str) -> None:
        """Take a column of values that fit no other one, as the policy says.

        Raises:
            SchemaDrift: the policy is `fail`.
        """
        change = Change(ChangeKind.ADDED, column, None, ColumnType.TEXT)
        if not self.takes_all:
            raise _misfit(self.schema)
        if self._before is not None:
            self.changes.append(change)

    def cover(self, rows: Sequence[Any]) -> None:
        """Take the members of rows that have no column, as the policy says.

        Args:
            rows: as decoded JSON.

        Raises:
            SchemaDrift: there are some, and the policy is `fail`.
        """
        if self.leaves_out:
            return
        covering = self.schema.covering([members_of(rows)])
        found = covering.columns[len(self.schema.columns) :]
        if not found:
            return
        added = [
            Change(ChangeKind.ADDED, column.name, None, ColumnType.TEXT)
            for column in found
        ]
        if not self.takes_all:
            raise drift(self.schema, added)
        if self._before is not None:
            self.changes += added
        self.schema = covering


def drift(schema: Schema, found: Sequence[Change]) -> SchemaDrift:
    """Return the error of a policy that allows no change."""
    told = tuple(str(change) for change in found)
    listed = "; ".join(told)
    return SchemaDrift(
        f"{schema.report}: the columns are not those of the last load: {listed}. "
        f'Nothing was loaded. Load with on_drift "{DriftPolicy.ADD}" to take them as '
        f'they are now, or "{DriftPolicy.IGNORE}" to keep to the old columns',
        changes=told,
    )


def _misfit(schema: Schema) -> SchemaDrift:
    change = "a value does not fit the type of its column, or is in none"
    return SchemaDrift(
        f"{schema.report}: {change}. Nothing was loaded. Load with on_drift "
        f'"{DriftPolicy.ADD}" to keep such values in the column {UNFIT}, or '
        f'"{DriftPolicy.IGNORE}" to leave them out',
        changes=(change,),
    )


def _relabelled(before: Schema, now: Schema) -> Schema:
    """Return the old columns with the labels of today."""
    labels = {column.name: column.label for column in now.columns}
    columns = tuple(
        evolve(column, label=labels.get(column.name, column.label))
        for column in before.columns
    )
    return evolve(now, columns=columns)


def _united(before: Schema, now: Schema) -> Schema:
    """Return the columns of today, and behind them those that are not listed any more.

    A column keeps its type, because its table has it.
    """
    old = {column.name: column for column in before.columns}
    columns: list[Column] = []
    for column in now.columns:
        known = old.pop(column.name, None)
        columns.append(column if known is None else evolve(column, type=known.type))
    columns += [evolve(column, is_listed=False) for column in old.values()]
    return evolve(now, columns=tuple(columns))
