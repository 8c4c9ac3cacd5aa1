"""Read and write the small TOML files that people review."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import InvalidInput

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def read_toml(path: str | Path) -> dict[str, Any]:
    """Return what is in a TOML file.

    Raises:
        InvalidInput: it cannot be read, or is not TOML.
    """
    file = Path(path)
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InvalidInput(f"{file.name} is not a TOML file: {error}") from None


def write_new(path: str | Path, text: str) -> None:
    """Write a file, unless it exists: somebody may have reviewed it.

    Raises:
        InvalidInput: the file exists, or cannot be written.
    """
    try:
        with Path(path).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InvalidInput(
            f"{path} exists, and is not replaced; remove it, or choose another name"
        ) from None
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error


def toml_key(key: str) -> str:
    """Return a key as TOML."""
    return key if BARE_KEY.fullmatch(key) else toml(key)


def toml(value: str | int | Sequence[str]) -> str:
    """Return a value as TOML."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # A string of JSON is one of TOML, which escapes one character more.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(toml, value))}]"
