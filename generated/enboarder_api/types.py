# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""UNSET, and how JSON values become Python values and back.

A member that is not what the contract says stays in the model's `additional_properties`
under its wire name, and its field stays UNSET: types never lie, and no page of rows is
lost because of one odd value. The log names the field once, without the value.
"""

import datetime
import logging
import re
from collections.abc import Callable, Mapping, MutableMapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal, TypeVar, cast
from uuid import UUID

from .errors import PartlyReadable, Unreadable

T = TypeVar("T")
U = TypeVar("U")
log = logging.getLogger("enboarder")

PLAIN = (str, int, float, bool, type(None))
LONGEST_DECIMAL = 20
"""Digits before the point of a Decimal; more of them are no plain number."""

REPORTED: Final[set[str]] = set()
"""The fields that the log has named, of all models of this process."""


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
    source: MutableMapping[str, Any],
    name: str,
    read: Callable[[Any], T],
    model: type,
) -> T | Unset:
    """Move a member of a model out of a JSON object.

    Return UNSET if the member is absent, or if it cannot be read and so stays there.
    """
    if name not in source:
        return UNSET
    try:
        value = read(source[name])
    except PartlyReadable as partly:
        source[name] = partly.odd
        _report(model, name)
        return cast(T, partly.good)
    except (TypeError, ValueError, OverflowError):
        if source[name] is not None:
            _report(model, name)
        return UNSET
    del source[name]
    return value


def need(
    source: MutableMapping[str, Any],
    name: str,
    read: Callable[[Any], T],
    model: type,
) -> T:
    """Move a member out of a JSON object that makes no sense without it.

    Raises:
        Unreadable: The member is absent, or cannot be read.
    """
    value = take(source, name, read, model)
    if isinstance(value, Unset):
        raise Unreadable(f'"{name}" is missing, or is not what the contract says')
    return value


def take_cursor(source: MutableMapping[str, Any], name: str) -> str | Unset | None:
    """Move the cursor of the next page out of a JSON object.

    This is the one place that decides whether there is a next page: there is none if
    the cursor is absent, null, empty or false. A number becomes text.

    Raises:
        Unreadable: The cursor is something else. The rows would end here, and look
            complete.
    """
    value = source.get(name, False)
    if value is False:
        return UNSET
    if value is None:
        cursor = None
    elif _is_identity(value):
        cursor = str(value)
    else:
        kind = type(value).__name__
        raise Unreadable(f'"{name}" is neither a string nor a number, but {kind}')
    del source[name]
    return cursor


def _report(model: type, name: str) -> None:
    field = f"{model.__name__}.{name}"
    if field in REPORTED:
        return
    REPORTED.add(field)
    log.warning(
        "%s is not what the contract says; additional_properties keeps it unchanged "
        "(reported once per process)",
        field,
    )


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
    """Turn models, dates and other scalars into JSON, also inside lists and mappings.

    Anything else stays unchanged: the checks of bodies report it.
    """
    if value.__class__ in PLAIN:
        return value
    if isinstance(value, Mapping):
        return {key: to_json(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(member) for member in value]
    if hasattr(value, "to_dict") and not isinstance(value, type):
        return to_json(value.to_dict())
    return plain(value)


def named_values(values: Any) -> Any:
    """Return a mapping of names to values as the list that the API takes.

    Anything else stays unchanged.
    """
    if not isinstance(values, Mapping):
        return values
    return [{"name": name, "value": value} for name, value in values.items()]


def plain(value: Any) -> Any:
    """Return a scalar as a value of JSON, if what it means is plain.

    An Enum is its value, a UUID its text, a date is written as the API wants it, and a
    Decimal or a scalar of NumPy is the number that it is equal to. Anything else stays
    unchanged.
    """
    if value.__class__ in PLAIN:
        return value
    if isinstance(value, Enum):
        return to_json(value.value)
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return _number_of(value)
    return _item_of(value)


def is_missing(value: Any) -> bool:
    """Return whether a value is NaN, NaT or another one that stands for no value.

    They are the values that do not equal themselves. For the NA of pandas, that
    comparison gives NA again.
    """
    if value.__class__ in (str, int, bool, list, dict):
        return False
    try:
        differs = value != value
        return differs is value or bool(differs)
    except (TypeError, ValueError, ArithmeticError):
        return False


def _number_of(value: Decimal) -> Any:
    if not value.is_finite() or value.adjusted() >= LONGEST_DECIMAL:
        return value
    if value == value.to_integral_value():
        return int(value)
    nearest = float(value)
    # Beyond about 17 digits, a float is another number.
    return nearest if Decimal(repr(nearest)) == value else value


def _item_of(value: Any) -> Any:
    """Return what a scalar of NumPy holds; it says so by its own protocol."""
    kind = getattr(getattr(value, "dtype", None), "kind", None)
    if not isinstance(kind, str) or getattr(value, "shape", None) != ():
        return value
    if kind in "biufU":
        return value.item()
    if kind == "M":
        # A time finer than microseconds gives a bare number, and NaT gives None.
        item = value.item()
        return format_date(item) if isinstance(item, datetime.date) else value
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


def identity(value: Any) -> str:
    """Read an id: a string, or a number, which becomes text."""
    if _is_identity(value):
        return str(value)
    raise Unreadable("neither a string nor an integer")


def _is_identity(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def in_any_case(source: dict[str, Any], *names: str) -> dict[str, Any]:
    """Give the members of a JSON object the contract's spelling of their names.

    A member that has it already comes before one that differs in case.
    """
    by_folded_name = {name.lower(): name for name in names if name not in source}
    for spelling in list(source):
        name = by_folded_name.pop(spelling.lower(), None)
        if name is not None:
            source[name] = source.pop(spelling)
    return source


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
    # Not its own `isoformat`, which a subclass may have changed.
    return datetime.date(value.year, value.month, value.day).isoformat()


def format_datetime(value: datetime.datetime) -> Any:
    """Write a date-time of ISO 8601; anything else stays unchanged."""
    if not isinstance(value, datetime.datetime):
        return value
    return value.isoformat()
