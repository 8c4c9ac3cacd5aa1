"""Prism's validation proxy (npm: @stoplight/prism-cli) in a process of its own, between a client and a service."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from enboarder.contract.document import Node
from node import INSTALL, tools

FOLDER = Path(__file__).with_name("prism")
PROGRAM = FOLDER / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
PATIENCE = 120.0  # seconds to install it
LIMIT = 120.0  # seconds to start it


class Unavailable(Exception):
    """This machine cannot run it."""


@contextmanager
def proxy(described: Node, upstream: str, folder: Path) -> Iterator[str]:
    """The base URL of a proxy: 4xx for a wrong request, 500 for a wrong response. Unavailable without Node.js."""
    found = tools()
    if found is None:
        raise Unavailable("there is no node or no npm")
    node, npm = found
    _install(npm)
    contract = folder / "contract.json"
    contract.write_text(json.dumps(described), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [node, str(PROGRAM), "proxy", str(contract), upstream, "--port", str(port), "--errors"]
    with (folder / "prism.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}", process, folder / "prism.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _install(npm: list[str]) -> None:
    done = FOLDER / "node_modules" / ".package-lock.json"  # npm writes it last
    if done.exists() and done.stat().st_mtime >= (FOLDER / "package.json").stat().st_mtime:
        return
    try:
        subprocess.run([*npm, *INSTALL], cwd=FOLDER, check=True, timeout=PATIENCE)
    except (subprocess.SubprocessError, OSError) as error:
        raise Unavailable(f"npm could not install Prism ({type(error).__name__})") from None


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + LIMIT
    while process.poll() is None and time.monotonic() < limit:
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            continue
    raise RuntimeError(f"Prism does not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
