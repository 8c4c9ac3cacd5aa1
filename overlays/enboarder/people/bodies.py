"""Make the body of a request from a row, and find what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..checking import check
from .binding import Source
from .cells import Flaw
from .problems import Kind, Problem
from .reading import ReadingRules, read_value
from .tables import Row, Value
from .tables.table import text_of
from .targets import LAUNCHES, SELECTED, Content, Target

PLACE = re.compile(r"[a-z_]+(?:\[\d+\](?:\.[a-z_]+)?)?")
"""How the checks of the client name a place in a body."""
ONE_REQUIRED = "at least one of"
CONTACTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "chnl": {"mob": ("nhmob", "nhmobeml"), "eml": ("nheml", "nhmobeml")},
    "mgrchnl": {"mob": ("mgrmob",), "eml": ("mgreml",)},
}
"""The contacts that a channel needs, by the wire name of the channel."""
CONTACTS_OF_MANAGER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "chnl": {"mob": ("mob", "mobeml"), "eml": ("eml", "mobeml")},
}
CHANNEL_NAMES = {"mob": "mobile", "eml": "e-mail"}


@frozen
class Draft:
    """The body of a request, before it is known whether all is well with it."""

    row: int
    body: dict[str, Any] = field(repr=False)
    problems: tuple[Problem, ...]
    flawed: frozenset[str] = frozenset()
    """The readable names of the fields whose cells have a problem."""

    @property
    def external_id(self) -> str:
        """The id by which the user knows the person; empty if there is none."""
        return str(self.body.get("externalid", ""))


class BodyBuilder:
    """Makes bodies for one operation from the rows of one file."""

    def __init__(
        self,
        file: str,
        operation: str,
        sources: Sequence[Source],
        rules: ReadingRules,
    ) -> None:
        self._file = file
        self._operation = operation
        self._sources = sources
        self._rules = rules
        self.constant_flaws: list[tuple[Source, Flaw]] = []
        """What is wrong with constants: it is wrong for every row."""
        self._columns = [one for one in sources if one.column is not None]
        self._constants = [
            (one.target, self._constant(one)) for one in sources if one.column is None
        ]
        self._sound_shapes: set[tuple[int, ...]] = set()
        """The columns of bodies in which the client's checks found nothing."""
        self.missing = frozenset(self._missing())
        """What a body lacks even if every cell of its row is filled."""

    def draft(self, row: Row) -> Draft:
        """Return the body of a row and everything that is wrong with it."""
        work = _Work(self._file, row.number, self._sources)
        self._fill(work, row)
        for target, constant in self._constants:
            work.put(target, constant)
        work.flawed.update(source.target.name for source, _ in self.constant_flaws)
        for sentence in self._sentences(work):
            if sentence not in self.missing:
                work.add_sentence(sentence)
        if self._operation in LAUNCHES:
            work.find_empty_channels()
        return Draft(
            row.number, work.body, tuple(work.problems), frozenset(work.flawed)
        )

    def _fill(self, work: _Work, row: Row) -> None:
        for index, source in enumerate(self._columns):
            value = _value_of(source, row)
            text = text_of(value).strip()
            if not text:
                continue
            found = read_value(value, source.target, self._rules)
            if isinstance(found, Flaw):
                work.add(found.kind, [source], found.message, found.fix)
                # The field is filled, if wrongly: that it is missing would be untrue.
                found = text
            work.put(source.target, found)
            work.filled.append(index)
            if isinstance(found, str) and not found.isprintable():
                work.is_plain = False

    def _sentences(self, work: _Work) -> list[str]:
        """Return what the client's checks say of a body.

        They look at which fields there are, and at each value. Values were read
        already, so if nothing is wrong with one body, nothing is wrong with another
        one that has the same fields. Most rows of a file have the same.
        """
        shape = tuple(work.filled)
        is_read = work.is_plain and not work.flawed
        if is_read and shape in self._sound_shapes:
            return []
        found = sentences(self._operation, work.body)
        if is_read and not found:
            self._sound_shapes.add(shape)
        return found

    def _constant(self, source: Source) -> str | int:
        constant = source.constant if source.constant is not None else ""
        found = read_value(constant, source.target, self._rules)
        if isinstance(found, Flaw):
            self.constant_flaws.append((source, found))
            return constant
        return found

    def _missing(self) -> Iterator[str]:
        work = _Work(self._file, 0, self._sources)
        for source in self._sources:
            work.put(source.target, _example(source))
        for sentence in sentences(self._operation, work.body):
            if sentence.endswith("is required"):
                yield sentence


def sentences(operation: str, body: dict[str, Any]) -> list[str]:
    """Return what the client's own checks say of a body, one sentence per problem.

    An external id is required here, too: without it, the service would generate one,
    and nothing could tell whether somebody was launched before. And what a cancellation
    without criteria would select is not documented.
    """
    found = check(operation, body)
    if operation in LAUNCHES and not body.get("externalid"):
        found.append("external_id (externalid) is required")
    if body.get("mode") == SELECTED and not body.get("customfields"):
        found.append("custom_fields (customfields) is required")
    return found


