"""Plan what a file asks for: who would be launched, changed or cancelled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypedDict, Unpack

from attrs import evolve

from ..errors import InvalidInput
from .binding import Binding, bind, operation_of
from .bodies import Draft
from .checks import Checked, check_table
from .dates import DateRules, checked_day, checked_format
from .mapping import ColumnMapping, FileSettings, load_mapping
from .plan import Action, LeftOut, Plan
from .problems import Kind, Problem
from .proposal import propose
from .reading import ReadingRules
from .tables import Row, Table, read_table
from .tables.table import text_of
from .targets import CANCEL, SELECTED, UPDATE, Target
from .vocabulary import Vocabulary, load_vocabulary

MODES: Mapping[str, str] = {
    "ALL": "Mode ALL: every workflow of each external id is cancelled.",
    SELECTED: (
        "Mode SELECTED: of each external id, the workflow whose criteria match the "
        "custom fields is cancelled."
    ),
    "CANCEL_ALL": (
        "Mode CANCEL_ALL: the workflows of each external id that are pending or in "
        "progress are cancelled."
    ),
}
ALREADY = "already"
"""The reason of a ledger for what was done before."""
IDENTITY = ("externalid", "childAccountID")
"""What an update needs to find the workflow."""
CANCEL_FIELDS = {*IDENTITY, "comments", "mode"}


class LedgerRefusal(Protocol):
    """Why a ledger would not let a request be sent."""

    @property
    def reason(self) -> str:
        """Such as `already`."""
        ...

    @property
    def message(self) -> str:
        """What was found."""
        ...

    @property
    def hint(self) -> str:
        """What to do about it."""
        ...


class PlanningLedger(Protocol):
    """What planning asks of a ledger; it changes nothing there."""

    @property
    def account(self) -> str:
        """The account that the ledger belongs to."""
        ...

    def check(
        self,
        operation: str,
        external_id: str,
        body: Mapping[str, Any],
        *,
        allowed: bool = False,
    ) -> LedgerRefusal | None:
        """Return why a request would not be sent now, or None."""
        ...

    def changed(
        self, external_id: str, body: Mapping[str, Any]
    ) -> Collection[str] | None:
        """Return which members differ from what was last accepted, if it is known."""
        ...


class Settings(TypedDict, total=False):
    """How a file is read and checked, besides its mapping.

    What the mapping says of the file holds unless it is said here.
    """

    account: str
    """The account that the plan is for; by default the one of the ledger."""
    allow: Collection[str]
    """The external ids of people who are wanted in spite of a conflict: a contact that
    two people share, an id that looks like another, other criteria than before."""
    allow_past_dates: bool
    """Accept start dates before today."""
    all_or_nothing: bool
    """Plan nothing if anything is wrong with any row."""
    today: date
    """The day that start dates are compared with; by default that of this machine."""
    vocabulary: Vocabulary | str | Path
    """The labels and values that the account knows, or the file that has them."""
    encoding: str
    """That of a text file, such as `cp1252`; by default UTF-8."""
    delimiter: str
    """What is between the cells of a text file."""
    sheet: str
    """The sheet of a workbook."""
    date_format: str
    """How dates are written, such as `%d/%m/%Y`; by default YYYY-MM-DD."""
    default_country: str
    """The country of mobile numbers without one, as two letters, such as `AU`."""


def plan_launch(
    source: str | Path,
    mapping: ColumnMapping | str | Path | None = None,
    *,
    ledger: PlanningLedger | None = None,
    **settings: Unpack[Settings],
) -> Plan:
    """Plan to launch the people of a file; nothing is sent.

    Every problem of every row is in the plan, and a row with a problem is not among its
    actions. Neither is somebody who was launched before.

    Args:
        source: a CSV, XLSX or JSONL file.
        mapping: which column becomes which field, or its file.
        ledger: who was launched before.
        settings: how the file is read and checked.

    Raises:
        ConfigurationError: an extra is missing, or a setting is wrong.
        InvalidInput: the file, the mapping or the vocabulary cannot be read, or there
            is no mapping; then the message proposes one.
    """
    work = _Planning("launch", source, mapping, ledger, settings)
    return work.plan(operation_of(work.mapping))


def plan_update(
    source: str | Path,
    mapping: ColumnMapping | str | Path | None = None,
    *,
    ledger: PlanningLedger | None = None,
    **settings: Unpack[Settings],
) -> Plan:
    """Plan to change the running workflows of the people of a file; nothing is sent.

    An empty cell changes nothing. With a ledger, only what differs from what was last
    accepted is sent, and who has no difference is left out.

    Args:
        source: a CSV, XLSX or JSONL file.
        mapping: which column becomes which field, or its file; the mapping of the
            launch will do.
        ledger: what was accepted before.
        settings: how the file is read and checked.

    Raises:
        ConfigurationError: an extra is missing, or a setting is wrong.
        InvalidInput: the file, the mapping or the vocabulary cannot be read, or there
            is no mapping; then the message proposes one.
    """
    return _Planning("update", source, mapping, ledger, settings).plan(UPDATE)


def plan_cancel(
    source: str | Path,
    mapping: ColumnMapping | str | Path | None = None,
    *,
    mode: str,
    comments: str | None = None,
    ledger: PlanningLedger | None = None,
    **settings: Unpack[Settings],
) -> Plan:
    """Plan to cancel the workflows of the people of a file; nothing is sent.

    Args:
        source: a CSV, XLSX or JSONL file.
        mapping: which column becomes which field, or its file; the mapping of the
            launch will do. Only external ids, child accounts, comments and, for
            `SELECTED`, custom fields are used.
        mode: `ALL` cancels every workflow of the external id, `SELECTED` the one whose
            criteria match the custom fields, `CANCEL_ALL` those that are pending or in
            progress. It has no default here: the default of the service is `ALL`.
        comments: the reason, for everybody.
        ledger: what was done before.
        settings: how the file is read and checked.

    Raises:
        ConfigurationError: an extra is missing, or a setting is wrong.
        InvalidInput: the file, the mapping or the vocabulary cannot be read, or the
            mode is unknown.
    """
    if mode not in MODES:
        raise InvalidInput(f"mode is not one of {', '.join(MODES)}; got {mode!r}")
    work = _Planning("cancel", source, mapping, ledger, settings)
    constants = {
        name: value
        for name, value in work.mapping.constants.items()
        # That of a launch has another meaning.
        if name.lower() != "mode"
    }
    constants["mode"] = mode
    if comments is not None:
        constants["comments"] = comments
    work.mapping = evolve(work.mapping, constants=constants)
    work.notes.append(MODES[mode])

    def wanted(target: Target) -> bool:
        if target.custom_field is not None:
            return mode == SELECTED
        return target.wire in CANCEL_FIELDS

    return work.plan(CANCEL, wanted)


class _Planning:
    """What the three kinds of plans have in common."""

    def __init__(
        self,
        kind: str,
        source: str | Path,
        mapping: ColumnMapping | str | Path | None,
        ledger: PlanningLedger | None,
        settings: Settings,
    ) -> None:
        _refuse_unknown(f"plan_{kind}", settings)
        self.notes: list[str] = []
        """What a person who reviews the plan should know."""
        self.mapping = _mapping_of(mapping, source, settings)
        self._kind = kind
        self._ledger = ledger
        self._settings = settings
        self._allow = frozenset(settings.get("allow", ()))
        self._file = _merged(self.mapping.file, settings)
        self._table = _read(source, self._file)
        self._vocabulary = _vocabulary_of(settings.get("vocabulary"))

    def plan(
        self, operation: str, wanted: Callable[[Target], bool] = lambda target: True
    ) -> Plan:
        """Check the file, ask the ledger, and return the plan."""
        binding = bind(self.mapping, self._table, operation, wanted=wanted)
        checked = check_table(
            self._table,
            binding,
            self._reading_rules(),
            vocabulary=self._vocabulary or Vocabulary(),
            allow=self._allow,
        )
        sorter = _Sorter(operation, self._table.name, self._ledger, self._allow)
        sorter.id_column = _id_column(binding)
        for draft in checked.drafts:
            sorter.sort(draft)
        return self._plan(binding, checked, sorter)

    def _plan(self, binding: Binding, checked: Checked, sorter: _Sorter) -> Plan:
        problems = (*checked.problems, *sorter.problems)
        actions = tuple(sorter.actions)
        if problems and self._settings.get("all_or_nothing", False):
            actions = ()
        account = self._ledger.account if self._ledger is not None else ""
        return Plan(
            kind=self._kind,
            account=self._settings.get("account", account),
            source=self._table.name,
            header=self._table.header,
            actions=actions,
            left_out=tuple(sorter.left_out),
            problems=problems,
            cells={row.number: self._cells_of(row) for row in self._table.rows},
            delimiter=self._table.delimiter,
            notes=tuple(self._notes(binding)),
        )

    def _cells_of(self, row: Row) -> tuple[str, ...]:
        """Return cells as a text file has them: it is read as this one was."""
        date_format = self._file.date_format
        return tuple(
            value.strftime(date_format)
            if date_format and isinstance(value, date)
            else text_of(value)
            for value in row.cells
        )

    def _notes(self, binding: Binding) -> Iterable[str]:
        yield from self.notes
        yield from binding.notes
        targets = [source.target for source in binding.sources]
        has_labels = any(target.custom_field or target.manager for target in targets)
        if has_labels and self._vocabulary is None:
            yield (
                "Labels and values were not compared with the account's, because there "
                "is no vocabulary."
            )
        if self._vocabulary is not None:
            labels = [target.custom_field for target in targets if target.custom_field]
            has_managers = any(target.manager for target in targets)
            missing = self._vocabulary.missing(labels, has_managers=has_managers)
            if missing:
                yield (
                    f"Not compared with the account, because {self._vocabulary.source} "
                    f"does not list them: {', '.join(missing)}."
                )

    def _reading_rules(self) -> ReadingRules:
        today = self._settings.get("today")
        dates = DateRules(
            today=date.today() if today is None else checked_day(today),
            format=checked_format(self._file.date_format),
            allow_past=self._settings.get("allow_past_dates", False),
        )
        return ReadingRules(dates, self._file.default_country)


class _Sorter:
    """Asks the ledger what is to be sent, and what is done already."""

    def __init__(
        self,
        operation: str,
        file: str,
        ledger: PlanningLedger | None,
        allow: Collection[str],
    ) -> None:
        self.actions: list[Action] = []
        self.left_out: list[LeftOut] = []
        self.problems: list[Problem] = []
        self.id_column: str | None = None
        self._operation = operation
        self._file = file
        self._ledger = ledger
        self._allow = allow

    def sort(self, draft: Draft) -> None:
        """Add one person to the actions, to those left out, or to the problems."""
        body = draft.body
        if self._operation == UPDATE:
            body = self._changes(draft.external_id, body)
            if not body.keys() - set(IDENTITY):
                self._leave_out(draft, "nothing is to be changed")
                return
        refusal = self._refusal(draft.external_id, body)
        if refusal is None:
            allowed = draft.external_id in self._allow
            action = Action(
                draft.row, self._operation, draft.external_id, body, allowed
            )
            self.actions.append(action)
        elif refusal.reason == ALREADY:
            self._leave_out(draft, refusal.message)
        else:
            self._refuse(draft, refusal)

    def _refusal(
        self, external_id: str, body: Mapping[str, Any]
    ) -> LedgerRefusal | None:
        if self._ledger is None:
            return None
        allowed = external_id in self._allow
        return self._ledger.check(self._operation, external_id, body, allowed=allowed)

    def _changes(self, external_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return what differs from what was last accepted; all, if it is not known."""
        if self._ledger is None:
            return body
        changed = self._ledger.changed(external_id, body)
        if changed is None:
            return body
        kept = {*changed, *IDENTITY}
        changes = {name: value for name, value in body.items() if name in kept}
        custom_fields = [
            member
            for member in body.get("customfields", ())
            if f"customfields/{member['name']}" in changed
        ]
        if custom_fields:
            changes["customfields"] = custom_fields
        return changes

    def _leave_out(self, draft: Draft, reason: str) -> None:
        self.left_out.append(LeftOut(draft.row, draft.external_id, reason))

    def _refuse(self, draft: Draft, refusal: LedgerRefusal) -> None:
        unsettled = refusal.reason == Kind.UNSETTLED
        self.problems.append(
            Problem(
                file=self._file,
                row=draft.row,
                column=self.id_column,
                message=refusal.message.rstrip("."),
                fix=_clause(refusal.hint),
                kind=Kind.UNSETTLED if unsettled else Kind.CONFLICT,
                external_id=draft.external_id,
            )
        )


