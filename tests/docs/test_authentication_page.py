"""docs/authentication.md says what the client does and says."""

from __future__ import annotations

import base64
import copy
import logging
import re
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs
from xml.etree import ElementTree

import filelock
import httpx
import pytest
import redis.exceptions

from enboarder import ApiKey, ClientCredentials, Enboarder, Region, stores
from enboarder.auth import DEAD_FROM
from enboarder.cache import FORCED_EVERY, SIZE
from enboarder.stores import FileStore, RedisStore, Store, base
from enboarder.stores import redis as redis_store
from enboarder.tokens import ASSUMED_LIFETIME, TIMEOUT, issued
from enboarder_api.contract import HOSTS, TOKEN_URLS
from tests.conftest import BASE_URL, TOKEN_URL, FakeClock, Service, credentials, granted
from tests.stores.conftest import free_port, redis_server

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "authentication.md").read_text("utf-8")
PICTURE = (ROOT / "docs" / "token-life.svg").read_text("utf-8")
CLIENT = {"ENBOARDER_REGION": "EU", "ENBOARDER_CLIENT_ID": "id", "ENBOARDER_CLIENT_SECRET": "secret"}
Situation = Callable[[], object]


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


MESSAGES = [
    message
    for first in re.findall(r"^\| (`.*?) \|", section("When it fails"), re.MULTILINE)
    for message in re.findall(r"`([^`]+)`", first.partition(" (`")[0])  # what is in (`…`) is the class
]


def called(service: Service, **settings: Any) -> None:
    with Enboarder(**granted(service, **settings)) as client:
        client.reports.get_forms()


def refused_token(status: int, **members: Any) -> Situation:
    return lambda: called(Service(token=httpx.Response(status, json=members)))


def unreachable(error: Exception) -> Situation:
    return lambda: called(Service(token=error))


def refused_call(status: int, **members: Any) -> Situation:
    return lambda: called(Service(httpx.Response(status, json=members)))


def no_secret() -> NoReturn:
    raise FileNotFoundError


def without_the_extra() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "enboarder.stores.file")
        patch.setitem(sys.modules, "filelock", None)
        stores.__getattr__("FileStore")


def failed_renewal() -> None:
    time, service = FakeClock(), Service()
    with Enboarder(**granted(service, clock=time.clock)) as client:
        client.reports.get_forms()
        service.token = httpx.Response(503)
        time.pass_time(3000)
        client.reports.get_forms()


def with_store(store: Store) -> None:
    called(Service(), credential=credentials(store=store))


def failing(name: str, error: Exception) -> Situation:
    """A store that is called as ours are, and fails as they would where this test cannot bring it about."""

    def fail(*_: object) -> NoReturn:
        raise error

    verbs = dict.fromkeys(("load", "save", "delete", "lock"), fail)
    return lambda: with_store(type(name, (Store,), verbs)())


def silent_redis() -> None:
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as silent:
        patch.setattr(redis_store, "ANSWER_WITHIN", 0.05)
        with_store(RedisStore(f"redis://127.0.0.1:{silent.getsockname()[1]}"))


def open_folder(folder: Path) -> None:
    folder.chmod(0o755)
    with_store(FileStore(folder))


def changed_file(folder: Path) -> None:
    settings = granted(Service(), credential=credentials(store=FileStore(folder)))
    with Enboarder(**settings) as client:
        client.reports.get_forms()
        (folder / f"{settings['credential'].slot(TOKEN_URL).name}.json").chmod(0o644)
        client.forget()
        client.reports.get_forms()


