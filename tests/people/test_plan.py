"""A plan is a value: it can be saved, reviewed and carried out exactly."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from enboarder import InvalidInput, people
from enboarder.people import Plan

from .files import person, plan, write_csv


@pytest.fixture
def made(tmp_path: Path) -> Plan:
    rows = [
        person(1, start="2027-01-18", office="Sydney"),
        person(2, start="2027-01-22", office="Perth"),
        person(3, start="2027-01-25", office="", name="Zoë Example"),
        person(4, email="nobody"),
    ]
    return plan(write_csv(tmp_path, *rows), account="eu", allow=["E-1"])


def test_plan_survives_its_json(made: Plan) -> None:
    """What is read is what was reviewed."""
    text = made.to_json()
    assert made == Plan.from_json(text)
    assert made.digest == json.loads(text)["digest"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("alex.1@example.com", "alex.9@example.com"),
        ('"allowed": true', '"allowed": false'),
        ('"account": "eu"', '"account": "us"'),
        ("2027-01-22", "2027-01-23"),
    ],
)
def test_plan_that_was_changed_is_refused(made: Plan, old: str, new: str) -> None:
    """A change after the review would send what nobody reviewed."""
    text = made.to_json()
    assert old in text
    with pytest.raises(InvalidInput, match="changed after it was made"):
        Plan.from_json(text.replace(old, new))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"digest": "x", "format": 1}',
        '{"digest": "x", "format": 1, "actions": 3}',
        '{"digest": "x", "format": 99}',
    ],
)
def test_text_that_is_no_plan_is_refused(text: str) -> None:
    """Nothing but a plan is carried out."""
    with pytest.raises(InvalidInput, match="plan"):
        Plan.from_json(text)


def test_error_about_a_plan_does_not_quote_it(made: Plan) -> None:
    """A plan holds personal data, and errors are copied."""
    text = made.to_json().replace('"kind": "launch"', '"kin": "launch"')
    with pytest.raises(InvalidInput) as caught:
        Plan.from_json(text)
    assert "example.com" not in f"{caught.value!r}{caught.value.__cause__!r}"


def test_repr_shows_nobody(made: Plan) -> None:
    """A repr ends up in logs and error reports."""
    assert "example.com" not in repr(made)
    assert "Alex" not in f"{made!r}{made.actions[0]!r}"


def test_digest_depends_on_what_is_sent(made: Plan) -> None:
    """The same file gives the same digest, and another person another one."""
    fewer = attrs.evolve(made, actions=made.actions[:2])
    assert made.digest == attrs.evolve(made).digest
    assert made.digest != fewer.digest


def test_people_are_counted(made: Plan) -> None:
    """By the Monday of their start week, by brand and by location."""
    counts = made.counts()
    assert 3 == counts.people
    assert {"2027-01-18": 2, "2027-01-25": 1} == counts.start_week
    assert {"": 1, "Perth": 1, "Sydney": 1} == counts.location
    assert {"": 3} == counts.brand


def test_summary_has_counts_and_problems(made: Plan) -> None:
    """One line says how many people; each problem has its own line."""
    lines = made.summary().splitlines()
    assert "hires.csv: 3 to launch, 1 problem in 1 row" == lines[0]
    assert any("2027-01-18: 2" in line for line in lines)
    assert not any("brand" in line for line in lines)
    assert str(made.problems[0]) == lines[-1]


def test_cells_of_every_row_are_kept(made: Plan) -> None:
    """The files of results repeat them, the rows with problems too."""
    assert [2, 3, 4, 5] == list(made.cells)
    assert "nobody" in made.cells[5]
    assert len(made.header) == len(made.cells[5])


def test_public_names_exist() -> None:
    """Each is imported on its first use."""
    for name in people.__all__:
        assert getattr(people, name) is not None
    assert set(people.__all__) <= set(dir(people))
    with pytest.raises(AttributeError):
        people.nobody  # type: ignore[attr-defined]  # noqa: B018
