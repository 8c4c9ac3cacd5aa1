"""Which store it is: ENBOARDER_TOKEN_STORE, and what is missing to use one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enboarder import ConfigurationError, Enboarder, stores
from enboarder.mock import MockServer
from enboarder.stores import FileStore, RedisStore, Store
from tests.stores.conftest import Server


def called(mock: MockServer, store_name: str) -> None:
    """One call of a client that the environment sets up, and that finds nothing in memory."""
    with Enboarder.from_env({**mock.environ("oauth2"), "ENBOARDER_TOKEN_STORE": store_name}) as client:
        client.forget()
        client.brands.get_all()


def test_the_environment_names_the_store(mock: MockServer, store_name: str) -> None:
    """`file:…` and `redis://…` share a token between clients that have nothing else in common."""
    called(mock, store_name)
    called(mock, store_name)

    assert 1 == mock.token_requests


@pytest.mark.parametrize("name", ["", "memory"])
def test_memory_is_the_default(mock: MockServer, name: str) -> None:
    """Without a store, a memory that is emptied has to be filled again."""
    called(mock, name)
    called(mock, name)

    assert 2 == mock.token_requests


@pytest.mark.parametrize("form", ["file:{}", "file://{}", "file://localhost{}"])
def test_a_folder_is_named_as_a_url(tmp_path: Path, form: str) -> None:
    """Each form that people write for a folder means that folder; %20 is a blank."""
    folder = tmp_path / "with a blank"

    assert repr(FileStore(folder)) == repr(FileStore.from_url(form.format(str(folder).replace(" ", "%20"))))


@pytest.mark.parametrize("name", ["file", "file:"])
@pytest.mark.skipif(sys.platform != "linux", reason="where the cache folder is depends on the platform")
def test_the_default_folder_is_in_the_cache_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """`file` alone is a folder of its own in the user's cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert repr(FileStore(tmp_path / "enboarder")) == repr(FileStore.from_url(name)) == repr(FileStore())


@pytest.mark.parametrize(
    "name",
    [
        "nonsense",
        "files:/tokens",
        "file:tokens",
        "file://host.example.com/tokens",
        "file:/tokens?mode=0600",
        "file:/tokens#1",
        "redis",
        "redis:localhost",
        "redis://:canary@localhost:port/0",
        "redis://:canary@localhost/0?unknown=1",
        "redis://:canary@localhost/0?socket_timeout=soon",
        "rediss://:canary@[localhost/0",
    ],
)
def test_a_name_that_cannot_be_right_is_told_at_once(name: str) -> None:
    """A misspelt store is a ConfigurationError when the client is built, which repeats no password."""
    with pytest.raises(ConfigurationError) as caught:
        Enboarder.from_env(
            {
                "ENBOARDER_REGION": "EU",
                "ENBOARDER_CLIENT_ID": "id",
                "ENBOARDER_CLIENT_SECRET": "secret",
                "ENBOARDER_TOKEN_STORE": name,
            }
        )

    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_relative_folder_is_told_at_once() -> None:
    """Processes with other working directories would share nothing."""
    with pytest.raises(ConfigurationError, match="not absolute"):
        FileStore("tokens")


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("FileStore", "filelock", "file"),
        ("FileStore", "platformdirs", "file"),
        ("RedisStore", "redis", "redis"),
        ("RedisStore", "cryptography.exceptions", "redis"),
    ],
)
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, name: str, package: str, extra: str) -> None:
    """Without the extra, the error says what to install, and the other store can be used."""
    monkeypatch.delitem(sys.modules, f"enboarder.stores.{extra}")
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(ConfigurationError, match=rf"{package}.*pip install '\.\[{extra}\]'"):
        getattr(stores, name)
    assert [getattr(stores, other) for other in ("FileStore", "RedisStore") if other != name]


def test_all_names_are_there() -> None:
    """`__all__` and `dir` name what can be had, and any other name is an AttributeError."""
    assert [name for name in stores.__all__ if not hasattr(stores, name)] == []
    assert set(stores.__all__) <= set(dir(stores))
    with pytest.raises(AttributeError, match="has no attribute 'FilesStore'"):
        stores.__getattr__("FilesStore")


@pytest.mark.parametrize("kind", [FileStore, RedisStore])
def test_a_store_says_what_it_is(kind: Callable[..., Any], store: Store) -> None:
    """`repr` names the kind of store; the URL of a Redis may hold a password and is not shown."""
    assert repr(store).startswith(type(store).__name__)
    assert "RedisStore(***)" == repr(RedisStore("redis://someone:canary@localhost/0"))


def test_no_server_is_asked_when_a_store_is_built(redis: Server) -> None:
    """A store costs nothing until a token is needed."""
    before = redis.ask("INFO", "stats")["total_connections_received"]
    RedisStore(redis.url)

    assert before + 1 == redis.ask("INFO", "stats")["total_connections_received"]
