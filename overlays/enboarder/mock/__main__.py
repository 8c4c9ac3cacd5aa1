"""Serve a mock until interrupted, or for as long as a command runs.

Without a command, it prints what a shell needs to use it. With one, it sets the
variables that `Enboarder.from_env` reads, and ends with the command's exit code. Either
way, the ledger of people is a new one, which is deleted at the end.
"""

from __future__ import annotations

import argparse
import errno
import signal
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..output import guarded
from .running import run

if TYPE_CHECKING:
    from . import MockServer

CREDENTIALS = ("oauth2", "apikey")


def main(
    arguments: Sequence[str] | None = None, stop: threading.Event | None = None
) -> int:
    """Serve until SIGINT or SIGTERM arrives, and return the exit code.

    Args:
        arguments: The command line; None for the process's own.
        stop: Ends the service when it is set, like a signal.
    """
    options = _options(sys.argv[1:] if arguments is None else arguments)
    try:
        server = _prepared(options)
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    with ExitStack() as stack:
        try:
            mock = stack.enter_context(server)
        except (OSError, RuntimeError) as error:
            print(_reason(error, options.port), file=sys.stderr)
            return 1
        ledger = stack.enter_context(_ledger())
        if options.command:
            return run(options.command, mock.environ(options.credential) | ledger)
        return _serve(mock, ledger, stop or _interruption())


@contextmanager
def _ledger() -> Generator[dict[str, str]]:
    """Name a ledger that lasts as long as the mock.

    Another one would remember people that a restarted mock has forgotten.
    """
    with TemporaryDirectory(
        prefix="enboarder-mock-", ignore_cleanup_errors=True
    ) as folder:
        yield {"ENBOARDER_LEDGER": str(Path(folder, "ledger.sqlite"))}


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of the mock, and the command after `--`."""
    words = list(arguments)
    command: list[str] = []
    if "--" in words:
        end = words.index("--")
        command = words[end + 1 :]
        words = words[:end]
    parser = _parser()
    options = parser.parse_args(words)
    if "--" in arguments and not command:
        parser.error("give a command after --")
    options.command = command
    return options


def _prepared(options: argparse.Namespace) -> MockServer:
    # They need the extra.
    from . import MockServer
    from .settings import WrongSetting

    try:
        return MockServer(
            options.port,
            form_rows=options.form_rows,
            token_lifetime=options.token_lifetime,
            dead_token_status=options.dead_token_status,
        )
    except WrongSetting as error:
        _parser().error(f"--{error.name.replace('_', '-')} {error.reason}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m enboarder.mock",
        usage="%(prog)s [options] [-- COMMAND ...]",
        description=__doc__,
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
        default=401,
        metavar="401|403",
        help="the answer to a token that has ended (default: 401)",
    )
    parser.add_argument(
        "--credential",
        choices=CREDENTIALS,
        default=CREDENTIALS[0],
        help="the credential that COMMAND gets (default: %(default)s)",
    )
    return parser


def _reason(error: OSError | RuntimeError, port: int) -> str:
    if isinstance(error, RuntimeError):
        return str(error)
    advice = "choose another with --port, or leave --port out for a free one"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; {advice}"
    if isinstance(error, PermissionError):
        return f"port {port} is reserved for the system; {advice}"
    return f"cannot listen on port {port} ({error.strerror}); {advice}"


def _serve(mock: MockServer, ledger: dict[str, str], stop: threading.Event) -> int:
    print(*_lines(mock, ledger), sep="\n", flush=True)
    # Without a time limit, Windows would not notice Ctrl+C.
    while not stop.wait(1):
        pass
    return 0


def _interruption() -> threading.Event:
    """Return an event that SIGINT and SIGTERM set."""
    interrupted = threading.Event()

    def interrupt(*_: object) -> None:
        interrupted.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    return interrupted


def _lines(mock: MockServer, ledger: dict[str, str]) -> list[str]:
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
    lines.append("# The mock forgets everything at its end, and so does this ledger.")
    for name, value in ledger.items():
        lines.append(f"export {name}={value}")
    return lines


if __name__ == "__main__":
    sys.exit(guarded("python -m enboarder.mock", main))
