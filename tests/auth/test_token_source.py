"""Where tokens come from: the store or the endpoint, and on which thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    Clock,
    Enboarder,
)
from enboarder.auth.token import Token, TokenKey
from tests.conftest import (
    BASE_URL,
    LONG,
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    credentials,
    granted,
    loopback,
    refusing_port,
    reply,
)
from tests.engine import httpx

READ: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})
THREADS = 2
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class RecordingStore:
    """A token store that keeps nothing, and records what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[TokenKey, Token | None]] = []
        self.clocks: list[Clock] = []
        self.forgotten: list[TokenKey] = []
        self.threads: list[threading.Thread] = []

    def token(
        self,
        key: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        self.asked.append((key, refused))
        self.clocks.append(clock)
        self.threads.append(threading.current_thread())
        return ask()

    def forget(self, key: TokenKey) -> None:
        self.forgotten.append(key)


class Rendezvous(RecordingStore):
    """A store that asks only when so many callers are in it at once."""

    def __init__(self, callers: int) -> None:
        super().__init__()
        self._barrier = threading.Barrier(callers)

    def token(
        self,
        key: TokenKey,
        ask: Callable[[], Token],
        clock: Clock,
        refused: Token | None,
    ) -> Token:
        self._barrier.wait(LONG)
        return super().token(key, ask, clock, refused)


def test_store_is_asked_for_the_token_of_the_credential(driver: Driver) -> None:
    """It gets the key; nothing was refused yet."""
    store = RecordingStore()
    credential = credentials(store=store)

    driver.calls(granted(Service(), credential=credential), READ, READ)

    assert [(credential.token_key(TOKEN_URL), None)] == store.asked


def test_store_is_told_which_token_was_refused(driver: Driver) -> None:
    """After a 401 the store must not return that token again."""
    store = RecordingStore()
    fine = httpx.Response(200, json={"items": []})
    service = Service(fine, httpx.Response(401), fine)
    settings = granted(service, credential=credentials(store=store))

    driver.calls(settings, READ, READ)

    refused = [token for _, token in store.asked]
    assert [None, "token-1"] == [token and token.value for token in refused]


def test_store_measures_by_the_clock_of_the_client(
    driver: Driver, time: FakeClock
) -> None:
    """A token is as old for the store as for the client."""
    store = RecordingStore()
    settings = granted(Service(), credential=credentials(store=store), clock=time.clock)

    driver.calls(settings, READ)

    assert [time.clock] == store.clocks


def test_store_does_not_run_on_the_event_loop() -> None:
    """A store may block."""
    store = RecordingStore()

    Driver(awaited=True).calls(
        granted(Service(), credential=credentials(store=store)), READ
    )

    assert 1 == len(store.threads)
    assert threading.main_thread() is not store.threads[0]


def test_store_keeps_its_token_unless_forgetting_is_shared() -> None:
    """`forget()` leaves the store alone; `forget(shared=True)` does not."""
    store = RecordingStore()
    credential = credentials(store=store)
    auth = credential.auth(base_url=BASE_URL)

    auth.forget()
    assert [] == store.forgotten

    auth.forget(shared=True)
    assert [credential.token_key(TOKEN_URL)] == store.forgotten


@pytest.mark.parametrize("credential", [ApiKey("key"), credentials()])
def test_shared_forgetting_needs_its_name(credential: Any) -> None:
    """`forget(True)` would not say what it drops."""
    with pytest.raises(TypeError):
        credential.auth(base_url=BASE_URL).forget(True)


def test_shared_forgetting_without_a_store_does_no_harm() -> None:
    """There is nothing more to drop."""
    service = Service()
    settings = granted(service)

    Driver(awaited=False).calls(settings, READ, ("forget", (), {"shared": True}), READ)

    assert 2 == len(service.token_requests)


def test_store_waits_for_the_event_loop_for_20_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The thread of a store does not wait for ever for a loop that stands still.

    That is twice the time that a token request may take. A wait that long cannot be
    seen from outside, so the limit is read where it is given.
    """
    limits: list[float] = []
    original = Future.result

    def recorded(future: Future[object], timeout: float | None = None) -> object:
        if timeout is not None:
            limits.append(timeout)
        return original(future, timeout)

    monkeypatch.setattr(Future, "result", recorded)
    settings = granted(Service(), credential=credentials(store=RecordingStore()))

    Driver(awaited=True).calls(settings, READ)

    assert [20.0] == limits


def test_as_many_stores_as_threads_get_their_tokens() -> None:
    """A store holds a thread while it asks; asking needs no thread of the same pool."""
    service = Service()
    store = Rendezvous(THREADS)

    async def call() -> object:
        settings = granted(service, credential=credentials(store=store))
        async with AsyncEnboarder(**settings) as client:
            return await client.reports.get_forms()

    async def run() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        calls = [call() for _ in range(THREADS)]
        await asyncio.wait_for(asyncio.gather(*calls), LONG)

    asyncio.run(run())

    assert THREADS == len(service.token_requests)


def test_leader_needs_no_thread_of_those_that_wait_for_it() -> None:
    """Blocking calls fill the pool of the loop on which their token is fetched."""
    service = Service()
    settings = granted(service)
    leads = threading.Event()

    async def run() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        with Enboarder(**settings) as blocking:

            def call() -> object:
                assert leads.wait(LONG)
                return blocking.reports.get_forms()

            followers = [
                asyncio.create_task(asyncio.to_thread(call)) for _ in range(2 * THREADS)
            ]
            async with AsyncEnboarder(**settings) as awaited:
                leader = asyncio.create_task(awaited.reports.get_forms())
                await asyncio.sleep(0)
                leads.set()
                await asyncio.wait_for(leader, LONG)
            await asyncio.gather(*followers)

    asyncio.run(run())

    assert 1 == len(service.token_requests)


@pytest.fixture
def dead_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An environment whose proxy is a port of loopback on which nobody listens."""
    with refusing_port() as port:
        url = f"http://127.0.0.1:{port}"
        for name in PROXY_VARIABLES:
            monkeypatch.setenv(name, url)
            monkeypatch.setenv(name.lower(), url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        yield


def answer_all(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"access_token": "t0ken", "items": []})


def settings_on(host: str, **more: Any) -> dict[str, Any]:
    credential = ClientCredentials("id", "secret", token_url=host + "/token")
    return {"credential": credential, "base_url": host, **more}


@pytest.mark.usefixtures("dead_proxy")
def test_token_requests_ignore_the_environment_with_trust_env_false(
    driver: Driver,
) -> None:
    """Neither calls nor token requests use the proxy that HTTP_PROXY names."""
    with loopback(answer_all) as (host, requests):
        driver.calls(settings_on(host, trust_env=False), READ)

    assert 2 == len(requests)
    assert "POST /token" == requests[0]


@pytest.mark.usefixtures("dead_proxy")
def test_bound_credential_ignores_the_environment_with_trust_env_false() -> None:
    """`credential.auth(trust_env=False)` holds for the token requests of any client."""
    with loopback(answer_all) as (host, requests):
        auth = settings_on(host)["credential"].auth(base_url=host, trust_env=False)
        with httpx.Client(auth=auth, trust_env=False) as client:
            client.get(host + "/x")

    assert ["POST /token", "GET /x"] == requests


class Untouchable:
    """Functions of the user's; each call of one is recorded."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def secret(self) -> str:
        self.calls.append("client_secret")
        return "secret"

    def hook(self, message: Any) -> None:
        self.calls.append("hook")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.calls.append("transport")
        return httpx.Response(200, json={})

    @property
    def hooks(self) -> dict[str, list[Any]]:
        return {"request": [self.hook], "response": [self.hook]}

    def store(self) -> Any:
        """Return a store whose verbs are recorded."""
        touched = self

        class Store:
            def token(self, *_: Any) -> Token:
                touched.calls.append("store.token")
                raise AssertionError

            def forget(self, _: TokenKey) -> None:
                touched.calls.append("store.forget")

        return Store()


def build_blocking(credential: Any, **options: Any) -> None:
    Enboarder(credential, **options).close()


def build_asynchronous(credential: Any, **options: Any) -> None:
    client = AsyncEnboarder(credential, **options)
    asyncio.run(client.aclose())


def bind(credential: Any, **options: Any) -> None:
    credential.auth(**options)


@pytest.mark.parametrize("build", [build_blocking, build_asynchronous, bind])
def test_building_calls_no_function_of_the_users(build: Callable[..., None]) -> None:
    """Neither the secret, the store, the hooks nor the transport is called."""
    touched = Untouchable()
    credential = ClientCredentials(
        "id", touched.secret, token_url=TOKEN_URL, store=touched.store()
    )

    build(
        credential,
        base_url=BASE_URL,
        event_hooks=touched.hooks,
        transport=httpx.MockTransport(touched.handle_request),
    )

    assert [] == touched.calls


def test_callers_at_once_derive_the_key_once() -> None:
    """20 tasks on a cold client ask a vault no more often than one does."""
    service = Service()
    may_answer = threading.Event()
    reads: list[int] = []

    def secret() -> str:
        reads.append(1)
        assert may_answer.wait(LONG)
        return "a-secret-of-a-vault"

    async def run() -> None:
        credential = ClientCredentials("id", secret, token_url=TOKEN_URL)
        async with AsyncEnboarder(**granted(service, credential=credential)) as client:
            calls = [asyncio.create_task(client.reports.get_forms()) for _ in range(20)]
            # All of them have begun after this.
            await asyncio.sleep(0)
            may_answer.set()
            await asyncio.gather(*calls)

    asyncio.run(run())

    assert 1 == len(reads)


def test_blocking_call_beside_a_task_that_fetches_skips_the_store() -> None:
    """The task may hold the lock of the store, and cannot go on during the call."""
    service = Service()
    store = RecordingStore()
    settings = granted(service, credential=credentials(store=store))

    async def run() -> None:
        requested = asyncio.Event()
        may_answer = asyncio.Event()

        async def hold(request: httpx.Request) -> httpx.Response:
            requested.set()
            await may_answer.wait()
            return service(request)

        held = {**settings, "transport": httpx.MockTransport(hold)}
        async with AsyncEnboarder(**held) as client:
            task = asyncio.create_task(client.reports.get_forms())
            await requested.wait()
            with Enboarder(**settings) as blocking:
                blocking.reports.get_forms()
            may_answer.set()
            await task

    asyncio.run(asyncio.wait_for(run(), LONG))

    assert 1 == len(store.asked)
    assert 2 == len(service.token_requests)
