"""Bind a credential to an origin: it signs only requests to that origin."""

from __future__ import annotations

from typing import NoReturn, TypeAlias

from ..errors import ConfigurationError
from ..regions import base_url_of
from ..transport.engine import Auth, Engine, HttpRequest, engine_of
from ..transport.options import Binding, refuse_unknown

Origin: TypeAlias = tuple[str, str, int | None]
"""Scheme, host and port; no port means that of the scheme."""


class OriginAuth(Auth):
    """Signs requests to one origin."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    def owns(self, request: HttpRequest) -> bool:
        """Return whether a request goes to this origin."""
        url = request.url
        return (url.scheme, url.host, url.port) == self._origin

    def sign_again(self, request: HttpRequest) -> str | None:
        """Sign a request again just before it is sent, if there is a newer credential.

        Returns:
            the new value of `Authorization`; None if nothing changes, as for an API
            key.
        """
        return None

    def forget(self, *, shared: bool = False) -> None:
        """Drop what was fetched, if anything: an API key fetches nothing."""

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a bound credential cannot be pickled or copied; "
            "bind the credential where it is used"
        )


def api_origin(binding: Binding) -> Origin:
    """Return the origin of the region or base URL.

    Raises:
        ConfigurationError: there is neither, or an option has a wrong name.
    """
    refuse_unknown(binding, Binding.__optional_keys__)
    base_url = base_url_of(binding.get("region"), binding.get("base_url"))
    return origin_of(base_url, "base_url", engine_of(binding))


def origin_of(url: str, name: str, engine: Engine) -> Origin:
    """Return the origin of a URL, as the engine reads it.

    Raises:
        ConfigurationError: it has no host; the error uses this name for the URL.
    """
    try:
        parsed = engine.library.URL(url)
        return parsed.scheme, parsed.host, parsed.port
    except (engine.library.InvalidURL, UnicodeError):
        text = f"{name} {url[:200]!r} names no host; give one like api.example.com"
        raise ConfigurationError(text) from None
