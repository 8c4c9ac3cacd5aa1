"""`enboarder verify` sends only reads, and its report holds no value."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

import pytest

from enboarder.cli.verification import program as verify
from enboarder.cli.verification.questions import MOST_REQUESTS, WRONG_VALUE
from enboarder.cli.verification.reader import refuse_writes
from enboarder.contract import whole
from enboarder.contract.walk import operations
from enboarder.mock import MockServer
from tests.conftest import loopback, reply
from tests.engine import httpx

pytestmark = pytest.mark.untraced

KINDS = ("oauth2", "apikey")
VARIABLES = (
    "REGION",
    "BASE_URL",
    "API_KEY",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "TOKEN_URL",
    "TOKEN_STORE",
)

# Paths that verify asks on purpose although the contract has no such operation: where
# the settings and SCIM are is one of the open questions.
OTHER_PREFIXES = {
    "/restapi/v1/brand/all",
    "/restapi/v2/brand/all",
    "/settings/brand/all",
    "/scim/ServiceProviderConfig",
}


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch)


def forget(patch: pytest.MonkeyPatch) -> None:
    """Remove the variables of this process that name an account."""
    for name in VARIABLES:
        patch.delenv(f"ENBOARDER_{name}", raising=False)


@dataclass(frozen=True)
class Report:
    """A run against the mock service: what it printed, and what it sent."""

    mock: MockServer
    out: str
    err: str


@pytest.fixture(scope="module", params=KINDS)
def report(request: pytest.FixtureRequest) -> Report:
    """One run for all tests that look at its report."""
    out = io.StringIO()
    err = io.StringIO()
    with MockServer() as mock, pytest.MonkeyPatch.context() as patch:
        forget(patch)
        for name, value in mock.environ(request.param).items():
            patch.setenv(name, value)
        with redirect_stdout(out), redirect_stderr(err):
            assert 0 == verify.main(yes=True)
    return Report(mock, out.getvalue(), err.getvalue())


@pytest.fixture(params=KINDS)
def account(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MockServer]:
    """A mock service whose credential is in the environment."""
    with MockServer() as mock:
        for name, value in mock.environ(request.param).items():
            monkeypatch.setenv(name, value)
        yield mock


class SlowAccount:
    """A service with which verify has to ask as much as it ever does.

    Only the fifth form and the fifth workflow have rows, and there is a second page.
    """

    def __init__(self) -> None:
        self.requests: list[tuple[str, str]] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        method = handler.command
        path, _, query = handler.path.partition("?")
        self.requests.append((method, path))
        if path == "/oauth2/token":
            granted = {
                "access_token": "slow-token",
                "token_type": "Bearer",
                "expires_in": 3600,
            }
            reply(handler, 200, granted)
        elif path.endswith(("/forms", "/workflows")):
            reply(handler, 200, {"items": [{"id": f"item-{n}"} for n in range(9)]})
        elif path.endswith("/item-4/data"):
            page = {"items": [{"id": query}], "nextKey": "next"}
            reply(handler, 200, page)
        else:
            reply(handler, 200, {"items": []})

    @property
    def reads(self) -> list[tuple[str, str]]:
        """All requests but those for a token."""
        return [one for one in self.requests if one[1] != "/oauth2/token"]


@pytest.fixture(scope="module", params=KINDS)
def asked(request: pytest.FixtureRequest) -> SlowAccount:
    """What verify asks of such a service, without the wrong credential."""
    service = SlowAccount()
    answers = iter(["y", "n"])
    with loopback(service) as (url, _), pytest.MonkeyPatch.context() as patch:
        forget(patch)
        patch.setenv("ENBOARDER_BASE_URL", url)
        if request.param == "apikey":
            patch.setenv("ENBOARDER_API_KEY", "a-key")
        else:
            patch.setenv("ENBOARDER_TOKEN_URL", f"{url}/oauth2/token")
            patch.setenv("ENBOARDER_CLIENT_ID", "an-id")
            patch.setenv("ENBOARDER_CLIENT_SECRET", "a-secret")
        assert 0 == verify.main(ask=lambda _: next(answers))
    return service


def matches(template: str, path: str) -> bool:
    """Whether a path is one of those that a template describes."""
    parts = template.split("/")
    given = path.split("/")
    if len(parts) != len(given):
        return False
    pairs = zip(parts, given, strict=True)
    return all(part.startswith("{") or part == one for part, one in pairs)


def test_at_most_22_requests_are_sent(asked: SlowAccount) -> None:
    """That is what a person agrees to, and what an account may need."""
    assert len(asked.reads) <= 22
    assert 22 == MOST_REQUESTS


def test_only_reads_of_the_contract_are_sent(asked: SlowAccount) -> None:
    """Each is a GET that the contract has, or one of four other prefixes."""
    templates = [
        operation.path for operation in operations(whole()) if operation.method == "get"
    ]
    unknown = []
    for method, path in asked.reads:
        is_known = any(matches(template, path) for template in templates)
        if method != "GET" or not (is_known or path in OTHER_PREFIXES):
            unknown.append((method, path))

    assert [] == unknown


def test_one_token_is_enough(report: Report) -> None:
    """All requests share it."""
    assert report.mock.token_requests <= 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_anything_but_a_read_is_refused(method: str) -> None:
    """A mistake in the program cannot launch anything."""
    request = httpx.Request(method, "https://api.example.com/")
    with pytest.raises(RuntimeError, match=method):
        refuse_writes(request)


def test_report_holds_no_value(report: Report) -> None:
    """Neither people nor credentials, names of forms or own fields are printed."""
    account = report.mock
    printed = report.out + report.err
    tokens = []
    for request in account.requests:
        sent = request.headers.get("authorization", "")
        if WRONG_VALUE not in sent:
            tokens.append(sent.removeprefix("Bearer "))
    canaries = [
        account.api_key,
        account.client_id,
        account.client_secret,
        account.base_url,
        *filter(None, tokens),
        "Alex",
        "Example",
        "example.com",
        "Employee Name",
        "Technology request",
        "4mkVzc9OX",
        "Contoso",
    ]

    assert [] == [canary for canary in canaries if canary in printed]


def test_report_says_what_rows_look_like(report: Report) -> None:
    """Types and lengths of what is in a row are there."""
    assert "`body.items: list of 500`" in report.out
    assert "`body.items[].<member 1, 13 characters>: string of" in report.out


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("no credential", 403),
        ("a made-up value in", 403),
        ("`GET /settings/brand/all`", 403),
        ("`GET /scim/v2/ServiceProviderConfig`", 200),
    ],
)
def test_report_has_the_status_of_each_request(
    report: Report, request_line: str, status: int
) -> None:
    """Refusals and paths that are not there are reported like any answer."""
    lines = report.out.splitlines()
    (number,) = [n for n, line in enumerate(lines) if request_line in line]

    assert f"status {status};" in lines[number + 1]


def test_wrong_credential_needs_consent(account: MockServer) -> None:
    """A no to the second question keeps it back."""
    answers = iter(["y", "n"])

    assert 0 == verify.main(ask=lambda _: next(answers))
    assert not any(WRONG_VALUE in one.headers.values() for one in account.requests)


def no_terminal(_: str) -> str:
    raise EOFError


@pytest.mark.parametrize("ask", [lambda _: "n", no_terminal], ids=["no", "no terminal"])
def test_nothing_is_sent_without_consent(account: MockServer, ask: verify.Ask) -> None:
    """Neither a no nor a missing terminal sends anything."""
    assert 2 == verify.main(ask=ask)
    assert [] == account.requests


def test_missing_credentials_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A person who forgot the variables sees their names."""
    assert 2 == verify.main(yes=True)
    assert "ENBOARDER_API_KEY" in capsys.readouterr().err


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("refusal", [401, 403])
def test_report_says_whether_bearer_is_accepted(
    accepted: bool,
    refusal: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It has the status, and nothing of a credential that a page repeats."""
    token = "canary-token"
    right = {token, f"Bearer {token}"} if accepted else {token}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        sent = handler.headers.get("Authorization") or ""
        if handler.path == "/oauth2/token":
            granted = {"access_token": token, "token_type": "Bearer"}
            reply(handler, 200, {**granted, "expires_in": 3600})
        elif sent in right:
            reply(handler, 200, {"count": 0, "items": []})
        else:
            reply(handler, refusal, {"message": sent})

    with loopback(answer) as (url, _):
        monkeypatch.setenv("ENBOARDER_BASE_URL", url)
        monkeypatch.setenv("ENBOARDER_TOKEN_URL", f"{url}/oauth2/token")
        monkeypatch.setenv("ENBOARDER_CLIENT_ID", "canary-id")
        monkeypatch.setenv("ENBOARDER_CLIENT_SECRET", "canary-secret")
        assert 0 == verify.main(yes=True)
    out, err = capsys.readouterr()
    status = 200 if accepted else refusal

    assert f"`Bearer` before the token\n- seen: status {status};" in out
    assert "canary" not in out + err


def test_refused_client_gets_no_report(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    mock: MockServer,
) -> None:
    """The error says why, and shows nothing of the secret."""
    for name, value in mock.environ("oauth2").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ENBOARDER_CLIENT_SECRET", "canary-secret")

    assert 1 == verify.main(yes=True)
    out, err = capsys.readouterr()
    assert ("", False) == (out, "canary" in err)
    assert "invalid_client" in err
