"""A reader who searches the page for the words of an error finds them."""

from __future__ import annotations

import copy
import logging
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import filelock
import pytest
import redis.exceptions

from enboarder import ApiKey, ClientCredentials, Enboarder, stores
from enboarder.stores import FileStore, RedisStore, Store
from enboarder.stores import redis as redis_store
from tests.conftest import (
    BASE_URL,
    TOKEN_URL,
    FakeClock,
    Service,
    credentials,
    granted,
)
from tests.docs.pages import GUIDES, text_of
from tests.engine import httpx
from tests.stores.conftest import free_port

PAGE = text_of(GUIDES / "authentication-errors.md")
CLIENT = {
    "ENBOARDER_REGION": "EU",
    "ENBOARDER_CLIENT_ID": "id",
    "ENBOARDER_CLIENT_SECRET": "secret",
}
Situation = Callable[[], object]


def messages_of_the_page() -> list[str]:
    """Return the parts of messages in the first columns; (`…`) is a class."""
    found: list[str] = []
    for first in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE):
        messages, _, _ = first.partition(" (`")
        found += re.findall(r"`([^`]+)`", messages)
    return found


MESSAGES = messages_of_the_page()


def call(service: Service, **settings: Any) -> None:
    """Read something with a client of its own."""
    with Enboarder(**granted(service, **settings)) as client:
        client.reports.get_forms()


def token_endpoint(status: int, **members: Any) -> Situation:
    """Let the token endpoint answer with this status."""
    answer = httpx.Response(status, json=members)
    return lambda: call(Service(token=answer))


def no_token_endpoint(error: Exception) -> Situation:
    """Let the token request fail."""
    return lambda: call(Service(token=error))


def service(status: int, **members: Any) -> Situation:
    """Let the API answer with this status."""
    answer = httpx.Response(status, json=members)
    return lambda: call(Service(answer))


def settings(credential: Any, **options: Any) -> Situation:
    """Build a client."""
    return lambda: Enboarder(credential, **options)


def environment(environ: dict[str, str]) -> Situation:
    """Build a client from variables."""
    return lambda: Enboarder.from_env(environ)


def failing_function() -> None:
    """Use a function for the secret that raises."""

    def no_secret() -> NoReturn:
        raise FileNotFoundError

    credential = ClientCredentials("id", no_secret, token_url=TOKEN_URL)
    call(Service(), credential=credential)


