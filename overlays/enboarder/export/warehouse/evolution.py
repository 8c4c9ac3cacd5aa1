"""Decide which columns a table has, when those of its report may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from ...errors import InvalidInput
from ..columns import UNFIT, Column, ColumnType
from ..definitions import Report
from ..drift import Change, ChangeKind, DriftPolicy
from ..errors import SchemaDrift
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


def drift(report: Report, found: Iterable[object]) -> SchemaDrift:
    """Return the error of a load that must not go on."""
    told = tuple(str(change) for change in found)
    return SchemaDrift(
        f"{report}: the columns are not those of the last load: {'; '.join(told)}. "
        f'Nothing was loaded. Load with on_drift "{DriftPolicy.ADD}" to take what is '
        f'new, or "{DriftPolicy.IGNORE}" to keep to the old columns',
        changes=told,
    )


def united(before: Schema, now: Schema) -> Schema:
    """Return the columns of today, and behind them those that are not listed any more.

    A column keeps its type, because its table has it.
    """
    old = {column.name: column for column in before.columns if column.name != UNFIT}
    columns: list[Column] = []
    for column in now.columns:
        known = old.pop(column.name, None)
        columns.append(column if known is None else evolve(column, type=known.type))
    columns += [evolve(column, is_listed=False) for column in old.values()]
    return evolve(now, columns=tuple(columns))


def found_in_rows(
    before: Schema | None, now: Schema, finished: Schema
) -> Sequence[Change]:
    """Return the columns that only rows have, and the last load did not have."""
    if before is None:
        return ()
    known = {*before.names, *now.names, UNFIT}
    return [
        Change(ChangeKind.ADDED, column.name, None, ColumnType.TEXT)
        for column in finished.columns
        if column.name not in known
    ]


def refuse_other_types(before: Schema | None, schema: Schema) -> None:
    """Refuse a column whose values have another type because they are hashed.

    Raises:
        InvalidInput: a table cannot change the type of a column.
    """
    if before is None:
        return
    old = {column.name: column.type for column in before.exported}
    for column in schema.exported:
        known = old.get(column.name, column.type)
        if known is not column.type:
            raise InvalidInput(
                f"{schema.report}: hash_fields is not that of the last load, so the "
                f"column {column.name!r} would be {column.type}, and in the table it "
                f"is {known}. Nothing was loaded. Load into another dataset, or hash "
                "the fields of the last load"
            )
