"""`python -m enboarder.mock`: serve until interrupted, and print what a shell needs to use it."""

from __future__ import annotations

import argparse
import errno
import signal
import sys
import threading
from collections.abc import Sequence

from . import MockServer
from .access import DEAD_TOKEN_STATUSES


def main(arguments: Sequence[str] | None = None, stop: threading.Event | None = None) -> int:
    """Serve until SIGINT or SIGTERM, or until `stop` is set; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m enboarder.mock", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free one")
    parser.add_argument(
        "--form-rows", type=int, default=1203, metavar="N", help="rows of the first form (default: 1203)"
    )
    parser.add_argument(
        "--token-lifetime", type=float, default=3600, metavar="S", help="seconds that a token lives (default: 3600)"
    )
    parser.add_argument(
        "--dead-token-status", type=int, choices=DEAD_TOKEN_STATUSES, default=401, help="(default: 401)"
    )
    chosen = parser.parse_args(arguments)
    if chosen.form_rows < 0 or chosen.token_lifetime <= 0 or not 0 <= chosen.port < 65536:
        parser.error("--form-rows is 0 or more, --token-lifetime more than 0, --port at most 65535")
    if stop is None:
        stop = _interruption()
    server = MockServer(
        chosen.port,
        form_rows=chosen.form_rows,
        token_lifetime=chosen.token_lifetime,
        dead_token_status=chosen.dead_token_status,
    )
    try:
        with server as mock:
            print(*_lines(mock), sep="\n", flush=True)
            while not stop.wait(1):  # without a limit, Windows would not notice Ctrl+C
                pass
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"port {chosen.port} is taken; give another by --port, or none for a free one", file=sys.stderr)
        return 1
    return 0


def _interruption() -> threading.Event:
    """An event that SIGINT and SIGTERM set."""
    interrupted = threading.Event()

    def interrupt(*_: object) -> None:
        interrupted.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    return interrupted


def _lines(mock: MockServer) -> list[str]:
    used, other = mock.environ("oauth2"), mock.environ("apikey")
    return [
        f"# A stand-in for the Enboarder REST API. Base URL: {mock.base_url} - token URL: {mock.token_url}",
        f"# Control URL, for faults on demand: {mock.control_url}",
        "# Paste these lines into another shell, with one of the two credentials. Ctrl+C ends the service.",
        "unset ENBOARDER_REGION ENBOARDER_API_KEY",
        *(f"export {name}={value}" for name, value in used.items()),
        *(f"# export {name}={value}" for name, value in other.items() if name not in used),
    ]


if __name__ == "__main__":
    sys.exit(main())
