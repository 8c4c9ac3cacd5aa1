"""Values that error reports do not show, even if they record local variables."""

from __future__ import annotations

import re
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")


class Hidden(Generic[T]):
    """A value that only `reveal` shows: not `repr`, `str`, `vars` or pickle."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def reveal(self) -> T:
        """Return the value."""
        return self._value

    def __eq__(self, other: object) -> bool:
        held: Any = other
        return isinstance(other, Hidden) and bool(self._value == held._value)

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a hidden value cannot be pickled or copied")


def without_password(url: str | None) -> str | None:
    """Return a URL in which asterisks replace user, password and query.

    A URL with any of these is refused later. Until then, and in the refusal, they stay
    hidden.
    """
    if not isinstance(url, str):
        return url
    url = re.sub(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@", r"\1***@", url, flags=re.DOTALL)
    return re.sub(r"[?#].+", "?***", url, flags=re.DOTALL)
