"""The profiles of the mock."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer, Status, Workflow

PROFILE = "/restapi/v1/profile"
PHOTO = {"imageType": "image/png", "body": "aW1hZ2U="}
WARN = {"X-Enboarder-Warning": "Yes"}


def person(external_id: str, **changes: Any) -> dict[str, Any]:
    """A profile to create."""
    return {
        "firstName": "Alex",
        "externalid": external_id,
        "contact": {"email": "alex@example.com"},
    } | changes


def code(reply: httpx.Response) -> tuple[int, str]:
    """Status and error code."""
    return reply.status_code, reply.json()["errorcode"]


@pytest.fixture
def existing(by_key: httpx.Client, new_id: str) -> str:
    """The id of a new profile."""
    reply = by_key.post(
        PROFILE,
        json=person(new_id, profilefields=[{"name": "Department", "value": "Product"}]),
    )
    return str(reply.json()["id"])


def launched(mock: MockServer, profile_id: str) -> Workflow:
    """A workflow that runs for a profile."""
    workflow = Workflow(
        profile_id, {"nhexternalid": profile_id, "nhstdt": "2027-01-12"}, "2026-12-01"
    )
    mock.state.workflows.append(workflow)
    return workflow


def test_a_new_profile_has_its_external_id_as_id(
    by_key: httpx.Client, new_id: str
) -> None:
    """The creation says so in the documented words, without warnings that nobody asked for."""
    reply = by_key.post(PROFILE, json=person(new_id))

    assert (200, {"message": "Profile Created", "id": new_id}) == (
        reply.status_code,
        reply.json(),
    )


def test_a_profile_without_an_external_id_gets_an_id(by_key: httpx.Client) -> None:
    """The id that was made up leads to the profile."""
    created = by_key.post(
        PROFILE, json={"firstName": "Sam", "contact": {"mobile": "+61400000000"}}
    ).json()

    assert by_key.get(f"{PROFILE}/{created['id']}").json()["firstName"] == "Sam"


def test_an_id_may_hold_a_slash(by_key: httpx.Client, new_id: str) -> None:
    """Path parameters are decoded after the path was taken apart."""
    by_key.post(PROFILE, json=person(f"{new_id}/a b"))

    assert f"{new_id}/a b" == by_key.get(f"{PROFILE}/{new_id}%2Fa%20b").json()["id"]


def test_an_external_id_is_taken_once(by_key: httpx.Client, existing: str) -> None:
    """A second creation is refused with the documented code and message."""
    reply = by_key.post(PROFILE, json=person(existing))

    expected = {
        "errorcode": "PROFILE_EXISTS",
        "message": f"Profile with ID {existing} already exists",
        "errors": [],
    }
    assert (400, expected) == (reply.status_code, reply.json())


def test_missing_fields_are_told_in_the_documented_shape(by_key: httpx.Client) -> None:
    """Each fault is a sentence, and warnings are there for those who ask."""
    body = {"contact": {"mobile": "123"}}
    reply = by_key.post(PROFILE, json=body, headers=WARN)

    expected = {
        "errorcode": "MISSING_FIELDS",
        "message": "Mandatory fields are missing",
        "errors": [
            "First Name is missing",
            "Both Email and mobile number are missing or invalid",
        ],
        "warnings": ["mobile number is invalid"],
    }
    assert (400, expected) == (reply.status_code, reply.json())
    assert "warnings" not in by_key.post(PROFILE, json=body).json()


def test_an_invalid_only_contact_is_as_good_as_none(
    by_key: httpx.Client, new_id: str
) -> None:
    """A body that fits the schema can still lack a usable contact."""
    assert code(
        by_key.post(PROFILE, json=person(new_id, contact={"email": "nobody"}))
    ) == (400, "MISSING_FIELDS")


def test_other_breaks_of_the_contract_are_invalid_fields(
    by_key: httpx.Client, existing: str
) -> None:
    """What is present but wrong is told by its place."""
    reply = by_key.post(
        PROFILE,
        json=person("x", contact={"email": "alex@example.com", "preferred": "fax"}),
    )

    assert code(reply) == (400, "INVALID_FIELDS")
    assert reply.json()["errors"][0].startswith("contact.preferred: ")
    assert code(by_key.put(f"{PROFILE}/{existing}", json={"lastName": 5})) == (
        400,
        "INVALID_FIELDS",
    )
    assert code(by_key.put(f"{PROFILE}/{existing}")) == (400, "INVALID_FIELDS")
    maybe = {"X-Enboarder-Warning": "maybe"}
    assert code(by_key.put(f"{PROFILE}/{existing}", json={}, headers=maybe)) == (
        400,
        "INVALID_FIELDS",
    )


def test_an_invalid_mobile_beside_a_valid_email_is_a_warning(
    by_key: httpx.Client, new_id: str
) -> None:
    """The profile is created all the same."""
    body = person(new_id, contact={"email": "alex@example.com", "mobile": "0400"})
    reply = by_key.post(PROFILE, json=body, headers=WARN)

    expected = {
        "message": "Profile Created",
        "id": new_id,
        "warnings": ["mobile number is invalid"],
    }
    assert (200, expected) == (reply.status_code, reply.json())


def test_an_update_merges(by_key: httpx.Client, existing: str) -> None:
    """What is left out stays, inside the contact and among the profile fields too."""
    changes = {
        "lastName": "Example",
        "contact": {"mobile": "+61400000000"},
        "profilefields": [
            {"name": "Department", "value": "Sales"},
            {"name": "Floor", "value": "3"},
        ],
    }
    updated = by_key.put(f"{PROFILE}/{existing}", json=changes, headers=WARN)
    by_key.put(f"{PROFILE}/{existing}", json={"externalid": existing})

    assert {
        "message": "Profile Updated",
        "id": existing,
        "warnings": [],
    } == updated.json()
    found = by_key.get(f"{PROFILE}/{existing}").json()
    assert (found["firstName"], found["lastName"]) == ("Alex", "Example")
    assert found["contact"] == {"email": "alex@example.com", "mobile": "+61400000000"}
    assert changes["profilefields"] == found["profilefields"]


def test_an_update_keeps_what_is_mandatory(by_key: httpx.Client, existing: str) -> None:
    """The first name cannot be emptied, the external id cannot be changed."""
    assert code(by_key.put(f"{PROFILE}/{existing}", json={"firstName": ""})) == (
        400,
        "MISSING_FIELDS",
    )
    assert code(by_key.put(f"{PROFILE}/{existing}", json={"externalid": "other"})) == (
        400,
        "INVALID_FIELDS",
    )


def test_a_deleted_profile_is_gone(by_key: httpx.Client, existing: str) -> None:
    """After the deletion there is no such profile."""
    deleted = by_key.delete(f"{PROFILE}/{existing}")

    assert {"message": "Profile Deleted", "id": existing} == deleted.json()
    assert code(by_key.get(f"{PROFILE}/{existing}")) == (400, "PROFILE_NOT_EXISTS")


def test_a_profile_in_a_running_workflow_stays(
    by_key: httpx.Client, mock: MockServer, existing: str
) -> None:
    """It can be deleted once the workflow has ended."""
    workflow = launched(mock, existing)

    assert code(by_key.delete(f"{PROFILE}/{existing}")) == (400, "ACTIVE_PROFILE")
    workflow.status = Status.CANCELLED
    assert by_key.delete(f"{PROFILE}/{existing}").status_code == 200


def test_a_photo_comes_back_as_it_was_set(by_key: httpx.Client, existing: str) -> None:
    """As JSON; before it is set there is none, and a profile is returned without it."""
    assert by_key.get(f"{PROFILE}/{existing}/photo").status_code == 404
    assert by_key.put(f"{PROFILE}/{existing}/photo", json=PHOTO).status_code == 200
    assert by_key.get(f"{PROFILE}/{existing}/photo").json() == PHOTO
    assert "profilePhoto" not in by_key.get(f"{PROFILE}/{existing}").json()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PUT", ""),
        ("DELETE", ""),
        ("GET", "/photo"),
        ("PUT", "/photo"),
        ("GET", "/workflows"),
    ],
)
def test_an_unknown_profile_has_its_code(
    by_key: httpx.Client, method: str, path: str
) -> None:
    """Every operation on a profile says that it does not exist."""
    body = PHOTO if path == "/photo" and method == "PUT" else {}
    json = body if method == "PUT" else None

    assert code(by_key.request(method, f"{PROFILE}/nobody{path}", json=json)) == (
        400,
        "PROFILE_NOT_EXISTS",
    )


def test_workflows_of_a_profile_come_ten_at_a_time(
    by_key: httpx.Client, mock: MockServer, existing: str
) -> None:
    """206 and a cursor while there are more, 200 at the end; ended workflows are left out."""
    for _ in range(12):
        workflow = launched(mock, existing)
    workflow.status = Status.COMPLETE
    first = by_key.get(f"{PROFILE}/{existing}/workflows")
    last = by_key.get(
        f"{PROFILE}/{existing}/workflows", params={"nextKey": first.json()["nextKey"]}
    )

    assert (first.status_code, len(first.json()["items"])) == (206, 10)
    assert (last.status_code, len(last.json()["items"])) == (200, 1)
    assert "nextKey" not in last.json()
    assert (existing, "2027-01-12") == tuple(
        first.json()["items"][0][name] for name in ("externalid", "startDate")
    )


def test_an_unknown_cursor_of_workflows_is_invalid(
    by_key: httpx.Client, existing: str
) -> None:
    """A cursor that was not issued for this profile is refused."""
    reply = by_key.get(f"{PROFILE}/{existing}/workflows", params={"nextKey": "made-up"})

    assert code(reply) == (400, "INVALID_FIELDS")
