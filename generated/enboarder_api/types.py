# Generated from openapi/enboarder.yaml (contract 0.1.0) by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""UNSET, and how JSON values become Python values and back.

A member that is not what the contract says stays in the model's `additional_properties` under its wire name, and its
field stays UNSET: types never lie, and no page of rows is lost to one odd value.
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
    """The type of UNSET: a field that is not there (`None` would be sent as `null`). False in conditions."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"  # a copy or an unpickled UNSET is UNSET itself


UNSET: Final = Unset()


def take(source: MutableMapping[str, Any], name: str, read: Callable[[Any], T]) -> T | Unset:
    """Move a member out of a JSON object; one that is absent, or cannot be read and so stays there, is UNSET."""
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
    """Move a member out of a JSON object that makes no sense without it; raises Unreadable."""
    value = take(source, name, read)
    if isinstance(value, Unset):
        raise Unreadable(f"{name!r} is missing, or is not what the contract says")
    return value


def put(target: dict[str, Any], name: str, value: Any, form: Callable[[Any], Any] | None = None) -> None:
    """Write a field into a JSON object, unless it is UNSET; members of a list that could not be read come after the others."""
    if not isinstance(value, Unset):
        written = to_json(form(value) if form else value)
        odd = target.get(name)
        target[name] = [*written, *odd] if isinstance(written, list) and isinstance(odd, list) else written


def to_json(value: Any) -> Any:
    """Turn models and dates, also inside lists and mappings, into JSON values; leave anything else as it is."""
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
    """A copy of a JSON object; raises Unreadable for anything else."""
    if not isinstance(value, Mapping):
        raise Unreadable(f"a JSON object was expected, not {type(value).__name__}")
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
    """Read a list; raises PartlyReadable, with the good members, when some cannot be read."""

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
    """Read a value that may be null."""

    def read_nullable(value: Any) -> T | None:
        return None if value is None else read(value)

    return read_nullable


def either(first: Callable[[Any], T], second: Callable[[Any], U]) -> Callable[[Any], T | U]:
    """Read a value as the first type, or else as the second."""

    def read_either(value: Any) -> T | U:
        try:
            return first(value)
        except (TypeError, ValueError, OverflowError):
            return second(value)

    return read_either


def parse_date(value: Any) -> datetime.date:
    """Read a date: YYYY-MM-DD, or what else ISO 8601 allows, a date-time included. Never guesses the order of 02/01/2026."""
    if not re.match(r"\d{4}-?\d\d-?\d\d", text(value)):
        raise Unreadable("not a whole date")  # the libraries would complete 2026-01 to its first day
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return parse_datetime(value).date()


def parse_datetime(value: Any) -> datetime.datetime:
    """Read an ISO 8601 date-time: by the standard library, or by dateutil where that is too strict."""
    try:
        return datetime.datetime.fromisoformat(text(value))
    except ValueError:
        from dateutil.parser import isoparse  # noqa: PLC0415 (slow to import, and hardly ever needed)

        return isoparse(text(value))


def format_date(value: datetime.date) -> str:
    """Write a date as YYYY-MM-DD. A date-time, or whatever else was passed, stays as it is: the input checks name it."""
    plain = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return value.isoformat() if plain else cast(str, value)


def format_datetime(value: datetime.datetime) -> str:
    """Write a date-time by ISO 8601; whatever else was passed stays as it is."""
    return value.isoformat() if isinstance(value, datetime.datetime) else cast(str, value)