def _value_of(source: Source, row: Row) -> Value:
    cells = row.cells
    if len(source.indexes) == 1:
        only = source.indexes[0]
        return cells[only] if only < len(cells) else None
    values = [cells[index] for index in source.indexes if index < len(cells)]
    texts = [text_of(value).strip() for value in values]
    return " ".join(filter(None, texts))


def _example(source: Source) -> str | int:
    """Return a value that fits a field, to see what a mapping can fill."""
    target = source.target
    if source.constant is not None:
        return source.constant
    if target.content is Content.DATE:
        return "2000-01-01"
    if target.content is Content.INTEGER:
        return 0
    return target.values[0] if target.values else "x"


class _Work:
    """A body in the making."""

    def __init__(self, file: str, row: int, sources: Sequence[Source]) -> None:
        self.body: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._file = file
        self._row = row
        self._sources = sources
        self._managers: dict[str, int] = {}
        self._custom_fields: dict[str, int] = {}
        self.flawed: set[str] = set()
        self.filled: list[int] = []
        """The columns that have a value in this row, by their place."""
        self.is_plain = True
        """Whether all values show what they are: no invisible character is in one."""

    def put(self, target: Target, value: str | int) -> None:
        """Fill a field."""
        if target.custom_field is not None:
            member = {"name": target.custom_field, "value": str(value)}
            members = self.body.setdefault("customfields", [])
            self._custom_fields[target.custom_field] = len(members)
            members.append(member)
        elif target.manager is not None:
            self._manager(target.manager)[target.wire] = value
        else:
            self.body[target.wire] = value

    def add(
        self, kind: Kind, sources: Iterable[Source], message: str, fix: str
    ) -> None:
        """Add a problem of the cells that fill these fields."""
        columns: dict[str, None] = {}
        for source in sources:
            self.flawed.add(source.target.name)
            if source.column is not None:
                columns[source.column] = None
        column = ", ".join(columns) or None
        self.problems.append(Problem(self._file, self._row, column, message, fix, kind))

    def add_sentence(self, sentence: str) -> None:
        """Add what the client's checks say, unless its cell has a problem already."""
        places = set(PLACE.findall(sentence))
        sources = [one for one in self._sources if self._place(one.target) in places]
        if any(source.target.name in self.flawed for source in sources):
            return
        if not sentence.endswith("is required"):
            self.add(Kind.BODY_INVALID, sources, sentence, "correct the cell")
        else:
            one = sentence.startswith(ONE_REQUIRED)
            kind = Kind.ONE_REQUIRED if one else Kind.REQUIRED
            several = len(sources) > 1
            fix = "fill in one of these cells" if several else "fill in the cell"
            self.add(kind, sources, sentence, fix)

    def find_empty_channels(self) -> None:
        """Find preferred channels without a mobile number or an e-mail address."""
        self._find_empty(self.body, CONTACTS, None)
        for label, index in self._managers.items():
            manager = self.body["managers"][index]
            self._find_empty(manager, CONTACTS_OF_MANAGER, label)

    def _find_empty(
        self,
        holder: Mapping[str, Any],
        contacts: Mapping[str, Mapping[str, tuple[str, ...]]],
        label: str | None,
    ) -> None:
        for wire, needed in contacts.items():
            channel = holder.get(wire)
            names = needed.get(str(channel), ())
            if not names or any(holder.get(name) for name in names):
                continue
            if not holder.get("nhexternalid" if label is None else "externalid"):
                self._add_empty(str(channel), names, wire, label)

    def _add_empty(
        self, channel: str, names: tuple[str, ...], wire: str, label: str | None
    ) -> None:
        of_holder = [one for one in self._sources if one.target.manager == label]
        sources = [one for one in of_holder if one.target.wire in names]
        if not sources:
            sources = [one for one in of_holder if one.target.wire == wire]
        word = CHANNEL_NAMES[channel]
        self.add(
            Kind.CHANNEL_EMPTY,
            sources,
            f"the preferred channel is {channel} ({word}), and the {word} is empty",
            "fill it in, or prefer the other channel",
        )

    def _manager(self, label: str) -> dict[str, Any]:
        managers: list[dict[str, Any]] = self.body.setdefault("managers", [])
        if label not in self._managers:
            self._managers[label] = len(managers)
            managers.append({"mgrlbl": label})
        return managers[self._managers[label]]

    def _place(self, target: Target) -> str:
        """Return how the client's checks name a field."""
        if target.custom_field is not None:
            index = self._custom_fields.get(target.custom_field)
            return "custom_fields" if index is None else f"custom_fields[{index}].value"
        if target.manager is None:
            return target.name
        index = self._managers.get(target.manager)
        if index is None:
            return "managers"
        return f"managers[{index}].{target.name.rpartition('.')[2]}"
