"""Checks of input before anything is sent."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from enboarder import UNSET, InvalidInput, checks, models
from tests.conftest import basic_launch

BASIC = basic_launch().to_dict()


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in BASIC.items() if name not in names}


def target(
    path: dict[str, Any], query: dict[str, Any] | None = None
) -> tuple[str, Any]:
    return checks.target("profiles.get", "/p/{profile_id}", path, query or {})


def test_model_and_mapping_are_sent_alike() -> None:
    """A model and a mapping with wire names give the same bytes and the same external id."""
    assert checks.body("workflows.launch_basic", basic_launch(), []) == checks.body(
        "workflows.launch_basic", BASIC, []
    )


def test_date_is_sent_as_the_contract_wants_it() -> None:
    """A date goes out as YYYY-MM-DD, also from a mapping."""
    named, content = checks.body(
        "workflows.launch_basic", {**BASIC, "nhstdt": date(2027, 1, 12)}, []
    )

    assert named == ["A-1"]
    assert json.loads(content)["nhstdt"] == "2027-01-12"


def test_letters_outside_ascii_are_kept() -> None:
    """A name is sent as it was typed."""
    _, content = checks.body(
        "workflows.launch_basic", {**BASIC, "nhnm": "Álex Exämple"}, []
    )

    assert "Álex Exämple".encode() in content


def test_external_ids_of_a_bulk_launch_are_all_named() -> None:
    """Each launch of a bulk is named by its external id."""
    manager = {"nm": "Sam Example", "eml": "sam@example.com"}
    one = {
        "nhnm": "Alex Example",
        "nheml": "alex@example.com",
        "nhstdt": "2027-01-12",
        "managers": [manager],
    }

    named, _ = checks.body(
        "workflows.launch_bulk",
        [{**one, "externalid": "A"}, one, {**one, "externalid": "B"}],
        [],
    )

    assert named == ["A", "B"]


def test_body_without_an_external_id_is_named_by_the_path() -> None:
    """What has no id of its own is named by the id in its path."""
    assert checks.body("profiles.update", {"firstName": "Alex"}, ["A-1"])[0] == ["A-1"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {**BASIC, "nhstdt": datetime(2027, 1, 12, 9)},
            ["start_date (nhstdt) is a date-time", "value.date()"],
        ),
        (
            {**BASIC, "nhstdt": "12/01/2027"},
            ["start_date (nhstdt)", "YYYY-MM-DD", "'12/01/2027'"],
        ),
        ({**BASIC, "nhstdt": "2027-02-30"}, ["start_date (nhstdt)", "YYYY-MM-DD"]),
        (
            {**BASIC, "nhstdt": "2027-01-12T00:00:00"},
            ["start_date (nhstdt)", "YYYY-MM-DD"],
        ),
        ({**BASIC, "nhstdt": "\uff12027-01-12"}, ["start_date (nhstdt)", "YYYY-MM-DD"]),
        ({**BASIC, "nhstdt": ""}, ["start_date (nhstdt) is required"]),
        (without("nhnm"), ["employee_name (nhnm) is required"]),
        ({**BASIC, "nhnm": "  "}, ["employee_name (nhnm) is required"]),
        (
            without("nheml"),
            ["at least one of", "employee_email (nheml)", "employee_mobile (nhmob)"],
        ),
        (
            without("mgreml"),
            ["at least one of", "manager_email (mgreml)", "manager_mobile (mgrmob)"],
        ),
        (
            {**BASIC, "nhfnm": None},
            ["employee_first_name (nhfnm) is null; leave it out"],
        ),
        ({**BASIC, "mode": "0"}, ["mode must be an integer, not str"]),
        ({**BASIC, "mode": True}, ["mode must be an integer, not bool"]),
        (
            {**BASIC, "employee_email": "alex@example.com"},
            ["write 'nheml' instead of 'employee_email'"],
        ),
        (
            {**BASIC, "customfields": [{"name": "Brand"}]},
            ["custom_fields", ".value is required"],
        ),
        (
            {**BASIC, "customfields": {"name": "Brand"}},
            [
                "custom_fields (customfields) must be a list of CustomField ([...]), not dict"
            ],
        ),
        ({**BASIC, "extra": {1, 2}}, ["extra is a set, which JSON cannot hold"]),
        (
            {**BASIC, "extra": [{"deep": float("nan")}]},
            ["extra[0].deep is not a finite number"],
        ),
        ({**BASIC, "extra": datetime(2027, 1, 12)}, ["extra is a date-time"]),
        ([BASIC], ["the body must be a model or a mapping, not list"]),
        ("text", ["the body must be a model or a mapping, not str"]),
    ],
)
def test_fault_in_a_body_is_named(body: Any, expected: list[str]) -> None:
    """A fault is told with the readable name, the wire name and what to do."""
    with pytest.raises(InvalidInput) as caught:
        checks.body("workflows.launch_basic", body, [])

    assert [words for words in expected if words not in str(caught.value)] == []
    assert str(caught.value).startswith(
        "workflows.launch_basic: nothing was sent, because of 1 fault(s)"
    )
    assert len(caught.value.faults) == 1


def test_all_faults_are_told_at_once() -> None:
    """Nobody has to correct a body once per fault."""
    with pytest.raises(InvalidInput) as caught:
        checks.body("workflows.launch_basic", {}, [])

    assert len(caught.value.faults) == 5
    assert [
        fault for fault in caught.value.faults if fault not in str(caught.value)
    ] == []


def test_datetime_in_a_model_is_refused() -> None:
    """A datetime is a date to Python's types, and still does not go out as a timestamp."""
    launch = basic_launch()
    launch.start_date = datetime(2027, 1, 12, 9)

    with pytest.raises(
        InvalidInput, match=r"start_date \(nhstdt\) is a date-time.*value\.date\(\)"
    ):
        checks.body("workflows.launch_basic", launch, [])


