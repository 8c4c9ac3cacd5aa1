"""What is checked, and turned into a request, before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from enboarder import UNSET, ConfigurationError, InvalidInput, models
from enboarder.sending.plan import Planner, body, checked_seconds, target, unlisted
from enboarder_api.client import Arguments, Operation
from enboarder_api.operations import OPERATIONS
from tests.conftest import BASE_URL, basic_launch

LAUNCH = "workflows.launch_basic"
BASIC = basic_launch().to_dict()
UPDATE = Operation("profiles.update", "updateProfile", "PUT", "/v1/{id}", "/v2/{id}")


def changed(**members: Any) -> dict[str, Any]:
    """Return a launch with other members."""
    return {**BASIC, **members}


def without(name: str) -> dict[str, Any]:
    """Return a launch that lacks a member."""
    return {member: value for member, value in BASIC.items() if member != name}


def target_of(
    profile_id: Any, query: Mapping[str, Any] | None = None
) -> tuple[str, Mapping[str, Any]]:
    arguments = Arguments({"profile_id": profile_id}, query or {})
    return target("profiles.get", "/p/{profile_id}", arguments)


def planner(**known: Any) -> Planner:
    values = {
        "by_key": True,
        "base_url": BASE_URL,
        "timeout": 30.0,
        "show_warnings": False,
        "path_prefixes": {},
    }
    return Planner(**{**values, **known})


def test_model_and_mapping_are_sent_alike() -> None:
    """A model and a mapping with wire names give the same bytes and external ids."""
    assert body(LAUNCH, basic_launch()) == body(LAUNCH, BASIC)


def test_date_is_sent_as_the_contract_wants_it() -> None:
    """A date is written as YYYY-MM-DD, also from a mapping."""
    _, content = body(LAUNCH, changed(nhstdt=date(2027, 1, 12)))

    assert json.loads(content)["nhstdt"] == "2027-01-12"


def test_letters_outside_ascii_are_kept() -> None:
    """A name is sent as it was typed."""
    _, content = body(LAUNCH, changed(nhnm="Álex Exämple"))

    assert "Álex Exämple".encode() in content


def test_external_ids_of_a_bulk_launch_are_all_found() -> None:
    """Each launch of a bulk is named by its external id, if it has one."""
    launch = {
        "nhnm": "Alex Example",
        "nheml": "alex@example.com",
        "nhstdt": "2027-01-12",
        "managers": [{"nm": "Sam Example", "eml": "sam@example.com"}],
    }
    many = [{**launch, "externalid": "A"}, launch, {**launch, "externalid": "B"}]

    external_ids, _ = body("workflows.launch_bulk", many)

    assert external_ids == ("A", "B")


def test_call_is_named_by_the_external_id_in_its_body() -> None:
    """The id in the body is the one to look for."""
    arguments = Arguments(body=basic_launch("A-7"))
    operation = UPDATE._replace(name=LAUNCH, key_path="/x")

    call, _ = planner().plan(operation, arguments)

    assert call.external_ids == ("A-7",)


def test_call_without_an_id_in_its_body_is_named_by_its_path() -> None:
    """What has no id of its own is named by the id in its path."""
    arguments = Arguments({"id": "A-1"}, body={"firstName": "Alex"})

    call, request = planner().plan(UPDATE, arguments)

    assert call.external_ids == ("A-1",)
    assert request.url == BASE_URL + "/v1/A-1"


def test_user_name_that_is_a_keyword_names_the_call() -> None:
    """SCIM finds an administrator by this name, however the body is given."""
    fields = {
        "userName": "sam@example.com",
        "userType": "Author",
        "name": {"givenName": "Sam", "familyName": "Example"},
        "emails": [{"value": "sam@example.com"}],
    }
    arguments = Arguments(body=UNSET, fields=fields)

    call, _ = planner().plan(OPERATIONS["users.create"], arguments)

    assert call.target == 'user name "sam@example.com"'


def test_user_name_that_is_no_text_names_nothing() -> None:
    """A body that the contract does not know may have a number there."""
    operation, arguments = unlisted("POST", "/x", {"userName": 7}, None, None)

    call, _ = planner().plan(operation, arguments)

    assert "no external id" in call.target


def test_body_that_is_too_deep_is_refused() -> None:
    """It is an error of the input, as if it could not be written for another reason."""
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]

    with pytest.raises(InvalidInput, match="cannot be written as JSON"):
        body(LAUNCH, changed(managers=deep))


def test_uuid_in_a_path_is_its_text() -> None:
    """An id may be a UUID in a path, as in a body, and an error names it as text."""
    profile_id: Any = UUID(int=5)
    arguments = Arguments({"id": profile_id}, body={"firstName": "Alex"})

    call, request = planner().plan(UPDATE, arguments)

    assert request.url == f"{BASE_URL}/v1/{profile_id}"
    assert call.external_ids == (str(profile_id),)


@pytest.mark.parametrize("value", [7, True, 7.0, None, b"A-1"])
def test_id_in_a_path_is_no_number(value: Any) -> None:
    """A number is refused, as in a body: 0012 may have become 12 in a spreadsheet."""
    with pytest.raises(InvalidInput, match="profile_id must be a string"):
        target_of(value)


@pytest.mark.parametrize(("given", "expected"), [(None, 30.0), (5, 5), (0.1, 0.1)])
def test_timeout_of_a_call_wins_over_that_of_the_client(
    given: float | None, expected: float
) -> None:
    """A call without a timeout has the client's."""
    arguments = Arguments({"id": "A-1"}, timeout=given)

    _, request = planner().plan(UPDATE, arguments)

    assert request.timeout == expected


