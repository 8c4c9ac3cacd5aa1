"""The mock as a server: its Python interface, and how it ends."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

import enboarder.mock
from enboarder.mock import MockServer
from tests.conftest import LONG
from tests.mock.conftest import ask_for_token, connect, token_of

LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Example",
    "mgrmob": "+61400000001",
    "nhstdt": "2027-01-12",
    "externalid": "ENB-1",
}

IMPORT_WITHOUT = """
import sys

sys.modules[sys.argv[1]] = None
from enboarder import mock

try:
    mock.MockServer
except ModuleNotFoundError as error:
    print(error)
"""


def test_server_is_on_a_free_loopback_port_and_ends() -> None:
    """Leaving the context closes idle connections and leaves no thread."""
    with httpx.Client(verify=False) as client:
        with MockServer() as mock:
            port = int(mock.base_url.removeprefix("http://127.0.0.1:"))
            assert client.get(mock.base_url).status_code == 403
            assert f"{mock.base_url}/oauth2/token" == mock.token_url
        with pytest.raises(httpx.ConnectError):
            client.get(mock.base_url)
    names = [thread.name for thread in threading.enumerate()]
    assert f"enboarder.mock:{port}" not in names


def test_port_is_free_again_afterwards() -> None:
    """Another server can take it at once."""
    with MockServer() as mock:
        port = int(mock.base_url.rpartition(":")[2])
    with MockServer(port) as again:
        assert mock.base_url == again.base_url


def test_server_that_never_started_ends_quietly() -> None:
    """Leaving what was not entered does nothing."""
    MockServer().__exit__(None, None, None)


def test_server_may_be_left_twice() -> None:
    """The second time does nothing."""
    with MockServer() as server:
        server.__exit__(None, None, None)


def test_server_can_be_entered_once() -> None:
    """A second time is an error that says so, not a server that half works."""
    server = MockServer()
    with server:
        pass
    with pytest.raises(RuntimeError, match="make another MockServer"):
        server.__enter__()


def test_credentials_are_made_for_each_server() -> None:
    """They are random and visible ASCII."""
    credentials: set[str] = set()
    for server in (MockServer(), MockServer()):
        credentials |= {server.api_key, server.client_id, server.client_secret}

    assert len(credentials) == 6
    for value in credentials:
        assert value.isascii()
        assert value.isprintable()
        assert " " not in value


def test_environ_has_one_credential(mock: MockServer) -> None:
    """The variables are those that `Enboarder.from_env` reads."""
    by_key = {"ENBOARDER_BASE_URL": mock.base_url, "ENBOARDER_API_KEY": mock.api_key}
    by_token = {
        "ENBOARDER_BASE_URL": mock.base_url,
        "ENBOARDER_TOKEN_URL": mock.token_url,
        "ENBOARDER_CLIENT_ID": mock.client_id,
        "ENBOARDER_CLIENT_SECRET": mock.client_secret,
    }

    assert by_key == mock.environ("apikey")
    assert by_token == mock.environ("oauth2")


def test_requests_are_recorded_in_order(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """The name of the operation is the same for both twins."""
    headers = {"Authorization": token_of(mock)}
    anonymous.get("/reports/v2/forms", headers=headers)
    anonymous.get("/reports/forms", headers={"apikey": mock.api_key})
    anonymous.post("/restapi/v1/cancelwf", headers={"apikey": mock.api_key})
    anonymous.get("/nowhere")

    assert [
        ("token", 200),
        ("reports.get_forms", 200),
        ("reports.get_forms", 200),
        ("workflows.cancel", 400),
        (None, 403),
    ] == [(seen.operation, seen.status) for seen in mock.requests]
    assert mock.token_requests == 1


def test_recorded_request_has_everything_that_was_sent(
    anonymous: httpx.Client, mock: MockServer
) -> None:
    """Header names are in lower case, and the path is still encoded."""
    anonymous.put(
        "/restapi/v1/profile/a%2Fb",
        params={"note": "canary"},
        content=b"{}",
        headers={"APIKEY": mock.api_key},
    )
    (seen,) = mock.requests

    assert (seen.method, seen.path) == ("PUT", "/restapi/v1/profile/a%2Fb")
    assert (seen.query, seen.body) == ({"note": "canary"}, b"{}")
    assert mock.api_key == seen.headers["apikey"]


def test_repr_shows_no_credential(anonymous: httpx.Client, mock: MockServer) -> None:
    """Neither the server nor what it recorded shows one."""
    secrets = {"client_id": mock.client_id, "client_secret": mock.client_secret}
    anonymous.post("/oauth2/token", data={"grant_type": "x", **secrets})
    anonymous.get("/brand/all", headers={"apikey": mock.api_key})
    shown = f"{mock!r} {mock.requests!r}"

    assert mock.base_url in shown
    for secret in (mock.api_key, mock.client_id, mock.client_secret):
        assert secret not in shown


def test_reply_has_the_date(by_key: httpx.Client) -> None:
    """Clients compare a date in `Retry-After` with it."""
    reply = by_key.get("/brand/all")

    assert parsedate_to_datetime(reply.headers["date"]).tzinfo is not None


def test_parallel_launches_are_all_kept(mock: MockServer, by_key: httpx.Client) -> None:
    """Each is one workflow."""

    def launch(_: int) -> int:
        return by_key.post("/restapi/v1/startwf/basic", json=LAUNCH).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(launch, range(40)))

    assert statuses == {200}
    assert len(mock.state.workflows_of("ENB-1")) == 40


def test_token_that_is_held_back_arrives() -> None:
    """The answer to a token request comes after its delay."""
    with MockServer(token_delay=0.05) as mock:
        reply = ask_for_token(mock)

    assert reply.status_code == 200
    assert reply.elapsed.total_seconds() >= 0.05


def test_other_requests_do_not_wait_for_a_token() -> None:
    """They are answered while a token is held back."""
    with MockServer(token_delay=LONG) as mock, connect(mock) as client:
        client.timeout = httpx.Timeout(LONG, read=0.1)
        with pytest.raises(httpx.ReadTimeout):
            client.post("/oauth2/token", data={"grant_type": "client_credentials"})
        client.timeout = httpx.Timeout(LONG)
        reply = client.get("/brand/all", headers={"apikey": mock.api_key})

        assert reply.status_code == 200
        assert mock.token_requests == 1


@pytest.mark.parametrize("package", ["uvicorn", "starlette", "jsonschema"])
def test_missing_extra_is_named(package: str) -> None:
    """The error says what is missing and how to install it."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_WITHOUT, package],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith(f"enboarder.mock needs {package},")
    assert "pip install '.[mock]'" in done.stdout


