"""The SCIM users of the mock."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer

USERS = "/scim/v2/Users"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
LONG_AGO = "2026-01-05T08:00:00Z"


def admin(user_name: str = "sam", **changes: Any) -> dict[str, Any]:
    """Return an administrator to create."""
    return {
        "userName": user_name,
        "name": {"givenName": "Sam", "familyName": "Example"},
        "userType": "Author",
        "emails": [{"value": "sam@example.com"}],
        **changes,
    }


def prepared(mock: MockServer, user_id: str = "1", **changes: Any) -> dict[str, Any]:
    """Return an administrator who was created some time ago."""
    meta = {"resourceType": "User", "created": LONG_AGO, "lastModified": LONG_AGO}
    user = {**admin(), "active": True, "id": user_id, "meta": meta, **changes}
    mock.state.users[user_id] = user
    return user


def test_new_user_is_a_201_and_inactive(by_token: httpx.Client) -> None:
    """The user becomes active later, unless the request says otherwise."""
    reply = by_token.post(USERS, json=admin())
    active = by_token.post(USERS, json=admin("alex", active=True))
    created = reply.json()

    assert (201, False) == (reply.status_code, created["active"])
    assert admin().items() <= created.items()
    assert active.json()["active"]
    assert created == by_token.get(f"{USERS}/{created['id']}").json()


def test_body_cannot_choose_id_and_times(
    by_token: httpx.Client, mock: MockServer
) -> None:
    """They are the service's, whatever the body says."""
    prepared(mock)
    own: dict[str, Any] = {"id": "chosen", "meta": {"created": "2001-01-01T00:00:00Z"}}
    created = by_token.post(USERS, json=admin("alex", **own)).json()
    replaced = by_token.put(f"{USERS}/1", json=admin(**own)).json()

    assert created["id"] != "chosen"
    assert created["meta"]["created"] != "2001-01-01T00:00:00Z"
    assert (replaced["id"], replaced["meta"]["created"]) == ("1", LONG_AGO)


def test_user_name_is_taken_once(by_token: httpx.Client, mock: MockServer) -> None:
    """Names are compared without regard to case; one may keep one's own."""
    prepared(mock, "1", userName="Sam")
    other = prepared(mock, "2", userName="alex")
    refused = by_token.post(USERS, json=admin("sAM"))
    renamed = by_token.put(f"{USERS}/2", json=admin("sam"))
    same = by_token.put(f"{USERS}/1", json=admin("sam"))

    expected = {
        "schemas": [ERROR],
        "status": "409",
        "scimType": "uniqueness",
        "detail": "The user name is taken.",
    }
    assert (409, expected) == (refused.status_code, refused.json())
    assert (renamed.status_code, same.status_code) == (409, 200)
    assert other == by_token.get(f"{USERS}/2").json()


def test_replaced_user_loses_what_is_left_out(
    by_token: httpx.Client, mock: MockServer
) -> None:
    """Members at the top and inside the name are cleared."""
    name = {"givenName": "Sam", "middleName": "B.", "familyName": "Example"}
    prepared(mock, displayName="Sam", externalId="7", name=name)
    replaced = by_token.put(f"{USERS}/1", json=admin()).json()

    assert {"displayName", "externalId"} & replaced.keys() == set()
    assert {"givenName": "Sam", "familyName": "Example"} == replaced["name"]
    assert replaced == by_token.get(f"{USERS}/1").json()


def test_replaced_user_keeps_id_creation_and_activity(
    by_token: httpx.Client, mock: MockServer
) -> None:
    """The time of the creation stays, the time of the last change does not."""
    prepared(mock)
    replaced = by_token.put(f"{USERS}/1", json=admin()).json()

    assert (replaced["id"], replaced["active"]) == ("1", True)
    assert replaced["meta"]["created"] == LONG_AGO
    assert replaced["meta"]["lastModified"] > LONG_AGO
    assert replaced["meta"]["resourceType"] == "User"


