"""Who may call what, and how tokens are issued and end."""

from __future__ import annotations

import httpx
import pytest

from enboarder.mock import MockServer
from tests.mock.conftest import ask_for_token, connect, token_of

GRANT = {"grant_type": "client_credentials"}
FORBIDDEN = {"message": "Forbidden"}
MISSING = {"message": "Missing Authentication Token"}
UNAUTHORIZED = {"message": "Unauthorized"}


def read(reply: httpx.Response) -> tuple[int, object]:
    """Return status and body."""
    return reply.status_code, reply.json()


def test_token_reply_has_the_members_of_rfc_6749(mock: MockServer) -> None:
    """A client that authenticates by HTTP Basic gets a token of 900 characters."""
    reply = ask_for_token(mock)
    body = reply.json()

    assert reply.status_code == 200
    assert {"access_token", "token_type", "expires_in"} == set(body)
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert len(body["access_token"]) == 900


def test_client_may_authenticate_in_the_form(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """Client id and secret in the form are as good as HTTP Basic."""
    client = {"client_id": mock.client_id, "client_secret": mock.client_secret}
    reply = anonymous.post("/oauth2/token", data={**GRANT, **client})

    assert reply.status_code == 200


def test_every_published_scope_may_be_asked_for(mock: MockServer) -> None:
    """The three scopes of the documentation are granted together."""
    scope = "api/workflow.basic api/workflow.advance api/settings.all"

    assert ask_for_token(mock, scope=scope).status_code == 200


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({**GRANT, "scope": "api/everything"}, "invalid_scope"),
        ({**GRANT, "scope": "api/settings.all api/everything"}, "invalid_scope"),
        ({**GRANT, "client_secret": "twice"}, "invalid_request"),
    ],
)
def test_bad_token_request_is_a_400_with_its_code(
    anonymous: httpx.Client, mock: MockServer, form: dict[str, str], code: str
) -> None:
    """The member `error` says what is wrong."""
    auth = (mock.client_id, mock.client_secret)
    reply = anonymous.post("/oauth2/token", data=form, auth=auth)

    assert (400, {"error": code}) == read(reply)


