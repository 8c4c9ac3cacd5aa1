"""One asynchronous client in several event loops, over real connections."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from pathlib import Path
from typing import Any

import pytest
import trio

from enboarder import ApiKey, AsyncEnboarder, ConfigurationError
from tests.conftest import LONG, basic_launch
from tests.wire.server import Exchange, Network, answer

LAUNCHES = 20


async def launched(exchange: Exchange) -> None:
    """Do what a launch asks for, and keep the connection."""
    external_id = (await exchange.whole()).external_id
    await exchange.send(answer({"message": "ok", "referenceid": external_id}))


async def launch(client: AsyncEnboarder, name: str, count: int = 1) -> list[str]:
    """Launch several people at once; return the references."""
    calls = [
        client.workflows.launch_basic(basic_launch(f"{name}-{number}"))
        for number in range(count)
    ]
    return [str(done.reference_id) for done in await asyncio.gather(*calls)]


def test_client_is_used_from_one_loop_after_another(network: Network) -> None:
    """A loop per request or test is common; each launch is done once."""
    with network.serve(launched) as wire:
        client = AsyncEnboarder(ApiKey("key"), base_url=wire.url)
        found = [asyncio.run(launch(client, f"L{number}")) for number in range(5)]
        asyncio.run(client.aclose())

    assert found == [[f"L{number}-0"] for number in range(5)]
    assert set(wire.launches.values()) == {1}


def test_client_is_used_from_several_loops_at_once(network: Network) -> None:
    """Threads with loops of their own share a client; nothing fails or hangs."""
    found: dict[str, list[str]] = {}

    with network.serve(launched) as wire:
        client = AsyncEnboarder(ApiKey("key"), base_url=wire.url)

        def run(name: str) -> None:
            found[name] = asyncio.run(launch(client, name, LAUNCHES))

        threads = [
            threading.Thread(target=run, args=(f"T{number}",)) for number in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG)
        asyncio.run(client.aclose())

    assert {name: len(set(done)) for name, done in found.items()} == {
        f"T{number}": LAUNCHES for number in range(4)
    }
    assert set(wire.launches.values()) == {1}


def test_closed_loops_leave_no_descriptor_behind(network: Network) -> None:
    """A loop per request does not use up the descriptors of a process."""

    def descriptors() -> int:
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir()))

    with network.serve(launched) as wire:
        client = AsyncEnboarder(ApiKey("key"), base_url=wire.url)
        asyncio.run(launch(client, "first"))
        before = descriptors()
        for number in range(20):
            asyncio.run(launch(client, f"D{number}"))
        after = descriptors()
        asyncio.run(client.aclose())

    assert after <= before + 4


def test_client_is_closed_from_another_loop(
    network: Network, caplog: pytest.LogCaptureFixture
) -> None:
    """`aclose()` is quiet where the connections belong to a loop that has ended."""
    with network.serve(launched) as wire:
        client = AsyncEnboarder(ApiKey("key"), base_url=wire.url)
        asyncio.run(launch(client, "A"))
        asyncio.run(client.aclose())
        asyncio.run(client.aclose())

        with pytest.raises(ConfigurationError, match="closed"):
            asyncio.run(launch(client, "B"))

    assert caplog.messages == []
    assert list(wire.launches) == ["A-0"]


def test_closing_ends_the_calls_of_another_loop(network: Network) -> None:
    """The loop that runs elsewhere closes its own connections."""
    arrived = threading.Event()
    ended: list[object] = []

    async def hang(exchange: Exchange) -> None:
        await exchange.whole()
        arrived.set()
        await exchange.gone()

    with network.serve(hang) as wire:
        client = AsyncEnboarder(ApiKey("key"), base_url=wire.url)

        async def call() -> None:
            calls = [
                client.workflows.launch_basic(basic_launch(f"C-{number}"))
                for number in range(25)
            ]
            ended.extend(await asyncio.gather(*calls, return_exceptions=True))

        thread = threading.Thread(target=lambda: asyncio.run(call()))
        thread.start()
        assert arrived.wait(LONG)
        asyncio.run(client.aclose())
        thread.join(LONG)

    kinds = {type(error).__name__ for error in ended}
    assert len(ended) == 25
    assert kinds <= {"OutcomeUnknown", "ConfigurationError"}
    unsent = [error for error in ended if isinstance(error, ConfigurationError)]
    assert len(wire.launches) <= 25 - len(unsent)


def test_loop_of_another_library_is_refused_before_anything_is_sent(
    network: Network,
) -> None:
    """On trio, the error names what to do instead."""
    with network.serve(launched) as wire:
        client = AsyncEnboarder(ApiKey("key"), base_url=wire.url)

        async def call() -> None:
            async with client:
                await launch_once(client)

        with pytest.raises(ConfigurationError, match=r"trio.*Enboarder in a thread"):
            trio.run(call)

    assert wire.connections == 0


def test_guest_of_asyncio_is_refused_before_anything_is_sent(network: Network) -> None:
    """Trio as a guest of asyncio has a loop of asyncio, but no task of it."""
    outcome: list[Any] = []

    async def host(client: AsyncEnboarder) -> None:
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def done(result: Any) -> None:
            outcome.append(result)
            ended.set()

        trio.lowlevel.start_guest_run(
            launch_once,
            client,
            run_sync_soon_threadsafe=loop.call_soon_threadsafe,
            done_callback=done,
        )
        await asyncio.wait_for(ended.wait(), LONG)

    with network.serve(launched) as wire:
        asyncio.run(host(AsyncEnboarder(ApiKey("key"), base_url=wire.url)))

    with pytest.raises(ConfigurationError, match="trio"):
        outcome[0].unwrap()
    assert wire.connections == 0


async def launch_once(client: AsyncEnboarder) -> None:
    """Launch one person, on whichever library."""
    await client.workflows.launch_basic(basic_launch("O-1"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_child_does_not_close_the_connections_of_its_parent(network: Network) -> None:
    """A child that leaves `with` does not break off what its parent sends."""
    from enboarder import Enboarder

    with (
        network.serve(launched) as wire,
        Enboarder(ApiKey("key"), base_url=wire.url) as client,
    ):
        client.workflows.launch_basic(basic_launch("P-1"))
        child = os.fork()
        if not child:
            client.close()
            os._exit(0)
        os.waitpid(child, 0)
        client.workflows.launch_basic(basic_launch("P-2"))

    assert wire.connections == 1
    assert list(wire.launches) == ["P-1", "P-2"]
