"""Secrets that only the request that needs them can see."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable
from typing import Any, NoReturn, Protocol, Self, TypeAlias, runtime_checkable

from ..errors import ConfigurationError, TokenUnavailable

PLACE = "Settings / Integration / Our Extensions"
"""Where an administrator finds key, client id and secret."""


@runtime_checkable
class HasSecretValue(Protocol):
    """A wrapped secret from another library, such as pydantic's `SecretStr`."""

    def get_secret_value(self) -> str:
        """Return the secret."""
        ...


class Secret:
    """A string that only `reveal` shows: not `repr`, `str`, `vars` or pickle.

    The constructor only wraps the value, and never raises. Its caller drops the plain
    value and then calls `checked`. So no frame of an error shows the value.

    Args:
        value: the string, a wrapped one, or a function that returns it and is called at
            each `reveal`.
        name: the name of the secret in errors; if `value` is a `Secret`, it keeps its
            own.
    """

    __slots__ = ("_name", "_value")

    def __init__(self, value: AnySecret, name: str) -> None:
        self._name = name
        self._value: object = value
        if isinstance(value, Secret):
            self._name = value._name
            self._value = value._value

    def checked(self) -> Self:
        """Return this secret.

        Raises:
            ConfigurationError: it is empty, holds a blank or a line break, or is
                neither a string nor a function that can be called.
        """
        if isinstance(self._value, HasSecretValue):
            self._value = self._value.get_secret_value()
        problem = self._problem()
        if problem:
            raise ConfigurationError(f"{self._name} {problem}")
        return self

    def _problem(self) -> str | None:
        value = self._value
        if isinstance(value, os.PathLike):
            return (
                "is a path; read the file yourself, or give a function that does, so "
                "that the secret can change without a restart"
            )
        if not callable(value):
            return _problem_of(value)
        if _is_awaited(value):
            # Blocking clients have no event loop to await it, and all clients of a
            # process share one token.
            return "is a coroutine function; give one that returns the secret itself"
        return None

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
        return visible(self._name, self._called())

    def read(self) -> Secret:
        """Return this secret as it is now, without the function that returns it.

        Raises:
            ConfigurationError: the function returned something else than a string.
            TokenUnavailable: the function failed.
        """
        if not self.is_function:
            return self
        return Secret(self.reveal(), self._name)

    def _called(self) -> object:
        function: Any = self._value
        try:
            return _unwrapped(function())
        except Exception as error:  # noqa: BLE001
            # It is the user's function, and may raise anything.
            kind = type(error).__name__
        # Outside of `except`, the error gets no context with frames that show the
        # secret.
        text = f"{self._name}() failed ({kind}); call it yourself to see why"
        raise TokenUnavailable(text)

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a credential cannot be pickled or copied, because that would write its "
            "secret; build it where it is used"
        )


AnySecret: TypeAlias = str | Callable[[], str] | HasSecretValue | Secret


def visible(name: str, value: object) -> str:
    """Return a word of visible ASCII.

    Raises:
        ConfigurationError: it is something else. Neither the error nor its frame shows
        the word.
    """
    problem = _problem_of(value)
    if isinstance(value, str) and problem is None:
        return value
    del value
    raise ConfigurationError(f"{name} {problem}")


def _problem_of(value: object) -> str | None:
    if not isinstance(value, str) or not value:
        return f"is empty or not a string; an administrator finds it in {PLACE}"
    if not re.fullmatch(r"[!-~]+", value):
        return "holds a blank, a line break or non-ASCII; copy it again, or strip() it"
    return None


def _is_awaited(function: Callable[..., object]) -> bool:
    kind: Any = type(function)
    return any(map(inspect.iscoroutinefunction, (function, kind.__call__)))


def _unwrapped(value: object) -> object:
    """Return the result of a function; close a coroutine, because nobody awaits it."""
    if inspect.iscoroutine(value):
        value.close()
    if isinstance(value, HasSecretValue):
        return value.get_secret_value()
    return value
