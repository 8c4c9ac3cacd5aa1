"""The options of the HTTP client, and the settings that follow from them."""

from __future__ import annotations

import errno
import os
import ssl
from collections.abc import Mapping
from os import PathLike
from typing import Any, Protocol, TypedDict

from ..clock import Clock
from ..errors import ConfigurationError
from ..hidden import Hidden, without_password
from .engine import Engine, EngineName, engine_of


class Proxy(Protocol):
    """An `httpx.Proxy`, or that of httpx2."""

    @property
    def raw_auth(self) -> tuple[bytes, bytes] | None:
        """User and password."""
        ...


class BlockingTransport(Protocol):
    """An `httpx.BaseTransport`, or that of httpx2."""

    def handle_request(self, request: Any) -> Any:
        """Send a request."""
        ...


class AwaitedTransport(Protocol):
    """An `httpx.AsyncBaseTransport`, or that of httpx2."""

    async def handle_async_request(self, request: Any) -> Any:
        """Send a request."""
        ...


class HttpOptions(TypedDict, total=False):
    """Options of the HTTP client, with the meaning that httpx gives them.

    `verify` is a file of CA certificates, or an SSL context. With a custom `transport`,
    proxies of the environment are not used. `engine` is the library that sends; proxy
    and transport belong to that library.
    """

    engine: EngineName
    proxy: str | Proxy | Hidden[str]
    verify: str | PathLike[str] | bool | ssl.SSLContext
    transport: BlockingTransport | AwaitedTransport
    event_hooks: Mapping[str, list[Any]]
    trust_env: bool


class Binding(HttpOptions, total=False):
    """The address that a credential is bound to, and the options of token requests."""

    region: str | None
    base_url: str | None
    clock: Clock


def conceal(options: HttpOptions) -> None:
    """Wrap options that may hold a password, before any option is refused.

    Call it only on keyword arguments, because it changes the mapping.
    """
    proxy = options.get("proxy")
    if isinstance(proxy, str) and proxy:
        options["proxy"] = Hidden(proxy)


def conceal_binding(binding: Binding) -> None:
    """Do the same for a binding, whose base URL may hold a password, too."""
    conceal(binding)
    base_url = binding.get("base_url")
    if base_url:
        binding["base_url"] = without_password(base_url)


def refuse_unknown(options: Mapping[str, object], known: frozenset[str]) -> None:
    """Raise ConfigurationError for an option that does not exist."""
    unknown = sorted(options.keys() - known)
    if unknown:
        names = ", ".join(sorted(known))
        raise ConfigurationError(f"there is no option {unknown[0]!r}; use {names}")


# The values of these variables are part of the TLS settings.
TLS_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


class TlsContexts:
    """TLS settings by CA file, kept because reading a file takes about 20 ms."""

    def __init__(self) -> None:
        self._contexts: dict[tuple[str | None, ...], ssl.SSLContext] = {}

    def get(
        self, ca_file: str | None, engine: Engine, *, trust_env: bool
    ) -> ssl.SSLContext:
        """Return the settings for this CA file, with at least TLS 1.2.

        Args:
            ca_file: a file of CA certificates; None means those that the engine trusts:
                with httpx those of certifi, with httpx2 those of the system.
            engine: that of the client.
            trust_env: whether `SSL_CERT_FILE` and `SSL_CERT_DIR` apply.

        Raises:
            ConfigurationError: the file has no certificates.
        """
        variables = [os.environ.get(name) for name in TLS_VARIABLES]
        wanted = (engine.library.__name__, ca_file, str(trust_env), *variables)
        context = self._contexts.get(wanted)
        if context is None:
            # This is atomic, so no lock is needed that a forked child could find held.
            context = self._contexts.setdefault(
                wanted, _tls_context(ca_file, engine, trust_env)
            )
        return context


