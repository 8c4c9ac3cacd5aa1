"""Who may call what, and how tokens are issued and die."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from enboarder.mock import MockServer

GRANT = {"grant_type": "client_credentials"}
FORBIDDEN = {"message": "Forbidden"}
MISSING = {"message": "Missing Authentication Token"}


@pytest.fixture
def client(mock: MockServer) -> Iterator[httpx.Client]:
    """A client without a credential."""
    with httpx.Client(base_url=mock.base_url) as client:
        yield client


def ask(client: httpx.Client, mock: MockServer, **form: str) -> httpx.Response:
    """Ask for a token with HTTP Basic."""
    return client.post(
        "/oauth2/token", data=form, auth=(mock.client_id, mock.client_secret)
    )


def test_a_token_reply_has_the_members_of_rfc_6749(
    client: httpx.Client, mock: MockServer
) -> None:
    """A client that authenticates by HTTP Basic gets a token of about 900 characters."""
    reply = ask(client, mock, **GRANT)
    body = reply.json()

    assert reply.status_code == 200
    assert {"access_token", "token_type", "expires_in"} == set(body)
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert len(body["access_token"]) == 900


def test_a_client_may_authenticate_in_the_form(
    client: httpx.Client, mock: MockServer
) -> None:
    """Client id and secret in the form are as good as HTTP Basic."""
    form = {**GRANT, "client_id": mock.client_id, "client_secret": mock.client_secret}

    assert client.post("/oauth2/token", data=form).status_code == 200


def test_every_published_scope_may_be_asked_for(
    client: httpx.Client, mock: MockServer
) -> None:
    """The three scopes of the documentation are granted together."""
    assert (
        ask(
            client,
            mock,
            **GRANT,
            scope="api/workflow.basic api/workflow.advance api/settings.all",
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({**GRANT, "scope": "api/everything"}, "invalid_scope"),
        ({**GRANT, "client_secret": "twice"}, "invalid_request"),
    ],
)
def test_a_bad_token_request_is_a_400_with_its_code(
    client: httpx.Client, mock: MockServer, form: dict[str, str], code: str
) -> None:
    """What is wrong with a token request stands in `error`."""
    reply = ask(client, mock, **form)

    assert (400, {"error": code}) == (reply.status_code, reply.json())


@pytest.mark.parametrize(
    "authorization", [None, "Basic !", "Basic aWQ6c2VjcmV0", "Bearer x"]
)
def test_a_wrong_client_is_invalid_client(
    client: httpx.Client, authorization: str | None
) -> None:
    """Wrong, unreadable and missing client credentials are told alike."""
    headers = {"Authorization": authorization} if authorization else {}
    reply = client.post("/oauth2/token", data=GRANT, headers=headers)

    assert (reply.status_code, reply.json()) == (400, {"error": "invalid_client"})


def test_a_token_request_is_a_form_that_is_posted(
    client: httpx.Client, mock: MockServer
) -> None:
    """JSON, GET and a repeated parameter are invalid requests."""
    auth = (mock.client_id, mock.client_secret)
    replies = [
        client.post("/oauth2/token", json=GRANT, auth=auth),
        client.get("/oauth2/token", params=GRANT, auth=auth),
        client.post(
            "/oauth2/token",
            data={"grant_type": ["client_credentials", "password"]},
            auth=auth,
        ),
    ]

    assert [(reply.status_code, reply.json()) for reply in replies] == [
        (400, {"error": "invalid_request"})
    ] * 3


def test_the_key_opens_key_paths_only(by_key: httpx.Client) -> None:
    """The API key is refused on the paths for tokens."""
    assert by_key.get("/reports/forms").status_code == 200
    refused = by_key.get("/reports/v2/forms")
    assert (refused.status_code, refused.json()) == (403, FORBIDDEN)


def test_a_token_opens_token_paths_only(by_token: httpx.Client) -> None:
    """A token is refused on the paths for the API key."""
    assert by_token.get("/reports/v2/forms").status_code == 200
    refused = by_token.get("/reports/forms")
    assert (refused.status_code, refused.json()) == (403, FORBIDDEN)


def test_a_token_is_accepted_with_the_word_bearer(
    client: httpx.Client, by_token: httpx.Client
) -> None:
    """Bare, as the article has it, and by RFC 6750."""
    headers = {"Authorization": f"Bearer {by_token.headers['Authorization']}"}

    assert client.get("/reports/v2/forms", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/brand/all", "/scim/v2/Users"])
def test_operations_without_a_twin_take_either_credential(
    by_key: httpx.Client, by_token: httpx.Client, path: str
) -> None:
    """SCIM and brands do not care."""
    assert by_key.get(path).status_code == 200
    assert by_token.get(path).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"apikey": "wrong"}, {"Authorization": "never-issued"}]
)
@pytest.mark.parametrize("path", ["/reports/forms", "/reports/v2/forms", "/brand/all"])
def test_an_unknown_credential_is_forbidden(
    client: httpx.Client, headers: dict[str, str], path: str
) -> None:
    """A credential that was never issued is a 403, never a 401."""
    reply = client.get(path, headers=headers)

    assert (reply.status_code, reply.json()) == (403, FORBIDDEN)


@pytest.mark.parametrize("path", ["/reports/forms", "/restapi/v2/nothing", "/"])
def test_no_credential_and_unknown_paths_look_alike(
    client: httpx.Client, path: str
) -> None:
    """As a gateway does, the mock does not say whether a path exists."""
    reply = client.get(path)

    assert (reply.status_code, reply.json()) == (403, MISSING)


def test_an_unknown_path_is_a_403_with_a_credential_too(by_key: httpx.Client) -> None:
    """A good key does not turn an unknown path or method into a 404 or 405."""
    assert ((reply := by_key.get("/restapi/v3/profile")).status_code, reply.json()) == (
        403,
        MISSING,
    )
    assert by_key.delete("/reports/forms").status_code == 403


def test_a_token_dies_when_the_clock_says_so() -> None:
    """A token is good until its lifetime has passed, by the clock that was given."""
    now = [1000.0]
    with (
        MockServer(token_lifetime=60, clock=lambda: now[0]) as mock,
        httpx.Client(base_url=mock.base_url) as client,
    ):
        reply = ask(client, mock, **GRANT).json()
        client.headers["Authorization"] = reply["access_token"]
        now[0] = 1059.9
        before = client.get("/reports/v2/forms")
        now[0] = 1060.0
        after = client.get("/reports/v2/forms")

    assert reply["expires_in"] == 60
    assert before.status_code == 200
    assert (after.status_code, after.json()) == (401, {"message": "Unauthorized"})


def test_revoked_tokens_are_answered_as_the_switch_says() -> None:
    """A dead token is a 401 or a 403, as `dead_token_status` has it; a new token works."""
    with (
        MockServer(dead_token_status=401) as mock,
        httpx.Client(base_url=mock.base_url) as client,
    ):
        dead = ask(client, mock, **GRANT).json()["access_token"]
        mock.revoke_tokens()
        first = client.get("/brand/all", headers={"Authorization": dead})
        mock.dead_token_status = 403
        second = client.get("/brand/all", headers={"Authorization": f"Bearer {dead}"})
        renewed = ask(client, mock, **GRANT).json()["access_token"]
        third = client.get("/brand/all", headers={"Authorization": renewed})

        assert mock.dead_token_status == 403
    assert (first.status_code, first.json()) == (401, {"message": "Unauthorized"})
    assert (second.status_code, second.json()) == (403, FORBIDDEN)
    assert third.status_code == 200
