"""aiohttp writes the URL of a request as the client has built it."""

from __future__ import annotations

import asyncio

from enboarder.transport.client import build_async
from enboarder.transport.exchange import send_async
from enboarder.transport.messages import Request
from tests.conftest import LONG
from tests.wire.server import Exchange, Network, answer

PATH = "/a%2Fb%7Ec"


async def done(exchange: Exchange) -> None:
    await (await exchange.whole()).send(answer({}))


def test_escapes_in_a_path_are_sent_unchanged(network: Network) -> None:
    """aiohttp alone would write the tilde without its escape."""

    async def run(url: str) -> None:
        async with build_async(None, {"engine": "aiohttp"}, url) as client:
            await send_async(client, Request("GET", url + PATH, {}, None, LONG))

    with network.serve(done) as wire:
        asyncio.run(run(wire.url))

    assert [f"GET {PATH}"] == wire.lines
