"""Send a request that the person wrote."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..errors import ApiError, InvalidInput
from . import talk
from .codes import ExitCode, code_of

if TYPE_CHECKING:
    from enboarder_api.client import Answer

    from .connection import Connection

READS = ("GET", "HEAD", "OPTIONS")


@frozen
class Request:
    """What a person wants to send."""

    method: str
    path: str
    body: Path | None
    params: tuple[str, ...]

    def query(self) -> dict[str, str]:
        """Return the parameters.

        Raises:
            InvalidInput: one has no `=`.
        """
        query: dict[str, str] = {}
        for text in self.params:
            name, equals, value = text.partition("=")
            if not equals:
                raise InvalidInput(f"--param is NAME=VALUE; got {text!r}")
            query[name] = value
        return query

    def content(self) -> Any:
        """Return the body.

        Raises:
            InvalidInput: it cannot be read, or is no JSON.
        """
        if self.body is None:
            return None
        try:
            if str(self.body) == "-":
                return json.loads(sys.stdin.read())
            return json.loads(self.body.read_text("utf-8-sig"))
        except OSError as error:
            text = f"{self.body} cannot be read: {error.strerror}"
        except ValueError as error:
            text = f"{self.body} is not JSON: {error}"
        raise InvalidInput(text)


def send(connection: Connection, request: Request, *, yes: bool) -> ExitCode:
    """Send a request, print the answer, and return the exit code."""
    query = request.query()
    content = request.content()
    if request.method not in READS and not yes:
        _ask(request)
    with connection.client() as enboarder:
        try:
            answer = enboarder.request(
                request.method, request.path, body=content, params=query or None
            )
        except ApiError as error:
            if error.answer is not None:
                _print(error.answer)
            talk.say(f"enboarder: {error}")
            return code_of(error)
    _print(answer)
    return ExitCode.OK


def _ask(request: Request) -> None:
    question = f"{request.method} {request.path} may change something. Send it?"
    if not talk.is_terminal():
        raise InvalidInput(f"{question} There is no terminal to ask at; give --yes")
    if not talk.agrees(question):
        raise InvalidInput("not confirmed; nothing was sent")


def _print(answer: Answer) -> None:
    value = answer.value
    if isinstance(value, str):
        print(value)
    else:
        print(json.dumps(value, ensure_ascii=False, indent=2))
