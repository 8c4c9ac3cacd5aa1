"""Regions, hosts and token URLs: read from the generated constants, never typed again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import cast
from urllib.parse import urlsplit

from enboarder_api.contract import HOSTS, TOKEN_URLS, Region

from .errors import ConfigurationError

WANTED = "must be a URL like https://api.example.com, without user, password, query or fragment"


def region_named(name: str) -> Region:
    """The region of a name, in any case; raises ConfigurationError for an unknown one."""
    try:
        return Region(name.strip().upper())
    except (ValueError, AttributeError):
        raise ConfigurationError(f"there is no region {name!r}; an account has one of {', '.join(Region)}") from None


def base_url_of(region: str | None, base_url: str | None) -> str:
    """Where requests go: the region's host, or a URL given instead of a region (a proxy, the mock)."""
    if region and base_url:
        raise ConfigurationError("region and base_url were both given; give base_url for a proxy or the mock only")
    if base_url:
        return checked_url(base_url, "base_url")
    if not region:
        regions = ", ".join(Region)
        raise ConfigurationError(f"no region; there is no default. Give region= or ENBOARDER_REGION: {regions}")
    return HOSTS[region_named(region)]


def token_url_of(region: str | None, token_url: str | None) -> str:
    """Where tokens come from: the URL given with the credential, or the one published for the region."""
    if token_url:
        return checked_url(token_url, "token_url")
    published = TOKEN_URLS.get(region_named(region)) if region else None
    if published is None:
        told = f"no token URL is known for {region or 'a base_url'}: pass ClientCredentials(..., token_url='https://…')"
        raise ConfigurationError(f"{told} or set ENBOARDER_TOKEN_URL; Enboarder's support may know it")
    return published


def checked_url(url: str, name: str) -> str:
    """The URL without a slash at its end; raises ConfigurationError unless it is HTTPS, or HTTP on loopback."""
    try:
        parts = urlsplit(url if isinstance(cast(object, url), str) and re.fullmatch(r"[!-~]+", url) else "")
        usable = parts.scheme in ("https", "http") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        raise ConfigurationError(f"{name} {WANTED}") from None
    if not usable or parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigurationError(f"{name} {WANTED}")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ConfigurationError(f"{name} is plain http://, which would send the credential in the clear; use https://")
    return url.rstrip("/")


def checked_prefixes(prefixes: Mapping[str, str]) -> Mapping[str, str]:
    """Path prefixes and what replaces them; raises ConfigurationError for what is no path, and could name another host."""
    pairs = prefixes.items() if isinstance(cast(object, prefixes), Mapping) else [(prefixes, None)]
    for part in (part for pair in pairs for part in cast(tuple[object, ...], pair)):
        if not (isinstance(part, str) and re.fullmatch(r"/(?!/)[^?#\s]*", part)):
            raise ConfigurationError(f"path_prefixes maps paths to paths, each beginning with '/', not {prefixes!r}")
    return prefixes


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
