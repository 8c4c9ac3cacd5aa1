"""What aiohttp would do by itself, and what it has to leave undone here."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from enboarder import ConfigurationError
from enboarder.transport.client import build_async
from enboarder.transport.deadline import Deadline
from enboarder.transport.engine import AsyncClient
from enboarder.transport.exchange import send_async
from enboarder.transport.messages import Failure, Request
from enboarder.transport.over_aiohttp import AiohttpTransport
from tests.auth.conftest import certified, port_of
from tests.auth.forward_proxy import ForwardProxy
from tests.conftest import LONG
from tests.wire.server import Exchange, Network, Wire, answer

DONE = answer({"items": []})
HOST = "api.example.com"
Work = Callable[[AsyncClient], Awaitable[Any]]


async def done(exchange: Exchange) -> None:
    await (await exchange.whole()).send(DONE)


def read(url: str, **more: Any) -> Request:
    """Return a request that fails soon only if it has to."""
    parts = {"headers": {}, "content": None, "timeout": LONG, **more}
    return Request("GET", f"{url}/x", **parts)


def worked(work: Work, url: str, **options: Any) -> Any:
    """Let a function work with a client over aiohttp."""

    async def run() -> Any:
        client = build_async(None, {"engine": "aiohttp", **options}, url)  # type: ignore[typeddict-item]
        async with client:
            return await asyncio.wait_for(work(client), LONG)

    return asyncio.run(run())


def sent(url: str, *requests: Request, **options: Any) -> list[Any]:
    """Send requests, one after the other, by one client over aiohttp."""

    async def work(client: AsyncClient) -> list[Any]:
        return [await send_async(client, request) for request in requests]

    return list(worked(work, url, **options))


def test_request_on_a_kept_connection_has_a_deadline(network: Network) -> None:
    """A connection that exists already is not waited for without end."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        if wire.exchanges[0] is exchange:
            await exchange.send(DONE)
        else:
            await exchange.gone()

    with network.serve(behave) as wire:
        _, failure = sent(wire.url, read(wire.url), read(wire.url, timeout=0.15))

    assert (True, 1) == (failure.sent, wire.connections)


def test_connecting_ends_at_the_deadline(network: Network) -> None:
    """A host that does not answer the TLS handshake got no request."""

    async def behave(exchange: Exchange) -> None:
        await exchange.gone()

    with network.serve(behave) as wire:
        url = wire.url.replace("http:", "https:")
        [failure] = sent(url, read(url, timeout=0.15))

    assert isinstance(failure, Failure)
    assert not failure.sent


def test_request_after_the_first_has_its_own_time(network: Network) -> None:
    """A request that is sent again after a 401 does not find its time used up."""
    deadline = Deadline(httpx, LONG, lambda: False)

    async def run(url: str) -> httpx.Response:
        limits = httpx.Limits(max_connections=1)
        transport = AiohttpTransport(httpx.create_ssl_context(), None, limits)
        deadline._ends_at = 0.0
        async with transport:
            with deadline:
                answered = await transport.handle_async_request(
                    httpx.Request("GET", url)
                )
                await answered.aread()
                return answered

    with network.serve(done) as wire:
        assert 200 == asyncio.run(run(wire.url)).status_code


def test_request_that_is_not_sent_gives_its_connection_back(network: Network) -> None:
    """More calls of a closed client than there are connections use none of them up."""

    async def work(client: AsyncClient) -> Any:
        for _ in range(21):
            with pytest.raises(ConfigurationError):
                await send_async(client, read(wire.url), is_closed=lambda: True)
        return await send_async(client, read(wire.url))

    with network.serve(done) as wire:
        assert 200 == worked(work, wire.url).status
        assert 1 == len(wire.exchanges)


def test_answer_that_nobody_asked_for_is_given_to_nobody(network: Network) -> None:
    """A second answer to the first request is not the answer to the second one."""
    asked_again = threading.Event()
    answered_again = threading.Event()

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        await exchange.send(answer(len(wire.exchanges)))
        if len(wire.exchanges) == 1:
            await asyncio.to_thread(asked_again.wait, LONG)
            await exchange.send(answer("of nobody"))
            answered_again.set()

    async def work(client: AsyncClient) -> list[bytes]:
        first = await send_async(client, read(wire.url))
        asked_again.set()
        await asyncio.to_thread(answered_again.wait, LONG)
        # The event loop reads what has come.
        for _ in range(5):
            await asyncio.sleep(0)
        second = await send_async(client, read(wire.url))
        return [first.content, second.content]  # type: ignore[union-attr]

    with network.serve(behave) as wire:
        assert [b"1", b"2"] == worked(work, wire.url)


def test_redirect_is_not_followed(network: Network) -> None:
    """It comes back as an answer, and the credential goes nowhere else."""
    elsewhere = answer(status=307, headers=("Location: /elsewhere",))

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(elsewhere)

    with network.serve(behave) as wire:
        [result] = sent(wire.url, read(wire.url))

    assert (307, ["GET /x"]) == (result.status, wire.lines)


def test_packed_answer_is_unpacked_once(network: Network) -> None:
    """Only the part that counts the bytes of a body unpacks it."""
    packed = gzip.compress(b"[]")
    whole = answer(content=packed, headers=("Content-Encoding: gzip",))

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(whole)

    with network.serve(behave) as wire:
        [result] = sent(wire.url, read(wire.url))

    assert b"[]" == result.content


def test_body_is_sent_without_a_type_that_nobody_gave(network: Network) -> None:
    """aiohttp adds no header of its own."""
    with network.serve(done) as wire:
        sent(wire.url, Request("POST", f"{wire.url}/x", {}, b"body", LONG))

    assert b"body" == wire.exchanges[0].content
    assert "content-type" not in wire.exchanges[0].headers


