"""The contract of this package, as data."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib.resources import files
from typing import TypeAlias

from .walk import Node, operations
from .walk import Operation as Entry
from .walk import resolve as resolved

# `Entry` and `resolved` are for modules that do not use `walk` yet.
__all__ = [
    "SCHEMES",
    "Auth",
    "Entry",
    "Json",
    "Node",
    "operations",
    "resolved",
    "whole",
]

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"


class Auth(StrEnum):
    """A credential; `oauth2` and `accesstoken` allow the same operations."""

    APIKEY = "apikey"
    OAUTH2 = "oauth2"
    """`Authorization: Bearer`; some tools fetch the token themselves."""
    ACCESSTOKEN = "accesstoken"
    """The token without a prefix in `Authorization`, as the documentation shows it."""


SCHEMES = {
    Auth.APIKEY: "apiKey",
    Auth.OAUTH2: "oauth2",
    Auth.ACCESSTOKEN: "accessToken",
}
"""The security scheme of each credential in the contract."""


def whole() -> Node:
    """Return the whole contract; each call makes a new copy."""
    text = files("enboarder_api").joinpath("contract.json").read_text("utf-8")
    document: Node = json.loads(text)
    return document