def missing_extra() -> None:
    """Use a store whose packages are not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "enboarder.stores.file")
        patch.setitem(sys.modules, "filelock", None)
        stores.__getattr__("FileStore")


def failed_renewal() -> None:
    """Let the token endpoint fail when the token is due."""
    time = FakeClock()
    answering = Service()
    with Enboarder(**granted(answering, clock=time.clock)) as client:
        client.reports.get_forms()
        answering.token = httpx.Response(503)
        time.pass_time(3000)
        client.reports.get_forms()


def with_store(store: Store) -> None:
    """Call with a store."""
    call(Service(), credential=credentials(store=store))


def failing_store(name: str, error: Exception) -> Situation:
    """Fail as a store of that name does, where a test cannot bring it about."""

    def fail(*_: object) -> NoReturn:
        raise error

    verbs = dict.fromkeys(("load", "save", "delete", "lock"), fail)
    return lambda: with_store(type(name, (Store,), verbs)())


def silent_redis() -> None:
    """Use a server that accepts connections and never answers."""
    with (
        pytest.MonkeyPatch.context() as patch,
        socket.create_server(("127.0.0.1", 0)) as silent,
    ):
        patch.setattr(redis_store, "ANSWER_WITHIN", 0.05)
        port = silent.getsockname()[1]
        with_store(RedisStore(f"redis://127.0.0.1:{port}"))


def no_redis() -> None:
    """Use a port on which nobody listens."""
    with_store(RedisStore(f"redis://127.0.0.1:{free_port()}"))


def open_folder(folder: Path) -> Situation:
    """Use a folder that others may enter."""

    def use() -> None:
        folder.mkdir()
        folder.chmod(0o755)
        with_store(FileStore(folder))

    return use


def changed_file(folder: Path) -> Situation:
    """Let others read the file of a token."""

    def use() -> None:
        credential = credentials(store=FileStore(folder))
        with Enboarder(**granted(Service(), credential=credential)) as client:
            client.reports.get_forms()
            for path in folder.glob("*.json"):
                path.chmod(0o644)
            client.forget()
            client.reports.get_forms()

    return use


def situations(folder: Path) -> dict[str, Situation]:
    """Return everything that the page is about."""
    pair = ClientCredentials("id", "secret")
    redis_url: Any = "redis://localhost"
    return {
        "no region": settings(ApiKey("key")),
        "no credential": environment({"ENBOARDER_REGION": "EU"}),
        "two credentials": environment({**CLIENT, "ENBOARDER_API_KEY": "key"}),
        "a line break": lambda: ApiKey("key\n"),
        "Canada": settings(pair, region="CA"),
        "a base_url": settings(pair, base_url=BASE_URL),
        "plain http": settings(ApiKey("key"), base_url="http://api.example.com"),
        "no CA file": settings(ApiKey("key"), region="EU", verify="/no/such.pem"),
        "unknown store": environment({**CLIENT, "ENBOARDER_TOKEN_STORE": "floppy"}),
        "text as store": lambda: ClientCredentials("id", "secret", store=redis_url),
        "a missing extra": missing_extra,
        "a function that fails": failing_function,
        "a copy": lambda: copy.copy(pair.client_secret),
        "a wrong secret": token_endpoint(400, error="invalid_client"),
        "a wrong client": token_endpoint(400, error="unauthorized_client"),
        "a wrong scope": token_endpoint(400, error="invalid_scope"),
        "a wrong request": token_endpoint(400, error="invalid_request"),
        "a gateway": token_endpoint(403),
        "a wrong token URL": token_endpoint(404),
        "a redirect": token_endpoint(302),
        "too many token requests": token_endpoint(429),
        "an endpoint that is down": token_endpoint(503),
        "a page": token_endpoint(200),
        "no connection": no_token_endpoint(httpx.ConnectError("")),
        "a proxy that refuses": no_token_endpoint(httpx.ProxyError("")),
        "no answer": no_token_endpoint(httpx.ReadTimeout("")),
        "a renewal that fails": failed_renewal,
        "403": service(403),
        "an unknown path": service(403, message="Missing Authentication Token"),
        "401": service(401),
        "a redirect of a call": service(302),
        "an open folder": open_folder(folder / "open"),
        "a changed file": changed_file(folder / "tokens"),
        "no rights": failing_store("FileStore", PermissionError()),
        "a read-only file system": failing_store("FileStore", OSError()),
        "a held lock": failing_store("FileStore", filelock.Timeout("lock")),
        "no Redis": no_redis,
        "a silent Redis": silent_redis,
        "a wrong password": failing_store(
            "RedisStore", redis.exceptions.AuthenticationError()
        ),
    }


@pytest.fixture
def texts(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> dict[str, list[str]]:
    """Return what errors and warnings say in each situation."""
    found: dict[str, list[str]] = {}
    for name, situation in situations(tmp_path).items():
        caplog.clear()
        said: list[str] = []
        try:
            situation()
        except Exception as error:  # noqa: BLE001
            said.append(str(error))
        for record in caplog.records:
            if record.levelno >= logging.WARNING:
                said.append(record.getMessage())
        found[name] = said
    return found


def test_every_situation_is_on_the_page(texts: dict[str, list[str]]) -> None:
    """What an error or a warning says has a row."""
    missing = {
        name: said
        for name, said in texts.items()
        if not any(message in text for message in MESSAGES for text in said)
    }
    assert {} == missing


def test_every_row_is_about_words_that_can_come(texts: dict[str, list[str]]) -> None:
    """No row is about a message that the client does not give."""
    everything = [text for said in texts.values() for text in said]
    dead = [
        message
        for message in MESSAGES
        if not any(message in text for text in everything)
    ]
    assert [] == dead
    assert len(MESSAGES) > 30
