"""The npm package oidc-provider in a process of its own on loopback.

The OpenID Foundation's tests certified it. It has a package.json of its own, apart from
scripts/npm, because `make test` needs it: alone it is small and quickly installed.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from enboarder_api.contract import SCOPES
from scripts.npm import node
from tests.peers.peer import NEEDED, UNGRANTED, Registered

FOLDER = Path(__file__).with_name("oidc")
PATIENCE = 45.0
"""Seconds to wait for another process that installs the package."""


class Unavailable(Exception):
    """This machine cannot run it."""


class OidcProvider:
    """Clients, tokens and time of a server; they are kept in its process."""

    name = "oidc-provider"

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.url = str(self._answer())

    def register(self, client: Registered) -> None:
        self._ask("register", **client._asdict())

    def issued(self, client: Registered) -> int:
        return int(self._ask("issued", client_id=client.client_id))

    def pass_time(self, seconds: float) -> None:
        self._ask("pass_time", seconds=seconds)

    def _ask(self, command: str, **members: Any) -> Any:
        assert self._process.stdin is not None
        line = json.dumps({"command": command, **members})
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Unavailable(
                "oidc-provider does not start; it needs Node.js 20.20 or newer, "
                "see its message"
            )
        return json.loads(line)


def install() -> node.Node:
    """Install the package in the version that package.json names."""
    # The test runner may have several processes.
    lock = FileLock(FOLDER / ".install.lock", timeout=PATIENCE)
    try:
        with lock:
            return node.install(FOLDER)
    except (node.NodeMissing, Timeout) as error:
        raise Unavailable(f"oidc-provider cannot be installed: {error}") from None


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    """A server that ends with the test.

    Raises:
        Unavailable: this machine cannot run it.
    """
    scopes = [NEEDED, *sorted(set(SCOPES) - {NEEDED}), UNGRANTED]
    command = [install().program, str(FOLDER / "server.mjs"), *scopes]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield OidcProvider(process)
        finally:
            process.kill()
