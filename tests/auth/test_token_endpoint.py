"""Tokens: how they are asked for, and read."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from attrs import evolve

from enboarder import Clock, EnboarderError, TokenRefused, TokenUnavailable
from enboarder.auth.token import Moment, Token, TokenKey
from enboarder.auth.token_endpoint import read_token, token_request
from enboarder_api.client import Answer
from tests.conftest import FakeClock

HOST = "auth.example.com"
URL = "https://auth.example.com/token"
GOOD: dict[str, Any] = {
    "access_token": "t0ken",
    "token_type": "Bearer",
    "expires_in": 3600,
}


def answer(value: Any, status: int = 200, **headers: str) -> Answer:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Answer(status, httpx.Headers(headers), content)


def read(value: Any, status: int = 200, **headers: str) -> Token:
    return read_token(
        answer(value, status, **headers),
        HOST,
        Moment(1_000.0, 1_800_000_000.0),
        FakeClock().clock,
    )


def test_client_authenticates_by_basic() -> None:
    """S9: By default id and secret stand in the Basic header, and not in the form."""
    request = token_request(URL, "id", "s+c/r=t", ("a", "b"), "basic")

    assert (request.method, request.url) == ("POST", URL)
    assert (
        request.headers["Authorization"]
        == "Basic " + base64.b64encode(b"id:s+c/r=t").decode()
    )
    assert parse_qs((request.content or b"").decode()) == {
        "grant_type": ["client_credentials"],
        "scope": ["a b"],
    }
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_client_authenticates_in_the_form() -> None:
    """With client_auth="post" id and secret stand in the form, and not in a header."""
    request = token_request(URL, "id", "s+c/r=t", ("a",), "post")

    form = parse_qs((request.content or b"").decode())
    assert (form["client_id"], form["client_secret"]) == (["id"], ["s+c/r=t"])
    assert "Authorization" not in request.headers


def test_token_connection_is_not_kept() -> None:
    """A token is asked for about once an hour: its connection is closed after the answer."""
    message = token_request(
        "https://auth.example.com/token", "id", "secret", ("a",), "basic"
    )

    assert message.headers["Connection"] == "close"


def test_secret_is_not_in_the_url() -> None:
    """S9: No part of the credential is ever in the URL."""
    assert token_request(URL, "id", "secret", ("a",), "post").url == URL


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_token_is_renewed_between_75_and_82_percent_of_its_life(chance: float) -> None:
    """The moment of renewal is spread, so that a fleet does not renew at once."""
    time = FakeClock()
    time.chance = chance

    token = read_token(answer(GOOD), HOST, Moment(0.0, 0.0), time.clock)

    assert token.soft == pytest.approx(3600 * (0.75 + 0.07 * chance))


@pytest.mark.parametrize(
    ("lifetime", "hard"), [(3600, 3570.0), (300, 270.0), (20, 18.0), (1, 0.9)]
)
def test_token_is_not_used_to_its_last_second(lifetime: int, hard: float) -> None:
    """The last 30 s, or the last tenth of a short life, are not used."""
    token = read({**GOOD, "expires_in": lifetime})

    assert token.hard == pytest.approx(hard)
    assert token.soft < token.hard


@pytest.mark.parametrize("lifetime", [3600, 3600.0, "3600"])
def test_lifetime_is_a_number_or_its_digits(lifetime: object) -> None:
    """A lifetime that is sent as a string is read."""
    assert read({**GOOD, "expires_in": lifetime}).hard == 3570.0


@pytest.mark.parametrize(
    "value", [{**GOOD, "expires_in": None}, {"access_token": "t0ken"}]
)
def test_missing_lifetime_is_taken_as_five_minutes(value: dict[str, Any]) -> None:
    """A token without a lifetime serves for 300 s, less the last tenth."""
    assert read(value).hard == 270.0


@pytest.mark.parametrize("kind", ["Bearer", "bearer", "BEARER"])
def test_token_type_is_bearer_in_any_case(kind: str) -> None:
    """S8: The type may be spelt as it likes, and unknown members are ignored."""
    assert read({**GOOD, "token_type": kind, "id_token": "x"}).value == "t0ken"


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
        {**GOOD, "access_token": ""},
        {**GOOD, "access_token": None},
        {**GOOD, "access_token": 7},
        {**GOOD, "access_token": "t0 ken"},
        {**GOOD, "access_token": "t0ken\r\nX: y"},
        {**GOOD, "access_token": "tökén"},
        {**GOOD, "token_type": "mac"},
        {**GOOD, "token_type": None},
        {**GOOD, "expires_in": 0},
        {**GOOD, "expires_in": -1},
        {**GOOD, "expires_in": "soon"},
        {**GOOD, "expires_in": []},
        {**GOOD, "expires_in": 1e12},
        {**GOOD, "expires_in": 10**400},
        {**GOOD, "expires_in": float("nan")},
    ],
)
def test_answer_without_a_usable_token_is_told(value: Any) -> None:
    """S8: Whatever a 200 holds, it is a token or a TokenUnavailable that says what to check."""
    with pytest.raises(
        TokenUnavailable,
        match=r"no access_token of type Bearer.*check token_url and proxy",
    ) as caught:
        read(value)

    assert (caught.value.status, caught.value.__cause__, caught.value.__context__) == (
        200,
        None,
        None,
    )


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize(
    ("code", "fix"),
    [
        ("invalid_client", "check region, client id and secret"),
        ("unauthorized_client", "OAuth2 is activated"),
        ("invalid_scope", "ask only for scopes that the client was granted"),
        ("other", "check token_url, client id and secret, and the scopes"),
    ],
)
def test_refusal_is_told_with_its_code_and_a_fix(
    status: int, code: str, fix: str
) -> None:
    """S3: A refusal names status and OAuth2 code, and says what to do."""
    with pytest.raises(
        TokenRefused, match=rf'refused \({status}, "{code}"\).*{fix}'
    ) as caught:
        read({"error": code, "error_description": "canary"}, status)

    assert (status, code) == (caught.value.status, caught.value.code)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "error", [None, 7, "x" * 41, "two words", "line\nbreak", {"a": 1}]
)
def test_odd_code_is_not_repeated(error: object) -> None:
    """S3: What is no code does not get into the message."""
    with pytest.raises(TokenRefused, match="without a code") as caught:
        read({"error": error}, 400)

    assert caught.value.code is None


@pytest.mark.parametrize(
    "status", [201, 204, 302, 307, 404, 405, 408, 429, 499, 500, 502, 503, 520]
)
def test_other_status_is_no_token_for_now(status: int) -> None:
    """Any other status is TokenUnavailable, with the wait that was asked for."""
    with pytest.raises(
        TokenUnavailable, match=f"the token endpoint answered {status}; try again later"
    ) as caught:
        read(GOOD, status, **{"Retry-After": "7"})

    assert (caught.value.status, caught.value.retry_after) == (status, 7.0)


def test_token_does_not_show_itself() -> None:
    """S1: Neither repr, str nor format tells a token."""
    token = read(GOOD)

    assert f"{token!r} {token!s} {token}".count("Token(***, soft=2826, hard=3570)") == 3


@pytest.mark.parametrize(
    ("monotonic", "wall", "age"), [(5, 5, 5.0), (5, -7200, 5.0), (5, 28_800, 28_800.0)]
)
def test_age_is_told_by_the_clock_that_says_more(
    monotonic: float, wall: float, age: float
) -> None:
    """Hazard: wall clock set back, suspend. Neither makes a token younger."""
    time = FakeClock()
    token = read_token(
        answer(GOOD), HOST, Moment(time.monotonic, time.wall), time.clock
    )
    time.monotonic += monotonic
    time.wall += wall

    assert token.age(time.clock) == age


def test_same_token_is_known_by_its_value() -> None:
    """A token that the endpoint hands out again is the same token."""
    time = FakeClock()
    one, again = (
        read_token(answer(GOOD), HOST, Moment(asked, asked), time.clock)
        for asked in (1.0, 2.0)
    )

    assert (
        one.is_same(again),
        one.is_same(None),
        one.is_same(evolve(one, value="x")),
    ) == (True, False, False)


def test_errors_of_tokens_are_no_call_errors() -> None:
    """The two errors share nothing but the root."""
    assert (TokenRefused.__mro__[1], TokenUnavailable.__mro__[1]) == (
        EnboarderError,
        EnboarderError,
    )


def test_slot_shows_the_start_of_its_name_alone() -> None:
    """A slot in a log can be told from another, and nothing of its key is shown."""
    slot = TokenKey("0123456789abcdef" * 4, b"k" * 32)

    assert f"{slot!r} {slot}" == "TokenKey(01234567…) TokenKey(01234567…)"


def test_token_request_bounds_its_answer() -> None:
    """S16: No more than 64 kB are read of what a token endpoint says (tests/wire has it over sockets)."""
    assert (
        64 * 1024
        == token_request(
            "https://auth.example.com/token", "id", "secret", ("scope",), "basic"
        ).longest
    )


@pytest.mark.parametrize("kind", ["Basic", "DPoP", "N_A", ""])
def test_token_of_another_type_is_not_used(kind: str) -> None:
    """S8: What is no bearer token is not sent as one."""
    with pytest.raises(TokenUnavailable, match="no access_token of type Bearer"):
        read({**GOOD, "token_type": kind})


@pytest.mark.parametrize(
    ("lifetime", "taken"),
    [(0.001, True), (315_359_999, True), (315_360_000, False), (-0.5, False)],
)
def test_lifetime_is_positive_and_shorter_than_ten_years(
    lifetime: float, taken: bool
) -> None:
    """A lifetime that cannot be one is not believed."""
    try:
        found = read({**GOOD, "expires_in": lifetime}).lifetime
    except TokenUnavailable:
        found = 0.0

    assert found == lifetime * taken


@pytest.mark.parametrize("status", [100, 199])
def test_interim_answer_brings_no_token(status: int) -> None:
    """Only a 200 is read."""
    with pytest.raises(TokenUnavailable, match=f"answered {status}") as caught:
        read(GOOD, status)

    assert caught.value.status == status


def test_age_counts_from_the_start_of_the_machine() -> None:
    """A token that was asked for soon after the machine started has its full age later."""
    time = FakeClock()
    time.monotonic = 10.0
    token = read_token(
        answer(GOOD), HOST, Moment(time.monotonic, time.wall), time.clock
    )
    time.monotonic += 3590

    assert token.age(time.clock) == 3590.0


@pytest.mark.parametrize(
    ("monotonic", "wall", "fresh"),
    [
        (100.0, 200.0, True),
        (109.5, 209.5, True),
        (110.0, 200.0, False),  # the wall clock was set back
        (111.0, 200.0, False),
        (100.0, 210.0, False),  # the machine slept
        (100.0, 211.0, False),
        (109.5, 150.0, True),
    ],
)
def test_token_is_fresh_until_one_clock_says_otherwise(
    monotonic: float, wall: float, fresh: bool
) -> None:
    """Either clock alone makes it due."""
    token = Token("token", Moment(100.0, 200.0), lifetime=20.0, soft=10.0)

    assert fresh == token.is_fresh(Clock(lambda: monotonic, lambda: wall))
