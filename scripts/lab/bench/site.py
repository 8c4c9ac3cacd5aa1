"""The server of server.py: started, set up before each measurement, asked for its count afterwards."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, ClassVar, NamedTuple, Self

import httpx

from environment import ROOT

USUAL_DELAY = 0.2  # seconds that the token endpoint takes


class Address(NamedTuple):
    """Where things are on the server; goes to other processes, too."""

    base_url: str

    @property
    def token_url(self) -> str:
        return self.base_url + "/oauth2/token"

    @property
    def read_url(self) -> str:
        return self.base_url + "/restapi/v2/profiles/p1"


class Site:
    """The running server."""

    module: ClassVar[str] = "bench.server"

    def __enter__(self) -> Self:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        command = [sys.executable, "-m", self.module]
        self._process = subprocess.Popen(command, cwd=ROOT / "scripts", text=True, **pipes)
        assert self._process.stdout is not None
        self.address = Address(f"http://127.0.0.1:{int(self._process.stdout.readline())}")
        self._control = httpx.Client(base_url=self.address.base_url)
        return self

    def __exit__(self, *_: object) -> None:
        self._control.close()
        self._process.communicate("")  # its standard input ends, and with it the server
        self._process.wait(10)

    def prepare(
        self, *, lifetime: float = 3600.0, delay: float = USUAL_DELAY, dead: bool = False, always_401: bool = False
    ) -> None:
        """How it behaves from now on; the count of token requests starts at 0.

        Args:
            lifetime: seconds that a token lives.
            delay: seconds that the token endpoint takes.
            dead: it closes the connection instead of answering a token request.
            always_401: it refuses every read.
        """
        settings = {"lifetime": lifetime, "delay": delay, "dead": dead, "always_401": always_401}
        self._control.post("/control", json=settings).raise_for_status()

    def revoke(self) -> None:
        """All tokens issued so far are refused from now on."""
        self._control.delete("/control").raise_for_status()

    @property
    def token_requests(self) -> int:
        """Token requests since `prepare`."""
        found: int = self.told()["token_requests"]
        return found

    def told(self) -> dict[str, Any]:
        """All that the server tells of itself."""
        found: dict[str, Any] = self._control.get("/control").raise_for_status().json()
        return found
