"""Choose a store by ENBOARDER_TOKEN_STORE, and report what is missing for it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from enboarder import ConfigurationError, Enboarder, environment, stores
from enboarder.mock import MockServer
from enboarder.stores import FileStore, RedisStore, Store
from tests.stores.conftest import Server


def call(mock: MockServer, store_name: str) -> None:
    """Make a call with a client from the environment, which has no token in memory."""
    environ = {**mock.environ("oauth2"), "ENBOARDER_TOKEN_STORE": store_name}
    with Enboarder.from_env(environ) as client:
        client.forget()
        client.brands.get_all()


def test_the_environment_names_the_store(mock: MockServer, store_name: str) -> None:
    """`file:…` and `redis://…` share a token between unrelated clients."""
    call(mock, store_name)
    call(mock, store_name)

    assert 1 == mock.token_requests


@pytest.mark.parametrize("name", ["", "memory"])
def test_memory_is_the_default(mock: MockServer, name: str) -> None:
    """Without a store, a client with an empty memory requests a token."""
    call(mock, name)
    call(mock, name)

    assert 2 == mock.token_requests


@pytest.mark.parametrize("form", ["file:{}", "file://{}", "file://localhost{}"])
def test_a_folder_is_named_as_a_url(tmp_path: Path, form: str) -> None:
    """All usual forms of a folder's URL name that folder; %20 is a blank."""
    folder = tmp_path / "with a blank"
    name = form.format(str(folder).replace(" ", "%20"))

    assert repr(FileStore(folder)) == repr(FileStore.from_url(name))


@pytest.mark.parametrize("name", ["file", "file:"])
@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is another one")
def test_the_default_folder_is_in_the_cache_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """`file` without a path means a folder in the user's cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    expected = repr(FileStore(tmp_path / "enboarder"))

    assert expected == repr(FileStore.from_url(name))
    assert expected == repr(FileStore())


HOMELESS = """
import os
from enboarder import ConfigurationError
from enboarder.stores import FileStore

os.environ.pop("HOME", None)
os.environ.pop("XDG_CACHE_HOME", None)
# The system knows the home of this user.
print(FileStore())
if os.geteuid() == 0:
    # As in a container that runs under the id of nobody.
    os.setuid(987_654)
    try:
        FileStore()
    except ConfigurationError as error:
        print(error)
else:
    print("HOME: only root can become a user whom the system does not know")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is another one")
def test_missing_home_is_looked_up_or_named() -> None:
    """A user without a home folder learns how to name another one."""
    command = [sys.executable, "-c", HOMELESS]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    found, said = ran.stdout.splitlines()
    assert found.startswith("FileStore('/")
    assert "HOME" in said


@pytest.mark.parametrize(
    "name",
    [
        "nonsense",
        "files:/tokens",
        "file:tokens",
        "file://host.example.com/tokens",
        "file://[host/tokens",
        "file:/tokens?mode=0600",
        "file:/tokens#1",
        "redis",
        "redis:localhost",
        "redis://:canary@localhost:port/0",
        "redis://user:canary/1@localhost/0",
        "redis://:canary@localhost/0?unknown=1",
        "redis://:canary@localhost/0?socket_timeout=soon",
        "rediss://:canary@[localhost/0",
    ],
)
def test_a_wrong_name_is_reported_when_the_client_is_built(name: str) -> None:
    """A misspelt store raises a ConfigurationError without the password."""
    environ = {
        "ENBOARDER_REGION": "EU",
        "ENBOARDER_CLIENT_ID": "id",
        "ENBOARDER_CLIENT_SECRET": "secret",
        "ENBOARDER_TOKEN_STORE": name,
    }
    with pytest.raises(ConfigurationError) as caught:
        Enboarder.from_env(environ)

    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("url", [None, 5, b"redis://localhost"])
def test_a_redis_is_named_by_a_text(url: Any) -> None:
    """Anything else is an error of ours, too."""
    with pytest.raises(ConfigurationError, match="not a string"):
        RedisStore(url)


def test_a_relative_folder_is_refused() -> None:
    """A relative folder is refused, because it depends on the working directory."""
    with pytest.raises(ConfigurationError, match="tokens"):
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
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, extra: str
) -> None:
    """Without the extra, the error says what to install."""
    monkeypatch.delitem(sys.modules, f"enboarder.stores.{extra}")
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(ConfigurationError) as caught:
        getattr(stores, name)

    assert package in str(caught.value)
    assert f"pip install '.[{extra}]'" in str(caught.value)


def test_a_store_that_cannot_be_loaded_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process without a free descriptor says so, and not that an extra is missing."""

    def fail(*_: object) -> NoReturn:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(stores, "import_module", fail)

    with pytest.raises(ConfigurationError, match="FileStore cannot be loaded"):
        _ = stores.FileStore


@pytest.mark.parametrize(
    ("missing", "other"), [("redis", "FileStore"), ("filelock", "RedisStore")]
)
def test_each_store_works_without_the_extra_of_the_other(
    monkeypatch: pytest.MonkeyPatch, missing: str, other: str
) -> None:
    """A machine needs only the packages of the store that it uses."""
    monkeypatch.setitem(sys.modules, missing, None)
    module = "file" if other == "FileStore" else "redis"
    monkeypatch.delitem(sys.modules, f"enboarder.stores.{module}")

    assert other == getattr(stores, other).__name__


def test_every_public_name_exists() -> None:
    """`__all__` and `dir` list the public names; any other name is an error."""
    assert [] == [name for name in stores.__all__ if not hasattr(stores, name)]
    assert set(stores.__all__) <= set(dir(stores))
    assert not hasattr(stores, "FilesStore")


def test_a_store_says_what_kind_it_is(store: Store) -> None:
    """`repr` starts with the kind of store."""
    assert repr(store).startswith(type(store).__name__)


def test_the_url_of_a_redis_is_not_shown() -> None:
    """The URL may have a password, so `repr` does not show it."""
    assert "canary" not in repr(RedisStore("redis://someone:canary@localhost/0"))


@pytest.mark.parametrize(
    ("options", "connecting", "answering"),
    [("", 2.0, 2.0), ("?socket_timeout=5", 2.0, 5.0)],
)
def test_a_redis_is_asked_once_and_not_for_long(
    options: str, connecting: float, answering: float
) -> None:
    """A server that cannot be reached does not hold up a call, as by default."""
    store = RedisStore(f"redis://127.0.0.1:1/0{options}")

    connection = store._connect().connection_pool.make_connection()

    assert connecting == connection.socket_connect_timeout
    assert answering == connection.socket_timeout
    assert 0 == connection.retry._retries


def test_building_a_store_asks_no_server(redis: Server) -> None:
    """A store does no work until a token is needed."""
    before = redis.ask("INFO", "stats")["total_connections_received"]
    RedisStore(redis.url)

    # The second question opens its own connection.
    assert before + 1 == redis.ask("INFO", "stats")["total_connections_received"]


@pytest.mark.parametrize("kind", ["file", "redis", "rediss", "unix"])
def test_stores_need_no_metadata(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Slim images drop the metadata of packages; the stores of this one stay."""
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: ())

    assert environment._store_class(kind) is not None
