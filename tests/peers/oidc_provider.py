"""The npm package oidc-provider, certified by the OpenID Foundation's tests, in a process of its own on loopback."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from enboarder_api.contract import SCOPES
from node import INSTALL, tools
from tests.peers.peer import NEEDED, UNGRANTED, Registered

FOLDER = Path(__file__).with_name("oidc")
RETRY = "--fetch-retry-mintimeout=500 --fetch-retry-maxtimeout=2000"  # milliseconds; else it tries for a minute
PATIENCE = 45.0  # seconds to install, and as many for another process that does


class Unavailable(Exception):
    """This machine cannot run it."""


class OidcProvider:
    """Clients, tokens and time of a server; they are kept in its own process."""

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
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"command": command, **members}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise Unavailable(
                "oidc-provider does not start; it needs Node.js 20.20 or newer, see its message"
            )
        return json.loads(line)


def install(npm: list[str]) -> None:
    """Have the package at hand, in the version that package.json names."""
    try:
        with FileLock(
            FOLDER / ".install.lock", timeout=PATIENCE
        ):  # the test runner may have several processes
            done = FOLDER / "node_modules" / ".package-lock.json"  # npm writes it last
            if not (
                done.exists()
                and done.stat().st_mtime >= (FOLDER / "package.json").stat().st_mtime
            ):
                subprocess.run(
                    [*npm, *INSTALL, *RETRY.split()],
                    cwd=FOLDER,
                    check=True,
                    timeout=PATIENCE,
                )
    except (subprocess.SubprocessError, OSError) as error:
        raise Unavailable(
            f"npm could not install oidc-provider ({type(error).__name__})"
        ) from None


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    """A server that ends with the test; Unavailable where there is none."""
    found = tools()
    if found is None:
        raise Unavailable("there is no node or no npm")
    node, npm = found
    install(npm)
    command = [
        node,
        str(FOLDER / "server.mjs"),
        NEEDED,
        *(set(SCOPES) - {NEEDED}),
        UNGRANTED,
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield OidcProvider(process)
        finally:
            process.kill()