def _tls_context(
    ca_file: str | None, engine: Engine, trust_env: bool
) -> ssl.SSLContext:
    name = "verify"
    if ca_file is None and trust_env:
        name, ca_file = "SSL_CERT_FILE", os.environ.get("SSL_CERT_FILE") or None
    if ca_file is None and trust_env:
        _check_folder()
    try:
        if ca_file is not None:
            context = ssl.create_default_context(cafile=ca_file)
        else:
            context = engine.library.create_ssl_context(trust_env=trust_env)
    except (OSError, ValueError) as error:
        text = _problem_of_tls(name, ca_file, error)
    else:
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context
    raise ConfigurationError(text)


def _check_folder() -> None:
    """Refuse folders that do not exist, because then no server is trusted."""
    folders = os.environ.get("SSL_CERT_DIR")
    if folders and not any(map(os.path.isdir, folders.split(os.pathsep))):
        raise ConfigurationError(
            f"SSL_CERT_DIR: there is no folder {folders!r}; unset the variable, or "
            "name a folder of CA certificates"
        )


def _problem_of_tls(name: str, ca_file: str | None, error: Exception) -> str:
    number = getattr(error, "errno", None)
    reason = getattr(error, "strerror", None) or str(error)
    if number in (errno.EMFILE, errno.ENFILE):
        return (
            f"the CA certificates cannot be read ({reason}); close files, or raise the "
            "limit of open files (ulimit -n)"
        )
    # Python opens this file for each SSL context. It is the only file that the error
    # names.
    if getattr(error, "filename", None) is not None:
        return (
            f"SSLKEYLOGFILE: {os.environ.get('SSLKEYLOGFILE')!r} cannot be written "
            f"({reason}); unset the variable, or create its folder"
        )
    return f"{name}: no CA certificates in {ca_file!r} ({reason})"


TLS_CONTEXTS = TlsContexts()


def checked_verify(options: HttpOptions) -> ssl.SSLContext:
    """Return the TLS settings that `verify` asks for."""
    verify = options.get("verify")
    if isinstance(verify, ssl.SSLContext):
        return verify
    ca_file = os.fspath(verify) if isinstance(verify, str | PathLike) else None
    if ca_file is None and verify is not None and verify is not True:
        raise ConfigurationError(
            "verify must be a file of CA certificates or an SSL context; "
            "it cannot be switched off"
        )
    trust_env = options.get("trust_env", True)
    return TLS_CONTEXTS.get(ca_file, engine_of(options), trust_env=trust_env)


def checked_hooks(options: HttpOptions) -> tuple[list[Any], list[Any]]:
    """Return the user's event hooks for requests, and those for answers."""
    hooks = options.get("event_hooks") or {}
    if not _are_hooks(hooks):
        raise ConfigurationError(
            "event_hooks must be a mapping of lists: "
            '{"request": [...], "response": [...]}'
        )
    return hooks.get("request", []), hooks.get("response", [])


def _are_hooks(hooks: Mapping[str, Any]) -> bool:
    if not isinstance(hooks, Mapping):
        return False
    lists = all(isinstance(each, list) for each in hooks.values())
    return lists and hooks.keys() <= {"request", "response"}


# A package whose transport turns a connection that broke into a timeout of connecting,
# after which a launch would be sent again.
MISLEADING = "httpx_aiohttp"


def checked_transport(options: HttpOptions, kind: type[object]) -> None:
    """Raise ConfigurationError if `transport` is given and is not of this kind."""
    transport = options.get("transport")
    if transport is None:
        return
    if any(base.__module__.startswith(MISLEADING) for base in type(transport).__mro__):
        raise ConfigurationError(
            f"the transport of {MISLEADING} says of requests that may have left that "
            "they were never sent; use engine='aiohttp' without transport"
        )
    if not isinstance(transport, kind) or options.get("proxy"):
        raise ConfigurationError(
            f"transport must be an {kind.__module__}.{kind.__name__}, and proxy= "
            "cannot be used with it"
        )