@pytest.mark.parametrize(
    ("by_key", "accepted"),
    [(True, "ClientCredentials"), (False, "ApiKey")],
)
def test_operation_without_a_path_names_the_credential_that_has_one(
    by_key: bool, accepted: str
) -> None:
    """What one credential cannot do, the error says the other one can."""
    operation = UPDATE._replace(
        key_path=None if by_key else "/only",
        token_path="/only" if by_key else None,
    )

    with pytest.raises(ConfigurationError, match=rf"profiles\.update.*{accepted}"):
        planner(by_key=by_key).plan(operation, Arguments())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (changed(nhstdt=datetime(2027, 1, 12, 9)), ["start_date (nhstdt)", ".date()"]),
        (changed(nhstdt="12/01/2027"), ["start_date (nhstdt)", "12/01/2027"]),
        (changed(nhstdt="2027-02-30"), ["start_date (nhstdt)", "YYYY-MM-DD"]),
        (changed(nhstdt="2027-01-12T00:00:00"), ["start_date (nhstdt)", "YYYY-MM-DD"]),
        (changed(nhstdt="\uff12027-01-12"), ["start_date (nhstdt)", "YYYY-MM-DD"]),
        (changed(nhstdt=""), ["start_date (nhstdt)", "required"]),
        (without("nhnm"), ["employee_name (nhnm)", "required"]),
        (changed(nhnm="  "), ["employee_name (nhnm)", "required"]),
        (without("nheml"), ["employee_email (nheml)", "employee_mobile (nhmob)"]),
        (without("mgreml"), ["manager_email (mgreml)", "manager_mobile (mgrmob)"]),
        (changed(nhfnm=None), ["employee_first_name (nhfnm)", "null"]),
        (changed(mode="0"), ["mode", "integer"]),
        (changed(mode=True), ["mode", "integer"]),
        (changed(employee_email="alex@example.com"), ["nheml", "employee_email"]),
        (changed(customfields=[{"name": "Brand"}]), ["custom_fields", ".value"]),
        (changed(customfields={"name": "Brand"}), ["customfields", "list"]),
        (changed(extra={1, 2}), ["extra", "set"]),
        (changed(extra=[{"deep": float("nan")}]), ["extra[0].deep"]),
        (changed(extra=datetime(2027, 1, 12)), ["extra", "date-time"]),
        ([BASIC], ["body", "list"]),
        ("text", ["body", "str"]),
    ],
)
def test_problem_in_a_body_is_named(given: Any, expected: list[str]) -> None:
    """A problem is reported with the readable name, the wire name and what to do."""
    with pytest.raises(InvalidInput) as caught:
        body(LAUNCH, given)

    (problem,) = caught.value.problems
    assert [words for words in expected if words not in problem] == []
    assert problem in str(caught.value)