def test_replaced_user_can_be_made_inactive(
    by_token: httpx.Client, mock: MockServer
) -> None:
    """What the body says of the activity counts."""
    prepared(mock)

    assert not by_token.put(f"{USERS}/1", json=admin(active=False)).json()["active"]


def test_reading_a_user_changes_no_time(
    by_token: httpx.Client, mock: MockServer
) -> None:
    """Neither alone nor in a list."""
    user = prepared(mock)

    assert user == by_token.get(f"{USERS}/1").json()
    assert [user] == by_token.get(USERS).json()["Resources"]
    assert LONG_AGO == user["meta"]["lastModified"]


def test_deleted_user_is_gone(by_token: httpx.Client, mock: MockServer) -> None:
    """A deletion is a 204 without a body, and leaves the others."""
    prepared(mock, "1")
    prepared(mock, "2", userName="alex")
    reply = by_token.delete(f"{USERS}/1")

    assert (reply.status_code, reply.content) == (204, b"")
    assert by_token.get(f"{USERS}/1").status_code == 404
    assert by_token.get(f"{USERS}/2").status_code == 200


@pytest.mark.parametrize(
    ("method", "body"), [("GET", None), ("PUT", admin()), ("DELETE", None)]
)
def test_unknown_user_is_a_404(by_token: httpx.Client, method: str, body: Any) -> None:
    """The error has the shape of SCIM."""
    reply = by_token.request(method, f"{USERS}/nobody", json=body)

    expected = {
        "schemas": [ERROR],
        "status": "404",
        "detail": "There is no user nobody.",
    }
    assert (404, expected) == (reply.status_code, reply.json())


def test_user_that_breaks_the_contract_is_refused(by_token: httpx.Client) -> None:
    """Required members inside name and e-mails count."""
    body = admin(name={"givenName": "Sam"}, emails=[{}])
    reply = by_token.post(USERS, json=body)

    assert (reply.status_code, reply.json()["scimType"]) == (400, "invalidValue")
    assert "name: 'familyName' is required" in reply.json()["detail"]
    assert "emails[0]: 'value' is required" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("query", "start_index", "names"),
    [
        ({}, 1, ["a", "b", "c"]),
        ({"startIndex": 2, "count": 1}, 2, ["b"]),
        ({"startIndex": 3}, 3, ["c"]),
        ({"startIndex": 4}, 4, []),
        ({"startIndex": 0, "count": 2}, 1, ["a", "b"]),
        ({"count": -1}, 1, []),
        ({"count": "1" + "0" * 19}, 1, ["a", "b", "c"]),
    ],
)
def test_pages_of_users_count_from_one(
    by_token: httpx.Client,
    mock: MockServer,
    query: dict[str, Any],
    start_index: int,
    names: list[str],
) -> None:
    """Out of range, `startIndex` and `count` are brought into range."""
    for name in ("a", "b", "c"):
        prepared(mock, name, userName=name)
    page = by_token.get(USERS, params=query).json()

    assert names == [user["userName"] for user in page["Resources"]]
    assert (3, start_index) == (page["totalResults"], page["startIndex"])
    assert len(names) == page["itemsPerPage"]


def test_page_has_at_most_200_users(by_token: httpx.Client, mock: MockServer) -> None:
    """Whatever `count` asks for."""
    for number in range(201):
        prepared(mock, str(number), userName=str(number))
    page = by_token.get(USERS, params={"count": 201}).json()

    assert (201, 200) == (page["totalResults"], page["itemsPerPage"])
    assert len(page["Resources"]) == 200


def test_index_that_is_not_a_number_is_refused(by_token: httpx.Client) -> None:
    """The problem names the parameter."""
    reply = by_token.get(USERS, params={"startIndex": "first"})

    assert reply.status_code == 400
    assert reply.json()["detail"].startswith("startIndex: ")
