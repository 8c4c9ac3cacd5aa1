"""No secret shows when a client, a credential or a store cannot be built."""

from __future__ import annotations

import json
import reprlib
import traceback
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from pydantic import SecretStr

from enboarder import ApiKey, AsyncEnboarder, ClientCredentials, Enboarder
from enboarder.errors import EnboarderError
from enboarder.stores import FileStore, RedisStore

CANARY = "canary-4711"
URL = f"https://user:{CANARY}@api.example.com"
FULL = {
    "ENBOARDER_REGION": "EU",
    "ENBOARDER_CLIENT_ID": "id",
    "ENBOARDER_CLIENT_SECRET": CANARY,
}
BUILDS: dict[str, Callable[[], object]] = {
    "key with a line break": lambda: ApiKey(f"{CANARY}\n"),
    "key that is a list": lambda: ApiKey([CANARY]),  # type: ignore[arg-type]
    "wrapped key with a blank": lambda: ApiKey(SecretStr(f"{CANARY} ")),
    "secret with a line break": lambda: ClientCredentials("id", f"{CANARY}\n"),
    "wrapped secret with a blank": lambda: ClientCredentials(
        "id", SecretStr(f"{CANARY} ")
    ),
    "secret beside a wrong scope": lambda: ClientCredentials("id", CANARY, scopes=()),
    "secret beside a wrong client_auth": lambda: ClientCredentials(
        "id",
        CANARY,
        client_auth="digest",  # type: ignore[arg-type]
    ),
    "secret beside a wrong store": lambda: ClientCredentials(
        "id",
        CANARY,
        store="memory",  # type: ignore[arg-type]
    ),
    "token URL with a password": lambda: Enboarder(
        ClientCredentials("id", "secret", token_url=URL), region="EU"
    ),
    "base URL with a password": lambda: Enboarder(ApiKey("key"), base_url=URL),
    "base URL with a query": lambda: Enboarder(
        ApiKey("key"), base_url=f"https://api.example.com?key={CANARY}"
    ),
    "credential without a region": lambda: Enboarder(ApiKey(CANARY)),
    "bound without a region": lambda: ApiKey(CANARY).auth(),
    "bound to a URL with a password": lambda: ApiKey("key").auth(base_url=URL),
    "client bound to a URL with a password": lambda: ClientCredentials(
        "id", "secret"
    ).auth(base_url=URL),
    "RedisStore with a bad port": lambda: RedisStore(f"redis://:{CANARY}@host:port/0"),
    "RedisStore with a #": lambda: RedisStore(f"redis://:1#{CANARY}@host/0"),
    "RedisStore with an unknown option": lambda: RedisStore(
        f"redis://:{CANARY}@host/0?unknown=1"
    ),
    "RedisStore by a name": lambda: RedisStore.from_url(f"redis:{CANARY}"),
    "FileStore by another URL": lambda: FileStore.from_url(f"file://u:{CANARY}@host/"),
}
PROXIES = [
    f"http://user:{CANARY}/x@proxy.example.com:3128",
    f"http://user:{CANARY}#x@proxy.example.com:3128",
    f"foo://user:{CANARY}@proxy.example.com:3128",
    f"socks://user:{CANARY}@proxy.example.com:3128",
    f"http://user:{CANARY}@proxy..example.com:3128",
    f"http://user:{CANARY}@proxy.example.com:port",
]
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "key and client": {**FULL, "ENBOARDER_API_KEY": CANARY},
    "key in quotation marks": {"ENBOARDER_API_KEY": f'"{CANARY}"'},
    "key with a line break": {
        "ENBOARDER_REGION": "EU",
        "ENBOARDER_API_KEY": f"{CANARY}\n",
    },
    "secret in quotation marks": {**FULL, "ENBOARDER_CLIENT_SECRET": f"'{CANARY}'"},
    "secret with a blank": {**FULL, "ENBOARDER_CLIENT_SECRET": f"{CANARY} "},
    "secret without an id": {"ENBOARDER_CLIENT_SECRET": CANARY},
    "secret and no region": {**FULL, "ENBOARDER_REGION": ""},
    "secret and a wrong region": {**FULL, "ENBOARDER_REGION": "MARS"},
    "secret and two addresses": {**FULL, "ENBOARDER_BASE_URL": "https://a.example.com"},
    "base URL with a password": {
        "ENBOARDER_API_KEY": CANARY,
        "ENBOARDER_BASE_URL": URL,
    },
    "token URL with a password": {**FULL, "ENBOARDER_TOKEN_URL": URL},
    "store that is a password": {**FULL, "ENBOARDER_TOKEN_STORE": CANARY},
    "store of another kind": {
        **FULL,
        "ENBOARDER_TOKEN_STORE": f"reddis://:{CANARY}@host",
    },
    "Redis with a bad port": {
        **FULL,
        "ENBOARDER_TOKEN_STORE": f"redis://:{CANARY}@host:port/0",
    },
    "Redis with a #": {**FULL, "ENBOARDER_TOKEN_STORE": f"rediss://:1#{CANARY}@host"},
    "file with a host": {**FULL, "ENBOARDER_TOKEN_STORE": f"file://u:{CANARY}@host/"},
}


