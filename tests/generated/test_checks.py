"""The checks of request bodies: each rule, all problems at once, by their names."""

from datetime import date, datetime
from typing import Any

import pytest

from enboarder_api import models
from enboarder_api.checks import external_ids, problems
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
DATE = "start_date (nhstdt)"


def basic(**changes: Any) -> list[str]:
    return problems("workflows.launch_basic", {**LAUNCH, **changes})


def advanced(*managers: Any) -> list[str]:
    return problems(
        "workflows.launch_advanced", {**ADVANCED, "managers": list(managers)}
    )


def assert_named(found: list[str], *expected: tuple[str, str]) -> None:
    """Each problem begins with its place, and says in what it consists."""
    assert [place for place, _ in expected] == [
        text[: len(place)] for text, (place, _) in zip(found, expected, strict=True)
    ]
    for text, (_, words) in zip(found, expected, strict=True):
        assert words in text


def test_a_good_body_has_no_problem() -> None:
    """The least that a launch needs is enough."""
    assert basic() == []
    assert advanced(MANAGER) == []


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"nhnm": None}, "employee_name (nhnm)", "required"),
        ({"nhnm": ""}, "employee_name (nhnm)", "required"),
        ({"nhnm": " \t"}, "employee_name (nhnm)", "required"),
        ({"nheml": ""}, "at least one of employee_email (nheml)", "(nhmobeml)"),
        ({"nhmob": None}, "employee_mobile (nhmob)", "null"),
        ({"externalid": ""}, "external_id (externalid)", "blank"),
        ({"externalid": " "}, "external_id (externalid)", "blank"),
        ({"nhnm": 7}, "employee_name (nhnm)", "a string, not int"),
        ({"nhnm": ["Alex"]}, "employee_name (nhnm)", "a string, not list"),
        ({"mode": "0"}, "mode ", "an integer, not str"),
        ({"mode": True}, "mode ", "an integer, not bool"),
        ({"mode": 0.5}, "mode ", "an integer, not float"),
        ({"customfields": {}}, "custom_fields (customfields)", "a list of CustomField"),
        ({"customfields": ["x"]}, "custom_fields[0] (customfields)", "not str"),
        ({"customfields": [{"name": "x"}]}, "custom_fields[0].value", "required"),
        ({"customfields": [{"name": 1, "value": "x"}]}, "custom_fields[0].name", "int"),
        ({"nhstdt": "12/01/2027"}, DATE, 'YYYY-MM-DD, or a datetime.date; got "12/01'),
        ({"nhstdt": "2027-02-30"}, DATE, '"2027-02-30"'),
        ({"nhstdt": "20270112"}, DATE, '"20270112"'),
        ({"nhstdt": "2027-01-12T09:00:00"}, DATE, '"2027-01-12T09:00:00"'),
        ({"nhstdt": 20270112}, DATE, "20270112"),
        ({"nhstdt": ["2027-01-12"]}, DATE, "a value of type list"),
        ({"nhstdt": datetime(2027, 1, 12)}, DATE, "value.date()"),
        ({"nhstdt": None}, DATE, "required"),
    ],
)
def test_a_problem_is_named(changes: dict[str, Any], place: str, words: str) -> None:
    """One wrong value gives one sentence, with both of its names and what to do."""
    assert_named(basic(**changes), (place, words))


def test_all_problems_are_reported_together() -> None:
    """Nobody corrects a body one error at a time."""
    body = {"mode": "x", "nhmob": 61400000000, "nhstdt": "soon"}
    assert_named(
        problems("workflows.launch_basic", body),
        ("employee_name (nhnm)", "required"),
        ("manager_name (mgrnm)", "required"),
        ("at least one of manager_email (mgreml), manager_mobile (mgrmob)", "required"),
        ("mode", "not str"),
        ("employee_mobile (nhmob)", "not int"),
        (DATE, "soon"),
    )


