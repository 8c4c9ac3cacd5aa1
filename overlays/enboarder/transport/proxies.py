"""Choose the proxy of a request, from the options or the environment.

The engine would read the environment itself. But it builds no client if `NO_PROXY` has
an IPv6 network, and it sends plain HTTP through `HTTP_PROXY` even to loopback.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from attrs import frozen

from ..errors import ConfigurationError
from ..hidden import Hidden
from ..url_checks import is_host
from .engine import engine_of, is_kind
from .options import HttpOptions

SCHEMES = ("http", "https", "socks5", "socks5h")


@frozen
class ChosenProxy:
    """A proxy, and the option or variable that names it."""

    name: str
    value: Hidden[Any]
    """A URL, or another value that the engine accepts."""

    def checked(self, library: Any) -> ChosenProxy:
        """Return this proxy.

        Args:
            library: the HTTP library, which reads the URL.

        Raises:
            ConfigurationError: it is not the URL of a proxy that the library knows.
        """
        problem = _problem_of(self.value.reveal(), library)
        if problem:
            raise ConfigurationError(f"{self.name} {problem}")
        return self


def proxy_of(url: str, options: HttpOptions) -> ChosenProxy | None:
    """Return the proxy for requests to the host of a URL; None if they go directly.

    Plain HTTP never uses a proxy, because the proxy would see the credential. Plain
    HTTP is allowed on loopback only, where no proxy is needed.
    """
    given = options.get("proxy")
    chosen = None
    if given:
        value = given if isinstance(given, Hidden) else Hidden(given)
        # It is checked even if it is not used for this host.
        chosen = ChosenProxy("proxy", value).checked(engine_of(options).library)
    parts = urlsplit(url)
    if parts.scheme != "https":
        return None
    if chosen is None and _obeys_environment(options):
        return _of_environment(parts.hostname or "", parts.port or 443)
    return chosen


def _obeys_environment(options: HttpOptions) -> bool:
    return options.get("transport") is None and options.get("trust_env", True)


def _of_environment(host: str, port: int) -> ChosenProxy | None:
    proxies = getproxies()
    exceptions = proxies.get("no", "").split(",")
    if any(_is_exception(entry.strip(), host, port) for entry in exceptions):
        return None
    for scheme in ("https", "all"):
        value = proxies.get(scheme)
        if value:
            full = value if "://" in value else f"http://{value}"
            return ChosenProxy(f"{scheme.upper()}_PROXY", Hidden(full))
    return None


def _is_exception(entry: str, host: str, port: int) -> bool:
    """Return whether an entry of `NO_PROXY` matches this host.

    An entry is an asterisk, a network, an address or a name. A name also matches its
    subdomains; with a dot before it, it matches only these. An address or a name may
    have a port.
    """
    scheme, separator, rest = entry.rpartition("://")
    if separator and scheme not in ("https", "all"):
        return False
    if rest == "*":
        return True
    if _is_in_network(rest.strip("[]"), host):
        return True
    name, wanted_port = _split_port(rest)
    if not name or wanted_port not in ("", str(port)):
        return False
    if _is_in_network(name.strip("[]"), host):
        return True
    return _is_name(name.lower(), host)


def _split_port(entry: str) -> tuple[str, str]:
    name, separator, port = entry.rpartition(":")
    return (name, port) if separator and port.isdigit() else (entry, "")


def _is_in_network(network: str, host: str) -> bool:
    """Return whether a host is an address in a network, or that one address."""
    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False


def _is_name(name: str, host: str) -> bool:
    name = name.removeprefix("*")
    if name.startswith("."):
        return host.endswith(name)
    return host == name or host.endswith(f".{name}")


def _problem_of(value: object, library: Any) -> str | None:
    if is_kind(value, "Proxy", "URL"):
        return None
    if not isinstance(value, str):
        return f"is neither a URL nor an {library.__name__}.Proxy"
    if "#" in value or "?" in value:
        return (
            "is not the URL of a proxy; in a password, write # as %23, ? as %3F, "
            "/ as %2F and @ as %40"
        )
    scheme, separator, _ = value.partition("://")
    if not separator or scheme.lower() not in SCHEMES:
        return (
            f"has no scheme that works; write it like http://proxy.example.com:3128, "
            f"with one of {', '.join(SCHEMES)}"
        )
    try:
        host = library.URL(value).host
    except (library.InvalidURL, UnicodeError):
        host = ""
    if not is_host(host):
        return (
            "is not the URL of a proxy; write it like http://proxy.example.com:3128, "
            "and in a password # as %23, / as %2F and @ as %40"
        )
    return None