def our_frames(error: BaseException | None) -> Iterator[FrameType]:
    """Yield the frames of our package, and of code that attrs generated."""
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            name = frame.f_code.co_filename
            if "/tests/" not in name:
                yield frame
        error = error.__cause__ or error.__context__


def texts_of(error: BaseException) -> Iterator[str]:
    """Yield what reporters of errors show: the error, and the variables of frames."""
    yield repr(error)
    yield repr(vars(error))
    recorded = traceback.TracebackException.from_exception(error, capture_locals=True)
    for shown in recorded.stack:
        if "/tests/" not in shown.filename:
            yield f"{shown.filename} {shown.name} {shown.locals}"
    for frame in our_frames(error):
        for name, value in frame.f_locals.items():
            held = getattr(value, "__dict__", None)
            yield f"{frame.f_code.co_qualname} {name} {value!r} {reprlib.repr(value)}"
            yield f"{frame.f_code.co_qualname} {name} {held!r}"


def check(build: Callable[[], object]) -> None:
    with pytest.raises(EnboarderError) as caught:
        build()

    assert [] == [text for text in texts_of(caught.value) if CANARY in text]


@pytest.mark.parametrize("name", BUILDS)
def test_construction_shows_no_secret(name: str) -> None:
    """Neither the error nor a recorded local variable of ours shows it."""
    check(BUILDS[name])


@pytest.mark.parametrize("kind", [Enboarder, AsyncEnboarder])
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environment_shows_no_secret(kind: type[Enboarder], name: str) -> None:
    """The same for each variable that can hold one."""
    check(lambda: kind.from_env(dict(ENVIRONMENTS[name])))


def test_environment_of_the_process_shows_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is never a local variable, which would show all of it."""
    monkeypatch.setenv("SOME_OTHER_PASSWORD", CANARY)
    monkeypatch.delenv("ENBOARDER_API_KEY", raising=False)
    monkeypatch.delenv("ENBOARDER_CLIENT_ID", raising=False)

    check(Enboarder.from_env)


@pytest.mark.parametrize("kind", [Enboarder, AsyncEnboarder])
@pytest.mark.parametrize("proxy", PROXIES)
def test_proxy_shows_no_password(kind: type[Enboarder], proxy: str) -> None:
    """Whatever is wrong with its URL, in the constructor or in `from_env`."""
    environ = {"ENBOARDER_REGION": "EU", "ENBOARDER_API_KEY": "key"}

    check(lambda: kind(ApiKey("key"), region="EU", proxy=proxy))
    check(lambda: kind.from_env(environ, proxy=proxy))


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("proxy", PROXIES)
def test_proxy_of_the_environment_shows_no_password(
    monkeypatch: pytest.MonkeyPatch, variable: str, proxy: str
) -> None:
    """The error names the variable, and not its value."""
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv(variable, proxy)

    def build() -> object:
        return Enboarder(ApiKey("key"), region="EU")

    check(build)
    with pytest.raises(EnboarderError, match=variable):
        build()


@pytest.mark.parametrize(
    "kind", [ApiKey, ClientCredentials, Enboarder, AsyncEnboarder, FileStore]
)
def test_half_built_object_has_a_repr(kind: type[Any]) -> None:
    """Error reports show objects whose constructor failed."""
    half_built = object.__new__(kind)

    assert repr(half_built).startswith(kind.__name__)


def test_search_would_find_a_secret() -> None:
    """A frame that shows one is noticed."""

    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(CANARY)

    assert any(CANARY in text for text in texts_of(caught.value))
