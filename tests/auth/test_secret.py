"""A secret shows itself to nobody, is checked when given, and may be a function."""

from __future__ import annotations

import asyncio
import base64
import copy
import inspect
import pickle
import threading
import traceback
from collections.abc import Callable, Coroutine
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    ConfigurationError,
    TokenUnavailable,
)
from enboarder.auth.secret import Secret
from enboarder.auth.token import Token, TokenKey
from enboarder.auth.token_endpoint import TokenEndpoint
from enboarder.auth.token_source import TokenSource
from enboarder.clock import Clock
from tests.conftest import (
    BASE_URL,
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    loopback,
    reply,
)
from tests.engine import httpx

READ: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})
CANARY = "canary-secret"


@pytest.mark.parametrize("shown", [repr, str, lambda credential: f"{credential}"])
@pytest.mark.parametrize(
    "credential", [ApiKey(CANARY), ClientCredentials("id", CANARY)]
)
def test_credential_masks_its_secret(
    shown: Callable[[object], str], credential: object
) -> None:
    """A credential shows that it has a secret, and not which."""
    assert "***" in shown(credential)
    assert CANARY not in shown(credential)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickle.dumps])
def test_secret_is_neither_copied_nor_pickled(
    duplicate: Callable[[object], object],
) -> None:
    """Whatever would write the secret is a TypeError that says what to do instead."""
    with pytest.raises(TypeError, match="build it where it is used"):
        duplicate(Secret(CANARY, "key"))


@pytest.mark.parametrize(
    "credential", [ApiKey(CANARY), ClientCredentials("id", CANARY)]
)
def test_credential_is_not_pickled(credential: object) -> None:
    """A credential keeps its secret out of a pickle."""
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(credential)


PARTS: dict[str, Callable[[Any], object]] = {
    "key": ApiKey,
    "client_id": lambda value: ClientCredentials(value, "s"),
    "client_secret": lambda value: ClientCredentials("id", value),
    "a scope": lambda value: ClientCredentials("id", "s", scopes=(value,)),
}


@pytest.mark.parametrize("value", ["", None, 7, b"bytes"])
@pytest.mark.parametrize("name", PARTS)
def test_empty_part_is_refused_by_its_name(name: str, value: object) -> None:
    """The error about an empty key, id, secret or scope says which, and where it is."""
    with pytest.raises(
        ConfigurationError, match=rf"^{name} is empty.*Settings / Integration"
    ):
        PARTS[name](value)


@pytest.mark.parametrize(
    "value", ["canary\n", "can ary", "\tcanary", "canary\r\nX: y", "canäry", "canary\0"]
)
@pytest.mark.parametrize("name", PARTS)
def test_badly_copied_part_is_refused_and_not_repeated(name: str, value: str) -> None:
    """An error about a blank or a line break names the part without repeating it."""
    with pytest.raises(
        ConfigurationError, match=rf"^{name} holds .*strip\(\)"
    ) as caught:
        PARTS[name](value)

    assert "can" not in str(caught.value)


@pytest.mark.parametrize("returned", [CANARY + "\n", CANARY.encode()])
def test_badly_copied_secret_of_a_function_is_not_shown(returned: Any) -> None:
    """Whatever a function returns, no frame of ours shows the secret."""
    credential = ClientCredentials("id", lambda: returned, token_url=TOKEN_URL)
    auth = credential.auth(base_url=BASE_URL)

    with pytest.raises(ConfigurationError, match=r"line break|not a string") as caught:
        next(auth.sync_auth_flow(httpx.Request("GET", BASE_URL)))

    trace = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    )
    ours = [frame for frame in trace.stack if "/tests/" not in frame.filename]
    assert CANARY not in str(caught.value)
    assert [] == [frame.name for frame in ours if CANARY in str(frame.locals)]