def _clause(sentence: str) -> str:
    """Return a sentence as the end of another one."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _refuse_unknown(function: str, settings: Settings) -> None:
    for name in settings:
        if name not in Settings.__annotations__:
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}")


def _mapping_of(
    mapping: ColumnMapping | str | Path | None, source: str | Path, settings: Settings
) -> ColumnMapping:
    if isinstance(mapping, ColumnMapping):
        return mapping
    if mapping is not None and Path(mapping).exists():
        return load_mapping(mapping)
    table = _read(source, _merged(FileSettings(), settings))
    missing = "there is no mapping" if mapping is None else f"{mapping} does not exist"
    raise InvalidInput(
        f"{missing}, so it is not known which column of {table.name} is what; review "
        f"this proposal, and save it as a file:\n\n{propose(table).to_toml()}"
    )


def _merged(file: FileSettings, settings: Settings) -> FileSettings:
    return FileSettings(
        encoding=settings.get("encoding", file.encoding),
        delimiter=settings.get("delimiter", file.delimiter),
        sheet=settings.get("sheet", file.sheet),
        date_format=settings.get("date_format", file.date_format),
        default_country=settings.get("default_country", file.default_country),
    )


def _read(source: str | Path, file: FileSettings) -> Table:
    return read_table(
        source, encoding=file.encoding, delimiter=file.delimiter, sheet=file.sheet
    )


def _vocabulary_of(given: Vocabulary | str | Path | None) -> Vocabulary | None:
    if given is None or isinstance(given, Vocabulary):
        return given
    return load_vocabulary(given)


def _id_column(binding: Binding) -> str | None:
    for source in binding.sources:
        if source.target.wire == "externalid" and source.target.manager is None:
            return source.column
    return None
