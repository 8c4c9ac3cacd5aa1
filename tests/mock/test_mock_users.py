"""The SCIM users of the mock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer

USERS = "/scim/v2/Users"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


def admin(user_name: str, **changes: Any) -> dict[str, Any]:
    """An administrator to create."""
    body = {
        "userName": user_name,
        "name": {"givenName": "Sam", "familyName": "Example"},
        "userType": "Author",
    }
    return body | {"emails": [{"value": "sam@example.com"}]} | changes


@pytest.fixture
def created(by_token: httpx.Client, new_id: str) -> Iterator[dict[str, Any]]:
    """An administrator, who is deleted at the end."""
    user = by_token.post(USERS, json=admin(new_id)).json()
    yield user
    by_token.delete(f"{USERS}/{user['id']}")


def test_a_new_user_is_a_201_and_inactive(by_token: httpx.Client, new_id: str) -> None:
    """The user becomes active later, unless the request says that it is."""
    reply = by_token.post(USERS, json=admin(new_id))
    active = by_token.post(USERS, json=admin(f"{new_id}-active", active=True))

    assert (201, new_id, False) == (
        reply.status_code,
        reply.json()["userName"],
        reply.json()["active"],
    )
    assert active.json()["active"]
    assert reply.json() == by_token.get(f"{USERS}/{reply.json()['id']}").json()


def test_a_user_name_is_taken_once(
    by_token: httpx.Client, created: dict[str, Any]
) -> None:
    """Without regard to case, in the error shape of SCIM; to replace a user by itself is fine."""
    other = by_token.post(USERS, json=admin(f"{created['userName']}-other")).json()
    refused = by_token.post(USERS, json=admin(created["userName"].lower()))
    renamed = by_token.put(f"{USERS}/{other['id']}", json=admin(created["userName"]))
    same = by_token.put(f"{USERS}/{created['id']}", json=admin(created["userName"]))

    expected = {
        "schemas": [ERROR],
        "status": "409",
        "scimType": "uniqueness",
        "detail": "The user name is taken.",
    }
    assert (409, expected) == (refused.status_code, refused.json())
    assert (renamed.status_code, same.status_code) == (409, 200)


def test_a_replaced_user_loses_what_is_left_out(
    by_token: httpx.Client, created: dict[str, Any], new_id: str
) -> None:
    """But not its id, nor the time of its creation."""
    by_token.put(
        f"{USERS}/{created['id']}", json=admin(new_id, displayName="Sam", active=True)
    )
    replaced = by_token.put(f"{USERS}/{created['id']}", json=admin(new_id)).json()

    assert "displayName" not in replaced
    assert replaced["active"]
    assert (created["id"], created["meta"]["created"]) == (
        replaced["id"],
        replaced["meta"]["created"],
    )


def test_a_deleted_user_is_gone(
    by_token: httpx.Client, created: dict[str, Any]
) -> None:
    """A deletion is a 204 without a body."""
    reply = by_token.delete(f"{USERS}/{created['id']}")

    assert (reply.status_code, reply.content) == (204, b"")
    assert by_token.get(f"{USERS}/{created['id']}").status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_unknown_user_is_a_404(by_token: httpx.Client, method: str) -> None:
    """In the error shape of SCIM."""
    reply = by_token.request(
        method, f"{USERS}/nobody", json=admin("nobody") if method == "PUT" else None
    )

    expected = {
        "schemas": [ERROR],
        "status": "404",
        "detail": "There is no user nobody.",
    }
    assert (404, expected) == (reply.status_code, reply.json())


def test_a_user_that_breaks_the_contract_is_refused(by_token: httpx.Client) -> None:
    """Required members inside name and e-mails count."""
    reply = by_token.post(
        USERS, json=admin("x", name={"givenName": "Sam"}, emails=[{}])
    )

    assert (reply.status_code, reply.json()["scimType"]) == (400, "invalidValue")
    assert (
        reply.json()["detail"]
        == "name: 'familyName' is required; emails[0]: 'value' is required"
    )


def test_pages_of_users_count_from_one() -> None:
    """`startIndex` and `count` choose the page; out of range they are brought into range."""
    with (
        MockServer() as mock,
        httpx.Client(
            base_url=mock.base_url, headers={"apikey": mock.api_key}
        ) as client,
    ):
        for name in ("a", "b", "c"):
            client.post(USERS, json=admin(name))
        page = client.get(USERS, params={"startIndex": 2, "count": 1}).json()
        low = client.get(USERS, params={"startIndex": 0, "count": -1}).json()
        all_of_them = client.get(USERS).json()
        bad = client.get(USERS, params={"startIndex": "first"})

    assert (
        page["totalResults"],
        page["startIndex"],
        page["itemsPerPage"],
        [user["userName"] for user in page["Resources"]],
    ) == (3, 2, 1, ["b"])
    assert (low["startIndex"], low["Resources"]) == (1, [])
    assert all_of_them["itemsPerPage"] == 3
    assert (bad.status_code, bad.json()["detail"]) == (
        400,
        "startIndex: 'first' is not of type 'integer'",
    )


def test_an_integer_may_be_of_any_length(by_key: httpx.Client) -> None:
    """20 digits are an integer, too, and more users than that there are not."""
    assert (
        200
        == by_key.get("/scim/v2/Users", params={"count": "1" + "0" * 19}).status_code
    )
