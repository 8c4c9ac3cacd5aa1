"""The checks of request bodies: each rule, all faults at once, by readable and wire name."""

from datetime import date, datetime
from typing import Any

import pytest

from enboarder_api import models
from enboarder_api.checks import external_ids, faults
from enboarder_api.operations import OPERATIONS
from enboarder_api.rules import BODIES, RULES

pytestmark = pytest.mark.untraced

LAUNCH: dict[str, Any] = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Sample",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
}
MANAGER: dict[str, Any] = {"nm": "Morgan Sample", "eml": "morgan@example.com"}
ADVANCED: dict[str, Any] = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "nhstdt": "2027-01-12",
    "managers": [MANAGER],
}
EMPLOYEE = "at least one of employee_email (nheml), employee_mobile (nhmob), employee_mobile_or_email (nhmobeml)"
DATE_TIME = "start_date (nhstdt) is a date-time, but the API takes dates; pass value.date()"
NO_DATE = "start_date (nhstdt) must be a date, YYYY-MM-DD, or a datetime.date; "
NAMED = "at least one of managers[1].name (nm), managers[1].external_id (externalid) is required"


def basic(**changes: Any) -> list[str]:
    return faults("workflows.launch_basic", {**LAUNCH, **changes})


def advanced(*managers: Any) -> list[str]:
    return faults("workflows.launch_advanced", {**ADVANCED, "managers": list(managers)})


def test_a_good_body_has_no_fault() -> None:
    """The least that a launch needs is enough."""
    assert (basic(), advanced(MANAGER)) == ([], [])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"nhnm": None}, "employee_name (nhnm) is required"),
        ({"nhnm": ""}, "employee_name (nhnm) is required"),
        ({"nhnm": " \t"}, "employee_name (nhnm) is required"),
        ({"nheml": ""}, f"{EMPLOYEE} is required"),
        ({"nhmob": None}, "employee_mobile (nhmob) is null; leave it out instead"),
        ({"externalid": ""}, "external_id (externalid) is blank; leave it out, or give the id by which you know it"),
        ({"externalid": " "}, "external_id (externalid) is blank; leave it out, or give the id by which you know it"),
        ({"nhnm": 7}, "employee_name (nhnm) must be a string, not int"),
        ({"nhnm": ["Alex"]}, "employee_name (nhnm) must be a string, not list"),
        ({"mode": "0"}, "mode must be an integer, not str"),
        ({"mode": True}, "mode must be an integer, not bool"),
        ({"mode": 0.5}, "mode must be an integer, not float"),
        (
            {"customfields": {"name": "brand"}},
            "custom_fields (customfields) must be a list of CustomField ([...]), not dict",
        ),
        ({"customfields": ["brand"]}, "custom_fields[0] (customfields) must be a model or a mapping, not str"),
        ({"customfields": [{"name": "brand"}]}, "custom_fields[0].value is required"),
        ({"customfields": [{"name": 1, "value": "x"}]}, "custom_fields[0].name must be a string, not int"),
        ({"nhstdt": "12/01/2027"}, f"{NO_DATE}'12/01/2027' is none"),
        ({"nhstdt": "2027-02-30"}, f"{NO_DATE}'2027-02-30' is none"),
        ({"nhstdt": "20270112"}, f"{NO_DATE}'20270112' is none"),
        ({"nhstdt": "2027-01-12T09:00:00"}, f"{NO_DATE}'2027-01-12T09:00:00' is none"),
        ({"nhstdt": 20270112}, f"{NO_DATE}20270112 is none"),
        ({"nhstdt": datetime(2027, 1, 12)}, DATE_TIME),
        ({"nhstdt": None}, "start_date (nhstdt) is required"),
    ],
)
def test_a_fault_is_named(changes: dict[str, Any], expected: str) -> None:
    """One wrong value gives one sentence, with the readable and the wire name and what to do."""
    assert basic(**changes) == [expected]


def test_all_faults_are_told_at_once() -> None:
    """Nobody corrects a body one error at a time."""
    body = {"mode": "x", "nhmob": 61400000000, "nhstdt": "soon"}
    assert faults("workflows.launch_basic", body) == [
        "employee_name (nhnm) is required",
        "manager_name (mgrnm) is required",
        "at least one of manager_email (mgreml), manager_mobile (mgrmob) is required",
        "mode must be an integer, not str",
        "employee_mobile (nhmob) must be a string, not int",
        f"{NO_DATE}'soon' is none",
    ]


def test_a_nested_place_is_named() -> None:
    """A fault inside a list says in which member."""
    assert advanced(MANAGER, {"nm": 7, "eml": "morgan@example.com"}) == [
        "managers[1].name (nm) must be a string, not int"
    ]


def test_a_rule_of_a_place_applies_there() -> None:
    """A manager of a launch needs a name or an external id, and a contact or an external id."""
    contact = "managers[1].mobile (mob), managers[1].email (eml), managers[1].mobile_or_email (mobeml)"
    assert advanced(MANAGER, {"mgrlbl": "Recruiter"}) == [
        NAMED,
        f"at least one of {contact}, managers[1].external_id (externalid) is required",
    ]
    assert advanced({"externalid": "ext-0001", "mgrlbl": "Recruiter"}) == []


def test_a_rule_of_one_place_does_not_apply_elsewhere() -> None:
    """An update may change a manager's label alone, and a profile's update needs no contact."""
    assert faults("workflows.update", {"externalid": "1", "managers": [{"mgrlbl": "Recruiter"}]}) == []
    assert faults("profiles.update", {"contact": {"preferred": "email"}}) == []


