"""Which fields are exported: included, left out, or replaced by a keyed hash.

What is left out or hashed never reaches a disk, not even that of an export that was
interrupted.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from attrs import evolve, field, frozen

from ..errors import InvalidInput
from ..hidden import Hidden
from .columns import Column, Treatment, aliases, bind
from .definitions import Report
from .errors import BrokenPages
from .json_values import decode_lines, encode, is_object
from .schema import Schema

SHORTEST_KEY = 16
FEW = 12
"""Names that an error lists at most."""


@frozen
class Selection:
    """Fields by name, id or label, and what becomes of them."""

    include: tuple[str, ...] = ()
    """The only fields that are exported; empty means all."""
    exclude: tuple[str, ...] = ()
    hash_fields: tuple[str, ...] = ()
    key: Hidden[str] | None = field(default=None, eq=False)

    @property
    def is_everything(self) -> bool:
        """Whether rows are exported unchanged."""
        return not (self.include or self.exclude or self.hash_fields)

    def named(self) -> list[tuple[str, str]]:
        """Return each name, with the argument that gives it."""
        return [
            *(("include", name) for name in self.include),
            *(("exclude", name) for name in self.exclude),
            *(("hash_fields", name) for name in self.hash_fields),
        ]

    def fingerprint(self) -> list[Any]:
        """Return what two equal selections have in common, without the key."""
        key = "" if self.key is None else keyed_hash(self.key.reveal(), "fingerprint")
        return [list(self.include), list(self.exclude), list(self.hash_fields), key]

    def treated(self, schema: Schema) -> Schema:
        """Return a schema whose columns say what is done with them."""
        meant = {name: self._wanted(name, schema) for _, name in self.named()}
        columns = tuple(
            evolve(column, treatment=self._treatment(column.name, meant))
            for column in schema.columns
        )
        return evolve(schema, columns=columns)

    def refuse_unknown(self, schema: Schema) -> None:
        """Refuse a name that is not a column.

        Raises:
            InvalidInput: a misspelt name would export what should stay.
        """
        for argument, name in self.named():
            if not self._wanted(name, schema):
                raise InvalidInput(_unknown(argument, name, schema))

    def _wanted(self, name: str, schema: Schema) -> set[str]:
        """Return the columns that a name means; several may have one label."""
        found = aliases(schema.columns).get(name)
        if found is not None:
            return {found}
        return {column.name for column in schema.columns if column.label == name}

    def _treatment(self, column: str, meant: Mapping[str, set[str]]) -> Treatment:
        def is_in(names: Iterable[str]) -> bool:
            return any(column in meant[name] for name in names)

        if is_in(self.exclude) or (self.include and not is_in(self.include)):
            return Treatment.LEFT_OUT
        return Treatment.HASHED if is_in(self.hash_fields) else Treatment.KEPT


def selection_of(
    include: Sequence[str],
    exclude: Sequence[str],
    hash_fields: Sequence[str],
    hash_key: str | Hidden[str] | None,
) -> Selection:
    """Return a checked selection.

    Callers hide the key themselves, so that no frame of an error shows it.

    Raises:
        InvalidInput: the arguments contradict each other, or the key is missing.
    """
    given = {"include": include, "exclude": exclude, "hash_fields": hash_fields}
    for argument, names in given.items():
        if isinstance(names, str) or not all(isinstance(name, str) for name in names):
            raise InvalidInput(f"{argument} must be a list of names of fields")
    for name in exclude:
        if name in include or name in hash_fields:
            raise InvalidInput(
                f"{name!r} is in exclude and in another list; say once what becomes "
                "of it"
            )
    key = Hidden(hash_key) if isinstance(hash_key, str) else hash_key
    del hash_key
    if hash_fields and (key is None or len(key.reveal()) < SHORTEST_KEY):
        raise InvalidInput(
            f"hash_fields needs a hash_key of at least {SHORTEST_KEY} characters: "
            "without a key, anybody can guess what was hashed. Make one with "
            "secrets.token_hex(), and keep it apart from the files"
        )
    return Selection(tuple(include), tuple(exclude), tuple(hash_fields), key)


def keyed_hash(key: str, text: str) -> str:
    """Return the HMAC-SHA256 of a text, in hexadecimal digits.

    The same key and text always give the same hash, so that tables can be joined.
    """
    secret = key.encode("utf-8", "surrogatepass")
    message = text.encode("utf-8", "surrogatepass")
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


class Selector:
    """Applies a selection to the rows of a report.

    Args:
        selection: what is wanted.
        schema: the columns, as the properties list them.
    """

    def __init__(self, selection: Selection, schema: Schema) -> None:
        self._selection = selection
        self._schema = schema
        self._by_member: dict[str, Treatment] = {}

    def apply(self, lines: bytes) -> bytes:
        """Return JSON lines without what is left out, and with hashes.

        Raises:
            BrokenPages: a row is not an object, so it has no fields to choose from.
        """
        if self._selection.is_everything:
            return lines
        found: list[str] = []
        for row in decode_lines(lines):
            if not is_object(row):
                raise _not_an_object(self._schema.report)
            found.append(encode_line(self._chosen(row)))
        return "".join(found).encode()

    def _chosen(self, row: Mapping[str, Any]) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for member, value in row.items():
            treatment = self._treatment(member)
            if treatment is Treatment.KEPT:
                chosen[member] = value
            elif treatment is Treatment.HASHED:
                chosen[member] = self._hashed(value)
        return chosen

    def _hashed(self, value: Any) -> str | None:
        key = self._selection.key
        # An empty cell stays empty: its hash would always be the same.
        if key is None or value is None or value == "":
            return None
        text = value if isinstance(value, str) else encode(value)
        return keyed_hash(key.reveal(), text)

    def _treatment(self, member: str) -> Treatment:
        known = self._by_member.get(member)
        if known is None:
            known = self._judge(member)
            self._by_member[member] = known
        return known

    def _judge(self, member: str) -> Treatment:
        """Return what is done with a member; the strictest of what it may mean."""
        columns, _ = bind(self._schema.columns, [member])
        schema = self._selection.treated(evolve(self._schema, columns=columns))
        meant = {
            column.treatment for column in schema.columns if _may_be(column, member)
        }
        for treatment in (Treatment.LEFT_OUT, Treatment.HASHED):
            if treatment in meant:
                return treatment
        # It has a column of its own, which nobody can have named.
        is_wanted = bool(meant) or not self._selection.include
        return Treatment.KEPT if is_wanted else Treatment.LEFT_OUT


def encode_line(value: Any) -> str:
    """Return a value as one JSON line; half a character is written as its escape."""
    text = encode(value)
    if not text.isascii():
        text = text.encode(errors="backslashreplace").decode()
    return text + "\n"


def _may_be(column: Column, member: str) -> bool:
    return member in (column.name, column.field_id, column.label)


def _not_an_object(report: Report) -> BrokenPages:
    return BrokenPages(
        f"{report}: a row is not a JSON object, so no field of it can be chosen. "
        "Export it as JSON lines, and without include, exclude and hash_fields",
        operation=report.kind.data,
    )


def _unknown(argument: str, name: str, schema: Schema) -> str:
    text = f"{schema.report}: {argument} names {name!r}, which is not a field of it"
    known = list(aliases(schema.columns))
    close = get_close_matches(name, known, n=1)
    if close:
        return f"{text}; did you mean {close[0]!r}? None of its rows was exported"
    listed = ", ".join(map(repr, known[:FEW]))
    return (
        f"{text}. It has {listed or 'no fields'}. None of its rows was exported; if "
        "other reports have the field, export this one without the name, in a run of "
        "its own"
    )
