"""Token requests: how the client authenticates, and how answers are read."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs

import pytest

from enboarder import EnboarderError, TokenRefused, TokenUnavailable
from enboarder.auth.token import Moment, Token
from enboarder.auth.token_endpoint import ClientAuth, read_token, token_request
from enboarder.transport.messages import Failure, Request
from enboarder_api.client import Answer
from tests.conftest import FakeClock
from tests.engine import httpx

URL = "https://auth.example.com/token"
REQUESTED_AT = Moment(1_000.0, 1_800_000_000.0)
GRANTED: Mapping[str, Any] = {
    "access_token": "t0ken",
    "token_type": "Bearer",
    "expires_in": 3600,
}


def request_of(client_auth: ClientAuth) -> Request:
    return token_request(URL, "id", "s+c/r=t", ("a", "b"), client_auth)


def form_of(request: Request) -> dict[str, list[str]]:
    assert request.content is not None
    return parse_qs(request.content.decode())


def read(value: Any, status: int = 200, **headers: str) -> Token:
    """Return the token in an answer with this JSON, or with these bytes."""
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    answer = Answer(status, httpx.Headers(headers), content)
    return read_result(answer)


def read_result(result: Answer | Failure) -> Token:
    clock = FakeClock().clock
    return read_token(result, "auth.example.com", REQUESTED_AT, clock, "basic")


def test_client_authenticates_by_basic() -> None:
    """By default id and secret are in the Basic header, and not in the form."""
    request = request_of("basic")

    expected = base64.b64encode(b"id:s+c/r=t").decode()
    assert f"Basic {expected}" == request.headers["Authorization"]
    assert {"grant_type": ["client_credentials"], "scope": ["a b"]} == form_of(request)


def test_client_authenticates_in_the_form() -> None:
    """With client_auth="post" id and secret are in the form, and not in a header."""
    request = request_of("post")

    form = form_of(request)
    assert ["id"] == form["client_id"]
    assert ["s+c/r=t"] == form["client_secret"]
    assert ["client_credentials"] == form["grant_type"]
    assert "Authorization" not in request.headers


@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_token_is_asked_for_by_posting_a_form(client_auth: ClientAuth) -> None:
    """The URL is the endpoint's, without any part of the credential."""
    request = request_of(client_auth)

    assert "POST" == request.method
    assert URL == request.url
    assert "application/x-www-form-urlencoded" == request.headers["Content-Type"]


def test_token_connection_is_not_kept() -> None:
    """A token is asked for about once an hour: its connection is closed afterwards."""
    assert "close" == request_of("basic").headers["Connection"]


def test_token_request_bounds_its_answer() -> None:
    """Of a token endpoint's answer, 64 kB are read at most."""
    assert 64 * 1024 == request_of("basic").longest


def test_token_request_bounds_its_time() -> None:
    """A token request takes 10 s at most."""
    assert 10.0 == request_of("basic").timeout


@pytest.mark.parametrize("kind", ["Bearer", "bearer", "BEARER"])
def test_token_type_is_bearer_in_any_case(kind: str) -> None:
    """The case of the type does not matter, and unknown members are ignored."""
    token = read({**GRANTED, "token_type": kind, "id_token": "x"})

    assert "t0ken" == token.value


def test_token_without_a_type_is_used() -> None:
    """The type may be missing."""
    assert "t0ken" == read({"access_token": "t0ken"}).value


def test_token_is_as_old_as_its_request() -> None:
    """Its life counts from before the request, so that it is never overestimated."""
    assert REQUESTED_AT == read(GRANTED).requested_at


@pytest.mark.parametrize("kind", ["mac", "Basic", "DPoP", "N_A", "", 7])
def test_token_of_another_type_is_not_used(kind: object) -> None:
    """What is no bearer token is not sent as one."""
    with pytest.raises(TokenUnavailable, match="Bearer"):
        read({**GRANTED, "token_type": kind})


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"<html>sign in</html>",
        b'{"access_token": "t0k',
        b"\xff\xfe",
        b"[" * 10_000,
        [],
        {},
        "t0ken",
        {**GRANTED, "access_token": ""},
        {**GRANTED, "access_token": None},
        {**GRANTED, "access_token": 7},
        {**GRANTED, "access_token": "t0 ken"},
        {**GRANTED, "access_token": "t0ken\r\nX: y"},
        {**GRANTED, "access_token": "tökén"},
    ],
)
def test_answer_without_a_usable_token_is_reported(value: Any) -> None:
    """Whatever a 200 holds, it is a token, or an error that says what to check."""
    with pytest.raises(TokenUnavailable, match=r"access_token.*token_url") as caught:
        read(value)

    assert 200 == caught.value.status
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize(
    ("code", "fix"),
    [
        ("invalid_client", "client id and secret"),
        ("invalid_grant", "client id and secret"),
        ("unauthorized_client", "OAuth2 is activated"),
        ("invalid_scope", r"scopes=\("),
        ("other", "token_url"),
    ],
)
def test_refusal_has_its_code_and_says_what_to_do(
    status: int, code: str, fix: str
) -> None:
    """A refusal names status and code; the service's description is not repeated."""
    with pytest.raises(TokenRefused, match=fix) as caught:
        read({"error": code, "error_description": "canary"}, status)

    assert status == caught.value.status
    assert code == caught.value.code
    assert f'{status}, "{code}"' in str(caught.value)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "error", [None, 7, "", "x" * 41, "two words", "line\nbreak", {"a": 1}]
)
def test_odd_code_is_not_repeated(error: object) -> None:
    """Only 40 characters of visible ASCII are a code."""
    with pytest.raises(TokenRefused, match="without a code") as caught:
        read({"error": error}, 400)

    assert caught.value.code is None


def test_code_of_40_characters_is_repeated() -> None:
    """The longest code that is one."""
    with pytest.raises(TokenRefused) as caught:
        read({"error": "x" * 40}, 400)

    assert "x" * 40 == caught.value.code


@pytest.mark.parametrize(
    "status",
    [100, 199, 201, 204, 302, 307, 404, 405, 408, 429, 499, 500, 502, 503, 520],
)
def test_any_other_status_means_no_token_for_now(status: int) -> None:
    """The error has the status, and the wait that the endpoint asks for."""
    with pytest.raises(TokenUnavailable, match=f"answered {status}") as caught:
        read(GRANTED, status, **{"Retry-After": "7"})

    assert status == caught.value.status
    assert 7.0 == caught.value.retry_after


def test_missing_answer_is_reported_with_host_and_reason() -> None:
    """When no answer comes, the error says from where, why, and what to check."""
    failure = Failure("ConnectError: reason", sent=False)

    with pytest.raises(
        TokenUnavailable,
        match=r"auth\.example\.com \(ConnectError: reason\).*proxy.*token_url",
    ) as caught:
        read_result(failure)

    assert caught.value.status is None


def test_errors_of_tokens_share_nothing_but_the_root() -> None:
    """Whoever handles errors of calls does not catch them by accident."""
    assert EnboarderError is TokenRefused.__bases__[0]
    assert EnboarderError is TokenUnavailable.__bases__[0]


def test_date_until_which_to_wait_is_one_of_the_wall_clock() -> None:
    """`retry_after` is in seconds, also if the endpoint names a date."""
    date = formatdate(FakeClock().wall + 40, usegmt=True)

    with pytest.raises(TokenUnavailable) as caught:
        read(b"", 503, **{"Retry-After": date})

    assert 40.0 == caught.value.retry_after
