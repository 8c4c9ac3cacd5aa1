"""Build the HTTP clients, with their limits, headers, TLS settings and hooks."""

from __future__ import annotations

from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeAlias, TypeVar

import httpx

from ..errors import ConfigurationError
from ..hidden import Hidden
from ..quoting import quotable
from ..version import __version__
from .body import ACCEPTED
from .hooks import awaited_hooks, blocking_hooks
from .options import HttpOptions, checked_hooks, checked_transport, checked_verify
from .pools import adapt_pools
from .proxies import ChosenProxy, proxy_of

Client: TypeAlias = httpx.Client
AsyncClient: TypeAlias = httpx.AsyncClient
T = TypeVar("T")

HEADERS = {
    "User-Agent": f"enboarder-python/{__version__}",
    "Accept": "application/json, */*;q=0.5",
    "Accept-Encoding": ACCEPTED,
}
# If the service closes a kept connection during a POST, the outcome is unknown. So
# connections are kept for 5 s only.
LIMITS = httpx.Limits(
    max_connections=20, max_keepalive_connections=20, keepalive_expiry=5.0
)


def build(auth: httpx.Auth | None, options: HttpOptions, url: str) -> Client:
    """Return a blocking client for one host.

    Args:
        auth: signs the requests; None sends them unsigned.
        options: the user's.
        url: the address of the requests, which decides whether they need a proxy.

    Raises:
        ConfigurationError: httpx cannot use these options.
    """
    before, after = checked_hooks(options)
    checked_transport(options, httpx.BaseTransport)
    settings = _settings(auth, options)
    settings["event_hooks"] = blocking_hooks(before, after)
    client = _built(httpx.Client, settings, proxy_of(url, options))
    if options.get("transport") is None:
        adapt_pools(client)
    return client


def build_async(auth: httpx.Auth | None, options: HttpOptions, url: str) -> AsyncClient:
    """Return an asynchronous client; like `build`."""
    before, after = checked_hooks(options)
    checked_transport(options, httpx.AsyncBaseTransport)
    settings = _settings(auth, options)
    settings["event_hooks"] = awaited_hooks(before, after)
    return _built(httpx.AsyncClient, settings, proxy_of(url, options))


def _settings(auth: httpx.Auth | None, options: HttpOptions) -> dict[str, Any]:
    return {
        "auth": auth,
        "transport": options.get("transport"),
        "limits": LIMITS,
        "headers": HEADERS,
        "verify": checked_verify(options),
        # `proxies` chooses the proxy of the environment, not httpx.
        "trust_env": False,
        # No proxy may see a credential in plain text, whatever else is set.
        "mounts": {"http://": None},
        # A redirect could send the credential to another host.
        "follow_redirects": False,
        # No cookie is kept.
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=())),
    }


def _built(
    client: Callable[..., T], settings: dict[str, Any], proxy: ChosenProxy | None
) -> T:
    name = "these options (verify, transport, …)"
    hidden = Hidden(None)
    if proxy is not None:
        name = proxy.name
        hidden = proxy.checked().value
    try:
        return client(**settings, proxy=hidden.reveal())
    except httpx.InvalidURL:
        # The error repeats a wrong port, which may be the end of a password.
        text = (
            f"{name} is not a URL; in a password, write # as %23, / as %2F and @ as %40"
        )
    except (ValueError, TypeError, AttributeError, ImportError, OSError) as error:
        text = f"httpx cannot use {name}: {quotable(error)}"
    # Outside of `except`, the error gets no context with frames that show the password.
    raise ConfigurationError(text)
