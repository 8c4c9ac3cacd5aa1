"""Checks of the mock's settings, which refuse a wrong one by its name."""

from __future__ import annotations

import math
from typing import Any

from enboarder_api.parameters import shown


class WrongSetting(ValueError):
    """A setting has a value that cannot work.

    Args:
        name: The name of the setting.
        reason: What it must be, and what it is.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name
        self.reason = reason


def whole_number(
    name: str, value: Any, *, least: int = 0, most: int | None = None
) -> int:
    """Return a whole number within its limits.

    Raises:
        WrongSetting: It is another one, or no whole number.
    """
    # In Python a boolean is an integer; as a setting it is not.
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongSetting(name, f"must be a whole number, not {shown(value)}")
    if most is None and value < least:
        raise WrongSetting(name, f"must be {least} or more, not {shown(value)}")
    if most is not None and not least <= value <= most:
        raise WrongSetting(name, f"must be {least} to {most}, not {shown(value)}")
    return value


def seconds(name: str, value: Any, *, least: float = 0.0) -> float:
    """Return a finite number of seconds.

    Raises:
        WrongSetting: It is less than the least, infinite, or no number.
    """
    number = _number(name, value)
    if not least <= number < math.inf:
        reason = f"must be {least:g} or more, not {shown(value)}"
        raise WrongSetting(name, reason)
    return number


def pause(name: str, value: Any) -> float:
    """Return a finite number of seconds above 0.

    Raises:
        WrongSetting: It is 0 or less, infinite, or no number.
    """
    number = _number(name, value)
    if not 0 < number < math.inf:
        reason = f"must be above 0, not {shown(value)}"
        raise WrongSetting(name, reason)
    return number


def _number(name: str, value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise WrongSetting(name, f"must be a number of seconds, not {shown(value)}")
    return value


def flag(name: str, value: Any) -> bool:
    """Return True or False.

    Raises:
        WrongSetting: It is something else.
    """
    if isinstance(value, bool):
        return value
    raise WrongSetting(name, f"must be True or False, not {shown(value)}")


def text(name: str, value: Any) -> str:
    """Return a text that is not empty.

    Raises:
        WrongSetting: It is empty, or no text.
    """
    if isinstance(value, str) and value.strip():
        return value
    raise WrongSetting(name, f"must be a text that names something, not {shown(value)}")