def test_error_of_a_function_is_named_and_not_repeated() -> None:
    """The kind of the error is reported; its text may hold anything."""

    def fail() -> str:
        raise ZeroDivisionError(CANARY)

    credential = ClientCredentials("id", fail, token_url=TOKEN_URL)
    auth = credential.auth(base_url=BASE_URL)

    with pytest.raises(
        TokenUnavailable, match=r"client_secret\(\) failed \(ZeroDivisionError\)"
    ) as caught:
        next(auth.sync_auth_flow(httpx.Request("GET", BASE_URL)))

    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("exit_error", [KeyboardInterrupt, SystemExit])
def test_exit_in_a_function_passes(exit_error: type[BaseException]) -> None:
    """Ctrl-C while a vault is asked ends the program, and is no missing token."""

    def ask() -> str:
        raise exit_error

    with pytest.raises(exit_error):
        Secret(ask, "client_secret").reveal()


def test_coroutine_instead_of_a_secret_is_refused_and_closed() -> None:
    """Python does not warn later that nobody awaited it."""
    made: list[Coroutine[Any, Any, str]] = []

    async def ask_vault() -> str:
        return CANARY

    def ask() -> Any:
        made.append(ask_vault())
        return made[0]

    with pytest.raises(ConfigurationError, match="not a string"):
        Secret(ask, "client_secret").reveal()

    assert inspect.CORO_CLOSED == inspect.getcoroutinestate(made[0])


def test_secret_keeps_the_name_under_which_it_was_found() -> None:
    """The error about a secret of the environment names its variable."""
    with pytest.raises(ConfigurationError, match=r"^ENBOARDER_API_KEY is empty"):
        ApiKey(Secret("", "ENBOARDER_API_KEY"))


