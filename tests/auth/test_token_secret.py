"""What becomes of the secret: where it may go, how it is rotated, and how a token is dropped."""

from __future__ import annotations

import ast
import asyncio
import base64
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import httpx2
import pytest

import enboarder
from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    ConfigurationError,
    Enboarder,
)
from tests.conftest import (
    BASE_URL,
    Driver,
    Service,
    credentials,
    granted,
    loopback,
    reply,
)

READ: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})
ROTATED_AT = 4  # the number of the request before which it is
SOURCES = sorted(Path(enboarder.__file__).parent.rglob("*.py"))


class Rotating:
    """A service whose secret is changed between two calls, whereupon old secrets and old tokens are dead."""

    def __init__(self) -> None:
        self.secrets = ["secret-of-may-1"]
        self.tokens: list[str] = []
        self.lines: list[str] = []

    def rotate(self) -> None:
        self.secrets.append(f"secret-of-may-{len(self.secrets) + 1}")

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.lines.append(handler.requestline)
        if handler.path != "/token":
            if len(self.lines) == ROTATED_AT:
                self.rotate()
            known = handler.headers["Authorization"] == f"token-of-{self.secrets[-1]}"
            return reply(handler, 200 if known else 401, {"items": []})
        basic = base64.b64encode(f"client-id:{self.secrets[-1]}".encode()).decode()
        if handler.headers["Authorization"] != f"Basic {basic}":
            return reply(handler, 400, {"error": "invalid_client"})
        self.tokens.append(f"token-of-{self.secrets[-1]}")
        return reply(
            handler, 200, {"access_token": self.tokens[-1], "expires_in": 3600}
        )


def grant(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"access_token": "t0ken"})


def test_secret_is_rotated_without_a_restart(driver: Driver) -> None:
    """S9: A secret given as a function is read again for each token request: no call fails, and no client is built anew."""
    service = Rotating()
    with loopback(service) as (host, _):
        credential = ClientCredentials(
            "client-id", lambda: service.secrets[-1], token_url=host + "/token"
        )
        driver.calls({"credential": credential, "base_url": host}, *[READ] * 4)

    assert [f"token-of-{secret}" for secret in service.secrets] == service.tokens
    assert [] == [
        line for line in service.lines if "secret" in line or "client-id" in line
    ]


def test_function_that_blocks_does_not_hold_the_event_loop() -> None:
    """S9: A client_secret function, which may ask a vault, runs beside the event loop of an asynchronous client."""
    threads = []

    def fetch() -> str:
        threads.append(threading.current_thread())
        return "client-secret"

    async def run(host: str) -> None:
        credential = ClientCredentials("client-id", fetch, token_url=host + "/token")
        async with AsyncEnboarder(credential, base_url=host) as client:
            await client.request("GET", "/x")
        assert threading.main_thread() not in threads

    with loopback(grant) as (host, _):
        asyncio.run(run(host))

    # Once for the key that names the token, and once for the token request.
    assert 2 == len(threads)


@pytest.mark.parametrize("build", [Enboarder, AsyncEnboarder, ClientCredentials.auth])
def test_plain_http_is_for_loopback_only(build: Any) -> None:
    """S5: A token URL with http:// is refused when the client is built, unless it is on loopback."""
    for host in (
        "auth.example.com",
        "10.0.0.1",
        "localhost.example.com",
        "127.0.0.1.example.com",
    ):
        with pytest.raises(
            ConfigurationError, match=r"token_url is plain http://.*use https://"
        ):
            build(credentials(token_url=f"http://{host}/token"), base_url=BASE_URL)

    for host in ("localhost:8080", "127.0.0.1:8080", "[::1]:8080"):
        assert build(
            credentials(token_url=f"http://{host}/token"),
            base_url=f"http://{host}",
            transport=None,
        )


@pytest.mark.parametrize("build", [Enboarder, AsyncEnboarder])
def test_verification_of_tls_cannot_be_switched_off(build: Any) -> None:
    """S5: verify=False is refused, and nowhere in the package is it said."""
    with pytest.raises(ConfigurationError, match="cannot be switched off"):
        build(credentials(), base_url=BASE_URL, verify=False)

    assert [] == [
        file.name for file in SOURCES if "verify=False" in file.read_text("utf-8")
    ]


def test_no_module_pickles() -> None:
    """S13: No pickle anywhere: what a store holds is read as JSON, and runs nothing."""
    imported = {
        name.split(".")[0]
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [one.name for one in node.names]
        )
    }

    assert set() == imported & {
        "pickle",
        "cPickle",
        "dill",
        "cloudpickle",
        "marshal",
        "shelve",
        "joblib",
        "jsonpickle",
    }


@pytest.mark.parametrize("scopes", [("api/workflow.basic",), ("b", "a")])
def test_fewer_scopes_are_asked_for(driver: Driver, scopes: tuple[str, ...]) -> None:
    """S14: A narrower list is asked for as it is given: no scope is added, as least privilege wants it."""
    service = Service()

    driver.call(granted(service, credential=credentials(scopes=scopes)), READ[0])

    assert [" ".join(scopes)] == parse_qs(service.token_requests[0].content.decode())[
        "scope"
    ]


