"""Compare labels and values with the account's.

No launch names a workflow: custom fields, brands, locations and categories choose it. A
label or a value that the account does not know launches another one, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from enboarder_api.models import Brand, WorkflowProperties

from ..client import Enboarder
from ..errors import InvalidInput
from .cells import Flaw, quoted
from .definitions import workflow_definitions
from .json_objects import is_list, is_object
from .nearest import nearest
from .problems import Kind
from .toml import read_toml, toml, write_new

BRAND = "brand"
LOCATION = "location"
SPECIAL = (BRAND, LOCATION)
LISTS = ("brands", "locations", "manager_labels")
FEW = 12
"""Choices that a problem lists at most."""


@frozen
class Vocabulary:
    """The labels and values that the account knows.

    None means that they are not known, so that nothing is compared.
    """

    custom_fields: Mapping[str, tuple[str, ...]] | None = None
    """The values of each label of a custom field or a category; none means any."""
    brands: tuple[str, ...] | None = None
    locations: tuple[str, ...] | None = None
    manager_labels: tuple[str, ...] | None = None
    source: str = "the vocabulary"
    """Where it comes from, for problems."""

    @classmethod
    def of(
        cls,
        properties: Iterable[WorkflowProperties],
        brands: Iterable[Brand] | None = None,
    ) -> Vocabulary:
        """Return what workflows and brands know.

        The columns of a workflow are categories, custom fields and stakeholders, and
        the documentation does not say how they are told apart. So each label may
        belong to a custom field or to a manager.

        Args:
            properties: of the workflows that may be launched.
            brands: the account's brands, if they could be read.
        """
        values = _values_by_label(properties)
        locations = [
            options for label, options in values.items() if label.lower() == LOCATION
        ]
        custom_fields = {
            label: options
            for label, options in values.items()
            if label.lower() not in SPECIAL
        }
        return cls(
            custom_fields=custom_fields or None,
            brands=_names(brands),
            locations=(locations[0] or None) if locations else None,
            manager_labels=tuple(custom_fields) or None,
            source="the workflows of the account",
        )

    def to_toml(self) -> str:
        """Return the vocabulary as the text of its file."""
        lines: list[str] = []
        for name in LISTS:
            values: tuple[str, ...] | None = getattr(self, name)
            if values is not None:
                lines.append(f"{name} = {toml(values)}")
        if self.custom_fields is not None:
            lines.extend(["", "[custom_fields]"])
            for label, values in self.custom_fields.items():
                lines.append(f"{toml(label)} = {toml(values)}")
        return "\n".join(lines) + "\n"

    def save(self, path: str | Path) -> None:
        """Write the vocabulary to a file for review; a file that exists is kept.

        Raises:
            InvalidInput: the file exists, or cannot be written.
        """
        write_new(path, self.to_toml())

    def flaw_in_label(self, label: str) -> Flaw | None:
        """Return what is wrong with the label of a custom field."""
        if label.lower() in SPECIAL or self.custom_fields is None:
            return None
        what = f"a custom field in {self.source}"
        return _flaw(Kind.LABEL_UNKNOWN, label, self.custom_fields, what)

    def flaw_in_manager_label(self, label: str) -> Flaw | None:
        """Return what is wrong with the label of a manager."""
        if self.manager_labels is None:
            return None
        what = f"a manager label in {self.source}"
        return _flaw(Kind.MANAGER_LABEL_UNKNOWN, label, self.manager_labels, what)

    def flaw_in_value(self, label: str, value: str) -> Flaw | None:
        """Return what is wrong with the value of a custom field."""
        values = self._values(label)
        if not values:
            return None
        special = label.lower() in SPECIAL
        what = f"a {label.lower()}" if special else f"a value of {label}"
        return _flaw(Kind.VALUE_UNKNOWN, value, values, f"{what} in {self.source}")

    def missing(self, labels: Iterable[str], *, has_managers: bool) -> list[str]:
        """Return the lists that would be needed to compare these labels.

        Args:
            labels: those of custom fields.
            has_managers: whether there are labels of managers, too.
        """
        wanted = {_list_of(label): None for label in labels}
        if has_managers:
            wanted["manager_labels"] = None
        return [name for name in wanted if getattr(self, name) is None]

    def _values(self, label: str) -> Sequence[str] | None:
        if label.lower() == BRAND:
            return self.brands
        if label.lower() == LOCATION:
            return self.locations
        return (self.custom_fields or {}).get(label)


def _list_of(label: str) -> str:
    """Return the list of a vocabulary that has the values of a label."""
    return f"{label.lower()}s" if label.lower() in SPECIAL else "custom_fields"


def load_vocabulary(path: str | Path) -> Vocabulary:
    """Read a vocabulary that a person reviewed.

    ```toml
    brands = ["Example"]
    locations = ["Sydney", "Perth"]
    manager_labels = ["Direct Manager"]

    [custom_fields]
    Department = ["Product", "Sales"]
    "Employee Number" = []
    ```

    What is not in the file is not compared; a custom field without values may have any.

    Raises:
        InvalidInput: the file cannot be read, or is no vocabulary.
    """
    name = Path(path).name
    document = read_toml(path)
    known = {*LISTS, "custom_fields"}
    unknown = document.keys() - known
    if unknown:
        raise InvalidInput(
            f"{name}: {', '.join(sorted(unknown))} has no meaning here; a vocabulary "
            f"has {', '.join(sorted(known))}"
        )
    return Vocabulary(
        custom_fields=_custom_fields(document, name),
        brands=_list(document, "brands", name),
        locations=_list(document, "locations", name),
        manager_labels=_list(document, "manager_labels", name),
        source=name,
    )


def _list(document: dict[str, Any], key: str, name: str) -> tuple[str, ...] | None:
    return _texts(document[key], f"{name}: {key}") if key in document else None


def _custom_fields(
    document: dict[str, Any], name: str
) -> dict[str, tuple[str, ...]] | None:
    table = document.get("custom_fields")
    if table is None:
        return None
    if not is_object(table):
        raise InvalidInput(f"{name}: custom_fields is not a table")
    return {
        label: _texts(options, f"{name}: custom_fields.{label}")
        for label, options in table.items()
    }


def fetch_vocabulary(enboarder: Enboarder, *workflow_ids: str) -> Vocabulary:
    """Read the labels and values of the account; save them, and review them.

    Args:
        enboarder: the client of the account.
        workflow_ids: the definitions of the workflows that may be launched; by default
            all that are active.

    Raises:
        EnboarderError: they cannot be read.
    """
    ids = workflow_ids or tuple(_active_ids(enboarder))
    properties = [
        enboarder.reports.get_workflow_properties(workflow_id) for workflow_id in ids
    ]
    return Vocabulary.of(properties, enboarder.brands.get_all())


def _active_ids(enboarder: Enboarder) -> Iterator[str]:
    for definition in workflow_definitions(enboarder):
        if definition.is_active is not False:
            yield str(definition.id)


def _values_by_label(
    properties: Iterable[WorkflowProperties],
) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = {}
    for one in properties:
        for column in one.fields or ():
            if column.label:
                options = values.setdefault(column.label, [])
                options.extend(column.options or ())
    return {label: tuple(dict.fromkeys(options)) for label, options in values.items()}


def _names(brands: Iterable[Brand] | None) -> tuple[str, ...] | None:
    names = tuple(brand.name for brand in brands or () if brand.name)
    return names or None


def _flaw(kind: Kind, word: str, known: Iterable[str], what: str) -> Flaw | None:
    choices = list(known)
    if word in choices:
        return None
    close = nearest(word, choices)
    if close is not None:
        fix = f"did you mean {close!r}?"
    elif len(choices) <= FEW:
        fix = f"write one of {', '.join(choices)}"
    else:
        fix = "write it as Enboarder has it, or add it there"
    return Flaw(kind, f"{quoted(word)} is not {what}", fix)


def _texts(value: Any, place: str) -> tuple[str, ...]:
    if not is_list(value) or not all(isinstance(text, str) for text in value):
        raise InvalidInput(f"{place} is not a list of texts")
    return tuple(value)