class CountingVault:
    """A client_secret function that records the threads in which it is called."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def __call__(self) -> str:
        self.threads.append(threading.current_thread())
        return f"secret-of-{id(self)}"

    @property
    def calls(self) -> int:
        return len(self.threads)


class EmptyStore:
    """A token store that keeps nothing."""

    def token(
        self,
        key: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        return ask()

    def forget(self, key: TokenKey) -> None:
        pass


def settings_of(
    vault: Callable[[], str], service: Service, store: EmptyStore | None = None
) -> dict[str, Any]:
    credential = ClientCredentials("id", vault, token_url=TOKEN_URL, store=store)
    return {
        "credential": credential,
        "base_url": BASE_URL,
        "transport": service.transport,
    }


def sent_secret(request: httpx.Request) -> str:
    """Return the secret in the Basic header of a token request."""
    pair = request.headers["authorization"].removeprefix("Basic ")
    return base64.b64decode(pair).decode().partition(":")[2]


@pytest.mark.parametrize("store", [None, EmptyStore()], ids=["memory", "store"])
def test_function_is_called_once_for_a_cold_client(
    driver: Driver, store: EmptyStore | None
) -> None:
    """The key of the token and its first request take the same secret."""
    vault = CountingVault()
    service = Service()
    settings = settings_of(vault, service, store=store)

    driver.calls(settings, READ, READ, READ)

    assert 1 == len(service.token_requests)
    assert 1 == vault.calls


def test_function_is_called_again_for_a_renewal_only(driver: Driver) -> None:
    """After a refusal the secret is read again, and the key of the token stays."""
    vault = CountingVault()
    fine = httpx.Response(200, json={"items": []})
    service = Service(fine, httpx.Response(401), fine)
    settings = settings_of(vault, service)

    driver.calls(settings, READ, READ, READ)

    assert 2 == len(service.token_requests)
    assert 2 == vault.calls


def test_secret_that_was_read_is_not_kept_for_later_requests(driver: Driver) -> None:
    """A client that finds a token reads the secret again when that token dies."""
    secrets = ["secret-1"]
    service = Service()
    settings = settings_of(lambda: secrets[-1], service)
    driver.calls(settings, READ)

    def die(_: httpx.Request) -> httpx.Response:
        secrets.append("secret-2")
        return httpx.Response(401)

    service.steps = [die, httpx.Response(200, json={"items": []})]
    driver.calls(settings, READ)

    assert ["secret-1", "secret-2"] == [
        sent_secret(request) for request in service.token_requests
    ]


def test_secret_that_was_read_to_forget_a_token_asks_for_none() -> None:
    """The secret may be changed right after `forget`, so it is read again."""
    secrets = ["secret-1"]
    service = Service()
    credential = ClientCredentials("id", lambda: secrets[-1], token_url=TOKEN_URL)
    auth = credential.auth(base_url=BASE_URL, transport=service.transport)

    auth.forget()
    secrets.append("secret-2")
    next(auth.sync_auth_flow(httpx.Request("GET", BASE_URL)))

    (request,) = service.token_requests
    assert "secret-2" == sent_secret(request)


@pytest.mark.parametrize(("seconds", "expected"), [(5.0, 1), (5.1, 2)])
def test_secret_that_was_read_long_ago_is_read_again(
    time: FakeClock, seconds: float, expected: int
) -> None:
    """A caller that gave up in between leaves no old secret to the next one."""
    vault = CountingVault()
    endpoint = TokenEndpoint(
        TOKEN_URL,
        "id",
        Secret(vault, "client_secret"),
        ("scope",),
        "basic",
        {"transport": Service().transport},
        time.clock,
    )
    source = TokenSource(endpoint, None, lambda secret: TokenKey(secret.reveal(), b""))

    source.key()
    time.pass_time(seconds)
    source.fetch()
    assert expected == vault.calls

    source.fetch()
    assert expected + 1 == vault.calls


def test_function_that_blocks_does_not_hold_the_event_loop() -> None:
    """A client_secret function, which may ask a vault, runs beside the event loop."""
    vault = CountingVault()
    fine = httpx.Response(200, json={})
    service = Service(httpx.Response(401), fine)

    async def run() -> None:
        async with AsyncEnboarder(**settings_of(vault, service)) as client:
            await client.request("GET", "/x")

    asyncio.run(run())

    # The second one is for the token that replaces the first.
    assert 2 == vault.calls
    assert threading.main_thread() not in vault.threads


class RotatingService:
    """A service whose secret changes before a call: old secrets and tokens die."""

    def __init__(self, rotate_before_request: int) -> None:
        self.secrets = ["secret-1"]
        self.tokens: list[str] = []
        self.lines: list[str] = []
        self._rotate_before_request = rotate_before_request

    def current_secret(self) -> str:
        return self.secrets[-1]

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.lines.append(handler.requestline)
        if handler.path == "/token":
            self._answer_token_request(handler)
        else:
            self._answer_call(handler)

    def _answer_call(self, handler: BaseHTTPRequestHandler) -> None:
        if len(self.lines) == self._rotate_before_request:
            self.secrets.append(f"secret-{len(self.secrets) + 1}")
        alive = f"token-of-{self.current_secret()}"
        status = 200 if handler.headers["Authorization"] == alive else 401
        reply(handler, status, {"items": []})

    def _answer_token_request(self, handler: BaseHTTPRequestHandler) -> None:
        pair = f"client-id:{self.current_secret()}".encode()
        basic = f"Basic {base64.b64encode(pair).decode()}"
        if handler.headers["Authorization"] != basic:
            return reply(handler, 400, {"error": "invalid_client"})
        self.tokens.append(f"token-of-{self.current_secret()}")
        granted = {"access_token": self.tokens[-1], "expires_in": 3600}
        return reply(handler, 200, granted)


def test_secret_is_rotated_without_a_restart(driver: Driver) -> None:
    """A function is called for each token request, so that no call fails."""
    service = RotatingService(rotate_before_request=4)
    with loopback(service) as (host, _):
        credential = ClientCredentials(
            "client-id", service.current_secret, token_url=host + "/token"
        )
        settings = {"credential": credential, "base_url": host}
        driver.calls(settings, READ, READ, READ, READ)

    assert ["token-of-secret-1", "token-of-secret-2"] == service.tokens
    assert [] == [line for line in service.lines if "secret" in line]