def test_problems_of_a_token_request_have_an_order(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """The client comes before the grant, the grant before the scope."""
    form = {"grant_type": "password", "scope": "api/everything"}
    wrong = anonymous.post("/oauth2/token", data=form, auth=("id", "secret"))
    auth = (mock.client_id, mock.client_secret)
    right = anonymous.post("/oauth2/token", data=form, auth=auth)

    assert wrong.json() == {"error": "invalid_client"}
    assert right.json() == {"error": "unsupported_grant_type"}


@pytest.mark.parametrize(
    "authorization", ["", "Basic !", "Basic aWQ6c2VjcmV0", "Bearer x"]
)
def test_wrong_client_is_invalid_client(
    anonymous: httpx.Client, authorization: str
) -> None:
    """Wrong, unreadable and missing credentials of the client look alike."""
    headers = {"Authorization": authorization} if authorization else {}
    reply = anonymous.post("/oauth2/token", data=GRANT, headers=headers)

    assert (400, {"error": "invalid_client"}) == read(reply)


@pytest.mark.parametrize("wrong", ["client_id", "client_secret"])
def test_client_needs_both_id_and_secret(
    anonymous: httpx.Client, mock: MockServer, wrong: str
) -> None:
    """One of the two does not make a client."""
    client = {"client_id": mock.client_id, "client_secret": mock.client_secret}
    client[wrong] = "wrong"
    reply = anonymous.post("/oauth2/token", data={**GRANT, **client})

    assert (400, {"error": "invalid_client"}) == read(reply)


def test_token_request_is_a_form_that_is_posted(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """JSON, GET and a repeated parameter are invalid requests."""
    auth = (mock.client_id, mock.client_secret)
    twice = {"grant_type": ["client_credentials", "password"]}
    replies = [
        anonymous.post("/oauth2/token", json=GRANT, auth=auth),
        anonymous.get("/oauth2/token", params=GRANT, auth=auth),
        anonymous.post("/oauth2/token", data=twice, auth=auth),
    ]

    invalid = (400, {"error": "invalid_request"})
    assert [invalid] * 3 == [read(reply) for reply in replies]


def test_key_opens_key_paths_only(by_key: httpx.Client) -> None:
    """The API key is refused on the paths for tokens."""
    assert by_key.get("/reports/forms").status_code == 200
    assert (403, FORBIDDEN) == read(by_key.get("/reports/v2/forms"))


def test_token_opens_token_paths_only(by_token: httpx.Client) -> None:
    """A token is refused on the paths for the API key."""
    assert by_token.get("/reports/v2/forms").status_code == 200
    assert (403, FORBIDDEN) == read(by_token.get("/reports/forms"))


def test_new_token_does_not_end_an_older_one(
    by_token: httpx.Client, mock: MockServer
) -> None:
    """Two clients with the same credential do not disturb each other."""
    token_of(mock)

    assert by_token.get("/reports/v2/forms").status_code == 200


def test_token_is_accepted_with_the_word_bearer(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """Without a prefix, as the article has it, and as RFC 6750 has it."""
    for authorization in (token_of(mock), f"Bearer {token_of(mock)}"):
        headers = {"Authorization": authorization}
        reply = anonymous.get("/reports/v2/forms", headers=headers)
        assert reply.status_code == 200


@pytest.mark.parametrize("path", ["/brand/all", "/scim/v2/Users"])
def test_operations_without_a_twin_take_either_credential(
    by_key: httpx.Client, by_token: httpx.Client, path: str
) -> None:
    """SCIM and brands accept the key and the token."""
    assert by_key.get(path).status_code == 200
    assert by_token.get(path).status_code == 200


@pytest.mark.parametrize("header", ["apikey", "Authorization"])
@pytest.mark.parametrize("path", ["/reports/forms", "/reports/v2/forms", "/brand/all"])
def test_unknown_credential_is_forbidden(
    anonymous: httpx.Client, header: str, path: str
) -> None:
    """A credential that was never issued is a 403, never a 401."""
    reply = anonymous.get(path, headers={header: "never-issued"})

    assert (403, FORBIDDEN) == read(reply)


@pytest.mark.parametrize("path", ["/reports/forms", "/restapi/v2/nothing", "/"])
def test_no_credential_and_unknown_paths_look_alike(
    anonymous: httpx.Client, path: str
) -> None:
    """As a gateway does, the mock does not say whether a path exists."""
    assert (403, MISSING) == read(anonymous.get(path))


def test_unknown_path_is_a_403_with_a_credential_too(by_key: httpx.Client) -> None:
    """A good key turns an unknown path or method into neither a 404 nor a 405."""
    assert (403, MISSING) == read(by_key.get("/restapi/v3/profile"))
    assert by_key.delete("/reports/forms").status_code == 403


def test_token_ends_when_the_clock_says_so() -> None:
    """A token is good until its lifetime has passed by the clock that was given."""
    now = [1000.0]
    with (
        MockServer(token_lifetime=60, clock=lambda: now[0]) as mock,
        connect(mock) as client,
    ):
        reply = ask_for_token(mock).json()
        client.headers["Authorization"] = reply["access_token"]
        now[0] = 1059.9
        before = client.get("/reports/v2/forms")
        now[0] = 1060.0
        after = client.get("/reports/v2/forms")

    assert reply["expires_in"] == 60
    assert before.status_code == 200
    assert (401, UNAUTHORIZED) == read(after)


def test_expired_token_stays_dead_when_the_clock_stands_still() -> None:
    """`expire_tokens` and `revoke_tokens` need no time to pass."""
    with MockServer(clock=lambda: 1000.0) as mock, connect(mock) as client:
        expired = token_of(mock)
        mock.expire_tokens()
        revoked = token_of(mock)
        mock.revoke_tokens()
        replies = [
            client.get("/brand/all", headers={"Authorization": token})
            for token in (expired, revoked, token_of(mock))
        ]

    assert [401, 401, 200] == [reply.status_code for reply in replies]


def test_dead_tokens_are_answered_as_the_setting_says(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """401 or 403, as `dead_token_status` has it at the time of the request."""
    dead = token_of(mock)
    mock.revoke_tokens()
    first = anonymous.get("/brand/all", headers={"Authorization": dead})
    mock.dead_token_status = 403
    second = anonymous.get("/brand/all", headers={"Authorization": f"Bearer {dead}"})

    assert mock.dead_token_status == 403
    assert (401, UNAUTHORIZED) == read(first)
    assert (403, FORBIDDEN) == read(second)


def test_other_status_for_dead_tokens_is_refused(mock: MockServer) -> None:
    """When the server is made and when the setting changes."""
    with pytest.raises(ValueError, match="401 or 403, not 404"):
        MockServer(dead_token_status=404)
    with pytest.raises(ValueError, match="401 or 403, not 500"):
        mock.dead_token_status = 500
    assert mock.dead_token_status == 401