def test_all_public_names_exist() -> None:
    """`__all__` and `dir` name what is available."""
    for name in enboarder.mock.__all__:
        assert hasattr(enboarder.mock, name)
    assert set(enboarder.mock.__all__) <= set(dir(enboarder.mock))
    assert not hasattr(enboarder.mock, "MockServers")


def test_misspelt_credential_is_refused(mock: MockServer) -> None:
    """At the call, not at the request that would have used it."""
    misspelt: Any = "oauth"
    with pytest.raises(ValueError, match="'oauth'"):
        mock.environ(misspelt)


def test_what_is_not_a_fault_is_refused(mock: MockServer) -> None:
    """At the call, not at the request that would have met it."""
    name: Any = "drop"
    with pytest.raises(TypeError, match=r"faults\.drop\(\), not 'drop'"):
        mock.fail("*", name)


def test_client_that_ends_within_its_request_does_no_harm(
    by_key: httpx.Client, mock: MockServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is carried out or logged, and the next request is answered."""
    host, port = mock.base_url.removeprefix("http://").split(":")
    start = b"POST /restapi/v1/startwf/basic HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(start + b"Content-Length: 100\r\n\r\n{")
    reply = by_key.get("/brand/all")

    assert reply.status_code == 200
    assert ["/brand/all"] == [request.path for request in mock.requests]
    assert "ERROR" not in {record.levelname for record in caplog.records}
