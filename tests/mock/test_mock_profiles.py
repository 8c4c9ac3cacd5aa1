"""The profiles of the mock."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer, Status, Workflow

ID = "ENB-1"
PROFILES = "/restapi/v1/profile"
PATH = f"{PROFILES}/{ID}"
PHOTO = {"imageType": "image/png", "body": "aW1hZ2U="}
OTHER_PHOTO = {"imageType": "image/jpeg", "body": "b3RoZXI="}
WARN = {"X-Enboarder-Warning": "Yes"}
DEPARTMENT = {"name": "Department", "value": "Product"}
FLOOR = {"name": "Floor", "value": "3"}


def person(**changes: Any) -> dict[str, Any]:
    """Return a profile to create."""
    return {
        "firstName": "Alex",
        "externalid": ID,
        "contact": {"email": "alex@example.com"},
        **changes,
    }


def prepared(mock: MockServer, **changes: Any) -> dict[str, Any]:
    """Return a profile that exists already, with all its members."""
    profile = {
        "id": ID,
        "firstName": "Alex",
        "lastName": "Example",
        "externalid": ID,
        "contact": {
            "email": "alex@example.com",
            "mobile": "+61400000000",
            "preferred": "email",
        },
        "profilefields": [DEPARTMENT, FLOOR],
        **changes,
    }
    mock.state.profiles[ID] = profile
    return profile


def launched(mock: MockServer, profile_id: str = ID) -> Workflow:
    """Return a workflow that runs for a profile."""
    details = {"nhexternalid": profile_id, "nhstdt": "2027-01-12"}
    workflow = Workflow(profile_id, details, launch_date="2026-12-01")
    mock.state.workflows.append(workflow)
    return workflow


def code(reply: httpx.Response) -> tuple[int, str]:
    """Return status and error code."""
    return reply.status_code, reply.json()["errorcode"]


def test_new_profile_has_its_external_id_as_id(by_key: httpx.Client) -> None:
    """The creation says so in the documented words, without warnings."""
    reply = by_key.post(PROFILES, json=person())

    assert {"message": "Profile Created", "id": ID} == reply.json()
    assert {**person(), "id": ID} == by_key.get(PATH).json()


def test_profile_without_an_external_id_gets_an_id(by_key: httpx.Client) -> None:
    """The generated id leads to the profile."""
    body = {"firstName": "Sam", "contact": {"mobile": "+61400000000"}}
    created = by_key.post(PROFILES, json=body).json()
    found = by_key.get(f"{PROFILES}/{created['id']}").json()

    assert {**body, "id": created["id"]} == found


def test_body_cannot_choose_the_id(by_key: httpx.Client) -> None:
    """A member `id` is neither created nor changed."""
    by_key.post(PROFILES, json=person(id="other"))
    by_key.put(PATH, json={"id": "another"})

    assert by_key.get(PATH).json()["id"] == ID


def test_id_may_hold_a_slash(by_key: httpx.Client) -> None:
    """Path parameters are decoded after the path was split."""
    by_key.post(PROFILES, json=person(externalid="ENB/1 b"))

    assert by_key.get(f"{PROFILES}/ENB%2F1%20b").json()["id"] == "ENB/1 b"


def test_external_id_is_taken_once(by_key: httpx.Client, mock: MockServer) -> None:
    """A second creation has the documented code and message, and changes nothing."""
    existing = prepared(mock)
    reply = by_key.post(PROFILES, json=person(firstName="Sam"))

    expected = {
        "errorcode": "PROFILE_EXISTS",
        "message": f"Profile with ID {ID} already exists",
        "errors": [],
    }
    assert (400, expected) == (reply.status_code, reply.json())
    assert existing == mock.state.profiles[ID]


def test_missing_fields_have_the_documented_shape(by_key: httpx.Client) -> None:
    """Each problem is a sentence, and warnings are there if the request asks."""
    body = {"contact": {"mobile": "123"}}
    reply = by_key.post(PROFILES, json=body, headers=WARN)

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
    assert "warnings" not in by_key.post(PROFILES, json=body).json()


def test_invalid_contact_alone_is_a_missing_one(by_key: httpx.Client) -> None:
    """A body that fits the schema can still lack a usable contact."""
    reply = by_key.post(PROFILES, json=person(contact={"email": "nobody"}))

    assert code(reply) == (400, "MISSING_FIELDS")


def test_invalid_member_is_reported_by_its_place(by_key: httpx.Client) -> None:
    """What is present but wrong is `INVALID_FIELDS`."""
    contact = {"email": "alex@example.com", "preferred": "fax"}
    reply = by_key.post(PROFILES, json=person(contact=contact))

    assert code(reply) == (400, "INVALID_FIELDS")
    assert reply.json()["errors"][0].startswith("contact.preferred: ")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"lastName": 5}, {}),
        (None, {}),
        ({}, {"X-Enboarder-Warning": "maybe"}),
        ({"contact": {"email": None}}, {}),
    ],
)
def test_update_that_breaks_the_contract_is_invalid(
    by_key: httpx.Client, mock: MockServer, body: Any, headers: dict[str, str]
) -> None:
    """A wrong type, no body and an unknown value of the header."""
    prepared(mock)

    reply = by_key.put(PATH, json=body, headers=headers)
    assert code(reply) == (400, "INVALID_FIELDS")


def test_number_that_no_reply_can_repeat_is_invalid(by_key: httpx.Client) -> None:
    """Python reads `1e999` as infinity, which JSON cannot express."""
    body = b'{"firstName": "Alex", "height": 1e999}'
    reply = by_key.put(PATH, content=body)

    assert code(reply) == (400, "INVALID_FIELDS")


@pytest.mark.parametrize(
    ("contact", "warning"),
    [
        (
            {"email": "alex@example.com", "mobile": "0400"},
            "mobile number is invalid",
        ),
        ({"email": "nobody", "mobile": "+61400000000"}, "email is invalid"),
    ],
)
def test_invalid_contact_beside_a_valid_one_is_a_warning(
    by_key: httpx.Client, contact: dict[str, str], warning: str
) -> None:
    """The profile is created all the same."""
    reply = by_key.post(PROFILES, json=person(contact=contact), headers=WARN)

    expected = {"message": "Profile Created", "id": ID, "warnings": [warning]}
    assert (200, expected) == (reply.status_code, reply.json())


def test_update_keeps_what_it_leaves_out(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """Contact, profile fields, photo and names stay when one name changes."""
    before = prepared(mock, profilePhoto=PHOTO)
    updated = by_key.put(PATH, json={"lastName": "Sample"}, headers=WARN)

    expected = {"message": "Profile Updated", "id": ID, "warnings": []}
    assert expected == updated.json()
    assert {**before, "lastName": "Sample"} == mock.state.profiles[ID]


def test_update_merges_the_contact_by_member(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """E-mail address and preference stay when the mobile number changes."""
    prepared(mock)
    by_key.put(PATH, json={"contact": {"mobile": "+61400000009"}})

    expected = {
        "email": "alex@example.com",
        "mobile": "+61400000009",
        "preferred": "email",
    }
    assert expected == by_key.get(PATH).json()["contact"]


def test_update_merges_profile_fields_by_name(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A field that is not named stays, a known one changes, a new one is added."""
    prepared(mock)
    moved = {"name": "Floor", "value": "4"}
    desk = {"name": "Desk", "value": "12"}
    by_key.put(PATH, json={"profilefields": [moved, desk]})

    assert [DEPARTMENT, moved, desk] == by_key.get(PATH).json()["profilefields"]