def test_faults_of_managers_are_told_with_their_place() -> None:
    """The second manager without any contact is told as managers[1]."""
    launch = models.AdvancedLaunch(
        start_date=date(2027, 1, 12),
        employee_external_id="A-1",
        managers=[
            models.Manager(external_id="M-1"),
            models.Manager(name="Sam Example"),
        ],
    )

    with pytest.raises(
        InvalidInput, match=r"at least one of managers\[1\]\.mobile \(mob\)"
    ) as caught:
        checks.body("workflows.launch_advanced", launch, [])

    assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A-1", "/p/A-1"),
        ("a/b?c#d", "/p/a%2Fb%3Fc%23d"),
        ("..%2f", "/p/..%252f"),
        ("ä", "/p/%C3%A4"),
    ],
)
def test_path_parameter_is_quoted(value: str, expected: str) -> None:
    """A value never becomes more than one segment of the path."""
    assert expected == target({"profile_id": value})[0]


@pytest.mark.parametrize("value", ["", "  ", ".", "..", " .. ", None, 7, b"A"])
def test_path_parameter_that_names_nothing_is_refused(value: object) -> None:
    """An empty or dotted value would name another path, and is refused by its name."""
    with pytest.raises(
        InvalidInput,
        match=r"profiles\.get: nothing was sent, because profile_id must be a string",
    ):
        target({"profile_id": value})


def test_query_holds_what_is_set() -> None:
    """Unset and absent parameters are left out, dates are written out."""
    given = {"a": 1, "b": None, "c": UNSET, "d": date(2027, 1, 12), "e": ["x", "y"]}

    assert target({"profile_id": "A-1"}, given)[1] == {
        "a": "1",
        "d": "2027-01-12",
        "e": ["x", "y"],
    }


def test_datetime_in_the_query_is_refused() -> None:
    """A date-time as a query parameter is an error that names it."""
    with pytest.raises(
        InvalidInput, match=r"since is a date-time; pass value\.date\(\)"
    ):
        target({"profile_id": "A-1"}, {"since": datetime(2027, 1, 12)})[1]


@pytest.mark.parametrize("value", [1, 0.5, 600.0])
def test_positive_seconds_are_taken(value: float) -> None:
    """Any positive, finite number of seconds is a timeout."""
    assert value == checks.seconds("timeout", value)


@pytest.mark.parametrize("value", [0, -1, None, "5", True, float("inf"), float("nan")])
def test_other_seconds_are_refused(value: object) -> None:
    """What is no positive number of seconds is refused by its name."""
    with pytest.raises(
        InvalidInput,
        match="timeout must be a number of seconds, above 0 and at most a day, not",
    ):
        checks.seconds("timeout", value)
