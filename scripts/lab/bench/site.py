"""Start the server, set it up before each measurement, and ask it for its count."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, ClassVar, NamedTuple, Self

import httpx

from scripts.layout import ROOT

USUAL_DELAY = 0.2
"""Seconds that the token endpoint takes."""


class Address(NamedTuple):
    """Where things are on the server; it goes to other processes, too."""

    base_url: str

    @property
    def token_url(self) -> str:
        """Return the token endpoint."""
        return f"{self.base_url}/oauth2/token"

    @property
    def read_url(self) -> str:
        """Return what is read."""
        return f"{self.base_url}/restapi/v2/profiles/p1"


class Site:
    """The running server."""

    module: ClassVar[str] = "scripts.lab.bench.server"

    def __enter__(self) -> Self:
        """Start the server."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        port = int(self._process.stdout.readline())
        self.address = Address(f"http://127.0.0.1:{port}")
        self._control = httpx.Client(base_url=self.address.base_url)
        return self

    def __exit__(self, *_: object) -> None:
        """End the server, by ending its standard input."""
        self._control.close()
        self._process.communicate("")
        self._process.wait(10)

    def prepare(
        self,
        *,
        lifetime: float = 3600.0,
        delay: float = USUAL_DELAY,
        dead: bool = False,
        always_401: bool = False,
    ) -> None:
        """Set how it behaves from now on, and set the count of token requests to 0.

        Args:
            lifetime: seconds that a token lives.
            delay: seconds that the token endpoint takes.
            dead: it closes the connection instead of answering a token request.
            always_401: it refuses every read.
        """
        settings = {
            "lifetime": lifetime,
            "delay": delay,
            "dead": dead,
            "always_401": always_401,
        }
        self._control.post("/control", json=settings).raise_for_status()

    def revoke(self) -> None:
        """Refuse all tokens that were issued so far."""
        self._control.delete("/control").raise_for_status()

    @property
    def token_requests(self) -> int:
        """Count the token requests since `prepare`."""
        found: int = self.report()["token_requests"]
        return found

    def report(self) -> dict[str, Any]:
        """Return all that the server says of itself."""
        answer = self._control.get("/control").raise_for_status()
        found: dict[str, Any] = answer.json()
        return found
