"""The service in virtual time: it issues tokens, ends them, and answers reads."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

import httpx

from scripts.lab.scale.virtual_time import VirtualLoop

TOKEN_REQUEST = (0.2, 1.0)
"""Seconds that a token request takes, from and to."""
READ = (0.05, 0.5)
"""Seconds that a read takes, from and to."""
LIFETIME = 3600.0
"""Seconds that a token lives; the service documents one hour."""


class TokenRequest(NamedTuple):
    """A request for a token."""

    at: float
    process: str


class Service:
    """Issues tokens and knows which are alive.

    Args:
        loop: the time.
        chance: how long an answer takes.
    """

    def __init__(self, loop: VirtualLoop, chance: Random) -> None:
        """Start without tokens."""
        self.loop = loop
        self.token_requests: list[TokenRequest] = []
        self._chance = chance
        self._alive_until: dict[str, float] = {}

    async def read(self, request: httpx.Request) -> httpx.Response:
        """Answer a read; a token has to be alive when the read arrives."""
        token = request.headers["Authorization"]
        is_alive = self._alive_until.get(token, 0.0) > self.loop.now
        await self.loop.pause(self._chance.uniform(*READ))
        return httpx.Response(200 if is_alive else 401)

    async def issue(self, process: str) -> httpx.Response:
        """Answer a token request."""
        self.token_requests.append(TokenRequest(self.loop.now, process))
        await self.loop.pause(self._chance.uniform(*TOKEN_REQUEST))
        token = f"token-{len(self.token_requests)}-{process}"
        self._alive_until[token] = self.loop.now + LIFETIME
        return httpx.Response(200, json={"access_token": token, "expires_in": LIFETIME})

    def revoke(self) -> None:
        """End all tokens at once."""
        self._alive_until.clear()


class TokenTransport(httpx.AsyncBaseTransport):
    """Takes the token requests of one process to the service."""

    def __init__(self, service: Service, process: str) -> None:
        """Know which process asks."""
        self._service = service
        self._process = process

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a token request."""
        return await self._service.issue(self._process)
