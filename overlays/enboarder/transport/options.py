"""What users may set on the HTTP client, and the settings that follow from it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from typing import Any, TypedDict

import httpx

from ..clock import Clock
from ..errors import ConfigurationError


class HttpOptions(TypedDict, total=False):
    """Options that the HTTP client gets unchanged.

    `verify` is a file of CA certificates, or an SSL context. A custom `transport`
    switches the proxies of the environment off.
    """

    proxy: str | httpx.Proxy
    verify: str | bool | ssl.SSLContext
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport
    event_hooks: Mapping[str, list[Any]]
    trust_env: bool


class Binding(HttpOptions, total=False):
    """What a credential is bound to, and how its token requests are sent."""

    region: str | None
    base_url: str | None
    clock: Clock


def refuse_unknown(options: Mapping[str, object], known: frozenset[str]) -> None:
    """Raise ConfigurationError for an option that does not exist."""
    unknown = sorted(options.keys() - known)
    if unknown:
        names = ", ".join(sorted(known))
        raise ConfigurationError(f"there is no option {unknown[0]!r}; use {names}")


class TlsContexts:
    """TLS settings by CA file, kept because reading a file takes about 20 ms."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._contexts: dict[tuple[str | None, bool], ssl.SSLContext] = {}

    def get(self, ca_file: str | None, *, trust_env: bool) -> ssl.SSLContext:
        """Return the settings for this CA file, with TLS 1.2 at least.

        Args:
            ca_file: a file of CA certificates; None stands for the usual ones.
            trust_env: whether `SSL_CERT_FILE` and `SSL_CERT_DIR` count.

        Raises:
            ConfigurationError: the file holds no certificates.
        """
        wanted = (ca_file, trust_env)
        context = self._contexts.get(wanted)
        if context is None:
            context = _tls_context(ca_file, trust_env)
            with self._lock:
                context = self._contexts.setdefault(wanted, context)
        return context

    def clear(self) -> None:
        """Forget all settings, so that files and variables are read again."""
        with self._lock:
            self._contexts.clear()

    def renew_after_fork(self) -> None:
        """Replace the lock, which a thread of the parent may have held."""
        self._lock = threading.Lock()


def _tls_context(ca_file: str | None, trust_env: bool) -> ssl.SSLContext:
    try:
        if ca_file:
            context = ssl.create_default_context(cafile=ca_file)
        else:
            context = httpx.create_ssl_context(trust_env=trust_env)
    except OSError as error:
        reason = f"verify: no CA certificates in {ca_file!r} ({error.strerror})"
        raise ConfigurationError(reason) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


TLS_CONTEXTS = TlsContexts()


def checked_verify(options: HttpOptions) -> ssl.SSLContext:
    """Return the TLS settings that `verify` asks for."""
    verify = options.get("verify")
    if isinstance(verify, ssl.SSLContext):
        return verify
    if verify is False or not isinstance(verify, str | bool | None):
        raise ConfigurationError(
            "verify is a file of CA certificates or an SSL context; "
            "it cannot be switched off"
        )
    ca_file = verify if isinstance(verify, str) else None
    return TLS_CONTEXTS.get(ca_file, trust_env=options.get("trust_env", True))


def checked_hooks(options: HttpOptions) -> tuple[list[Any], list[Any]]:
    """Return the user's event hooks: those before a request, those after an answer."""
    hooks = options.get("event_hooks") or {}
    if not _are_hooks(hooks):
        raise ConfigurationError(
            'event_hooks is a mapping of lists: {"request": [...], "response": [...]}'
        )
    return hooks.get("request", []), hooks.get("response", [])


def _are_hooks(hooks: Mapping[str, Any]) -> bool:
    if not isinstance(hooks, Mapping):
        return False
    lists = all(isinstance(each, list) for each in hooks.values())
    return lists and hooks.keys() <= {"request", "response"}


def checked_transport(options: HttpOptions, kind: type[object]) -> None:
    """Raise ConfigurationError unless `transport` is of this kind, or left out."""
    transport = options.get("transport")
    if transport is None:
        return
    if not isinstance(transport, kind) or options.get("proxy"):
        raise ConfigurationError(
            f"transport must be an httpx.{kind.__name__}, without proxy= beside it"
        )
