"""`enboarder doctor`: one cause and one fix for each thing that does not work."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from enboarder import Enboarder, errors
from enboarder.cli.connection import Connection
from enboarder.cli.examination.credential import of_api, of_token
from enboarder.cli.examination.instruments import Instruments
from enboarder.cli.examination.network import Reached, unreachable
from enboarder.cli.examination.program import examine
from enboarder.mock import MockServer
from enboarder_api.client import Answer
from tests.cli.conftest import Run
from tests.conftest import FakeClock, Service, loopback, refusing_port, reply
from tests.engine import httpx

SECRET = "canary-secret"
HOST = "https://api.example.com"


def checks_of(text: str) -> dict[str, dict[str, Any]]:
    """Return the checks of a report, by name."""
    return {one["check"]: one for one in json.loads(text)["checks"]}


def failures(text: str) -> list[str]:
    """Return the names of the checks that failed."""
    return [name for name, one in checks_of(text).items() if one["verdict"] == "failed"]


@pytest.fixture(params=["oauth2", "apikey"])
def working(
    request: pytest.FixtureRequest,
    service: MockServer,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """An account that works, and the kind of its credential."""
    for name, value in service.environ(request.param).items():
        monkeypatch.setenv(name, value)
    return str(request.param)


def test_everything_is_ok_where_everything_works(run: Run, working: str) -> None:
    """The exit code is 0, and what cannot be known is said."""
    ended = run("doctor", "--json")
    checks = checks_of(ended.output)

    assert (0, []) == (ended.code, failures(ended.output))
    assert ("not known" == checks["scopes"]["verdict"]) == (working == "oauth2")


def test_the_checks_are_in_order(run: Run, working: str) -> None:
    """Each one rests on those before it."""
    expected = [
        "configuration",
        "settings",
        "proxy",
        "network",
        "clock",
        "OAuth2",
        "REST API",
        "scopes",
        "reports",
        "ledger",
    ]
    lines = run("doctor").output.splitlines()
    found = [line[10:].split(":")[0] for line in lines if not line.startswith(" ")]

    assert expected == found


def test_only_reads_are_sent(run: Run, working: str, service: MockServer) -> None:
    """Nothing is changed."""
    before = len(service.requests)
    run("doctor")
    sent = [one for one in service.requests[before:] if one.operation != "token"]

    assert sent
    assert {"GET"} == {one.method for one in sent}


@pytest.mark.parametrize(
    ("environ", "check", "cause"),
    [
        ({"API_KEY": "a"}, "settings", "neither a region"),
        ({"REGION": "EU"}, "settings", "no credential"),
        ({"REGION": "EU", "CLIENT_ID": "a"}, "settings", "half of"),
        (
            {"REGION": "EU", "API_KEY": "a", "CLIENT_ID": "b"},
            "settings",
            "both set",
        ),
        (
            {"REGION": "CA", "CLIENT_ID": "a", "CLIENT_SECRET": "b"},
            "settings",
            "Canada",
        ),
        ({"REGION": "UK", "API_KEY": "a"}, "settings", "value"),
        ({"PROFILE": "missing"}, "configuration", "profile"),
    ],
)
def test_a_wrong_setting_has_one_cause(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    environ: Mapping[str, str],
    check: str,
    cause: str,
) -> None:
    """Nothing is sent, and the exit code is 4."""
    for name, value in environ.items():
        monkeypatch.setenv(f"ENBOARDER_{name}", value)
    ended = run("doctor", "--json")
    found = checks_of(ended.output)[check]

    assert (4, [check]) == (ended.code, failures(ended.output))
    assert 1 == len(found["causes"])
    assert cause in found["causes"][0]
    assert found["fix"]


def test_a_wrong_proxy_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its password."""
    monkeypatch.setenv("ENBOARDER_API_KEY", "a-key")
    monkeypatch.setenv("HTTPS_PROXY", f"ftp://me:{SECRET}@proxy.example.com")
    monkeypatch.delenv("https_proxy", raising=False)
    ended = run("doctor", "--region", "EU", "--json")

    assert SECRET not in ended.output + ended.errors
    assert 4 == ended.code