def test_read_has_no_body(network: Network) -> None:
    """No header of a read says that a body follows, not even an empty one."""
    with network.serve(done) as wire:
        sent(wire.url, read(wire.url))

    of_bodies = {"content-length", "content-type", "transfer-encoding"}
    assert set() == of_bodies & set(wire.exchanges[0].headers)


def test_large_body_is_sent_as_a_whole(network: Network) -> None:
    """Nothing warns of a bulk launch of a megabyte."""
    body = b"x" * 1_100_000
    with network.serve(done) as wire:
        [result] = sent(wire.url, Request("POST", f"{wire.url}/x", {}, body, LONG))

    assert 200 == result.status
    assert body == wire.exchanges[0].content


def test_changed_protocol_is_no_answer(network: Network) -> None:
    """A 101 that nobody asked for ends the attempt, whose request may have left."""
    changed = b"HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(changed)

    with network.serve(behave) as wire:
        [failure] = sent(wire.url, read(wire.url))

    assert isinstance(failure, Failure)
    assert failure.sent


def test_answer_that_breaks_off_is_an_error_of_reading(network: Network) -> None:
    """It has the name that it has with every other engine."""

    async def behave(exchange: Exchange) -> None:
        await exchange.whole()
        await exchange.send(DONE[:-1])
        await exchange.close()

    with network.serve(behave) as wire:
        [failure] = sent(wire.url, read(wire.url))

    assert ("ReadError", True) == (failure.reason, failure.sent)


def test_unusual_headers_arrive(network: Network) -> None:
    """Many, long and repeated headers are those of an answer like any other."""
    headers = [f"X-{number}: 1" for number in range(300)]
    headers += ["X-Long: " + "a" * 20_000, "X-Twice: 1", "X-Twice: 2"]
    whole = answer({}, headers=tuple(headers))

    async def behave(exchange: Exchange) -> None:
        await (await exchange.whole()).send(whole)

    with network.serve(behave) as wire:
        [result] = sent(wire.url, read(wire.url))

    assert 20_000 == len(result.headers["x-long"])
    assert ["1", "2"] == result.headers.get_list("x-twice")


def test_answer_has_the_words_behind_its_status(network: Network) -> None:
    """A hook of the user reads them as with another engine."""
    reasons: list[str] = []

    async def note(response: httpx.Response) -> None:
        reasons.append(response.reason_phrase)

    with network.serve(done) as wire:
        sent(wire.url, read(wire.url), event_hooks={"response": [note]})

    assert ["X"] == reasons


def test_environment_is_not_read(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain HTTP goes to no proxy of the environment, where nobody listens here."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with network.serve(done) as wire:
        [result] = sent(wire.url, read(wire.url))

    assert 200 == result.status


def test_cancelled_call_stays_cancelled(network: Network) -> None:
    """A call that is cancelled while it connects does not say that it was closed."""

    async def behave(exchange: Exchange) -> None:
        connected.set()
        await exchange.gone()

    async def work(client: AsyncClient) -> bool:
        call = asyncio.ensure_future(send_async(client, read(url)))
        await asyncio.to_thread(connected.wait, LONG)
        call.cancel()
        await asyncio.wait([call])
        return call.cancelled()

    connected = threading.Event()
    with network.serve(behave) as wire:
        url = wire.url.replace("http:", "https:")
        assert worked(work, url)


def test_connections_are_kept_as_long_as_by_other_engines() -> None:
    """A service that closes a kept connection under a launch makes it unknown."""

    async def run() -> float:
        limits = httpx.Limits(keepalive_expiry=5.0)
        transport = AiohttpTransport(httpx.create_ssl_context(), None, limits)
        async with transport._new_session() as session:
            connector: Any = session.connector
            return float(connector._keepalive_timeout)

    assert 5.0 == asyncio.run(run())


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that only `verify` makes known."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """Its certificate."""
    path = str(tmp_path / "ca.pem")
    authority.cert_pem.write_to_path(path)
    return path


def tunnelled(
    network: Network, proxy: ForwardProxy, ca_file: str, wire: Wire
) -> list[Any]:
    """Send a request through a proxy that has a login."""
    url = f"https://{HOST}:{port_of(wire)}"
    login = proxy.url.replace("://", "://me:password@")
    return sent(url, read(url), proxy=login, verify=ca_file)


def test_proxy_gets_its_login(
    network: Network, authority: trustme.CA, ca_file: str
) -> None:
    """A tunnel leads to a host of whose authority only `verify` knows."""
    with (
        network.serve(done, certified(authority, HOST)) as wire,
        ForwardProxy(network, {HOST: port_of(wire)}) as proxy,
    ):
        [result] = tunnelled(network, proxy, ca_file, wire)

    assert (200, ["GET /x"]) == (result.status, wire.lines)
    assert "Proxy-Authorization: Basic bWU6cGFzc3dvcmQ=" in proxy.heads[0]


def test_proxy_that_refuses_has_sent_nothing(
    network: Network, authority: trustme.CA, ca_file: str
) -> None:
    """The failure says that it was the proxy, and the request may be sent again."""
    with (
        network.serve(done, certified(authority, HOST)) as wire,
        ForwardProxy(network, {HOST: port_of(wire)}, 407) as proxy,
    ):
        [failure] = tunnelled(network, proxy, ca_file, wire)

    assert ("ProxyError", False) == (failure.reason, failure.sent)
    assert [] == wire.exchanges
