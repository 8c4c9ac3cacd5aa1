"""Build the HTTP clients: limits, headers, TLS, hooks. Nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeAlias, TypeVar

import httpx

from ..errors import ConfigurationError
from ..version import __version__
from .addresses import connect_one_by_one
from .body import ACCEPTED
from .hooks import awaited_hooks, blocking_hooks
from .options import HttpOptions, checked_hooks, checked_transport, checked_verify

Client: TypeAlias = httpx.Client
AsyncClient: TypeAlias = httpx.AsyncClient
T = TypeVar("T")

HEADERS = {
    "User-Agent": f"enboarder-python/{__version__}",
    "Accept": "application/json, */*;q=0.5",
    "Accept-Encoding": ACCEPTED,
}
# When the service closes a kept connection under a POST, the outcome is unknown: hence
# connections are kept for 5 s only.
LIMITS = httpx.Limits(
    max_connections=20, max_keepalive_connections=20, keepalive_expiry=5.0
)


def build(auth: httpx.Auth | None, options: HttpOptions) -> Client:
    """Return a blocking client.

    Args:
        auth: signs the requests; None sends them unsigned.
        options: the user's.

    Raises:
        ConfigurationError: httpx cannot use these options.
    """
    before, after = checked_hooks(options)
    checked_transport(options, httpx.BaseTransport)
    settings = _settings(auth, options)
    settings["event_hooks"] = blocking_hooks(before, after)
    client = _built(httpx.Client, settings)
    if options.get("transport") is None:
        connect_one_by_one(client)
    return client


def build_async(auth: httpx.Auth | None, options: HttpOptions) -> AsyncClient:
    """Return an asynchronous client; like `build`."""
    before, after = checked_hooks(options)
    checked_transport(options, httpx.AsyncBaseTransport)
    settings = _settings(auth, options)
    settings["event_hooks"] = awaited_hooks(before, after)
    return _built(httpx.AsyncClient, settings)


def _settings(auth: httpx.Auth | None, options: HttpOptions) -> dict[str, Any]:
    settings: dict[str, Any] = dict(options)
    settings["auth"] = auth
    settings["limits"] = LIMITS
    settings["headers"] = HEADERS
    settings["verify"] = checked_verify(options)
    # A redirect could lead the credential to another host.
    settings["follow_redirects"] = False
    # No cookie is kept.
    settings["cookies"] = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return settings


def _built(client: Callable[..., T], settings: dict[str, Any]) -> T:
    try:
        return client(**settings)
    except httpx.InvalidURL:
        # The text of the error repeats what it takes for a port: the end of a password.
        raise ConfigurationError(
            "proxy is not a URL; in a password, write # as %23, / as %2F and @ as %40"
        ) from None
    except (ValueError, TypeError, AttributeError, ImportError) as error:
        raise ConfigurationError(
            f"httpx cannot use these options (proxy, verify, transport, …): {error}"
        ) from None