def test_a_profile_needs_a_contact() -> None:
    """A contact without an address is as good as none."""
    nested = "at least one of contact.email, contact.mobile is required"
    assert faults("profiles.create", {"firstName": "Alex", "contact": {"preferred": "email"}}) == [nested]
    assert faults("profiles.create", {"firstName": "Alex", "contact": {}}) == ["contact is required"]


def test_a_list_of_bodies_is_checked_member_by_member() -> None:
    """A bulk launch says which launch is wrong."""
    assert faults("workflows.launch_bulk", [ADVANCED, {**ADVANCED, "nhnm": 7}]) == [
        "[1].employee_name (nhnm) must be a string, not int"
    ]


def test_x_required_holds_where_it_stands() -> None:
    """A SCIM user needs first and last name and the value of each address, by a rule of the place."""
    body = {"userName": "sam", "userType": "Author", "name": {"givenName": "Sam"}, "emails": [{"type": "work"}]}
    assert faults("users.create", body) == ["name.family_name (familyName) is required", "emails[0].value is required"]


@pytest.mark.parametrize("body", [None, "text", 7, True, [LAUNCH]])
def test_a_body_of_a_wrong_type_is_refused(body: Any) -> None:
    """Where a body is an object, nothing else passes."""
    assert len(faults("workflows.launch_basic", body)) == 1


def test_a_readable_name_in_a_mapping_gets_a_hint() -> None:
    """A mapping takes wire names; whoever writes the readable one is told the other."""
    assert basic(start_date="2027-01-12") == [
        "start_date (nhstdt): a mapping takes wire names; write 'nhstdt' instead of 'start_date'"
    ]
    assert advanced({**MANAGER, "label": "Recruiter"}) == [
        "managers[0].label (mgrlbl): a mapping takes wire names; write 'mgrlbl' instead of 'label'"
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), "the body.more[0] is not a finite number"),
        (float("inf"), "the body.more[0] is not a finite number"),
        (b"x", "the body.more[0] is a bytes, which JSON cannot hold"),
        ({1}, "the body.more[0] is a set, which JSON cannot hold"),
        (datetime(2027, 1, 12), "the body.more[0] is a date-time, but the API takes dates; pass value.date()"),
    ],
)
def test_an_unknown_member_must_be_json(value: Any, expected: str) -> None:
    """The service may know members that the contract does not; only what JSON cannot hold is refused."""
    assert basic(more=[value]) == [expected]


@pytest.mark.parametrize("slip", ["externalId", "EXTERNALID", " externalid", "external-id", "external_id"])
def test_a_name_that_is_a_slip_is_told(slip: str) -> None:
    """A launch would go out without its external id, and nobody could look it up."""
    told = f"external_id (externalid): a mapping takes wire names; write 'externalid' instead of {slip!r}"
    assert basic(**{slip: "A-1"}) == [told]


@pytest.mark.parametrize("operation", ["workflow.launch_basic", "launch_basic", "reports.get_forms"])
def test_an_operation_that_takes_no_body_is_an_error(operation: str) -> None:
    """A misspelt name does not pass for a body without faults."""
    with pytest.raises(
        ValueError, match=f"no operation '{operation}' takes a body; these do: workflows.launch_basic, "
    ):
        faults(operation, LAUNCH)


def test_an_unknown_member_passes() -> None:
    """A member that the contract does not know is let through, however deep."""
    assert basic(more={"deep": [1, 1.5, None, True, "x", {"y": []}]}) == []


def test_an_unknown_word_passes_where_not_all_are_known() -> None:
    """`x-enum-open`: the documentation does not list every channel."""
    assert basic(chnl="sms", mgrchnl="fax") == []


def test_an_unknown_word_is_refused_where_all_are_known() -> None:
    """A mistyped mode of a cancellation is not sent, from a mapping or a model."""
    expected = ["mode must be one of ALL, SELECTED, CANCEL_ALL; 'CANCEL' is none"]
    body = {"externalid": "A-1", "mode": "CANCEL"}
    assert faults("workflows.cancel", body) == expected
    assert faults("workflows.cancel", models.WorkflowCancellation.from_dict(body).to_dict()) == expected


def test_models_pass_the_same_checks() -> None:
    """A model is checked as what it is sent as."""
    launch = models.BasicLaunch("Alex Example", "Morgan Sample", date(2027, 1, 12), employee_email="alex@example.com")
    assert faults("workflows.launch_basic", launch.to_dict()) == [
        "at least one of manager_email (mgreml), manager_mobile (mgrmob) is required"
    ]


def test_external_ids_are_found() -> None:
    """A body tells by which ids the service knows what it is about."""
    assert external_ids("workflows.launch_basic", {**LAUNCH, "externalid": "1"}) == ["1"]
    assert external_ids("workflows.launch_bulk", [{"externalid": "1"}, {}, {"externalid": "2"}]) == ["1", "2"]
    assert external_ids("users.create", {"externalId": "hr-1"}) == ["hr-1"]
    assert external_ids("reports.get_forms", None) == []


def test_every_rule_that_is_named_exists() -> None:
    """The tables are closed: bodies belong to operations, and nested rules are there."""
    assert BODIES.keys() - OPERATIONS.keys() == set()
    fields = [*BODIES.values(), *(field for rule in RULES.values() for field in rule.fields.values())]
    fields += [field.items for field in fields if field.items]
    assert {field.rule for field in fields if field.rule} == RULES.keys()