def test_closed_client_leaves_the_token_and_forgetting_drops_it(driver: Driver) -> None:
    """S15: `close()` leaves the token to the next client; after `forget()` nothing in this process holds it."""
    service = Service()
    settings = granted(service)

    driver.call(settings, READ[0])  # and closes
    driver.calls(settings, READ, ("forget", (), {}), READ)
    driver.call(settings, READ[0])

    assert ["token-1", "token-1", "token-2", "token-2"] == [
        one.headers["authorization"] for one in service.requests
    ]


def test_forgetting_reaches_every_client_of_the_credential(driver: Driver) -> None:
    """S15: `forget()` of one client, or of a bound credential, is for all of the process: none sends the old token on."""
    service = Service()
    settings = granted(service)
    driver.call(settings, READ[0])

    settings["credential"].auth(base_url=BASE_URL).forget()
    driver.call(settings, READ[0])

    assert ["token-1", "token-2"] == [
        one.headers["authorization"] for one in service.requests
    ]


def test_cookies_of_the_token_endpoint_are_not_kept(driver: Driver) -> None:
    """S4: On the same host, neither calls nor later token requests carry a cookie that the token endpoint set."""
    cookies: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        cookies.append(handler.headers["Cookie"])
        reply(
            handler,
            200,
            {"access_token": "t0ken", "items": []},
            **{"Set-Cookie": "session=canary; Path=/"},
        )

    with loopback(answer) as (host, _):
        settings = {
            "credential": credentials(token_url=host + "/token"),
            "base_url": host,
        }
        driver.calls(settings, READ, ("forget", (), {}), READ)

    assert [None] * 4 == cookies


@pytest.mark.parametrize("by_key", [False, True])
@pytest.mark.parametrize("package", [httpx, httpx2], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("awaited", [False, True])
def test_credential_in_an_own_client_goes_to_its_origin_only(
    package: Any, awaited: bool, by_key: bool
) -> None:
    """S7: On real connections a bound credential is sent to its own origin, and not to another port of the same host."""
    seen: dict[str, list[str]] = {"own": [], "other": []}

    def note(name: str) -> Any:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            sent = [
                handler.headers[name]
                for name in ("Authorization", "apikey")
                if handler.headers[name]
            ]
            seen[name].append(" ".join(sent))
            reply(handler, 200, {})

        return answer

    with (
        loopback(note("own")) as (own, _),
        loopback(note("other")) as (other, _),
        loopback(grant) as (token_host, asked),
    ):
        credential = (
            ApiKey("k3y") if by_key else credentials(token_url=token_host + "/token")
        )
        auth: Any = credential.auth(base_url=own)
        urls = [
            other + "/x",
            own + "/x",
            other + "/x",
            own.replace("127.0.0.1", "localhost") + "/x",
        ]

        async def run() -> None:
            async with package.AsyncClient(auth=auth) as client:
                for url in urls:
                    await client.get(url)

        if awaited:
            asyncio.run(run())
        else:
            with package.Client(auth=auth) as client:
                for url in urls:
                    client.get(url)

    assert {"own": ["k3y" if by_key else "t0ken", ""], "other": ["", ""]} == seen
    assert (0 if by_key else 1) == len(asked)


@pytest.mark.parametrize("package", [httpx, httpx2], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("awaited", [False, True])
def test_redirect_of_an_own_client_takes_no_token_elsewhere(
    package: Any, awaited: bool
) -> None:
    """S7: An own client that follows a redirect to another port arrives there without the token."""
    arrived: list[str | None] = []

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        arrived.append(handler.headers["Authorization"])
        reply(handler, 200, {})

    def here(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, 307, None, Location=other + "/x")

    with (
        loopback(elsewhere) as (other, _),
        loopback(here) as (own, _),
        loopback(grant) as (token_host, _),
    ):
        auth: Any = credentials(token_url=token_host + "/token").auth(base_url=own)

        async def run() -> None:
            async with package.AsyncClient(auth=auth, follow_redirects=True) as client:
                await client.post(own + "/x", content=b"{}")

        if awaited:
            asyncio.run(run())
        else:
            with package.Client(auth=auth, follow_redirects=True) as client:
                client.post(own + "/x", content=b"{}")

    assert [None] == arrived


@pytest.mark.parametrize("package", [httpx, httpx2], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("awaited", [False, True])
def test_own_client_of_both_packages_gets_and_renews_a_token(
    package: Any, awaited: bool
) -> None:
    """`credential.auth()` serves httpx and its continuation, blocking and awaited: one token, and one more when it died."""
    tokens: list[str] = []
    sent: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/token":
            tokens.append(f"token-{len(tokens) + 1}")
            return reply(handler, 200, {"access_token": tokens[-1], "expires_in": 3600})
        sent.append(handler.headers["Authorization"])
        return reply(handler, 200 if len(sent) != 3 else 401, {})

    with loopback(answer) as (host, _):
        auth: Any = credentials(token_url=host + "/token").auth(base_url=host)

        async def run() -> list[int]:
            async with package.AsyncClient(auth=auth) as client:
                return [
                    (await client.post(host + "/x", json={})).status_code
                    for _ in range(3)
                ]

        if awaited:
            statuses = asyncio.run(run())
        else:
            with package.Client(auth=auth) as client:
                statuses = [
                    client.post(host + "/x", json={}).status_code for _ in range(3)
                ]

    assert [200, 200, 200] == statuses
    assert ["token-1", "token-1", "token-1", "token-2"] == sent
