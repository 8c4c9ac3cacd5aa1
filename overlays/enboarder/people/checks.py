"""Find every problem of every row in one pass."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from attrs import field, frozen

from enboarder_api.spelling import same_letters

from .binding import Binding, Source
from .bodies import BodyBuilder, Draft
from .cells import Flaw, quoted
from .problems import Kind, Problem
from .reading import ReadingRules
from .tables import Row, Table
from .tables.table import text_of
from .targets import LAUNCHES
from .vocabulary import Vocabulary

CONTACTS = {
    Kind.EMAIL_REPEATED: ("nheml", "employee_email", "e-mail address"),
    Kind.MOBILE_REPEATED: ("nhmob", "employee_mobile", "mobile number"),
}
SHOWN_ROWS = 5
"""Other rows that a problem names at most."""


@frozen
class Checked:
    """The bodies of a file, and everything that is wrong with it."""

    drafts: tuple[Draft, ...] = field(repr=False)
    """Those without a problem, in the order of the rows."""
    problems: tuple[Problem, ...]
    """In the order of the rows and columns."""


def check_table(
    table: Table,
    binding: Binding,
    rules: ReadingRules,
    *,
    vocabulary: Vocabulary,
    allow: Collection[str] = (),
) -> Checked:
    """Find every problem of a file.

    Args:
        table: the file.
        binding: which cells fill which field.
        rules: how cells are read.
        vocabulary: the labels and values that the account knows.
        allow: the external ids of people who may share a contact, or have an id that
            looks like another one.
    """
    checker = _Checker(table, binding, vocabulary)
    builder = BodyBuilder(table.name, binding.operation, binding.sources, rules)
    checker.problems.extend(table.problems)
    checker.problems.extend(binding.problems)
    checker.find_missing(builder)
    checker.find_wrong_constants(builder)
    checker.find_unknown_labels()
    drafts: list[Draft] = []
    for row in table.rows:
        draft = builder.draft(row)
        drafts.append(draft)
        checker.problems.extend(draft.problems)
        checker.find_extra_cells(row)
        checker.find_unknown_values(draft)
    checker.find_repeated_ids(drafts, allow)
    if binding.operation in LAUNCHES:
        checker.find_repeated_contacts(drafts, allow)
    return checker.result(drafts)


class _Checker:
    def __init__(self, table: Table, binding: Binding, vocabulary: Vocabulary) -> None:
        self.problems: list[Problem] = []
        self._table = table
        self._binding = binding
        self._vocabulary = vocabulary

    def result(self, drafts: Iterable[Draft]) -> Checked:
        """Return the drafts without a problem, and the problems in order."""
        header = {name: index for index, name in enumerate(self._table.header)}

        def order(problem: Problem) -> tuple[int, int]:
            first = re.split(r", | \+ ", problem.column or "")[0]
            return problem.row or 0, header.get(first, len(header))

        problems = tuple(dict.fromkeys(sorted(self.problems, key=order)))
        rows = {problem.row for problem in problems}
        # What is wrong with the header is wrong with each row.
        if self._header_row in rows:
            return Checked((), problems)
        clean = tuple(draft for draft in drafts if draft.row not in rows)
        return Checked(clean, problems)

    def find_missing(self, builder: BodyBuilder) -> None:
        """Find what no row can have, because the mapping does not fill it."""
        for sentence in sorted(builder.missing):
            self._add(
                self._header_row,
                None,
                Flaw(
                    Kind.FIELD_UNMAPPED,
                    f"{sentence}, and no column is mapped to it",
                    "add its column to the mapping, or a constant for all rows",
                ),
            )

    def find_wrong_constants(self, builder: BodyBuilder) -> None:
        """Find constants that are wrong for each row."""
        for source, flaw in builder.constant_flaws:
            self._add(self._header_row, f"constants.{source.target.name}", flaw)
        for source in self._binding.sources:
            if source.column is None:
                self._find_unknown_constant(source)

    def _find_unknown_constant(self, source: Source) -> None:
        label = source.target.custom_field
        if label is None:
            return
        flaw = self._vocabulary.flaw_in_value(label, str(source.constant))
        if flaw is not None:
            self._add(self._header_row, f"constants.{source.target.name}", flaw)

    def find_unknown_labels(self) -> None:
        """Find labels of the mapping that the account does not know."""
        for source in self._binding.sources:
            target = source.target
            if target.custom_field is not None:
                flaw = self._vocabulary.flaw_in_label(target.custom_field)
            elif target.manager is not None:
                flaw = self._vocabulary.flaw_in_manager_label(target.manager)
            else:
                continue
            if flaw is not None:
                self._add(self._header_row, source.column, flaw)

    def find_extra_cells(self, row: Row) -> None:
        """Find cells beyond the header: the others may be in the wrong columns."""
        extra = row.cells[len(self._table.header) :]
        if any(text_of(value).strip() for value in extra):
            self._add(
                row.number,
                None,
                Flaw(
                    Kind.CELL_EXTRA,
                    "the row has more cells than the header, so cells may be in the "
                    "wrong columns",
                    "put quotation marks around cells that contain the delimiter",
                ),
            )

    def find_unknown_values(self, draft: Draft) -> None:
        """Find values of custom fields that the account does not know."""
        for member in draft.body.get("customfields", ()):
            flaw = self._vocabulary.flaw_in_value(member["name"], member["value"])
            source = self._source_of_custom_field(member["name"])
            if flaw is None or source.column is None:
                continue
            # An error of Excel, for example, is reported as what it is.
            if source.target.name not in draft.flawed:
                self._add(draft.row, source.column, flaw)

    def find_repeated_ids(
        self, drafts: Sequence[Draft], allow: Collection[str]
    ) -> None:
        """Find external ids that appear more than once, or look the same."""
        # A cell with a problem is not what the person's id will be.
        drafts = [draft for draft in drafts if "external_id" not in draft.flawed]
        by_id = _grouped((draft.external_id, draft) for draft in drafts)
        for external_id, group in by_id.items():
            for draft in group if len(group) > 1 else ():
                flaw = Flaw(
                    Kind.ID_REPEATED,
                    f"{quoted(external_id)} is also in {_others(group, draft)}",
                    "keep one of the rows, or correct the id",
                )
                self._add(draft.row, self._column("externalid"), flaw)
        by_look = _grouped((same_id(draft.external_id), draft) for draft in drafts)
        for group in by_look.values():
            for draft in group if _has_several_ids(group) else ():
                self._add_similar(draft, group, allow)

    def find_repeated_contacts(
        self, drafts: Sequence[Draft], allow: Collection[str]
    ) -> None:
        """Find people with different ids and the same e-mail address or mobile."""
        for kind, (wire, name, what) in CONTACTS.items():
            contacts = (
                (draft.body.get(wire, "").casefold(), draft)
                for draft in drafts
                if name not in draft.flawed
            )
            for group in _grouped(contacts).values():
                for draft in group if _has_several_ids(group) else ():
                    if draft.external_id not in allow:
                        flaw = Flaw(
                            kind,
                            f"the {what} is also in {_others(group, draft)}, under "
                            "another external id",
                            "correct it, or allow this external id if two people share "
                            "it",
                        )
                        self._add(draft.row, self._column(wire), flaw)

    def _add_similar(
        self, draft: Draft, group: Sequence[Draft], allow: Collection[str]
    ) -> None:
        if draft.external_id in allow:
            return
        flaw = Flaw(
            Kind.ID_SIMILAR,
            f"{quoted(draft.external_id)} looks like the id in {_others(group, draft)}",
            "correct it, or allow this external id if they are two people",
        )
        self._add(draft.row, self._column("externalid"), flaw)

    @property
    def _header_row(self) -> int | None:
        return self._table.header_row or None

    def _column(self, wire: str) -> str | None:
        for source in self._binding.sources:
            target = source.target
            if target.wire == wire and target.manager is None:
                return source.column
        return None

    def _source_of_custom_field(self, label: str) -> Source:
        return next(
            source
            for source in self._binding.sources
            if source.target.custom_field == label
        )

    def _add(self, row: int | None, column: str | None, flaw: Flaw) -> None:
        problem = Problem(
            self._table.name, row, column, flaw.message, flaw.fix, flaw.kind
        )
        self.problems.append(problem)


def same_id(external_id: str) -> str:
    """Return what ids have in common that differ in case, blanks or leading zeros."""
    letters = same_letters(external_id)
    return letters.lstrip("0") if letters.isdigit() else letters


def _grouped(pairs: Iterable[tuple[str, Draft]]) -> dict[str, list[Draft]]:
    groups: dict[str, list[Draft]] = {}
    for key, draft in pairs:
        if key:
            groups.setdefault(key, []).append(draft)
    return groups


def _has_several_ids(group: Sequence[Draft]) -> bool:
    return len({draft.external_id for draft in group}) > 1


def _others(group: Sequence[Draft], draft: Draft) -> str:
    rows = [str(other.row) for other in group if other.row != draft.row]
    more = len(rows) - SHOWN_ROWS
    shown = ", ".join(rows[:SHOWN_ROWS])
    ending = f" and {more} more" if more > 0 else ""
    return f"row {shown}{ending}" if len(rows) == 1 else f"rows {shown}{ending}"
