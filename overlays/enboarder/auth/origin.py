"""Bind a credential to an origin: it signs only requests to that origin."""

from __future__ import annotations

import sys
from types import new_class
from typing import Any, NoReturn, TypeVar

import httpx

from ..errors import ConfigurationError
from ..transport.options import Binding, refuse_unknown
from ..url_checks import base_url_of

A = TypeVar("A", bound="OriginAuth")


class OriginAuth(httpx.Auth):
    """Signs requests to one scheme, host and port."""

    def __init__(self, binding: Binding) -> None:
        refuse_unknown(binding, Binding.__optional_keys__)
        base_url = base_url_of(binding.get("region"), binding.get("base_url"))
        self._origin = origin_of(base_url, "base_url")

    def owns(self, request: httpx.Request) -> bool:
        """Return whether a request goes to this origin."""
        url = request.url
        return (url.scheme, url.host, url.port) == self._origin

    def forget(self, *, shared: bool = False) -> None:
        """Drop what was fetched, if anything: an API key fetches nothing."""

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a bound credential cannot be pickled or copied; "
            "bind the credential where it is used"
        )


def origin_of(url: str, name: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of a URL.

    Raises:
        ConfigurationError: it has no host; the error uses this name for the URL.
    """
    try:
        parsed = httpx.URL(url)
        return parsed.scheme, parsed.host, parsed.port
    except (httpx.InvalidURL, UnicodeError):
        text = f"{name} {url[:200]!r} names no host; give one like api.example.com"
        raise ConfigurationError(text) from None


def auth_class(kind: type[A]) -> type[A]:
    """Return the class, or a subclass that clients of httpx2 also accept.

    httpx2 is the continuation of httpx. Its clients accept only subclasses of its own
    `Auth`.
    """
    other: Any = getattr(sys.modules.get("httpx2"), "Auth", None)
    if other is None:
        return kind
    made: type[A] = new_class(kind.__name__, (kind, other))
    return made