def test_a_nested_place_is_named() -> None:
    """A problem inside a list says in which member."""
    found = advanced(MANAGER, {"nm": 7, "eml": "morgan@example.com"})
    assert_named(found, ("managers[1].name (nm)", "not int"))


def test_a_rule_of_a_place_applies_there() -> None:
    """A manager needs a name or an external id, and a contact or an external id."""
    named = (
        "at least one of managers[1].name (nm), managers[1].external_id (externalid)"
    )
    contact = "at least one of managers[1].mobile (mob), managers[1].email (eml)"

    found = advanced(MANAGER, {"mgrlbl": "Recruiter"})

    assert_named(found, (named, "required"), (contact, "managers[1].external_id"))
    assert advanced({"externalid": "ext-0001", "mgrlbl": "Recruiter"}) == []


def test_a_rule_of_one_place_does_not_apply_elsewhere() -> None:
    """An update may change a manager's label alone; a profile's needs no contact."""
    update = {"externalid": "1", "managers": [{"mgrlbl": "Recruiter"}]}
    profile = {"contact": {"preferred": "email"}}

    assert problems("workflows.update", update) == []
    assert problems("profiles.update", profile) == []


def test_a_profile_needs_a_contact() -> None:
    """A contact without an address is as good as no contact."""
    profile = {"firstName": "Alex", "contact": {"preferred": "email"}}
    empty = {"firstName": "Alex", "contact": {}}

    addresses = ("at least one of contact.email, contact.mobile", "required")
    assert_named(problems("profiles.create", profile), addresses)
    assert_named(problems("profiles.create", empty), ("contact", "required"))


def test_a_list_of_bodies_is_checked_member_by_member() -> None:
    """A bulk launch says which launch is wrong."""
    found = problems("workflows.launch_bulk", [ADVANCED, {**ADVANCED, "nhnm": 7}])
    assert_named(found, ("[1].employee_name (nhnm)", "not int"))


@pytest.mark.parametrize("operation", ["workflows.launch_bulk", "POST /new"])
def test_an_empty_list_is_no_body(operation: str) -> None:
    """A request that asks for nothing is not sent."""
    assert_named(problems(operation, []), ("the body", "empty"))


def test_x_required_holds_in_its_place() -> None:
    """A SCIM user needs first and last name, and the value of each address."""
    body = {
        "userName": "sam",
        "userType": "Author",
        "name": {"givenName": "Sam"},
        "emails": [{"type": "work"}],
    }
    assert_named(
        problems("users.create", body),
        ("name.family_name (familyName)", "required"),
        ("emails[0].value", "required"),
    )


@pytest.mark.parametrize("body", [None, "text", 7, True, [LAUNCH]])
def test_a_body_of_a_wrong_type_is_refused(body: Any) -> None:
    """Where a body is an object, nothing else passes."""
    assert len(problems("workflows.launch_basic", body)) == 1


def test_a_readable_name_in_a_mapping_gets_a_hint() -> None:
    """A mapping takes wire names, and the hint names the one that was meant."""
    launch = basic(start_date="2027-01-12")
    manager = advanced({**MANAGER, "label": "Recruiter"})

    assert_named(launch, (DATE, '"nhstdt" instead of "start_date"'))
    assert_named(manager, ("managers[0].label (mgrlbl)", '"mgrlbl" instead of "label"'))


def test_readable_names_in_a_mapping_are_one_problem() -> None:
    """It comes first, and nothing that is only misnamed is called missing as well."""
    readable = {
        "employee_name": "Alex Example",
        "employee_email": "alex@example.com",
        "manager_name": "Morgan Sample",
        "start_date": "2027-01-12",
        "custom_fields": [{"Name": "Department"}],
    }
    found = problems("workflows.launch_basic", readable)

    assert_named(
        found,
        ("the body: a mapping takes wire names", '"nhnm" instead of "employee_name"'),
        ("at least one of manager_email (mgreml)", "required"),
    )
    for wire, name in (("nheml", "employee_email"), ("nhstdt", "start_date")):
        assert f'"{wire}" instead of "{name}"' in found[0]


