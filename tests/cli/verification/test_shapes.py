"""A shape says what JSON looks like, and nothing of what it says."""

from __future__ import annotations

import pytest

from enboarder.cli.verification.shapes import described_names, shape
from enboarder.contract import whole

pytestmark = pytest.mark.untraced

ROWS = [
    {"id": "abc", "Salary": 12, "tags": []},
    {"id": "abcde", "Salary": None, "tags": [True]},
]


def test_a_shape_has_types_and_lengths() -> None:
    """Known members keep their names; others show a number and a length."""
    assert [
        "body: list of 2",
        "body[]: object",
        "body[].id: string of 3 to 5 characters",
        "body[].<member 2, 6 characters>: null, number",
        "body[].<member 3, 4 characters>: list of 0 to 1",
        "body[].<member 3, 4 characters>[]: boolean",
    ] == list(shape([ROWS], {"id"}))


def test_a_shape_says_how_often_a_member_is_there() -> None:
    """A member that only some rows have is counted."""
    rows = [{"id": "a"}, {"id": "b", "photo": "c"}]

    assert "body[].photo (in 1 of 2): string of 1 characters" in shape(
        [rows], {"id", "photo"}
    )


def test_only_members_of_the_contract_are_known() -> None:
    """A member is known by a schema, not because an example happens to have it."""
    names = described_names(whole())

    assert {"nhnm", "items", "nextKey"} <= names
    assert not {"Employee Name", "Technology request"} & names
