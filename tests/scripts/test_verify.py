"""`make verify` reads, changes nothing, and its report holds no value."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

import verify
from account import only_get
from enboarder.mock import MockServer
from questions import MADE_UP
from shapes import shape
from tests.conftest import loopback, reply

pytestmark = pytest.mark.untraced

KINDS = ("oauth2", "apikey")
WITH_BEARER = "`Bearer` before the token\n- seen: status"


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "REGION",
        "BASE_URL",
        "API_KEY",
        "CLIENT_ID",
        "CLIENT_SECRET",
        "TOKEN_URL",
        "TOKEN_STORE",
    ):
        monkeypatch.delenv(f"ENBOARDER_{name}", raising=False)


@pytest.fixture(params=KINDS)
def account(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MockServer]:
    """A stand-in service whose credential stands in the environment."""
    with MockServer() as mock:
        for name, value in mock.environ(request.param).items():
            monkeypatch.setenv(name, value)
        yield mock


def test_reads_alone_are_sent(
    account: MockServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every request to the API is a GET, and one token is enough."""
    assert verify.main(["--yes"]) == 0
    assert {"GET"} == {
        one.method for one in account.requests if one.operation != "token"
    }
    assert account.token_requests <= 1
    assert len(account.requests) <= 25


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_anything_but_a_read_is_refused(method: str) -> None:
    """A mistake in the program cannot launch anything."""
    with pytest.raises(RuntimeError, match="nothing but GET"):
        only_get(httpx.Request(method, "https://api.example.com/"))


def test_report_holds_no_value(
    account: MockServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither people nor credentials, names of forms or fields of the account are in what is printed."""
    verify.main(["--yes"])
    out, err = capsys.readouterr()
    tokens = [
        one.headers["authorization"]
        for one in account.requests
        if "authorization" in one.headers
    ]
    secrets = [
        account.api_key,
        account.client_id,
        account.client_secret,
        *tokens,
        account.base_url,
    ]
    people = [
        "Alex",
        "Example",
        "example.com",
        "Employee Name",
        "Technology request",
        "4mkVzc9OX",
        "Contoso",
    ]
    assert [] == [
        canary
        for canary in [*secrets, *people]
        if canary in out + err and canary != MADE_UP
    ]


def test_report_says_what_rows_look_like(
    account: MockServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Types and lengths of what is in a row, and that the cursor leads on."""
    verify.main(["--yes"])
    out = capsys.readouterr().out
    assert "`body.items: list of 500`" in out
    assert "`body.items[].<member 1, 13 characters>: string of" in out
    assert "(Its first row is another.)" in out


def test_report_names_statuses_of_refusals(
    account: MockServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """An absent and a wrong credential, and the base paths that are not there, are told by their statuses."""
    verify.main(["--yes"])
    out = capsys.readouterr().out
    for told in (
        "no credential",
        f"a made-up value in `{'apikey' if 'API key' in out else 'Authorization'}`",
    ):
        assert f"{told}\n- seen: status 403" in out
    assert "`GET /settings/brand/all`\n- seen: status 403" in out
    assert "`GET /scim/v2/ServiceProviderConfig`\n- seen: status 200" in out


def test_wrong_credential_is_sent_only_when_agreed(account: MockServer) -> None:
    """Who says no to the second question sends no wrong credential."""
    answers = iter(["y", "n"])
    assert verify.main([], ask=lambda _: next(answers)) == 0
    assert not any(MADE_UP in one.headers.values() for one in account.requests)


def test_nothing_is_sent_without_consent(
    account: MockServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a no nor a missing terminal sends anything."""

    def no_terminal(_: str) -> str:
        raise EOFError

    assert [2, 2] == [
        verify.main([], ask=lambda _: "n"),
        verify.main([], ask=no_terminal),
    ]
    assert [] == account.requests
    assert "--yes" in capsys.readouterr().err


def test_without_credentials_it_says_which_variables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever forgot them is told their names."""
    assert verify.main(["--yes"]) == 2
    err = capsys.readouterr().err
    assert "ENBOARDER_API_KEY" in err
    assert "README.md" in err


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("refusal", [401, 403])
def test_bearer_is_told_apart(
    accepted: bool,
    refusal: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The report shows whether `Bearer` is accepted, and by which status a wrong credential is refused."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        sent = handler.headers.get("Authorization") or ""
        if handler.path == "/oauth2/token":
            reply(
                handler,
                200,
                {
                    "access_token": "canary-token",
                    "token_type": "Bearer",
                    "expires_in": 3600,
                },
            )
        elif sent.removeprefix("Bearer " if accepted else "") == "canary-token":
            reply(handler, 200, {"count": 0, "items": []})
        else:
            reply(handler, refusal, {"message": sent})  # repeats what it got

    with loopback(answer) as (url, seen):
        monkeypatch.setenv("ENBOARDER_BASE_URL", url)
        monkeypatch.setenv("ENBOARDER_TOKEN_URL", url + "/oauth2/token")
        monkeypatch.setenv("ENBOARDER_CLIENT_ID", f"canary-{accepted}-{refusal}")
        monkeypatch.setenv("ENBOARDER_CLIENT_SECRET", "canary-secret")
        assert verify.main(["--yes"]) == 0
    out, err = capsys.readouterr()
    assert f"{WITH_BEARER} {200 if accepted else refusal}" in out
    assert f"a made-up value in `Authorization`\n- seen: status {refusal}" in out
    assert "canary" not in out + err
    assert 1 == sum(request.startswith("POST") for request in seen)


def test_refused_client_is_told_without_its_secret(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    mock: MockServer,
) -> None:
    """When no token can be had, the error says why, and no report is printed."""
    for name, value in {
        **mock.environ("oauth2"),
        "ENBOARDER_CLIENT_SECRET": "canary-secret",
    }.items():
        monkeypatch.setenv(name, value)
    assert verify.main(["--yes"]) == 1
    out, err = capsys.readouterr()
    assert (out, "canary" in err) == ("", False)
    assert "invalid_client" in err


def test_shape_tells_types_and_lengths_only() -> None:
    """Members that the contract has keep their names; others show a number and a length."""
    rows = [
        {"id": "abc", "Salary": 12, "tags": []},
        {"id": "abcde", "Salary": None, "tags": [True]},
    ]
    assert [
        "body: list of 2",
        "body[]: object",
        "body[].id: string of 3 to 5 characters",
        "body[].<member 2, 6 characters>: null, number",
        "body[].<member 3, 4 characters>: list of 0 to 1",
        "body[].<member 3, 4 characters>[]: boolean",
    ] == list(shape([rows], {"id"}))
