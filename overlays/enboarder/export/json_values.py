"""Decode rows, and tell JSON objects and lists from other values.

msgspec does it fast. The standard library does it without msgspec, and reads what
msgspec refuses: a lone half of a surrogate pair, NaN, and numbers of any size.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any, TypeGuard

from .errors import BrokenPages
from .libraries import msgspec

LONGEST_NUMBER = 4000
"""Digits beyond which Python does not read a whole number."""


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is a list."""
    return isinstance(value, list)


def decode_lines(lines: bytes) -> list[Any]:
    """Return the values of JSON lines.

    Raises:
        BrokenPages: a line is not JSON, or is nested too deeply.
    """
    decoder = fast_decoder()
    if decoder is not None:
        try:
            found: list[Any] = decoder.decode_lines(lines)
        except (ValueError, RecursionError):
            # The standard library reads more.
            pass
        else:
            return found
    try:
        return [decode(line) for line in lines.splitlines()]
    except ValueError as error:
        raise BrokenPages(f"a row is not JSON: {type(error).__name__}") from None
    except RecursionError:
        raise _too_deep() from None


def decode(text: str | bytes) -> Any:
    """Return a JSON value; a number that Python cannot hold stays text."""
    return json.loads(text, parse_float=_number, parse_int=_whole_number)


def encode(value: Any) -> str:
    """Return a value as compact JSON.

    Raises:
        BrokenPages: it is nested too deeply.
    """
    try:
        return _ENCODER.encode(value)
    except RecursionError:
        raise _too_deep() from None


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode_lists(lists: Sequence[list[Any]]) -> list[str]:
    """Return lists as compact JSON, each as `encode` does.

    Raises:
        BrokenPages: one is nested too deeply.
    """
    encoder = fast_encoder()
    # Of other values, the libraries write some differently, such as 1e300.
    has_texts_only = set(map(type, chain.from_iterable(lists))) <= {str}
    if encoder is not None and has_texts_only:
        try:
            lines: bytes = encoder.encode_lines(lists)
        except ValueError:
            # Half of a surrogate pair.
            pass
        else:
            return lines.decode().split("\n")[:-1]
    return [encode(one) for one in lists]


def _too_deep() -> BrokenPages:
    return BrokenPages(
        "a value of a row is nested too deeply to be read. Export the report as JSON "
        "lines, or leave the field out"
    )


def _number(text: str) -> float | str:
    value = float(text)
    return text if math.isinf(value) else value


def _whole_number(text: str) -> int | str:
    return text if len(text) > LONGEST_NUMBER else int(text)


@cache
def fast_decoder() -> Any:
    """Return the decoder of msgspec; None without msgspec."""
    library = msgspec()
    return None if library is None else library.json.Decoder()


@cache
def fast_encoder() -> Any:
    """Return the encoder of msgspec; None without msgspec."""
    library = msgspec()
    return None if library is None else library.json.Encoder()
