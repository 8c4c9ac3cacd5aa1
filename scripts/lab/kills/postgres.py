"""A PostgreSQL server on loopback, run as an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Where Debian puts the programs of a server, which are not on the path.
DEBIAN = Path("/usr/lib/postgresql")
# The server refuses to run as root.
ORDINARY_USERS = ("postgres", "nobody")
TRIES = 5


def server_programs() -> Path | None:
    """Return the folder with `initdb` and `postgres`, or None if there is none."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    folders = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    return max(folders, default=None)


@contextmanager
def postgres_server(programs: Path) -> Generator[str, None, None]:
    """Run a server with an empty database, and give its URL.

    Args:
        programs: the folder of its programs.
    """
    identity = _identity()
    # Not in a folder of root, which another user cannot enter.
    with tempfile.TemporaryDirectory(prefix="enboarder-postgres-") as name:
        folder = Path(name)
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        data = folder / "data"
        _initialise(programs, data, identity)
        with _started(programs, data, identity) as port:
            yield f"postgresql://enboarder@127.0.0.1:{port}/postgres"


def _identity() -> dict[str, Any]:
    """Return what makes a child an ordinary user; nothing if this process is one."""
    if os.geteuid() != 0:
        return {}
    for name in ORDINARY_USERS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise OSError("there is no ordinary user to run PostgreSQL as")


def _initialise(programs: Path, data: Path, identity: dict[str, Any]) -> None:
    options = ("--username=enboarder", "--auth=trust", "--no-sync", "--encoding=UTF8")
    subprocess.run(
        [programs / "initdb", f"--pgdata={data}", "--locale=C", *options],
        cwd=data.parent,
        check=True,
        capture_output=True,
        **identity,
    )


@contextmanager
def _started(
    programs: Path, data: Path, identity: dict[str, Any]
) -> Generator[int, None, None]:
    """Run the server on a free port, and end it."""
    # Another process may take the port first.
    for _ in range(TRIES):
        port = _free_port()
        with subprocess.Popen(
            [programs / "postgres", "-D", data, *_settings(port)],
            cwd=data.parent,
            stderr=subprocess.PIPE,
            text=True,
            **identity,
        ) as process:
            try:
                if _is_ready(process):
                    yield port
                    return
            finally:
                # It does not wait for clients that are still connected.
                process.send_signal(signal.SIGINT)
                process.communicate()
    raise OSError("PostgreSQL does not start")


def _settings(port: int) -> list[str]:
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        # Programs are killed here, never the machine.
        "fsync": "off",
        "logging_collector": "off",
        "log_min_messages": "log",
        "log_statement": "none",
    }
    words: list[str] = []
    for name, value in settings.items():
        words += ["-c", f"{name}={value}"]
    # Its own messages only: a full pipe would hold the server up.
    return [*words, "-c", "log_min_error_statement=panic"]


def _is_ready(process: subprocess.Popen[str]) -> bool:
    assert process.stderr
    return any("ready to accept connections" in line for line in process.stderr)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
