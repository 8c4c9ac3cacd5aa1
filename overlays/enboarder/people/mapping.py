"""Which column of a file becomes which field: a mapping, and its file.

```toml
[columns]
"Employee ID" = "external_id"
"E-mail" = "employee_email"
"Office" = "custom_fields[location]"
"Manager" = "managers[Direct Manager].name"

[joined]
employee_name = ["First name", "Last name"]

[constants]
"custom_fields[brand]" = "Example"
```

A field has its readable name or its wire name. `custom_fields[LABEL]` is a custom
field, a brand, a location or a category; `managers[LABEL].FIELD` is a field of a
manager.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from attrs import Factory, fields, frozen

from ..errors import InvalidInput
from .json_objects import is_list, is_object
from .toml import read_toml, toml, toml_key, write_new

Constant: TypeAlias = str | int
TABLES = ("columns", "joined", "constants", "file")
NO_TEXTS = Factory(dict[str, tuple[str, ...]])
NO_CONSTANTS = Factory(dict[str, Constant])


@frozen
class FileSettings:
    """How a file is read."""

    encoding: str | None = None
    """That of a text file, such as `cp1252`."""
    delimiter: str | None = None
    """What is between the cells of a text file."""
    sheet: str | None = None
    """The sheet of a workbook."""
    date_format: str | None = None
    """How dates are written, such as `%d/%m/%Y`; by default YYYY-MM-DD."""
    default_country: str | None = None
    """The country of mobile numbers without one, as two letters, such as `AU`."""


@frozen
class ColumnMapping:
    """Which column of a file becomes which field."""

    columns: Mapping[str, tuple[str, ...]] = NO_TEXTS
    """The fields of each column, by its name in the header."""
    joined: Mapping[str, tuple[str, ...]] = NO_TEXTS
    """The fields that are made of several columns, with a blank between the cells."""
    constants: Mapping[str, Constant] = NO_CONSTANTS
    """The fields that have the same value in each row."""
    ignore: tuple[str, ...] = ()
    """The columns that are left out; `*` stands for any text."""
    operation: str | None = None
    """`workflows.launch_basic` or `workflows.launch_advanced`; by default the fields
    decide: an advanced launch has `managers[…]` or `employee_external_id`."""
    file: FileSettings = FileSettings()
    undecided: tuple[str, ...] = ()
    """Columns that a proposal does not recognise: comments in the file, and problems
    until somebody decides."""
    name: str = "mapping"
    """What problems call it."""

    def ignores(self, column: str) -> bool:
        """Return whether a column is left out on purpose."""
        return any(_fits(column, pattern) for pattern in self.ignore)

    def to_toml(self) -> str:
        """Return the mapping as the text of its file."""
        return "\n".join(_lines_of(self)).lstrip("\n") + "\n"

    def save(self, path: str | Path) -> None:
        """Write the mapping to a file, which is not replaced if it exists.

        Raises:
            InvalidInput: the file exists, or cannot be written.
        """
        write_new(path, self.to_toml())


def load_mapping(path: str | Path) -> ColumnMapping:
    """Read a mapping from its file.

    Raises:
        InvalidInput: the file cannot be read, or is no mapping.
    """
    return _mapping_from(read_toml(path), Path(path).name)


def _fits(column: str, pattern: str) -> bool:
    parts = map(re.escape, pattern.split("*"))
    return re.fullmatch(".*".join(parts), column) is not None


def _mapping_from(document: dict[str, Any], name: str) -> ColumnMapping:
    known = {*TABLES, "ignore", "operation"}
    unknown = document.keys() - known
    if unknown:
        words = ", ".join(sorted(unknown))
        raise InvalidInput(
            f"{name}: {words} has no meaning here; a mapping has "
            f"{', '.join(sorted(known))}"
        )
    for table in TABLES:
        if not is_object(document.get(table, {})):
            raise InvalidInput(f"{name}: {table} is not a table; write [{table}]")
    return ColumnMapping(
        columns=_texts_by_key(document.get("columns", {}), f"{name}: columns"),
        joined=_texts_by_key(document.get("joined", {}), f"{name}: joined"),
        constants=_constants(document.get("constants", {}), f"{name}: constants"),
        ignore=_texts(document.get("ignore", []), f"{name}: ignore"),
        operation=_text(document.get("operation"), f"{name}: operation"),
        file=_file_settings(document.get("file", {}), f"{name}: file"),
        name=name,
    )


def _texts_by_key(table: dict[str, Any], place: str) -> dict[str, tuple[str, ...]]:
    return {key: _texts(value, f"{place}.{key}") for key, value in table.items()}


def _texts(value: Any, place: str) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not is_list(values) or not all(isinstance(text, str) for text in values):
        raise InvalidInput(f"{place} is not a text or a list of texts")
    return tuple(values)


def _text(value: Any, place: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise InvalidInput(f"{place} is not a text")


def _constants(table: dict[str, Any], place: str) -> dict[str, Constant]:
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise InvalidInput(f"{place}.{key} is not a text or an integer")
    return dict(table)


def _file_settings(table: dict[str, Any], place: str) -> FileSettings:
    known = [attribute.name for attribute in fields(FileSettings)]
    for key, value in table.items():
        if key not in known:
            raise InvalidInput(
                f"{place}.{key} has no meaning here; a file has {', '.join(known)}"
            )
        _text(value, f"{place}.{key}")
    return FileSettings(**table)


def _lines_of(mapping: ColumnMapping) -> Iterator[str]:
    if mapping.operation:
        yield f"operation = {toml(mapping.operation)}"
    if mapping.ignore:
        yield f"ignore = {toml(mapping.ignore)}"
    yield from _table_lines("file", _given_settings(mapping.file))
    yield from _table_lines("columns", mapping.columns)
    yield from _undecided_lines(mapping.undecided)
    yield from _table_lines("joined", mapping.joined)
    yield from _table_lines("constants", mapping.constants)


def _undecided_lines(columns: tuple[str, ...]) -> Iterator[str]:
    if columns:
        yield "# Not recognised: remove the # if it is such a field, or add the column"
        yield '# to a list at the top of this file, such as ignore = ["Notes"].'
    for column in columns:
        yield f"# {toml_key(column)} = {toml(f'custom_fields[{column}]')}"


def _given_settings(settings: FileSettings) -> dict[str, str]:
    values = {
        attribute.name: getattr(settings, attribute.name)
        for attribute in fields(FileSettings)
    }
    return {name: value for name, value in values.items() if value is not None}


def _table_lines(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    if table:
        yield ""
        yield f"[{name}]"
    for key, value in table.items():
        yield f"{toml_key(key)} = {_shortest(value)}"


def _shortest(value: Constant | tuple[str, ...]) -> str:
    if isinstance(value, tuple) and len(value) == 1:
        return toml(value[0])
    return toml(value)