def test_problem_in_a_body_names_the_operation() -> None:
    """A log says which call was refused, and that nothing was sent."""
    with pytest.raises(InvalidInput, match=rf"^{LAUNCH}: nothing was sent"):
        body(LAUNCH, without("nhnm"))


def test_all_problems_are_reported_together() -> None:
    """Nobody has to correct a body one problem at a time."""
    with pytest.raises(InvalidInput) as caught:
        body(LAUNCH, {})

    problems = caught.value.problems
    assert len(problems) == 5
    assert [problem for problem in problems if problem not in str(caught.value)] == []


def test_datetime_in_a_model_is_refused() -> None:
    """A datetime is a date to Python's types, but is not sent as a timestamp."""
    launch = basic_launch()
    launch.start_date = datetime(2027, 1, 12, 9)

    with pytest.raises(InvalidInput, match=r"start_date \(nhstdt\)"):
        body(LAUNCH, launch)


def test_problem_in_a_list_is_reported_with_its_place() -> None:
    """The second manager without any contact is called managers[1]."""
    launch = models.AdvancedLaunch(
        start_date=date(2027, 1, 12),
        employee_external_id="A-1",
        managers=[
            models.Manager(external_id="M-1"),
            models.Manager(name="Sam Example"),
        ],
    )

    with pytest.raises(InvalidInput) as caught:
        body("workflows.launch_advanced", launch)

    (problem,) = caught.value.problems
    assert "managers[1].mobile (mob)" in problem


def test_half_a_character_is_refused() -> None:
    """Text that UTF-8 cannot hold is an error of ours."""
    with pytest.raises(InvalidInput, match="nothing was sent"):
        body(LAUNCH, changed(nhnm="\ud800"))


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
    assert target_of(value)[0] == expected


@pytest.mark.parametrize("value", ["", "  ", ".", "..", " .. ", None, 7, b"A"])
def test_path_parameter_that_names_nothing_is_refused(value: object) -> None:
    """An empty or dotted value would name another path, and is refused by its name."""
    with pytest.raises(InvalidInput, match=r"profiles\.get: nothing .* profile_id"):
        target_of(value)


def test_query_holds_what_is_set() -> None:
    """Parameters that are unset are left out, and dates are written out."""
    given = {
        "a": 1,
        "b": None,
        "c": UNSET,
        "d": date(2027, 1, 12),
        "e": ["x", "y"],
    }

    assert target_of("A-1", given)[1] == {
        "a": "1",
        "d": "2027-01-12",
        "e": ["x", "y"],
    }


def test_datetime_in_the_query_is_refused() -> None:
    """A date-time as a query parameter is an error that names it."""
    with pytest.raises(InvalidInput, match=r"since.*value\.date\(\)"):
        target_of("A-1", {"since": datetime(2027, 1, 12)})


@pytest.mark.parametrize("value", [1, 0.5, 600.0, 86_400])
def test_number_of_seconds_up_to_a_day_is_a_timeout(value: float) -> None:
    """Any positive number of seconds up to a day is taken unchanged."""
    assert checked_seconds("timeout", value) == value


@pytest.mark.parametrize(
    "value",
    [0, -1, None, "5", True, 86_401, float("inf"), float("nan")],
)
def test_anything_else_is_not_a_timeout(value: object) -> None:
    """What is not a positive number of seconds is refused by its name."""
    with pytest.raises(InvalidInput, match="timeout must be a number of seconds"):
        checked_seconds("timeout", value)
