"""Build the HTTP clients, with their limits, headers, TLS settings and hooks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..errors import ConfigurationError
from ..hidden import Hidden
from ..quoting import quotable
from ..version import __version__
from .body import ACCEPTED
from .engine import AsyncClient, Auth, Client, Engine, engine_of, joined
from .hooks import awaited_hooks, blocking_hooks
from .options import HttpOptions, checked_hooks, checked_transport, checked_verify
from .pools import adapt_pools
from .proxies import ChosenProxy, proxy_of

HEADERS = {
    "User-Agent": f"enboarder-python/{__version__}",
    "Accept": "application/json, */*;q=0.5",
    "Accept-Encoding": ACCEPTED,
}
# If the service closes a kept connection during a POST, the outcome is unknown. So
# connections are kept for 5 s only.
LIMITS = {
    "max_connections": 20,
    "max_keepalive_connections": 20,
    "keepalive_expiry": 5.0,
}


class NoCookies(dict[str, str]):
    """The cookies of a client that never has any.

    The library copies them for the request after a redirect, which is never sent.
    """

    def extract_cookies(self, response: Any) -> None:
        """Keep none; the library would examine every answer for some."""


class Cookieless:
    """A client that keeps no cookie."""

    @property
    def cookies(self) -> NoCookies:
        """None at all."""
        return NO_COOKIES


NO_COOKIES = NoCookies()


def build(auth: Auth | None, options: HttpOptions, url: str) -> Client:
    """Return a blocking client for one host.

    Args:
        auth: signs the requests; None sends them unsigned.
        options: the user's.
        url: the address of the requests, which decides whether they need a proxy.

    Raises:
        ConfigurationError: the engine cannot use these options.
    """
    engine = engine_of(options)
    if engine.name == "aiohttp":
        raise ConfigurationError(
            "the engine aiohttp sends for AsyncEnboarder only; choose httpx or httpx2"
        )
    library = engine.library
    before, after = checked_hooks(options)
    checked_transport(options, library.BaseTransport)
    settings = _settings(auth, options, library)
    settings["event_hooks"] = blocking_hooks(before, after, library)
    proxy = proxy_of(url, options)
    connect = joined(Cookieless, library.Client)
    client: Client = _built(connect, engine, settings, proxy)
    if options.get("transport") is None:
        adapt_pools(client, library)
    return client


def build_async(auth: Auth | None, options: HttpOptions, url: str) -> AsyncClient:
    """Return an asynchronous client; like `build`."""
    engine = engine_of(options)
    library = engine.library
    before, after = checked_hooks(options)
    checked_transport(options, library.AsyncBaseTransport)
    settings = _settings(auth, options, library)
    settings["event_hooks"] = awaited_hooks(before, after, library)
    kind: Any = joined(Cookieless, library.AsyncClient)
    connect: Callable[..., Any] = kind
    if engine.name == "aiohttp" and options.get("transport") is None:
        # It is imported only if it is chosen, because it needs an extra.
        from .over_aiohttp import client_over_aiohttp

        connect = partial(client_over_aiohttp, kind)
    client: AsyncClient = _built(connect, engine, settings, proxy_of(url, options))
    return client


def _settings(auth: Auth | None, options: HttpOptions, library: Any) -> dict[str, Any]:
    return {
        "auth": auth,
        "transport": options.get("transport"),
        "limits": library.Limits(**LIMITS),
        "headers": HEADERS,
        "verify": checked_verify(options),
        # `proxies` chooses the proxy of the environment, not the library.
        "trust_env": False,
        # No proxy may see a credential in plain text, whatever else is set.
        "mounts": {"http://": None},
        # A redirect could send the credential to another host.
        "follow_redirects": False,
    }


def _built(
    connect: Callable[..., Any],
    engine: Engine,
    settings: dict[str, Any],
    proxy: ChosenProxy | None,
) -> Any:
    options = "these options (verify, transport, …)"
    hidden = Hidden(None)
    if proxy is not None:
        options = proxy.name
        hidden = proxy.checked(engine.library).value
    try:
        return connect(**settings, proxy=hidden.reveal())
    except engine.library.InvalidURL:
        # The error repeats a wrong port, which may be the end of a password.
        text = (
            f"{options} is not a URL; in a password, write # as %23, / as %2F and @ "
            "as %40"
        )
    except (ValueError, TypeError, AttributeError, ImportError, OSError) as error:
        text = f"{engine.name} cannot use {options}: {quotable(error)}"
    # Outside of `except`, the error gets no context with frames that show the password.
    raise ConfigurationError(text)