def test_update_adds_the_first_profile_fields(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A profile that was created without any has them afterwards."""
    by_key.post(PROFILES, json=person())
    by_key.put(PATH, json={"profilefields": [FLOOR]})

    assert [FLOOR] == by_key.get(PATH).json()["profilefields"]


def test_update_without_a_profile_is_not_a_creation(by_key: httpx.Client) -> None:
    """Nothing is stored under an unknown id."""
    by_key.put(PATH, json=person())

    assert code(by_key.get(PATH)) == (400, "PROFILE_NOT_EXISTS")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"firstName": ""}, "MISSING_FIELDS"),
        ({"contact": {"email": "", "mobile": ""}}, "MISSING_FIELDS"),
        ({"externalid": "other"}, "INVALID_FIELDS"),
    ],
)
def test_update_that_is_refused_changes_nothing(
    by_key: httpx.Client, mock: MockServer, body: Any, expected: str
) -> None:
    """Mandatory fields cannot be emptied, the external id cannot be changed."""
    before = prepared(mock)
    reply = by_key.put(PATH, json={"lastName": "Sample", **body})

    assert code(reply) == (400, expected)
    assert before == by_key.get(PATH).json()


def test_update_may_repeat_the_external_id(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """The profile's own id is not a change."""
    prepared(mock)

    assert by_key.put(PATH, json={"externalid": ID}).status_code == 200


def test_update_of_a_profile_without_contact_can_add_one(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A test may prepare a profile with its id alone."""
    mock.state.profiles[ID] = {"id": ID, "firstName": "Alex"}
    reply = by_key.put(PATH, json={"contact": {"email": "alex@example.com"}})

    assert {"message": "Profile Updated", "id": ID} == reply.json()


def test_deleted_profile_is_gone(by_key: httpx.Client, mock: MockServer) -> None:
    """After the deletion there is no such profile."""
    prepared(mock)
    deleted = by_key.delete(PATH)

    assert {"message": "Profile Deleted", "id": ID} == deleted.json()
    assert code(by_key.get(PATH)) == (400, "PROFILE_NOT_EXISTS")


def test_profile_in_a_running_workflow_stays(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """It can be deleted once the workflow has ended; others do not matter."""
    prepared(mock)
    workflow = launched(mock)
    launched(mock, "somebody else")

    assert code(by_key.delete(PATH)) == (400, "ACTIVE_PROFILE")
    assert by_key.get(PATH).status_code == 200
    workflow.status = Status.CANCELLED
    assert by_key.delete(PATH).status_code == 200


def test_photo_comes_back_as_it_was_set(by_key: httpx.Client, mock: MockServer) -> None:
    """Before it is set there is none, and a profile is returned without it."""
    before = prepared(mock)

    assert by_key.get(f"{PATH}/photo").status_code == 404
    assert by_key.put(f"{PATH}/photo", json=PHOTO).status_code == 200
    assert PHOTO == by_key.get(f"{PATH}/photo").json()
    expected = {name: one for name, one in before.items() if name != "profilePhoto"}
    assert expected == by_key.get(PATH).json()


def test_photo_is_replaced_as_a_whole(by_key: httpx.Client, mock: MockServer) -> None:
    """By its own operation and by an update of the profile."""
    prepared(mock, profilePhoto=PHOTO)
    by_key.put(f"{PATH}/photo", json=OTHER_PHOTO)

    assert OTHER_PHOTO == by_key.get(f"{PATH}/photo").json()
    by_key.put(PATH, json={"profilePhoto": PHOTO})
    assert PHOTO == by_key.get(f"{PATH}/photo").json()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PUT", "", {}),
        ("DELETE", "", None),
        ("GET", "/photo", None),
        ("PUT", "/photo", PHOTO),
        ("GET", "/workflows", None),
    ],
)
def test_unknown_profile_has_its_code(
    by_key: httpx.Client, method: str, path: str, body: Any
) -> None:
    """Every operation on a profile says that it does not exist."""
    reply = by_key.request(method, f"{PROFILES}/nobody{path}", json=body)

    assert code(reply) == (400, "PROFILE_NOT_EXISTS")


def test_workflows_of_a_profile_come_ten_at_a_time(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """206 and a cursor while there are more, 200 at the end."""
    prepared(mock)
    for _ in range(11):
        launched(mock)
    first = by_key.get(f"{PATH}/workflows")
    cursor = {"nextKey": first.json()["nextKey"]}
    last = by_key.get(f"{PATH}/workflows", params=cursor)

    assert (first.status_code, len(first.json()["items"])) == (206, 10)
    assert (last.status_code, len(last.json()["items"])) == (200, 1)
    assert "nextKey" not in last.json()


def test_workflows_of_a_profile_are_its_running_ones(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """Those that ended and those of others are left out."""
    prepared(mock)
    launched(mock)
    launched(mock, "somebody else")
    launched(mock).status = Status.COMPLETE
    reply = by_key.get(f"{PATH}/workflows")

    (item,) = reply.json()["items"]
    expected = {
        "status": "InProcess",
        "isActive": True,
        "startDate": "2027-01-12",
        "launchDate": "2026-12-01",
        "externalid": ID,
        "referenceid": ID,
    }
    assert expected.items() <= item.items()


def test_cursor_of_another_profile_is_invalid(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A cursor that was not issued for this profile is refused."""
    prepared(mock)
    mock.state.profiles["other"] = {"id": "other"}
    for _ in range(11):
        launched(mock)
    cursor = by_key.get(f"{PATH}/workflows").json()["nextKey"]
    other = f"{PROFILES}/other/workflows"

    refused = by_key.get(other, params={"nextKey": cursor})
    assert code(refused) == (400, "INVALID_FIELDS")
    made_up = by_key.get(other, params={"nextKey": "made-up"})
    assert code(made_up) == (400, "INVALID_FIELDS")
