"""`enboarder.check`: the verdict of a call, without the call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from enboarder import Enboarder, InvalidInput, check, models
from tests.conftest import Service, basic_launch, keyed

LAUNCH = "workflows.launch_basic"
TODAY = date(2027, 1, 12)


def strict(**changes: Any) -> list[str]:
    """Return the problems of a launch with these changes, strictly checked."""
    body = {**basic_launch().to_dict(), **changes}
    return check(LAUNCH, body, strict=True, today=TODAY)


def test_good_body_has_no_problem() -> None:
    """Neither a model nor a mapping, nor a list of those."""
    launch = basic_launch()
    bulk = [
        models.AdvancedLaunch(
            TODAY, [models.Manager(external_id="M-1")], employee_external_id="E-1"
        )
    ]

    assert [] == check(LAUNCH, launch)
    assert [] == check(LAUNCH, launch.to_dict(), strict=True, today=TODAY)
    assert [] == check("workflows.launch_bulk", bulk, strict=True, today=TODAY)


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        (LAUNCH, {}),
        (LAUNCH, None),
        (LAUNCH, {"employee_name": "Alex Example"}),
        (LAUNCH, {**basic_launch().to_dict(), "more": [float("nan")]}),
        ("workflows.launch_bulk", []),
        ("workflows.launch_bulk", [{}, {"nhnm": 7}]),
        ("workflows.cancel", models.WorkflowCancellation(" A-1")),
        ("users.create", {"userName": "sam@example.com", "emails": [{}]}),
    ],
)
def test_verdict_is_that_of_the_call(operation: str, body: Any) -> None:
    """The same problems in the same order."""
    resource, method = operation.split(".")
    service = Service()
    with Enboarder(**keyed(service)) as client, pytest.raises(InvalidInput) as caught:
        getattr(getattr(client, resource), method)(body)

    assert list(caught.value.problems) == check(operation, body)
    assert [] == service.requests


def test_body_without_end_is_one_problem() -> None:
    """It cannot be written, strictly checked or not."""
    endless: dict[str, Any] = {}
    endless["more"] = endless

    assert 1 == len(check(LAUNCH, endless)) == len(check(LAUNCH, endless, strict=True))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("workflows.launch_basc", "did you mean workflows.launch_basic?"),
        ("reports.get_forms", "workflows.launch_basic"),
        ("", "workflows.launch_basic"),
    ],
)
def test_operation_without_a_body_is_an_error(name: str, meant: str) -> None:
    """It is not an empty list, which would say that all is well."""
    with pytest.raises(InvalidInput, match="takes a body") as caught:
        check(name, basic_launch())
    assert meant in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"nhmob": "0400000001"}, "employee_mobile (nhmob)"),
        ({"nhmob": "+61 400 000 001"}, "employee_mobile (nhmob)"),
        ({"nhmob": "+0400000001"}, "employee_mobile (nhmob)"),
        ({"mgrmob": "+61400000001x"}, "manager_mobile (mgrmob)"),
        ({"mgrmob": "+1234567890123456"}, "manager_mobile (mgrmob)"),
        ({"nheml": "alex"}, "employee_email (nheml)"),
        ({"nheml": "alex@example"}, "employee_email (nheml)"),
        ({"nheml": "alex@@example.com"}, "employee_email (nheml)"),
        ({"nheml": "alex@example..com"}, "employee_email (nheml)"),
        ({"nheml": ".alex@example.com"}, "employee_email (nheml)"),
        ({"nheml": "alex example@example.com"}, "employee_email (nheml)"),
        ({"nheml": "Alex <alex@example.com>"}, "employee_email (nheml)"),
        ({"nheml": "alex\u200b@example.com"}, "employee_email (nheml)"),
        ({"nheml": "alex@example.com\n"}, "employee_email (nheml)"),
        ({"nhsecondaryeml": "alex@127.0.0.1"}, "employee_secondary_email"),
        ({"nhmobeml": "0400000001"}, "employee_mobile_or_email (nhmobeml)"),
        ({"nhstdt": "2027-01-11"}, "start_date (nhstdt)"),
    ],
)
def test_strict_check_finds_what_the_api_may_accept(
    changes: dict[str, Any], place: str
) -> None:
    """One sentence, with the place; a plain check has none."""
    (problem,) = strict(**changes)

    assert problem.startswith(place)
    assert [] == check(LAUNCH, {**basic_launch().to_dict(), **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"nhmob": "+61400000001", "mgrmob": "+1234567"},
        {"nhmobeml": "+61400000001"},
        {"nhmobeml": "alex@example.com"},
        {"nheml": "o'neil+tag@mail.example.co.uk"},
        {"nheml": "jos\u00e9@ex\u00e4mple.com"},
        {"nheml": "alex@xn--exmple-cua.xn--p1ai"},
        {"nhmob": "", "nhsecondaryeml": " "},
        {"nhstdt": "2027-01-12"},
        {"nhstdt": "2099-12-31"},
    ],
)
def test_strict_check_accepts_what_is_usual(changes: dict[str, Any]) -> None:
    """Today is not in the past, and a blank says nothing."""
    assert [] == strict(**changes)


def test_strict_check_looks_into_lists_and_objects() -> None:
    """Of every manager, contact and address."""
    manager = {"nm": "Sam", "mob": "1", "eml": "x"}
    launch = {"nhexternalid": "A-1", "nhstdt": TODAY, "managers": [manager]}
    profile = models.ProfileCreation("Alex", models.Contact(email="x"))
    user = {
        "userName": "sam@example.com",
        "name": {"givenName": "Sam", "familyName": "Example"},
        "emails": [{"value": "sam@example.com"}, {"value": "x"}],
        "userType": "Reporter",
    }
    found = [
        *check("workflows.launch_bulk", [launch], strict=True, today=TODAY),
        *check("profiles.create", profile, strict=True),
        *check("users.create", user, strict=True),
    ]

    assert [
        "[0].managers[0].mobile (mob)",
        "[0].managers[0].email (eml)",
        "contact.email",
        "emails[1].value",
    ] == [problem.partition(" must be")[0] for problem in found]


def test_strict_problems_come_after_the_others() -> None:
    """Everything is reported together."""
    found = strict(nhnm="", nhmob="1", nhstdt="12/01/2020")

    assert ["employee_name", "start_date", "employee_mobile"] == [
        problem.partition(" ")[0] for problem in found
    ]


@pytest.mark.parametrize("today", ["2027-01-12", datetime(2027, 1, 12), 0])
def test_today_must_be_a_date(today: Any) -> None:
    """A date-time cannot be compared with a date."""
    with pytest.raises(InvalidInput, match="today must be"):
        check(LAUNCH, basic_launch(), strict=True, today=today)


def test_today_is_that_of_the_machine_by_default() -> None:
    """A date of long ago is past on every machine, and a far one on none."""
    body = basic_launch().to_dict()

    assert 1 == len(check(LAUNCH, {**body, "nhstdt": "2001-01-01"}, strict=True))
    assert [] == check(LAUNCH, {**body, "nhstdt": "9999-12-31"}, strict=True)
