"""The hazards that a mock transport would hide, through the real client and real sockets."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from enboarder import AsyncEnboarder, TokenUnavailable, Unauthorized
from tests.conftest import LONG, Driver, FakeClock, credentials, loopback, reply
from tests.wire.server import Exchange, Network, Wire, answer

READ: tuple[str, tuple[Any, ...], dict[str, Any]] = ("reports.get_forms", (), {})
ROOT = Path(__file__).resolve().parents[2]


async def fine(exchange: Exchange) -> None:
    await (await exchange.whole()).send(answer({"items": []}))


async def refuse(exchange: Exchange) -> None:
    await (await exchange.whole()).send(answer(status=401))


def settings(wire: Wire, time: FakeClock, **more: Any) -> dict[str, Any]:
    return {
        "credential": credentials(token_url=wire.token_url),
        "base_url": wire.url,
        "clock": time.clock,
        **more,
    }


class Endpoint:
    """A token endpoint that gives numbered tokens, until it is told to do something else."""

    def __init__(self, lifetime: float = 3600) -> None:
        self.lifetime, self.status, self.asked = lifetime, 200, 0

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.path != "/token":
            return reply(handler, 200, {"items": []})
        self.asked += 1
        return reply(
            handler,
            self.status,
            {"access_token": f"token-{self.asked}", "expires_in": self.lifetime},
        )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("client_auth", ["basic", "post"])
def test_token_request_follows_no_redirect(
    driver: Driver, network: Network, status: int, client_auth: Any
) -> None:
    """S6, Hazard: redirect from the token endpoint. It is an error, and no connection is made to the other host."""
    with network.serve(fine) as other:

        def move(handler: BaseHTTPRequestHandler) -> None:
            reply(handler, status, None, Location=other.token_url)

        with loopback(move) as (host, seen):
            credential = credentials(token_url=host + "/token", client_auth=client_auth)
            with pytest.raises(TokenUnavailable, match=f"answered {status}.*token_url"):
                driver.call({"credential": credential, "base_url": host}, READ[0])

    assert (["POST /token"], 0) == (seen, other.connections)


def test_api_that_refuses_everything_costs_two_tokens(
    driver: Driver, time: FakeClock, network: Network
) -> None:
    """Hazard: API that always answers 401. 20 calls, each told as Unauthorized, cost two token requests in all."""
    with network.serve(refuse) as wire:
        given = settings(wire, time)
        for _ in range(20):
            with pytest.raises(Unauthorized):
                driver.call(given, READ[0])

    assert (2, 21) == (wire.tokens, len(wire.lines))


def test_short_tokens_serve_many_calls(driver: Driver, time: FakeClock) -> None:
    """Hazard: tokens of 20 s. 20 calls within their life cost one token request, and the next one after it a second."""
    endpoint = Endpoint(lifetime=20)
    with loopback(endpoint) as (host, _):
        given = {
            "credential": credentials(token_url=host + "/token"),
            "base_url": host,
            "clock": time.clock,
        }
        driver.calls(given, *[READ] * 20)
        assert 1 == endpoint.asked
        time.pass_time(19)
        driver.call(given, READ[0])

    assert 2 == endpoint.asked


def test_dead_endpoint_is_asked_once_by_200_tasks(
    network: Network, time: FakeClock
) -> None:
    """Hazard: dead endpoint and 200 tasks. It hangs up on one token request, and everybody is told."""

    async def run(given: dict[str, Any]) -> list[object]:
        async with AsyncEnboarder(**given) as client:
            return await asyncio.gather(
                *[client.reports.get_forms() for _ in range(200)],
                return_exceptions=True,
            )

    with network.serve(b"") as dead:
        found = asyncio.run(run(settings(dead, time)))

    assert ({TokenUnavailable}, 200, 1) == (
        {type(one) for one in found},
        len(found),
        dead.connections,
    )


@pytest.mark.parametrize("status", [429, 500, 400])
def test_old_token_serves_while_the_endpoint_is_down(
    driver: Driver, time: FakeClock, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    """Hazard: endpoint down in the soft window. 20 calls are served with the old token, and it is asked once."""
    endpoint = Endpoint()
    with loopback(endpoint) as (host, _), caplog.at_level(logging.WARNING, "enboarder"):
        given = {
            "credential": credentials(token_url=host + "/token"),
            "base_url": host,
            "clock": time.clock,
        }
        driver.call(given, READ[0])
        time.pass_time(2900)
        endpoint.status = status
        driver.calls(given, *[READ] * 20)
        time.pass_time(29)
        driver.call(given, READ[0])
        assert 2 == endpoint.asked
        endpoint.status = 200
        time.pass_time(31)
        driver.calls(given, READ, READ)

    assert (3, 1) == (endpoint.asked, len(caplog.messages))


def test_wall_clock_set_back_asks_for_nothing(driver: Driver, time: FakeClock) -> None:
    """Hazard: wall clock set back. After 2 h backwards the token serves, and ends when it would have ended."""
    endpoint = Endpoint()
    with loopback(endpoint) as (host, _):
        given = {
            "credential": credentials(token_url=host + "/token"),
            "base_url": host,
            "clock": time.clock,
        }
        driver.call(given, READ[0])
        time.wall -= 7200
        driver.call(given, READ[0])
        assert 1 == endpoint.asked
        time.pass_time(3600)
        driver.call(given, READ[0])

    assert 2 == endpoint.asked


def test_token_does_not_outlive_a_suspend(driver: Driver, time: FakeClock) -> None:
    """Hazard: suspend. After 8 h that only the wall clock saw, the first call has a new token."""
    endpoint = Endpoint()
    with loopback(endpoint) as (host, _):
        given = {
            "credential": credentials(token_url=host + "/token"),
            "base_url": host,
            "clock": time.clock,
        }
        driver.call(given, READ[0])
        time.wall += 8 * 3600
        driver.call(given, READ[0])

    assert 2 == endpoint.asked


FORKED = """
import os, threading
from enboarder import ClientCredentials, Enboarder
from tests.conftest import LONG, loopback, reply

asked, begun, go = [], threading.Event(), threading.Event()

def answer(handler):
    if handler.path != "/token":
        return reply(handler, 200, {"items": []})
    asked.append(1)
    if len(asked) == 1:
        begun.set()
        go.wait(LONG)
    reply(handler, 200, {"access_token": "token", "expires_in": 3600})

with loopback(answer) as (host, _), Enboarder(ClientCredentials("id", "s", token_url=host + "/token"), base_url=host) as client:
    leader = threading.Thread(target=client.reports.get_forms)
    leader.start()
    begun.wait(LONG)
    child = os.fork()
    if not child:
        code = 1
        try:
            client.reports.get_forms()
            client.reports.get_forms()
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    go.set()
    leader.join(LONG)
    client.reports.get_forms()
    print(status, len(asked), leader.is_alive())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_child_of_a_fork_in_mid_refresh_is_served() -> None:
    """Hazard: fork in mid-refresh. The child fetches a token of its own for its calls; the parent's call is served, too."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKED]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=2 * LONG, cwd=ROOT
    )

    assert (["0", "2", "False"], "") == (ran.stdout.split(), ran.stderr)
