"""The mock as a server: its Python interface, and how it ends."""

from __future__ import annotations

import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext

import httpx
import pytest

import enboarder.mock
from enboarder.mock import MockServer
from tests.conftest import LONG

LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Example",
    "mgrmob": "+61400000001",
}


def test_a_server_is_on_a_free_loopback_port_and_ends() -> None:
    """Leaving the context closes idle connections and leaves neither a thread nor a listener."""
    before = threading.active_count()
    with httpx.Client() as client:
        with MockServer() as mock:
            port = int(mock.base_url.removeprefix("http://127.0.0.1:"))
            assert client.get(mock.base_url).status_code == 403
            assert f"{mock.base_url}/oauth2/token" == mock.token_url
        with pytest.raises(httpx.ConnectError):
            client.get(mock.base_url)
    assert before == threading.active_count()
    with MockServer(port) as again:
        assert mock.base_url == again.base_url


def test_a_server_that_never_started_ends_quietly() -> None:
    """Leaving what was not entered does nothing."""
    MockServer().__exit__(None, None, None)


def test_credentials_are_made_for_each_server() -> None:
    """Random and visible ASCII."""
    servers = [MockServer(), MockServer()]
    credentials = {
        value for s in servers for value in (s.api_key, s.client_id, s.client_secret)
    }

    assert len(credentials) == 6
    assert all(
        value.isascii() and value.isprintable() and " " not in value
        for value in credentials
    )


def test_environ_has_one_credential(mock: MockServer) -> None:
    """The variables are those that `Enboarder.from_env` reads."""
    assert {
        "ENBOARDER_BASE_URL": mock.base_url,
        "ENBOARDER_API_KEY": mock.api_key,
    } == mock.environ("apikey")
    assert {
        "ENBOARDER_BASE_URL": mock.base_url,
        "ENBOARDER_TOKEN_URL": mock.token_url,
        "ENBOARDER_CLIENT_ID": mock.client_id,
        "ENBOARDER_CLIENT_SECRET": mock.client_secret,
    } == mock.environ("oauth2")


def test_requests_are_recorded_in_order() -> None:
    """With everything that was sent, and the name of the operation that both twins share."""
    with MockServer() as mock, httpx.Client(base_url=mock.base_url) as client:
        auth = (mock.client_id, mock.client_secret)
        token = client.post(
            "/oauth2/token", data={"grant_type": "client_credentials"}, auth=auth
        ).json()["access_token"]
        client.get(
            "/reports/v2/forms/4mkVzc9OX/data",
            params={"a": "b"},
            headers={"Authorization": token},
        )
        client.post(
            "/restapi/v1/cancelwf", content=b"{}", headers={"APIKEY": mock.api_key}
        )
        client.get("/nowhere")
        seen = mock.requests

    assert [recorded.operation for recorded in seen] == [
        "token",
        "reports.get_form_data",
        "workflows.cancel",
        None,
    ]
    assert [recorded.status for recorded in seen] == [200, 200, 400, 403]
    assert (seen[1].method, seen[1].path, seen[1].query) == (
        "GET",
        "/reports/v2/forms/4mkVzc9OX/data",
        {"a": "b"},
    )
    assert token == seen[1].headers["authorization"]
    assert (b"{}", mock.api_key) == (seen[2].body, seen[2].headers["apikey"])
    assert mock.token_requests == 1


def test_repr_shows_no_credential() -> None:
    """Neither the server nor what it recorded."""
    with MockServer() as mock:
        form = {
            "grant_type": "client_credentials",
            "client_id": mock.client_id,
            "client_secret": mock.client_secret,
        }
        httpx.post(mock.token_url, data=form)
        httpx.get(f"{mock.base_url}/brand/all", headers={"apikey": mock.api_key})
        shown = f"{mock!r} {mock.requests!r}"

    assert mock.base_url in shown
    assert not any(
        secret in shown for secret in (mock.api_key, mock.client_id, mock.client_secret)
    )


def test_parallel_launches_are_all_kept(
    mock: MockServer, by_key: httpx.Client, new_id: str
) -> None:
    """Each is one workflow."""
    launch = {**LAUNCH, "nhstdt": "2027-01-12", "externalid": new_id}
    with ThreadPoolExecutor(8) as pool:
        replies = pool.map(
            lambda _: by_key.post("/restapi/v1/startwf/basic", json=launch).status_code,
            range(40),
        )

    assert {200} == set(replies)
    assert (
        sum(workflow.external_id == new_id for workflow in mock.state.workflows) == 40
    )


@pytest.mark.parametrize(
    ("delay", "limit", "error"),
    [(0.05, LONG, nullcontext()), (LONG, 0.1, pytest.raises(httpx.ReadTimeout))],
)
def test_a_token_can_be_held_back(
    delay: float, limit: float, error: AbstractContextManager[object]
) -> None:
    """The answer to a token request comes after its delay; other requests are answered at once."""
    with (
        MockServer(token_delay=delay) as mock,
        httpx.Client(base_url=mock.base_url) as client,
    ):
        auth, timeout = (
            (mock.client_id, mock.client_secret),
            httpx.Timeout(LONG, read=limit),
        )
        with error:
            client.post(
                "/oauth2/token",
                data={"grant_type": "client_credentials"},
                auth=auth,
                timeout=timeout,
            )

        assert (
            client.get("/brand/all", headers={"apikey": mock.api_key}).status_code
            == 200
        )
        assert mock.token_requests == 1


@pytest.mark.parametrize("package", ["uvicorn", "starlette.applications", "jsonschema"])
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """The error says what is missing and how to install it."""
    for name in [name for name in sys.modules if name.startswith("enboarder.mock.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(
        ModuleNotFoundError,
        match=rf"enboarder.mock needs {package}, .*pip install '.\[mock\]'",
    ):
        enboarder.mock.__getattr__("MockServer")


def test_all_names_are_there() -> None:
    """`__all__` and `dir` name what can be had, and any other name is an AttributeError."""
    assert [
        name for name in enboarder.mock.__all__ if not hasattr(enboarder.mock, name)
    ] == []
    assert set(enboarder.mock.__all__) <= set(dir(enboarder.mock))
    with pytest.raises(AttributeError, match="has no attribute 'MockServers'"):
        enboarder.mock.__getattr__("MockServers")


def test_misspelt_credential_or_fault_is_told(mock: MockServer) -> None:
    """Where it is named, not at the request that would have met it."""
    with pytest.raises(ValueError, match="'oauth2' or 'apikey', not 'oauth'"):
        mock.environ("oauth")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"faults\.drop\(\), not 'drop'"):
        mock.fail("*", "drop")  # type: ignore[arg-type]


def test_client_that_is_gone_before_its_request_is_whole_does_no_harm(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A job that is killed while it sends: nothing is carried out, nothing is logged, and the next one is served."""
    with MockServer() as mock:
        host, port = mock.base_url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(
                b"POST /restapi/v1/startwf/basic HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
            )
        answer = httpx.get(
            f"{mock.base_url}/brand/all", headers={"apikey": mock.api_key}
        )

        assert (200, ["/brand/all"]) == (
            answer.status_code,
            [request.path for request in mock.requests],
        )
    assert [] == [record for record in caplog.records if record.levelname == "ERROR"]
