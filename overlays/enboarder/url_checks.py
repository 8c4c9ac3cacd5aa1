"""Check the URLs and paths that users give, before a credential is sent there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from .errors import ConfigurationError

URL_RULE = (
    "must be a URL like https://api.example.com, without user, password, query or "
    "fragment"
)


def checked_url(url: str, name: str) -> str:
    """Return a URL without the slash at its end.

    Args:
        url: HTTPS, or HTTP on loopback.
        name: its name in errors.

    Raises:
        ConfigurationError: it is something else.
    """
    if not isinstance(url, str) or not re.fullmatch(r"[!-~]+", url):
        raise ConfigurationError(f"{name} {URL_RULE}")
    parts = _usable_parts(url)
    if parts is None:
        raise ConfigurationError(f"{name} {URL_RULE}")
    if not is_host(parts.hostname or ""):
        raise ConfigurationError(
            f"{name} {url[:200]!r} names no host; give one like api.example.com"
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ConfigurationError(
            f"{name} is plain http://, which would send the credential unencrypted; "
            "use https://"
        )
    return url.rstrip("/")


def checked_prefixes(prefixes: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the path prefixes and their replacements.

    Raises:
        ConfigurationError: one is not a path, so it could name another host.
    """
    if prefixes is None:
        return {}
    if not isinstance(prefixes, Mapping):
        raise ConfigurationError("path_prefixes must be a mapping from paths to paths")
    for pair in prefixes.items():
        for part in pair:
            if not isinstance(part, str) or not re.fullmatch(r"/(?!/)[^?#\s]*", part):
                raise ConfigurationError(
                    "path_prefixes must map paths to paths that begin with one '/'; "
                    f"got {part!r}"
                )
    return prefixes


def _usable_parts(url: str) -> SplitResult | None:
    """Return the parts of a URL that has a host and no secret."""
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return None
    if parts.scheme not in ("https", "http") or not parts.hostname or not has_port:
        return None
    extras = (parts.username, parts.password, parts.query, parts.fragment)
    return None if any(extras) else parts


def is_host(name: str) -> bool:
    """Return whether this is a possible host name or an address.

    Name resolution requires parts of 1 to 63 characters.
    """
    if ":" in name:
        return True
    parts = name.removesuffix(".").split(".")
    return len(name) <= 253 and all(0 < len(part) <= 63 for part in parts)


def is_loopback(host: str | None) -> bool:
    """Return whether a host is this machine, by its name or its address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
