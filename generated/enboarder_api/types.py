# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""UNSET, and how JSON values become Python values and back.

A member that is not what the contract says stays in the model's `additional_properties`
under its wire name, and its field stays UNSET: types never lie, and no page of rows is
lost because of one odd value.
"""

import datetime
import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Final, Literal, TypeVar, cast

from .errors import PartlyReadable, Unreadable

T = TypeVar("T")
U = TypeVar("U")

PLAIN = (str, int, float, bool, type(None))


class Unset:
    """The type of UNSET, a field that is not set; `None` would be sent as `null`.

    UNSET is false in conditions.
    """

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        # A name of this module: a copied or unpickled UNSET is UNSET itself.
        return "UNSET"


UNSET: Final = Unset()


def take(
    source: MutableMapping[str, Any], name: str, read: Callable[[Any], T]
) -> T | Unset:
    """Move a member out of a JSON object.

    Return UNSET if the member is absent, or if it cannot be read and so stays there.
    """
    if name not in source:
        return UNSET
    try:
        value = read(source[name])
    except PartlyReadable as partly:
        source[name] = partly.odd
        return cast(T, partly.good)
    except (TypeError, ValueError, OverflowError):
        return UNSET
    del source[name]
    return value


def need(source: MutableMapping[str, Any], name: str, read: Callable[[Any], T]) -> T:
    """Move a member out of a JSON object that makes no sense without it.

    Raises:
        Unreadable: The member is absent, or cannot be read.
    """
    value = take(source, name, read)
    if isinstance(value, Unset):
        raise Unreadable(f'"{name}" is missing, or is not what the contract says')
    return value


def put(
    target: dict[str, Any],
    name: str,
    value: Any,
    form: Callable[[Any], Any] | None = None,
) -> None:
    """Write a field into a JSON object, unless it is UNSET.

    Members of a list that could not be read come after the others.
    """
    if isinstance(value, Unset):
        return
    if form:
        value = form(value)
    written = to_json(value)
    odd = target.get(name)
    if isinstance(written, list) and isinstance(odd, list):
        written = [*written, *odd]
    target[name] = written


def to_json(value: Any) -> Any:
    """Turn models and dates into JSON values, also inside lists and mappings.

    Anything else stays unchanged.
    """
    if value.__class__ in PLAIN:
        return value
    if isinstance(value, datetime.date):
        return format_date(value)
    if hasattr(value, "to_dict") and not isinstance(value, type):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: to_json(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(member) for member in value]
    return value


def members(value: Any) -> dict[str, Any]:
    """Copy a JSON object.

    Raises:
        Unreadable: The value is something else.
    """
    if not isinstance(value, Mapping):
        raise Unreadable(f"expected a JSON object, not {type(value).__name__}")
    return dict(value)


def anything(value: Any) -> Any:
    """Read a value of any type."""
    return value


def text(value: Any) -> str:
    """Read a string."""
    if isinstance(value, str):
        return value
    raise Unreadable("not a string")


def integer(value: Any) -> int:
    """Read an integer."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Unreadable("not an integer")


def number(value: Any) -> float:
    """Read a number."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise Unreadable("not a number")


def boolean(value: Any) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    raise Unreadable("not a boolean")


def list_of(read: Callable[[Any], T]) -> Callable[[Any], list[T]]:
    """Return a reader of lists whose members are read by `read`.

    It raises PartlyReadable if only some members can be read.
    """

    def read_list(value: Any) -> list[T]:
        if not isinstance(value, list):
            raise Unreadable("not a list")
        good: list[T] = []
        odd: list[Any] = []
        for member in value:
            try:
                good.append(read(member))
            except (TypeError, ValueError, OverflowError):
                odd.append(member)
        if odd:
            raise PartlyReadable(good, odd)
        return good

    return read_list


def nullable(read: Callable[[Any], T]) -> Callable[[Any], T | None]:
    """Return a reader that also accepts null."""

    def read_nullable(value: Any) -> T | None:
        return None if value is None else read(value)

    return read_nullable


def either(
    first: Callable[[Any], T], second: Callable[[Any], U]
) -> Callable[[Any], T | U]:
    """Return a reader of the first type, or else of the second."""

    def read_either(value: Any) -> T | U:
        try:
            return first(value)
        except (TypeError, ValueError, OverflowError):
            return second(value)

    return read_either


def parse_date(value: Any) -> datetime.date:
    """Read a date of ISO 8601, such as 2026-01-02, or the date of a date-time.

    The order of 02/01/2026 is never guessed.
    """
    # The libraries would complete 2026-01 to its first day.
    if not re.match(r"\d{4}-?\d\d-?\d\d", text(value)):
        raise Unreadable("not a whole date")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return parse_datetime(value).date()


def parse_datetime(value: Any) -> datetime.datetime:
    """Read a date-time of ISO 8601.

    The standard library reads it, or dateutil if the standard library is too strict.
    """
    try:
        return datetime.datetime.fromisoformat(text(value))
    except ValueError:
        # Slow to import, and hardly ever needed.
        from dateutil.parser import isoparse

        return isoparse(text(value))


def format_date(value: datetime.date) -> Any:
    """Write a date as YYYY-MM-DD.

    A date-time, or anything else, stays unchanged: the checks of bodies report it.
    """
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        return value
    return value.isoformat()


def format_datetime(value: datetime.datetime) -> Any:
    """Write a date-time of ISO 8601; anything else stays unchanged."""
    if not isinstance(value, datetime.datetime):
        return value
    return value.isoformat()