def test_misspelt_names_come_before_what_is_missing() -> None:
    """The reason before its consequences, in inner objects too."""
    found = advanced({"name": "Morgan Sample"})

    assert_named(
        found,
        ("managers[0].name (nm)", '"nm" instead of "name"'),
        ("at least one of managers[0].mobile", "required"),
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (float("nan"), "finite"),
        (float("inf"), "finite"),
        (b"x", "bytes"),
        ({1}, "set"),
        ("\ud83d", "surrogate"),
        ({1: "x"}, "key of type int"),
        (datetime(2027, 1, 12), "value.date()"),
    ],
)
def test_an_unknown_member_must_be_json(value: Any, words: str) -> None:
    """The service may know more than the contract; only what is not JSON is refused."""
    assert_named(basic(more=[value]), ("the body.more[0]", words))


@pytest.mark.parametrize(
    "slip", ["externalId", "EXTERNALID", " externalid", "external-id", "external_id"]
)
def test_a_misspelt_name_is_reported(slip: str) -> None:
    """A launch would be sent without its external id, and nobody could look it up."""
    expected = ("external_id (externalid)", f'"externalid" instead of "{slip}"')
    assert_named(basic(**{slip: "A-1"}), expected)


@pytest.mark.parametrize(
    "operation", ["workflow.launch_basic", "launch_basic", "reports.get_forms"]
)
def test_an_operation_that_takes_no_body_is_an_error(operation: str) -> None:
    """A misspelt name does not pass for a body without problems."""
    with pytest.raises(ValueError, match=operation) as caught:
        problems(operation, LAUNCH)
    assert "workflows.launch_basic" in str(caught.value)


def test_an_unknown_member_passes() -> None:
    """A member that the contract does not know is let through, however deep."""
    assert basic(more={"deep": [1, 1.5, None, True, "x", {"y": []}]}) == []


def test_an_unknown_word_passes_where_not_all_are_known() -> None:
    """`x-enum-open`: the documentation does not list every channel."""
    assert basic(chnl="sms", mgrchnl="fax") == []


def test_an_unknown_word_is_refused_where_all_are_known() -> None:
    """A mistyped mode of a cancellation is not sent, from a mapping or a model."""
    body = {"externalid": "A-1", "mode": "CANCEL"}
    model = models.WorkflowCancellation.from_dict(body)
    expected = ("mode", 'ALL, SELECTED, CANCEL_ALL; got "CANCEL"')

    assert_named(problems("workflows.cancel", body), expected)
    assert_named(problems("workflows.cancel", model.to_dict()), expected)


def test_models_pass_the_same_checks() -> None:
    """A model is checked as what it is sent as."""
    launch = models.BasicLaunch(
        employee_name="Alex Example",
        manager_name="Morgan Sample",
        start_date=date(2027, 1, 12),
        employee_email="alex@example.com",
    )
    found = problems("workflows.launch_basic", launch.to_dict())
    assert_named(found, ("at least one of manager_email (mgreml)", "required"))


def test_external_ids_are_found() -> None:
    """A body tells by which ids the service knows what it is about."""
    assert external_ids("workflows.launch_basic", {**LAUNCH, "externalid": "1"}) == [
        "1"
    ]
    bulk = [{"externalid": "1"}, {}, {"externalid": "2"}]
    assert external_ids("workflows.launch_bulk", bulk) == ["1", "2"]
    assert external_ids("users.create", {"externalId": "hr-1"}) == ["hr-1"]
    assert external_ids("reports.get_forms", None) == []


def test_every_rule_that_is_named_exists() -> None:
    """Bodies belong to operations, and each rule that is named is there."""
    assert BODIES.keys() - OPERATIONS.keys() == set()
    fields = [
        *BODIES.values(),
        *(field for rule in RULES.values() for field in rule.fields.values()),
    ]
    fields += [field.items for field in fields if field.items]
    assert {field.rule for field in fields if field.rule} == RULES.keys()
