"""An asynchronous caller needs a thread for what may block; the threads of the event loop may all be waiting for its token."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from enboarder import AsyncEnboarder, Enboarder
from tests.conftest import BASE_URL, LONG, Service, credentials
from tests.stores.conftest import OwnStore

THREADS = 2


def test_as_many_stores_as_threads_get_their_tokens() -> None:
    """A renewal by a store holds a thread while it asks; what asks needs none of the same pool."""
    service, store = Service(), OwnStore()

    async def run() -> list[object]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        clients = [
            AsyncEnboarder(
                credentials(store=store), base_url=BASE_URL, transport=service.transport
            )
            for _ in range(THREADS)
        ]
        try:
            return await asyncio.wait_for(
                asyncio.gather(*(client.reports.get_forms() for client in clients)),
                LONG / 2,
            )
        finally:
            for client in clients:
                await client.aclose()

    assert THREADS == len(asyncio.run(run()))
    assert THREADS == len(service.token_requests)


def test_leader_needs_no_thread_of_those_who_wait_for_it() -> None:
    """Blocking calls of the same credential fill the pool of the event loop, on which the token is being fetched."""
    service, credential, begun = Service(), credentials(), threading.Event()

    async def run() -> object:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        with Enboarder(
            credential, base_url=BASE_URL, transport=service.transport
        ) as blocking:

            def job() -> object:
                assert begun.wait(LONG)
                return blocking.reports.get_forms()

            jobs = [
                asyncio.create_task(asyncio.to_thread(job)) for _ in range(2 * THREADS)
            ]
            async with AsyncEnboarder(
                credential, base_url=BASE_URL, transport=service.transport
            ) as awaited:
                call = asyncio.create_task(awaited.reports.get_forms())
                await asyncio.sleep(0)  # it leads now
                begun.set()
                found = await asyncio.wait_for(call, LONG / 2)
            await asyncio.gather(*jobs)
            return found

    assert asyncio.run(run()) is not None
    assert 1 == len(service.token_requests)
