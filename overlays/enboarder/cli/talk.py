"""Talk to the person on standard error, and ask; data goes to standard output."""

from __future__ import annotations

import sys


def say(text: str = "") -> None:
    """Say something to the person."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


def is_terminal() -> bool:
    """Return whether somebody can be asked: input and talk are a terminal."""
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def ask(question: str) -> str:
    """Ask a question, and return the answer; nothing if there is no terminal."""
    if not is_terminal():
        return ""
    print(question, end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        # Ctrl-D leaves the cursor behind the question.
        say()
    return line.strip()


def agrees(question: str) -> bool:
    """Ask for a yes; no answer is a no."""
    return ask(f"{question} [y/N]").lower() in ("y", "yes")


def ask_secret(question: str) -> str:
    """Ask for a secret, which is not shown while it is typed.

    Without a terminal, there is no answer.
    """
    if not is_terminal():
        return ""
    from getpass import getpass

    return getpass(f"{question}: ", sys.stderr).strip()


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number of things, such as `1 row`."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"
