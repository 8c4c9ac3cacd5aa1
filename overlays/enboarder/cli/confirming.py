"""Let a person type a number before something is done."""

from __future__ import annotations

from ..errors import InvalidInput
from . import talk


def require_confirmation(warning: str, number: int, given: int | None) -> None:
    """Return if a person wants exactly this number.

    Args:
        warning: what is going to happen.
        number: how many it concerns.
        given: what the command line says; None asks.

    Raises:
        InvalidInput: the number is another one, or nobody can be asked.
    """
    if given is None:
        if not talk.is_terminal():
            raise InvalidInput(
                f"{warning} There is no terminal to ask at, so nothing was sent. Give "
                f"--confirm {number} if that is right"
            )
        talk.say(warning)
        answer = talk.ask(f"Type {number} to go on:")
        given = int(answer) if answer.isascii() and answer.isdigit() else None
    if given != number:
        raise InvalidInput(f"not confirmed, so nothing was sent. {warning}")
