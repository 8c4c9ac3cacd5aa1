"""Workers in processes that share one credential, through expiry and worse."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random
from typing import NamedTuple

import httpx
from attrs import define, field, frozen

from enboarder import ClientCredentials, Clock
from enboarder.errors import EnboarderError
from scripts.lab.scale.service import LIFETIME, Service, TokenRequest, TokenTransport
from scripts.lab.scale.shared_store import Server, SimulatedRedisStore
from scripts.lab.scale.virtual_time import VirtualLoop

BASE_URL = "https://api.example.com"
READ_URL = httpx.URL(f"{BASE_URL}/restapi/v2/profiles/p1")
TOKEN_URL = "https://auth.example.com/oauth2/token"
STARTED = 1_800_000_000.0
"""The wall clock at the start."""
TIMEOUT = 30.0
"""Seconds that a call may take, as in the client."""
RENEWED_AT = 0.75
"""The share of its life after which a token may be renewed."""
WITHIN = 1.0
"""Seconds in which all workers start."""


@frozen
class Size:
    """How many workers there are, and how they are spread."""

    processes: int = 50
    workers: int = 20
    """In each process."""
    pause: float = 900.0
    """Seconds between two calls of a worker, on average."""

    @property
    def total(self) -> int:
        """Return the number of all workers."""
        return self.processes * self.workers


class Event(NamedTuple):
    """Something that happens to the fleet."""

    at: float
    happen: Callable[[Fleet], object]


@frozen
class Story:
    """What happens, and how long it takes."""

    name: str
    hours: float
    events: Sequence[Event] = ()
    is_shared: bool = True
    """Whether the processes share the token by Redis."""


@define
class Outcome:
    """What workers and service saw."""

    calls: int = 0
    failed: int = 0
    longest_wait: float = 0.0
    """Seconds that a call waited for a token."""
    token_requests: list[TokenRequest] = field(factory=list)
    revoked_at: list[float] = field(factory=list)
    commands: int = 0
    """That the Redis server got."""
    processes: int = 0
    """That lived, with those that were restarted."""

    @property
    def most_per_lifetime(self) -> int:
        """Return how many tokens the group requested at most in one lifetime.

        A lifetime ends when the token may be renewed, or is revoked.
        """
        return self._most([request.at for request in self.token_requests])

    @property
    def most_per_process(self) -> int:
        """Return how many tokens a process requested at most in one lifetime."""
        times: dict[str, list[float]] = {}
        for request in self.token_requests:
            times.setdefault(request.process, []).append(request.at)
        return max(map(self._most, times.values()), default=0)

    def _most(self, times: list[float]) -> int:
        most = 0
        for first in times:
            ends_at = first + RENEWED_AT * LIFETIME
            revoked = [at for at in self.revoked_at if at >= first]
            ends_at = min([ends_at, *revoked])
            most = max(most, sum(first <= at < ends_at for at in times))
        return most


class Fleet:
    """Processes with workers, their service, and their Redis server.

    Args:
        loop: the time.
        size: how many workers there are.
        seed: decides everything that is left to chance.
        is_shared: whether the processes share the token by Redis.
    """

    def __init__(
        self, loop: VirtualLoop, size: Size, seed: int, *, is_shared: bool
    ) -> None:
        """Set the processes up; no worker runs yet."""
        self.loop = loop
        self.service = Service(loop, Random(f"service {seed}"))
        self.redis = Server(loop, Random(f"redis {seed}"))
        self.outcome = Outcome()
        self._size = size
        self._seed = seed
        self._is_shared = is_shared
        self._processes = [Process(self, self._name()) for _ in range(size.processes)]

    def store(self) -> SimulatedRedisStore | None:
        """Return the store of a process."""
        return SimulatedRedisStore(self.redis) if self._is_shared else None

    def chance(self, name: str) -> Random:
        """Return the chance of a part of the fleet."""
        return Random(f"{name} {self._seed}")

    def revoke(self) -> None:
        """End all tokens."""
        self.outcome.revoked_at.append(self.loop.now)
        self.service.revoke()

    def silence_redis(self) -> None:
        """Let Redis answer no more."""
        self.redis.is_silent = True

    def restore_redis(self) -> None:
        """Let Redis answer again; it has kept its keys."""
        self.redis.is_silent = False

    def restart_some(self) -> None:
        """Restart every tenth process: its memory is empty."""
        for number in range(0, len(self._processes), 10):
            self._processes[number] = Process(self, self._name())

    async def work(self, story: Story) -> Outcome:
        """Let all workers call until the story ends."""
        for event in story.events:
            self.loop.call_later(event.at, event.happen, self)
        workers = []
        for process in range(self._size.processes):
            for number in range(self._size.workers):
                chance = self.chance(f"worker {process} {number}")
                workers.append(self._worker(process, chance, 3600 * story.hours))
        await asyncio.gather(*workers)
        self.outcome.token_requests = self.service.token_requests
        self.outcome.commands = self.redis.commands
        return self.outcome

    async def _worker(self, process: int, chance: Random, until: float) -> None:
        await asyncio.sleep(chance.uniform(0.0, WITHIN))
        while self.loop.now < until:
            await self._processes[process].call()
            await asyncio.sleep(chance.uniform(0.0, 2 * self._size.pause))

    def _name(self) -> str:
        self.outcome.processes += 1
        return f"process-{self.outcome.processes}"


class Process:
    """A process with the real token cache of the client, and its own clock.

    A token belongs to a clock, so processes with clocks of their own share nothing in
    the memory of this one.
    """

    def __init__(self, fleet: Fleet, name: str) -> None:
        """Bind the credential; nothing is sent."""
        self._fleet = fleet
        credential = ClientCredentials(
            "client-id", "a-secret", token_url=TOKEN_URL, store=fleet.store()
        )
        self._auth = credential.auth(
            base_url=BASE_URL,
            engine="httpx",
            transport=TokenTransport(fleet.service, name),
            clock=_clock(fleet.loop, fleet.chance(name)),
        )

    async def call(self) -> None:
        """Read once, as httpx would with this credential."""
        outcome = self._fleet.outcome
        outcome.calls += 1
        began = self._fleet.loop.now
        try:
            status, spent = await self._read()
        except EnboarderError:
            outcome.failed += 1
            return
        outcome.failed += status != 200
        waited = self._fleet.loop.now - began - spent
        outcome.longest_wait = max(outcome.longest_wait, waited)

    async def _read(self) -> tuple[int, float]:
        """Return the status of the last answer, and the seconds of all reads."""
        extensions = {"timeout": {"read": TIMEOUT}}
        request = httpx.Request("GET", READ_URL, extensions=extensions)
        flow = self._auth.async_auth_flow(request)
        signed = await anext(flow)
        spent = 0.0
        status = 0
        with suppress(StopAsyncIteration):
            while True:
                sent_at = self._fleet.loop.now
                answer = await self._fleet.service.read(signed)
                spent += self._fleet.loop.now - sent_at
                status = answer.status_code
                signed = await flow.asend(answer)
        return status, spent


def _clock(loop: VirtualLoop, chance: Random) -> Clock:
    def wall() -> float:
        return STARTED + loop.now

    return Clock(
        monotonic=loop.time,
        wall=wall,
        sleep=loop.sleep,
        sleep_async=loop.pause,
        chance=chance.random,
    )


def told(story: Story, size: Size, seed: int) -> Outcome:
    """Return how a story ends."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        fleet = Fleet(loop, size, seed, is_shared=story.is_shared)
        return runner.run(fleet.work(story))
