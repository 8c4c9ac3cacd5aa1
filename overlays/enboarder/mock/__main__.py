"""Serve a mock until interrupted, and print what a shell needs to use it."""

from __future__ import annotations

import argparse
import errno
import signal
import sys
import threading
from collections.abc import Sequence

from . import MockServer
from .access.gate import DEAD_TOKEN_STATUSES


def main(
    arguments: Sequence[str] | None = None, stop: threading.Event | None = None
) -> int:
    """Serve until SIGINT or SIGTERM arrives, and return the exit code.

    Args:
        arguments: The command line; None for the process's own.
        stop: Ends the service when it is set, like a signal.
    """
    options = _options(arguments)
    if stop is None:
        stop = _interruption()
    server = MockServer(
        options.port,
        form_rows=options.form_rows,
        token_lifetime=options.token_lifetime,
        dead_token_status=options.dead_token_status,
    )
    try:
        with server as mock:
            print(*_lines(mock), sep="\n", flush=True)
            # Without a time limit, Windows would not notice Ctrl+C.
            while not stop.wait(1):
                pass
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        message = f"port {options.port} is taken; choose another with --port, or "
        print(f"{message}leave --port out for a free one", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m enboarder.mock", description=__doc__
    )
    parser.add_argument(
        "--port", type=int, default=0, help="0 (the default) takes a free one"
    )
    parser.add_argument(
        "--form-rows",
        type=int,
        default=1203,
        metavar="N",
        help="rows of the first form (default: 1203)",
    )
    parser.add_argument(
        "--token-lifetime",
        type=float,
        default=3600,
        metavar="S",
        help="seconds that a token lives (default: 3600)",
    )
    parser.add_argument(
        "--dead-token-status",
        type=int,
        choices=DEAD_TOKEN_STATUSES,
        default=401,
        help="the answer to a token that has ended (default: 401)",
    )
    options = parser.parse_args(arguments)
    if options.form_rows < 0:
        parser.error("--form-rows must be 0 or more")
    if options.token_lifetime <= 0:
        parser.error("--token-lifetime must be more than 0")
    if not 0 <= options.port < 65536:
        parser.error("--port must be 0 to 65535")
    return options


def _interruption() -> threading.Event:
    """Return an event that SIGINT and SIGTERM set."""
    interrupted = threading.Event()

    def interrupt(*_: object) -> None:
        interrupted.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    return interrupted


def _lines(mock: MockServer) -> list[str]:
    by_token = mock.environ("oauth2")
    by_key = mock.environ("apikey")
    urls = f"Base URL: {mock.base_url} - token URL: {mock.token_url}"
    paste = "Paste these lines into another shell, with one of the two credentials."
    lines = [
        f"# A stand-in for the Enboarder REST API. {urls}",
        f"# Control URL, for faults on demand: {mock.control_url}",
        f"# {paste} Ctrl+C ends the service.",
        "unset ENBOARDER_REGION ENBOARDER_API_KEY",
    ]
    for name, value in by_token.items():
        lines.append(f"export {name}={value}")
    for name, value in by_key.items():
        if name not in by_token:
            lines.append(f"# export {name}={value}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
