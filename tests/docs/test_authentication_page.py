"""The client does what the pages say about credentials, requests and secrets."""

from __future__ import annotations

import asyncio
import base64
import logging
import re
import threading
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from enboarder import AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.stores import RedisStore
from tests.conftest import (
    BASE_URL,
    TOKEN_URL,
    FakeClock,
    Service,
    credentials,
    granted,
    keyed,
)
from tests.docs.pages import GUIDES, section, text_of
from tests.engine import httpx
from tests.stores.conftest import redis_server

USUAL = {"host", "accept-encoding", "content-length"}


def token_request(**options: str) -> httpx.Request:
    """Return the token request of a client with these options of a credential."""
    service = Service()
    with Enboarder(**granted(service, credential=credentials(**options))) as client:
        client.reports.get_forms()
    (request,) = service.token_requests
    return request


def basic_of(request: httpx.Request) -> str:
    """Return id and secret of HTTP Basic."""
    scheme, _, value = request.headers["Authorization"].partition(" ")
    assert scheme == "Basic"
    return base64.b64decode(value).decode()


@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_headers_of_a_token_request_are_on_the_page(client_auth: str) -> None:
    """Nothing is sent that the page does not name."""
    sent = section(GUIDES / "authentication.md", "What is sent where").lower()
    names = set(token_request(client_auth=client_auth).headers) - USUAL
    assert [] == [name for name in names if name not in sent]


def test_basic_carries_id_and_secret() -> None:
    """The form then holds grant and scope only."""
    request = token_request()
    assert basic_of(request).startswith("client-id:")
    assert {"grant_type", "scope"} == set(parse_qs(request.content.decode()))


def test_form_carries_id_and_secret() -> None:
    """With `client_auth="post"` there is no `Authorization` header."""
    request = token_request(client_auth="post")
    form = parse_qs(request.content.decode())
    assert {"grant_type", "scope", "client_id", "client_secret"} == set(form)
    assert "Authorization" not in request.headers


@pytest.mark.parametrize(
    ("prefix", "expected"), [("", "token-1"), ("Bearer", "Bearer token-1")]
)
def test_token_is_sent_with_the_prefix_of_the_credential(
    prefix: str, expected: str
) -> None:
    """Without one, as documented, unless the credential has one."""
    service = Service()
    credential = credentials(prefix=prefix)
    with Enboarder(**granted(service, credential=credential)) as client:
        client.reports.get_forms()
    assert expected == service.last.headers["Authorization"]


def test_key_is_sent_in_its_header() -> None:
    """The key itself, and no token."""
    service = Service()
    with Enboarder(**keyed(service)) as client:
        client.reports.get_forms()
    assert "key" == service.last.headers["apikey"]
    assert "Authorization" not in service.last.headers


def test_function_gives_the_secret_of_the_next_token(time: FakeClock) -> None:
    """A running client uses the new secret when its token is due, and not before."""
    secrets = ["old-secret"]
    service = Service()
    credential = ClientCredentials("id", lambda: secrets[-1], token_url=TOKEN_URL)
    settings = granted(service, credential=credential, clock=time.clock)
    with Enboarder(**settings) as client:
        client.reports.get_forms()
        secrets.append("new-secret")
        client.reports.get_forms()
        time.pass_time(3000)
        client.reports.get_forms()

    expected = ["id:old-secret", "id:new-secret"]
    assert expected == [basic_of(request) for request in service.token_requests]


def test_function_runs_in_a_thread_of_its_own() -> None:
    """`AsyncEnboarder` does not call it on the event loop, so it may block."""
    threads: list[threading.Thread] = []

    def secret() -> str:
        threads.append(threading.current_thread())
        return "a-secret"

    async def call() -> None:
        credential = ClientCredentials("id", secret, token_url=TOKEN_URL)
        transport = Service().transport
        async with AsyncEnboarder(
            credential, base_url=BASE_URL, transport=transport
        ) as client:
            assert [] == threads
            await client.reports.get_forms()

    asyncio.run(call())
    assert threads
    assert threading.main_thread() not in threads


def test_rights_in_redis_are_enough(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With the rights that the page gives, the store keeps, finds and drops tokens."""
    page = text_of(GUIDES / "token-stores.md")
    (command,) = re.findall(r"^ACL SETUSER .*$", page, re.MULTILINE)
    service = Service()
    with redis_server(tmp_path) as server:
        server.ask(*command.split())
        url = server.url.replace("redis://", "redis://enboarder:a-password@")
        credential = credentials(store=RedisStore(url))
        with Enboarder(**granted(service, credential=credential)) as client:
            for shared in (False, True, False):
                client.reports.get_forms()
                client.forget(shared=shared)

    warnings = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert [] == warnings
    assert 2 == len(service.token_requests)
