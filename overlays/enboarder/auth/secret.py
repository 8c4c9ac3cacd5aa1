"""Secrets that show themselves to nobody but the request that needs them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from ..errors import ConfigurationError, TokenUnavailable

PLACE = "Settings / Integration / Our Extensions"
"""Where an administrator finds key, client id and secret."""


class Secret:
    """A string that only `reveal` shows: not `repr`, `str`, `vars` or pickle.

    Args:
        value: the string, or a function that returns it and is called at each `reveal`.
        name: what the errors call it.

    Raises:
        ConfigurationError: the string is empty, or holds a blank or a line break.
    """

    __slots__ = ("_name", "_value")

    def __init__(self, value: str | Callable[[], str], name: str) -> None:
        self._name = name
        self._value = value if callable(value) else visible(name, value)

    @property
    def is_function(self) -> bool:
        """Whether a function returns the string, which may block."""
        return callable(self._value)

    def reveal(self) -> str:
        """Return the string.

        Raises:
            ConfigurationError: the function returned something else.
            TokenUnavailable: the function failed.
        """
        if isinstance(self._value, str):
            return self._value
        return visible(self._name, self._called(self._value))

    def _called(self, function: Callable[[], str]) -> str:
        try:
            return function()
        except Exception as error:  # noqa: BLE001
            # The function is the user's, and may raise anything.
            kind = type(error).__name__
        # Raised out here, the error has no context, whose frames could show the secret.
        text = f"{self._name}() failed ({kind}); call it yourself to see why"
        raise TokenUnavailable(text)

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a credential cannot be pickled or copied, because that would write its "
            "secret; build it where it is used"
        )


def visible(name: str, value: object) -> str:
    """Return a word of visible ASCII.

    Raises:
        ConfigurationError: it is something else. Neither the error nor its frame shows
            it.
    """
    if isinstance(value, str) and re.fullmatch(r"[!-~]+", value):
        return value
    if isinstance(value, str) and value:
        problem = (
            "holds a blank, a line break or non-ASCII; copy it again, or strip() it"
        )
    else:
        problem = f"is empty or not a string; an administrator finds it in {PLACE}"
    del value
    raise ConfigurationError(f"{name} {problem}")
