"""UNSET, and dates as they are read and written."""

import copy
import pickle
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enboarder_api import models
from enboarder_api.types import (
    UNSET,
    Unset,
    format_date,
    parse_date,
    parse_datetime,
    to_json,
)
from tests.characters import CHARACTERS

pytestmark = pytest.mark.untraced


@pytest.mark.parametrize(
    "again",
    [
        copy.copy,
        copy.deepcopy,
        *(lambda value, p=p: pickle.loads(pickle.dumps(value, p)) for p in (0, 2, 5)),
    ],
)
def test_unset_stays_itself(again: Any) -> None:
    """A copied or unpickled UNSET is UNSET, so `is` works everywhere."""
    assert again(UNSET) is UNSET


def test_unset_is_false() -> None:
    """UNSET is false in conditions, and says what it is."""
    assert (bool(UNSET), repr(UNSET), isinstance(UNSET, Unset)) == (
        False,
        "UNSET",
        True,
    )


def test_a_copied_model_is_equal_and_independent() -> None:
    """Models can be copied and pickled with their unset fields and unread members."""
    row = models.FormRow.from_dict({"a": [1]})
    twin = copy.deepcopy(row)
    assert (pickle.loads(pickle.dumps(row)), twin) == (row, row)
    twin["a"].append(2)
    assert row.to_dict() == {"a": [1]}


def test_an_unset_field_is_not_sent() -> None:
    """A field that nobody set is left out; None would be sent as null."""
    manager = models.Manager(name="Morgan Sample")
    assert manager.to_dict() == {"nm": "Morgan Sample"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02", date(2026, 1, 2)),
        ("20260102", date(2026, 1, 2)),
        ("2026-01-02T23:59:59", date(2026, 1, 2)),
        ("2026-01-02T23:59:59.123456Z", date(2026, 1, 2)),
        ("2026-01-02 10:00+05:30", date(2026, 1, 2)),
        (
            "2026-01-02T24:00:00",
            date(2026, 1, 3),
        ),  # refused by the standard library, read by dateutil
        ("2026-01-02T10:00:00,5+0530", date(2026, 1, 2)),
    ],
)
def test_a_date_is_read_from_iso_8601(text: str, expected: date) -> None:
    """Dates and date-times of ISO 8601 give the date that they name."""
    assert parse_date(text) == expected


def test_dateutil_reads_what_the_standard_library_refuses() -> None:
    """Midnight at the end of a day is ISO 8601, and is the start of the next one."""
    assert parse_datetime("2026-01-02T24:00:00") == datetime(2026, 1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "02/01/2026",
        "2/1/2026",
        "02.01.2026",
        "2 January 2026",
        "Jan 2, 2026",
        "26-1-2",
        "",
    ],
)
def test_a_date_is_never_guessed(text: str) -> None:
    """A date whose order is anybody's guess is refused."""
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)


@settings(max_examples=80, deadline=None, database=None, derandomize=True)
@given(
    st.from_regex(
        r"\A[0-9]{1,2}[/.][0-9]{1,2}[/.]([0-9]{2}|[0-9]{4})\Z", alphabet=CHARACTERS
    )
)
def test_no_date_with_slashes_or_dots_is_read(text: str) -> None:
    """Day, month and year in another order are refused, whatever the numbers."""
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(
    st.one_of(
        st.text(CHARACTERS, max_size=12),
        st.from_regex(r"\A[0-9]{2,8}[-TWZ:+.,0-9]{0,16}\Z", alphabet=CHARACTERS),
    )
)
def test_a_text_is_a_date_or_a_value_error(text: str) -> None:
    """Any text is read, or refused by an error that models tolerate."""
    try:
        assert type(parse_date(text)) is date
    except (ValueError, OverflowError):
        return


@pytest.mark.parametrize(
    "value", [None, 7, 1.5, True, [], {}, b"2026-01-02", date(2026, 1, 2)]
)
def test_only_texts_are_read_as_dates(value: Any) -> None:
    """Numbers are no timestamps: what is no text is refused."""
    with pytest.raises(ValueError, match="not a string"):
        parse_date(value)


def test_a_date_is_written_as_the_api_wants_it() -> None:
    """Dates go out as YYYY-MM-DD, wherever they are."""
    assert format_date(date(2027, 1, 2)) == "2027-01-02"
    assert to_json({"a": [date(2027, 1, 2)], "b": (date(2027, 1, 3),)}) == {
        "a": ["2027-01-02"],
        "b": ["2027-01-03"],
    }


def test_a_date_time_is_not_written_as_a_date() -> None:
    """A datetime passes unchanged, so that the checks of bodies report it."""
    moment: Any = datetime(2027, 1, 2, 3, 4)
    written: Any = format_date(moment)
    assert written is moment
    assert models.WorkflowUpdate("1", start_date=moment).to_dict()["nhstdt"] is moment
