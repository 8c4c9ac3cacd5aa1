"""A plan: what would be sent, to whom, as a value that a person can review."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import field, fields, frozen

from ..errors import InvalidInput
from .json_objects import is_object
from .problems import Problem

FORMAT = 1
"""The version of the JSON document."""
NO_PLAN = "this is not a plan; make one again from the file"


@frozen
class Action:
    """One request of a plan: one person."""

    row: int
    """The row of the file as a spreadsheet counts; the header is row 1."""
    operation: str
    """The name of the operation, such as `workflows.launch_basic`."""
    external_id: str
    body: Mapping[str, Any] = field(repr=False)
    """What is sent: wire names, and JSON values."""
    allowed: bool = False
    """Whether a person wants it in spite of a conflict with the ledger."""


@frozen
class LeftOut:
    """A row for which nothing is to be done."""

    row: int
    external_id: str
    reason: str
    """Such as that the person was launched before."""


@frozen
class Counts:
    """How many people a plan concerns, and how they are spread.

    An empty key counts those without a start date, a brand or a location.
    """

    people: int
    start_week: Mapping[str, int]
    """By the Monday of the week in which they start (YYYY-MM-DD)."""
    brand: Mapping[str, int]
    location: Mapping[str, int]


@frozen(repr=False)
class Plan:
    """What would be sent, to whom.

    A person reviews it, and `apply` executes exactly this. A plan holds personal data,
    which its `repr` leaves out.
    """

    kind: str
    """`launch`, `update` or `cancel`."""
    account: str
    """The account whose ledger it belongs to."""
    source: str
    """The name of the file."""
    header: tuple[str, ...]
    """The names of the file's columns."""
    actions: tuple[Action, ...]
    """The requests, in the order of the rows; none is for a row with a problem."""
    left_out: tuple[LeftOut, ...] = ()
    """The rows for which nothing is to be done."""
    problems: tuple[Problem, ...] = ()
    """Everything that is wrong with the file."""
    cells: Mapping[int, tuple[str, ...]] = field(factory=dict[int, tuple[str, ...]])
    """The cells of the file by row, for the files of results."""
    delimiter: str = ","
    """What is between the cells of the file, and of the files of results."""
    notes: tuple[str, ...] = ()
    """What the person who reviews the plan has to know besides."""

    def __repr__(self) -> str:
        return (
            f"Plan({self.kind!r}, account={self.account!r}, source={self.source!r}, "
            f"{len(self.actions)} actions, {len(self.problems)} problems)"
        )

    @property
    def digest(self) -> str:
        """The SHA-256 of the plan: it changes with anything in it."""
        canonical = json.dumps(
            self._document(),
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

    def counts(self) -> Counts:
        """Count the people by start week, brand and location."""
        return counts_of(self.actions)

    def summary(self) -> str:
        """Return the counts, the notes and every problem as text."""
        lines = [_headline(self)]
        lines.extend(_lines_of_counts(self.counts()))
        lines.extend(self.notes)
        lines.extend(str(problem) for problem in self.problems)
        return "\n".join(lines)

    def to_json(self) -> str:
        """Return the plan as JSON, with its digest."""
        document = {"digest": self.digest, **self._document()}
        return json.dumps(document, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Plan:
        """Read a plan that `to_json` wrote.

        Raises:
            InvalidInput: the text is not a plan, or the plan was changed since.
        """
        document = _read(text)
        digest = document.pop("digest")
        try:
            plan = _plan_from(document)
        except (AttributeError, KeyError, TypeError, ValueError):
            # The error would quote the text, which holds personal data.
            raise InvalidInput(NO_PLAN) from None
        if plan.digest != digest:
            raise InvalidInput(
                "this plan was changed after it was made; make it again from the file"
            )
        return plan

    def _document(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "kind": self.kind,
            "account": self.account,
            "source": self.source,
            "header": list(self.header),
            "delimiter": self.delimiter,
            "notes": list(self.notes),
            "actions": [_members(action) for action in self.actions],
            "left_out": [_members(row) for row in self.left_out],
            "problems": [_members(problem) for problem in self.problems],
            "cells": {str(row): list(cells) for row, cells in self.cells.items()},
        }


def counts_of(actions: Iterable[Action]) -> Counts:
    """Count people by start week, brand and location."""
    bodies = [action.body for action in actions]
    return Counts(
        people=len(bodies),
        start_week=_counted(map(_start_week, bodies)),
        brand=_counted(_custom_field(body, "brand") for body in bodies),
        location=_counted(_custom_field(body, "location") for body in bodies),
    )


def _read(text: str | bytes) -> dict[str, Any]:
    """Return the members of a document of this format, the digest among them."""
    try:
        document = json.loads(text)
    except ValueError:
        raise InvalidInput(NO_PLAN) from None
    if not is_object(document) or "digest" not in document:
        raise InvalidInput(NO_PLAN)
    version = document.pop("format", None)
    if version != FORMAT:
        raise InvalidInput(
            f"this plan has format {version!r}, and this version of enboarder "
            f"reads format {FORMAT}; make the plan again"
        )
    return document


def _members(value: Action | LeftOut | Problem) -> dict[str, Any]:
    names = [attribute.name for attribute in fields(type(value))]
    return {name: getattr(value, name) for name in names}


def _plan_from(document: dict[str, Any]) -> Plan:
    actions = tuple(Action(**action) for action in document.pop("actions"))
    left_out = tuple(LeftOut(**row) for row in document.pop("left_out"))
    problems = tuple(Problem(**problem) for problem in document.pop("problems"))
    cells = {int(row): tuple(cells) for row, cells in document.pop("cells").items()}
    return Plan(
        header=tuple(document.pop("header")),
        notes=tuple(document.pop("notes")),
        actions=actions,
        left_out=left_out,
        problems=problems,
        cells=cells,
        **document,
    )


def _start_week(body: Mapping[str, Any]) -> str:
    start_date = body.get("nhstdt")
    if start_date is None:
        return ""
    day = date.fromisoformat(start_date)
    return (day - timedelta(days=day.weekday())).isoformat()


def _custom_field(body: Mapping[str, Any], name: str) -> str:
    for custom_field in body.get("customfields", ()):
        if custom_field["name"].casefold() == name:
            return str(custom_field["value"])
    return ""


def _counted(values: Iterable[str]) -> dict[str, int]:
    counter = Counter(values)
    return {value: counter[value] for value in sorted(counter)}


def _headline(plan: Plan) -> str:
    parts = [f"{len(plan.actions)} to {plan.kind}"]
    if plan.left_out:
        parts.append(f"{len(plan.left_out)} with nothing to do")
    if plan.problems:
        rows = {problem.row for problem in plan.problems}
        parts.append(
            f"{_number(len(plan.problems), 'problem')} in {_number(len(rows), 'row')}"
        )
    return f"{plan.source}: {', '.join(parts)}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _lines_of_counts(counts: Counts) -> Iterable[str]:
    columns = {
        "start week": counts.start_week,
        "brand": counts.brand,
        "location": counts.location,
    }
    for name, values in columns.items():
        if any(values):
            for value, number in values.items():
                yield f"  {name} {value or 'none'}: {number}"
