"""Reports that a test brings along: fields, and rows that are sent unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enboarder_api.types import to_json

from .contract.description import Description
from .json_values import is_object
from .settings import WrongSetting, text, whole_number
from .state import Rows


@dataclass(frozen=True)
class ReportKind:
    """One of the two kinds of report."""

    id_name: str
    """What its id is called."""
    properties: str
    """The operation that describes a report."""
    field_name: str
    """The member of a field that is its name in the rows."""
    extra: Mapping[str, Any]
    """Other members of a field that is only known by its name."""


FORMS = ReportKind(
    "form_id", "reports.get_form_properties", "fieldName", {"datatype": "text"}
)
WORKFLOW_DEFINITIONS = ReportKind(
    "workflow_id", "reports.get_workflow_properties", "label", {}
)


@dataclass(frozen=True)
class OwnReport:
    """A report as the state keeps it."""

    properties: dict[str, Any]
    rows: Rows

    def put_into(
        self,
        listed: list[dict[str, Any]],
        properties: dict[str, dict[str, Any]],
        rows: dict[str, Rows],
    ) -> None:
        """Offer it in the place of one with its id, or after the others.

        Args:
            listed: What the list of reports shows.
            properties: The properties of each report, by id.
            rows: The rows of each report, by id.
        """
        report_id = self.properties["id"]
        entry = {"id": report_id, "name": self.properties["name"]}
        others = [one for one in listed if one["id"] != report_id]
        listed[:] = [*others, entry]
        properties[report_id] = self.properties
        rows[report_id] = self.rows


def own_report(
    description: Description,
    kind: ReportKind,
    report_id: str,
    rows: int | Iterable[Mapping[str, Any]],
    fields: Iterable[Any] | None,
    name: str | None,
) -> OwnReport:
    """Return a report of the user's.

    Raises:
        WrongSetting: Something cannot be sent, or breaks the contract.
    """
    text(kind.id_name, report_id)
    given = _rows(rows)
    if fields is None:
        described = _fields_of(given, kind)
    else:
        _require_list("fields", fields)
        described = [_json("fields", field) for field in fields]
    properties = {
        "name": text("name", report_id if name is None else name),
        "id": report_id,
        "fields": described,
    }
    problems = description.problems_of_success(kind.properties, properties)
    problems += _nameless(described, kind)
    if problems:
        raise WrongSetting("fields", f"break the contract: {'; '.join(problems)}")
    return OwnReport(properties, given)


def _rows(rows: int | Iterable[Mapping[str, Any]]) -> Rows:
    if isinstance(rows, int):
        return whole_number("rows", rows)
    _require_list("rows", rows)
    given = [_json("rows", row) for row in rows]
    for index, row in enumerate(given):
        if not is_object(row):
            raise WrongSetting("rows", f"must be mappings; number {index} is not one")
    return given


def _require_list(name: str, values: object) -> None:
    if not isinstance(values, Iterable):
        raise WrongSetting(name, f"must be a list, not {values!r}")


def _json(name: str, value: Any) -> Any:
    """Return a value as JSON, with models, dates and the like written out."""
    try:
        return json.loads(json.dumps(to_json(value), allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise WrongSetting(name, f"cannot be written as JSON: {error}") from None


def _fields_of(rows: Rows, kind: ReportKind) -> list[Any]:
    """Return a field for each name in the rows, in the order of their appearance."""
    if isinstance(rows, int):
        return []
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
    return [{kind.field_name: name, **kind.extra} for name in names]


def _nameless(fields: list[Any], kind: ReportKind) -> list[str]:
    if all(is_object(field) and field.get(kind.field_name) for field in fields):
        return []
    return [f"each field needs {kind.field_name}, its name in the rows"]