def situations(folder: Path) -> Mapping[str, Situation]:
    return {
        "no region": lambda: Enboarder(ApiKey("key")),
        "no credential": lambda: Enboarder.from_env({"ENBOARDER_REGION": "EU"}),
        "two credentials": lambda: Enboarder.from_env({**CLIENT, "ENBOARDER_API_KEY": "key"}),
        "a line break": lambda: ApiKey("key\n"),
        "Canada": lambda: Enboarder(ClientCredentials("id", "secret"), region="CA"),
        "a base_url": lambda: Enboarder(ClientCredentials("id", "secret"), base_url=BASE_URL),
        "plain http": lambda: Enboarder(ApiKey("key"), base_url="http://api.example.com"),
        "no CA file": lambda: Enboarder(ApiKey("key"), region="EU", verify="/there/is/no/such.pem"),
        "an unknown store": lambda: Enboarder.from_env({**CLIENT, "ENBOARDER_TOKEN_STORE": "floppy"}),
        "a store as text": lambda: ClientCredentials("id", "secret", store="redis://localhost"),  # type: ignore[arg-type]
        "a missing extra": without_the_extra,
        "a function that fails": lambda: Enboarder(ClientCredentials("id", no_secret), region="EU"),
        "a copy": lambda: copy.copy(ClientCredentials("id", "secret").client_secret),
        "a wrong secret": refused_token(400, error="invalid_client"),
        "a wrong client": refused_token(400, error="unauthorized_client"),
        "a wrong scope": refused_token(400, error="invalid_scope"),
        "a wrong request": refused_token(400, error="invalid_request"),
        "a gateway": refused_token(403),
        "a wrong token URL": refused_token(404),
        "a redirect": refused_token(302),
        "too many token requests": refused_token(429),
        "an endpoint that is down": refused_token(503),
        "a page": refused_token(200),
        "no connection": unreachable(httpx.ConnectError("")),
        "a proxy that refuses": unreachable(httpx.ProxyError("")),
        "no answer": unreachable(httpx.ReadTimeout("")),
        "a renewal that fails": failed_renewal,
        "403": refused_call(403),
        "an unknown path": refused_call(403, message="Missing Authentication Token"),
        "401": refused_call(401),
        "a redirect of a call": refused_call(302),
        "an open folder": lambda: open_folder(folder / "open"),
        "a changed file": lambda: changed_file(folder / "tokens"),
        "no rights": failing("FileStore", PermissionError()),
        "a read-only file system": failing("FileStore", OSError()),
        "a lock that is held": failing("FileStore", filelock.Timeout("lock")),
        "no Redis": lambda: with_store(RedisStore(f"redis://127.0.0.1:{free_port()}")),
        "a silent Redis": silent_redis,
        "a wrong password": failing("RedisStore", redis.exceptions.AuthenticationError()),
    }


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Everything that errors and warnings say in all situations."""
    monkeypatch.setattr(base, "_told", set())
    (tmp_path / "open").mkdir()

    def run() -> list[str]:
        texts = []
        for situation in situations(tmp_path).values():
            try:
                situation()
            except Exception as error:  # noqa: BLE001 (each has its own)
                texts.append(str(error))
        return texts + [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]

    return run


def test_every_message_of_the_tables_is_one_of_the_clients(said: Callable[[], list[str]]) -> None:
    """Who searches the page for the words of an error finds them; and each row is about words that can come."""
    texts = said()
    assert [message for message in MESSAGES if not any(message in text for text in texts)] == []
    assert [text for text in texts if not any(message in text for message in MESSAGES)] == []
    assert len(MESSAGES) > 30


@pytest.mark.parametrize("region", Region)
def test_the_regions_are_those_of_the_contract(region: Region) -> None:
    """Hosts and token URLs are copied correctly, and Canada has none."""
    (row,) = re.findall(rf"^\| `{region}` \|.*$", section("Regions"), re.MULTILINE)
    urls = [HOSTS[region], *filter(None, [TOKEN_URLS.get(region)])]
    assert urls == re.findall(r"`(https://[^`]+)`", row)


@pytest.mark.parametrize(
    "sentence",
    [
        f"a 403 to a token older than {DEAD_FROM:.0f} s",
        f"revoked within {DEAD_FROM:.0f} s of its issue",
        f"at most one such renewal in {FORCED_EVERY:.0f} s",
        f"within {TIMEOUT:.0f} s of its own",
        f"the {TIMEOUT:.0f} s of a token request",
        f"counts as a token of {ASSUMED_LIFETIME:.0f} s",
        f"more than {SIZE} credentials",
        f"does not answer within {redis_store.ANSWER_WITHIN:.0f} s",
        f"about {3 * redis_store.ANSWER_WITHIN:.0f} s for each token",
        f"blocks the others for {redis_store.LOCKED_FOR:.0f} s at most",
        f"waited for {redis_store.LONGEST_WAIT:.0f} s asks by itself",
        f"held the lock for {stores.file.LONGEST_WAIT:.0f} s",
    ],
)
def test_the_figures_are_those_of_the_code(sentence: str) -> None:
    """A limit that changes in the code has to change on the page."""
    assert sentence in " ".join(PAGE.split())


@pytest.mark.parametrize("text", [PAGE, PICTURE])
def test_the_life_of_a_token_is_that_of_the_code(text: str, time: FakeClock) -> None:
    """The soft window is from 75 to 82 %, and the end 30 s, or 10 % of a short life."""
    ends = []
    for time.chance in (0.0, 1.0):
        token = issued("a-token", 100, (0, 0), time.clock)
        assert token is not None
        ends.append(round(token.soft))
        assert 90 == token.hard
    hour = issued("a-token", 3600, (0, 0), time.clock)
    assert hour is not None
    assert 3570 == hour.hard

    plain = " ".join(text.split())
    assert "{}.{} %".format(*ends) in re.sub(r" (and|to) ", ".", plain)
    assert "30 s" in plain
    assert "10 %" in plain


def test_what_is_sent_is_on_the_page() -> None:
    """Each header and parameter of a token request, and where the secret goes."""
    service, sent = Service(), section("What is sent where")
    called(service, credential=credentials())
    called(service, credential=credentials(client_auth="post", prefix="Bearer"))
    basic, post = service.token_requests
    usual = {"host", "accept-encoding", "content-length"}

    assert [name for name in {*basic.headers, *post.headers} - usual if name not in sent.lower()] == []
    assert base64.b64decode(basic.headers["Authorization"].removeprefix("Basic ")).startswith(b"client-id:")
    assert {"grant_type", "scope"} == {*parse_qs(basic.content.decode())}
    assert "authorization" not in post.headers
    assert {"client_id", "client_secret"} == {*parse_qs(post.content.decode())} - {"grant_type", "scope"}
    assert ["token-1", "Bearer token-2"] == [request.headers["Authorization"] for request in service.requests]


def test_a_function_gives_the_secret_of_the_next_token(time: FakeClock) -> None:
    """A running client asks with the new secret when its token is due, and once more the function is called."""
    secrets, given = ["old-secret", "new-secret"], []

    def secret() -> str:
        given.append(secrets[0])
        return secrets[0]

    service = Service()
    with Enboarder(
        ClientCredentials("id", secret, token_url=TOKEN_URL),
        base_url=BASE_URL,
        transport=service.transport,
        clock=time.clock,
    ) as client:
        client.reports.get_forms()
        secrets.pop(0)
        client.reports.get_forms()
        time.pass_time(3000)
        client.reports.get_forms()

    asked = [base64.b64decode(request.headers["Authorization"][6:]).decode() for request in service.token_requests]
    assert ["id:old-secret", "id:new-secret"] == asked
    assert 3 == len(given)  # when built, and for each token


def test_the_rights_in_redis_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """With the rights that the page gives, the store keeps, finds and drops tokens, and nothing is refused."""
    monkeypatch.setattr(base, "_told", set())
    (command,) = re.findall(r"^ACL SETUSER .*$", PAGE, re.MULTILINE)
    service = Service()
    with redis_server(tmp_path) as server:
        server.ask(*command.split())
        store = RedisStore(server.url.replace("redis://", "redis://enboarder:a-password@"))
        with Enboarder(**granted(service, credential=credentials(store=store))) as client:
            for shared in (False, True, False):
                client.reports.get_forms()
                client.forget(shared=shared)

    assert 2 == len(service.token_requests)
    assert [] == [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_timeout_in_the_url_of_redis_holds() -> None:
    """`?socket_timeout=5` is not overruled by the store's own 2 s."""
    server = RedisStore("redis://localhost/0?socket_timeout=5")._connect()
    assert (5.0, 2.0) == tuple(
        server.connection_pool.connection_kwargs[name] for name in ("socket_timeout", "socket_connect_timeout")
    )


def test_the_picture_stands_alone() -> None:
    """It is XML with a title and a description, for light and dark pages, and fetches nothing."""
    root = ElementTree.fromstring(PICTURE)
    space = "{http://www.w3.org/2000/svg}"
    assert [f"{space}title", f"{space}desc"] == [child.tag for child in root][:2]
    assert "prefers-color-scheme: dark" in PICTURE
    assert ["http://www.w3.org/2000/svg"] == re.findall(r"\w+://[^\"' )]+", PICTURE)
    assert not re.search(r"href|url\(|@import|@font-face|<script|\son\w+=", PICTURE)
