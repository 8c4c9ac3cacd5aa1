"""The schema of a report: its columns, from the properties that the service gives."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Self

from attrs import asdict, evolve, field, frozen

from enboarder_api.models import FormField, WorkflowField

from ..client import Enboarder
from ..errors import InvalidInput
from ..quoting import quotable
from .columns import Column, ColumnType, Treatment, bind, type_named
from .definitions import Report, ReportKind
from .json_values import is_object

log = logging.getLogger("enboarder")

FORMAT = 1
VERSION_LENGTH = 16


@frozen
class Schema:
    """The columns of a report, in the order of its properties."""

    report: Report
    columns: tuple[Column, ...] = ()
    warnings: tuple[str, ...] = field(default=(), eq=False)
    """What the properties leave open, such as a type that is not known."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def exported(self) -> tuple[Column, ...]:
        """The columns that files have: a hash is text, and some are left out."""
        return tuple(
            evolve(column, type=ColumnType.TEXT)
            if column.treatment is Treatment.HASHED
            else column
            for column in self.columns
            if column.treatment is not Treatment.LEFT_OUT
        )

    @property
    def protected(self) -> frozenset[str]:
        """The names of the columns that are left out or hashed."""
        return frozenset(
            column.name
            for column in self.columns
            if column.treatment is not Treatment.KEPT
        )

    @property
    def version(self) -> str:
        """A digest of the names and types, whatever their order."""
        told = sorted([column.name, column.type] for column in self.exported)
        text = json.dumps(told, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:VERSION_LENGTH]

    def column(self, name: str) -> Column:
        """Return the column with a name.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def description(self, column: Column) -> str:
        """Return what people read beside a field; equal labels show the name, too."""
        label = column.label
        if not label or label == column.name:
            return label
        times = sum(other.label == label for other in self.columns)
        return f"{label} ({column.name})" if times > 1 else label

    def covering(self, rows: Iterable[Any]) -> Schema:
        """Return this schema, with a column for each member of some rows.

        Args:
            rows: as decoded JSON; what is not an object has no members.
        """
        members: dict[str, None] = {}
        for row in rows:
            if is_object(row):
                members.update(dict.fromkeys(row))
        columns, _ = bind(self.columns, members)
        return evolve(self, columns=columns)

    def to_json(self) -> dict[str, Any]:
        """Return the schema as JSON, as `from_json` reads it."""
        return {
            "format": FORMAT,
            "version": self.version,
            "report": asdict(self.report),
            "columns": [asdict(column) for column in self.columns],
        }

    @classmethod
    def from_json(cls, source: Mapping[str, Any]) -> Self:
        """Read a schema that `to_json` wrote.

        Raises:
            InvalidInput: it is not one.
        """
        try:
            report = source["report"]
            kind = ReportKind(report["kind"])
            return cls(
                Report(kind, str(report["id"]), str(report["name"])),
                tuple(_column_from(column) for column in source["columns"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InvalidInput(
                "this is not a schema of an export; a file schema.json that was "
                "changed by hand has to be deleted, and the next export writes it again"
            ) from None


def read_schema(enboarder: Enboarder, report: Report) -> Schema:
    """Read the columns of a report.

    Types that are not known become text, with a warning: only `text`, `email` and
    `dropdown` are documented.

    Raises:
        EnboarderError: the properties cannot be read.
    """
    fields: Iterable[FormField | WorkflowField]
    if report.kind is ReportKind.FORM:
        form = enboarder.reports.get_form_properties(report.id)
        fields = form.fields or ()
        name = form.name
    else:
        workflow = enboarder.reports.get_workflow_properties(report.id)
        fields = workflow.fields or ()
        name = workflow.name
    warnings: list[str] = []
    named: dict[str, Column] = {}
    for described in fields:
        column = _column_of(described, warnings)
        # A repeated name means one member of the rows, so the first column has it.
        if column is not None:
            named.setdefault(column.name, column)
    for warning in warnings:
        log.warning("%s: %s", report, warning)
    about = evolve(report, name=name or report.name)
    return Schema(about, tuple(named.values()), tuple(warnings))


def _column_of(
    described: FormField | WorkflowField, warnings: list[str]
) -> Column | None:
    """Return the column of a field; None if nothing names it."""
    more = described.additional_properties
    label = described.label or ""
    if isinstance(described, FormField):
        field_id = _text(more.get("id"))
        names = [_text(described.field_name), field_id, label]
        words = [described.data_type, more.get("type")]
    else:
        field_id = described.id or ""
        names = [field_id, label]
        words = [described.data_type, described.type_]
    name = next((name for name in names if name), None)
    if not name:
        warnings.append(
            "a field has neither a name, an id nor a label; if rows have its value, it "
            "becomes a column of its own"
        )
        return None
    data_type, kind = _type_of(name, words, warnings)
    return Column(name, label, kind, field_id, data_type)


def _type_of(
    name: str, words: Iterable[object], warnings: list[str]
) -> tuple[str, ColumnType]:
    given = [text for text in map(_text, words) if text]
    for word in given:
        kind = type_named(word)
        if kind is not None:
            return word, kind
    if not given:
        return "", ColumnType.TEXT
    warnings.append(
        f'the type "{quotable(given[0], 60)}" of the column {quotable(name, 60)!r} is '
        "not known; its values are exported as text"
    )
    return given[0], ColumnType.TEXT


def _text(value: object) -> str:
    """Return a text or a number as text, and nothing for any other value."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)


def _column_from(source: Mapping[str, Any]) -> Column:
    return Column(
        name=str(source["name"]),
        label=str(source["label"]),
        type=ColumnType(source["type"]),
        field_id=str(source["field_id"]),
        data_type=str(source["data_type"]),
        is_listed=bool(source["is_listed"]),
        treatment=Treatment(source["treatment"]),
    )
