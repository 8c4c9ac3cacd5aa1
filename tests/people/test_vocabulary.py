"""Labels and values are compared with those of the account before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from enboarder import Enboarder, InvalidInput, models, people
from enboarder.mock import MockServer
from enboarder.people import Kind, Vocabulary

from .files import COLUMNS, MAPPING, person, places, plan, write_csv

KNOWN = Vocabulary(
    custom_fields={"Department": ("Product", "Sales"), "Employee Number": ()},
    brands=("Example", "Sample"),
    locations=("Sydney", "Perth"),
    manager_labels=("Direct Manager",),
    source="vocabulary.toml",
)


def test_unknown_values_are_reported_with_what_was_meant(tmp_path: Path) -> None:
    """Another value would launch another workflow, or none."""
    rows = [person(1, office="Sydny"), person(2, department="Marketing"), person(3)]
    found = plan(write_csv(tmp_path, *rows), vocabulary=KNOWN)
    assert [
        (2, "Office", Kind.VALUE_UNKNOWN),
        (3, "Department", Kind.VALUE_UNKNOWN),
    ] == places(found)
    assert "did you mean 'Sydney'?" == found.problems[0].fix
    assert "Product, Sales" in found.problems[1].fix


def test_value_of_a_constant_is_compared(tmp_path: Path) -> None:
    """A wrong brand in the mapping is wrong for everybody."""
    mapping = attrs.evolve(MAPPING, constants={"custom_fields[brand]": "Exampel"})
    rows = [person(1), person(2)]
    found = plan(write_csv(tmp_path, *rows), mapping=mapping, vocabulary=KNOWN)
    assert [(1, "constants.custom_fields[brand]", Kind.VALUE_UNKNOWN)] == places(found)


def test_unknown_labels_are_reported_once(tmp_path: Path) -> None:
    """They are in the mapping, not in the rows."""
    columns = COLUMNS | {
        "Manager": ("managers[direct manager].name",),
        "Manager e-mail": ("managers[direct manager].email",),
        "Department": ("custom_fields[Departement]",),
    }
    mapping = attrs.evolve(MAPPING, columns=columns)
    rows = [person(1), person(2)]
    found = plan(write_csv(tmp_path, *rows), mapping=mapping, vocabulary=KNOWN)
    assert [
        (1, "Manager", Kind.MANAGER_LABEL_UNKNOWN),
        (1, "Manager e-mail", Kind.MANAGER_LABEL_UNKNOWN),
        (1, "Department", Kind.LABEL_UNKNOWN),
    ] == places(found)
    assert "did you mean 'Direct Manager'?" == found.problems[0].fix


def test_what_is_not_known_is_not_compared(tmp_path: Path) -> None:
    """The plan says that nothing was compared."""
    hires = write_csv(tmp_path, person(office="Nowhere"))
    assert () == plan(hires, vocabulary=Vocabulary()).problems
    assert "vocabulary" in plan(hires).summary()


@pytest.mark.parametrize("name", ["locations", "custom_fields"])
def test_what_a_vocabulary_lacks_is_said(tmp_path: Path, name: str) -> None:
    """The service lists no locations, so a vocabulary may have none."""
    hires = write_csv(tmp_path, person())
    without: Any = {name: None}
    found = plan(hires, vocabulary=attrs.evolve(KNOWN, **without))
    notes = " ".join(found.notes)
    assert name in notes
    assert () == plan(hires, vocabulary=KNOWN).notes


def test_vocabulary_survives_its_file(tmp_path: Path) -> None:
    """What is saved is what is loaded, and a plan takes the file's name."""
    path = tmp_path / "vocabulary.toml"
    KNOWN.save(path)
    assert people.load_vocabulary(path) == KNOWN
    found = plan(write_csv(tmp_path, person(office="Sydny")), vocabulary=path)
    assert [(2, "Office", Kind.VALUE_UNKNOWN)] == places(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("brands = 'Example'", "brands"),
        ("brand = ['Example']", "brand has no meaning"),
        ("custom_fields = ['Department']", "custom_fields"),
        ("[custom_fields]\nDepartment = [1]", "custom_fields.Department"),
    ],
)
def test_file_that_is_no_vocabulary_is_refused(
    tmp_path: Path, text: str, words: str
) -> None:
    """A misspelt list would compare nothing without a word."""
    path = tmp_path / "vocabulary.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidInput, match=words):
        people.load_vocabulary(path)


def test_columns_of_workflows_are_labels() -> None:
    """The labels of several workflows are one vocabulary."""
    properties = [
        models.WorkflowProperties(
            fields=[
                models.WorkflowField(label="Department", options=["Product"]),
                models.WorkflowField(label="Location", options=["Sydney"]),
                models.WorkflowField(label="Direct Manager"),
            ]
        ),
        models.WorkflowProperties(
            fields=[models.WorkflowField(label="Department", options=["Sales"])]
        ),
    ]
    found = Vocabulary.of(properties, [models.Brand(name="Example")])
    assert {"Department": ("Product", "Sales"), "Direct Manager": ()} == (
        found.custom_fields
    )
    assert (("Example",), ("Sydney",)) == (found.brands, found.locations)
    assert ("Department", "Direct Manager") == found.manager_labels


def test_vocabulary_is_read_from_the_account(enboarder_mock: MockServer) -> None:
    """Read-only requests are enough."""
    with Enboarder.from_env(enboarder_mock.environ("apikey")) as enboarder:
        found = people.fetch_vocabulary(enboarder)
    assert found.custom_fields
    assert found.brands
    assert {"GET"} == {request.method for request in enboarder_mock.requests}