def test_wrong_credentials_are_named(
    run: Run, working: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be told apart is listed, and the secret is not shown."""
    name = "CLIENT_SECRET" if working == "oauth2" else "API_KEY"
    monkeypatch.setenv(f"ENBOARDER_{name}", SECRET)
    ended = run("doctor", "--json")
    check = "OAuth2" if working == "oauth2" else "REST API"
    (found,) = [checks_of(ended.output)[one] for one in failures(ended.output)]

    assert (4, check, 2) == (ended.code, found["check"], len(found["causes"]))
    assert SECRET not in ended.output + ended.errors
    assert "one of these two" in run("doctor").output


@pytest.mark.parametrize("as_json", [True, False])
def test_the_credential_is_taken_out_of_what_others_say(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    as_json: bool,
) -> None:
    """A report is sent to somebody who helps."""
    monkeypatch.setenv("ENBOARDER_API_KEY", SECRET)

    def refuse(_: object) -> Enboarder:
        raise errors.ConfigurationError(f"got {SECRET} in {Path.home()}")

    examine(
        Connection(region="EU"),
        as_json=as_json,
        may_probe=False,
        instruments=Instruments(client=refuse),
    )
    printed = "".join(capsys.readouterr())

    assert "got *** in ~" in printed
    assert SECRET not in printed


def test_a_wrong_clock_is_named(
    working: str, capsys: pytest.CaptureFixture[str], time: FakeClock
) -> None:
    """It is compared with the service's own; the other checks go on."""
    instruments = Instruments(clock=time.clock)
    code = examine(Connection(), as_json=True, may_probe=False, instruments=instruments)
    printed = capsys.readouterr().out

    assert (4, ["clock"]) == (code, failures(printed))


def test_a_closed_port_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that follows is tried."""
    monkeypatch.setenv("ENBOARDER_API_KEY", "a-key")
    with refusing_port() as port:
        url = f"http://127.0.0.1:{port}"
        ended = run("doctor", "--base-url", url, "--json")
    checks = checks_of(ended.output)

    assert ["network"] == failures(ended.output)
    assert "nothing listens" in checks["network"]["finding"]
    assert "skipped" == checks["reports"]["verdict"]
    assert "ok" == checks["ledger"]["verdict"]


def caused(error: Exception, cause: BaseException) -> Exception:
    """Return an error with a cause."""
    error.__cause__ = cause
    return error


def certificate(code: int) -> ssl.SSLCertVerificationError:
    """Return a refusal of a certificate, as OpenSSL numbers it."""
    error = ssl.SSLCertVerificationError("refused")
    error.verify_code = code
    error.verify_message = "because"
    return error


@pytest.mark.parametrize(
    ("error", "words", "number"),
    [
        (httpx.ProxyError("407"), "the proxy", 1),
        (caused(httpx.ConnectError("x"), socket.gaierror(-2, "x")), "resol", 2),
        (caused(httpx.ConnectError("x"), certificate(10)), "clock", 2),
        (caused(httpx.ConnectError("x"), certificate(20)), "decrypts TLS", 1),
        (httpx.ConnectTimeout("x"), "firewall", 2),
    ],
)
def test_a_host_that_cannot_be_reached_has_named_causes(
    error: Exception, words: str, number: int
) -> None:
    """Name resolution, proxy, certificates and firewall are told apart."""
    finding = unreachable(HOST, None, error)

    assert words in finding.cause
    assert number == len(finding.causes)
    assert finding.fix


@pytest.mark.parametrize(
    ("error", "number"),
    [
        (errors.TokenRefused("x", status=400, code="invalid_client"), 2),
        (errors.TokenRefused("x", status=400, code="invalid_scope"), 1),
        (errors.TokenRefused("x", status=400, code="unauthorized_client"), 1),
        (errors.TokenRefused("x", status=403), 2),
        (errors.TokenUnavailable("x", status=404), 2),
    ],
)
def test_a_refused_token_has_named_causes(
    error: errors.TokenRefused | errors.TokenUnavailable, number: int
) -> None:
    """By the code of the token endpoint."""
    finding = of_token(error)
    assert (number, True) == (len(finding.causes), bool(finding.fix))


@pytest.mark.parametrize("by_key", [True, False])
@pytest.mark.parametrize(
    ("kind", "message", "number"),
    [
        (errors.Forbidden, "Missing Authentication Token", 1),
        (errors.Forbidden, None, 2),
        (errors.Unauthorized, None, 2),
        (errors.NotFound, None, 1),
        (errors.RateLimited, None, 1),
        (errors.ServerError, None, 1),
    ],
)
def test_a_refused_read_has_named_causes(
    kind: type[errors.ApiError], message: str | None, number: int, by_key: bool
) -> None:
    """A bare 403 is never all that is said."""
    error = kind("x", message=message, answer=Answer(403, {}, b""))
    finding = of_api(error, by_key=by_key)

    assert (number, True) == (len(finding.causes), bool(finding.fix))


def test_reports_that_cannot_be_read_are_named(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forms can be, workflows cannot."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.endswith("workflows"):
            reply(handler, 403, {"message": "Forbidden"})
        else:
            reply(handler, 200, {"items": []})

    monkeypatch.setenv("ENBOARDER_API_KEY", "a-key")
    with loopback(answer) as (url, _):
        ended = run("doctor", "--base-url", url, "--json")

    assert (4, ["reports"]) == (ended.code, failures(ended.output))


def test_a_ledger_that_is_open_to_others_is_named(
    run: Run, working: str, home: Path
) -> None:
    """It is looked at whatever else fails."""
    (home / "data").mkdir()
    (home / "data" / "ledger.sqlite").touch(0o644)

    assert ["ledger"] == failures(run("doctor", "--json").output)


# Other regions


class Regions:
    """Accounts in which a credential is accepted in one region only."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.asked: list[str] = []

    def client(self, environ: Mapping[str, str]) -> Enboarder:
        region = environ["ENBOARDER_REGION"]
        answer = httpx.Response(200, json={"items": []})
        if region != self.home:
            answer = httpx.Response(403, json={"message": "Forbidden"})

        def note(_: httpx.Request) -> httpx.Response:
            self.asked.append(region)
            return answer

        transport = Service(note).transport
        return Enboarder.from_env(environ, transport=transport)

    def examine(self, *, may_probe: bool) -> int:
        """Examine an account in EU without a network."""
        instruments = Instruments(
            client=self.client, reach=lambda *_: Reached(403, None)
        )
        connection = Connection(region="EU")
        return examine(
            connection, as_json=True, may_probe=may_probe, instruments=instruments
        )


@pytest.mark.parametrize(
    ("home_region", "cause"), [("US", "another region"), ("", "not what is wrong")]
)
def test_the_region_of_a_credential_is_found_on_demand(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    home_region: str,
    cause: str,
) -> None:
    """Each other region is asked once, and the one that takes it is named."""
    monkeypatch.setenv("ENBOARDER_API_KEY", SECRET)
    regions = Regions(home_region)

    assert 4 == regions.examine(may_probe=True)
    printed = capsys.readouterr().out
    assert ["EU", "AU", "US", "CA"] == regions.asked
    (text,) = checks_of(printed)["other regions"]["causes"]
    assert cause in text
    assert SECRET not in printed


def test_no_credential_is_sent_to_another_region_unasked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal, nobody can be asked; the option is named."""
    monkeypatch.setenv("ENBOARDER_API_KEY", SECRET)
    regions = Regions("US")

    assert 4 == regions.examine(may_probe=False)
    assert ["EU"] == regions.asked
    assert "--probe-regions" in capsys.readouterr().err
