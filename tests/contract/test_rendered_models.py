"""The page that lists the models says what the schemas of the contract say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.contract.contract_file import ROOT, Node, unwrapped

PAGE = next((ROOT / "docs").rglob("models.md"))
TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "date": "date",
    "date-time": "datetime",
}
# Errors are raised, not returned: there is no model of them.
ERRORS = {"MessageError", "CodedError", "FieldError", "ScimError"}


class Section:
    """What the page says about one model."""

    def __init__(self, text: str) -> None:
        lines = text.strip().splitlines()
        self.rows: dict[str, list[str]] = {}
        self.prose: list[str] = []
        for line in lines:
            if line.startswith("|"):
                self._add_row(line)
            else:
                self.prose.append(line)

    def _add_row(self, line: str) -> None:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        is_row = cells[0].startswith("`")
        if is_row:
            self.rows[cells[1].strip("`")] = cells

    @property
    def text(self) -> str:
        """Return everything outside the table, in one line."""
        return " ".join(" ".join(self.prose).split())


@pytest.fixture(scope="module")
def sections() -> dict[str, Section]:
    """Return the sections of the page, by model."""
    parts = re.split(r"^## (\w+)$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], map(Section, parts[2::2]), strict=True))


@pytest.fixture
def schemas(document: Node) -> Node:
    """Return the schemas of the contract that are models; a list is not."""
    return {
        name: one
        for name, one in document["components"]["schemas"].items()
        if name not in ERRORS and one["type"] != "array"
    }


def test_the_page_lists_every_model(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """No model is missing, and none is left over."""
    assert sorted(schemas) == sorted(sections)


def test_descriptions_are_those_of_the_contract(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """A model is described by the description of its schema."""
    for name, schema in schemas.items():
        description = unwrapped(schema.get("description", ""))
        assert sections[name].text.startswith(description)


def test_values_are_those_of_the_contract(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """Where a schema lists values, the page lists all of them."""
    for name, schema in schemas.items():
        if "enum" in schema:
            listed = ", ".join(f"`{value}`" for value in schema["enum"])
            assert listed in sections[name].text


def test_fields_are_those_of_the_contract(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """Each property has a row, under its wire name and in the same order."""
    for name, schema in schemas.items():
        assert list(schema.get("properties", {})) == list(sections[name].rows)


def test_a_field_has_its_readable_name(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """Where the contract gives a property a readable name, the page uses it."""
    for name, schema in schemas.items():
        for wire_name, spec in schema.get("properties", {}).items():
            shown = sections[name].rows[wire_name][0]
            if "x-name" in spec:
                assert f"`{spec['x-name']}`" == shown


def test_descriptions_of_fields_are_those_of_the_contract(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """The description of a property starts the last cell of its row."""
    for name, schema in schemas.items():
        for wire_name, spec in schema.get("properties", {}).items():
            shown = sections[name].rows[wire_name][4].replace("\\|", "|")
            assert shown.startswith(unwrapped(spec.get("description", "")))


def test_a_required_field_is_marked(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """The page says `yes` for what the contract requires, and nothing for the rest."""
    for name, schema in schemas.items():
        required = set(schema.get("required", []))
        for wire_name, cells in sections[name].rows.items():
            expected = "yes" if wire_name in required else ""
            assert expected == cells[3]


def test_a_field_has_its_type(schemas: Node, sections: dict[str, Section]) -> None:
    """The type is written as in Python, and a model is linked."""
    for name, schema in schemas.items():
        for wire_name, spec in schema.get("properties", {}).items():
            assert shown_type(spec) == sections[name].rows[wire_name][2]


def shown_type(spec: Node) -> str:
    """Return the type of a property as the page shows it."""
    if "allOf" in spec:
        return shown_type(spec["allOf"][0])
    if "$ref" in spec:
        name = spec["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    kind: Any = spec.get("type", "any")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "array":
        return f"list of {shown_type(spec['items'])}"
    if spec.get("format") in TYPES:
        return TYPES[spec["format"]]
    return TYPES.get(kind, str(kind))


def demands(spec: Node) -> list[list[str]]:
    """Return the groups of members of which at least one is required."""
    groups: list[list[str]] = [[one] for one in spec.get("x-required", [])]
    groups.extend(spec.get("x-required-any", []))
    return groups


def test_groups_of_required_members_are_named(
    schemas: Node, sections: dict[str, Section]
) -> None:
    """Where one of several members is required, the page names them together."""
    for name, schema in schemas.items():
        for group in demands(schema):
            assert joined(group) in sections[name].text
        for wire_name, spec in schema.get("properties", {}).items():
            shown = sections[name].rows[wire_name][4]
            for group in [*demands(spec), *demands(spec.get("items", {}))]:
                assert joined(group) in shown


def joined(group: list[str]) -> str:
    """Return the names of members as the page lists them."""
    return ", ".join(f"`{one}`" for one in group)
