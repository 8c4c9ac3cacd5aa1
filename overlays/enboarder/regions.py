"""Find the hosts of a region: where requests go, and where tokens come from.

The regions are data of `openapi/enboarder.yaml` (`servers` and `x-token-urls`): add a
region there, and run `make generate`.
"""

from __future__ import annotations

from enboarder_api.contract import HOSTS, TOKEN_URLS, Region

from .errors import ConfigurationError
from .url_checks import checked_url

REGIONS = ", ".join(Region)
"""The names of all regions, for errors."""


def region_named(name: str) -> Region:
    """Return the region with this name, in upper or lower case.

    Raises:
        ConfigurationError: there is no such region.
    """
    try:
        return Region(name.strip().upper())
    except (ValueError, AttributeError):
        raise ConfigurationError(
            f"{name!r} is not a region; use one of {REGIONS}"
        ) from None


def base_url_of(region: str | None, base_url: str | None) -> str:
    """Return where requests go.

    Args:
        region: the account's region, whose host comes from the contract.
        base_url: the address of a proxy or the mock, instead of a region.

    Raises:
        ConfigurationError: both or none were given, or one is wrong.
    """
    if region and base_url:
        raise ConfigurationError(
            "region and base_url were both given; give base_url only for a proxy or "
            "the mock"
        )
    if base_url:
        return checked_url(base_url, "base_url")
    if not region:
        raise ConfigurationError(
            "no region, and there is no default; set region= or ENBOARDER_REGION to "
            f"one of {REGIONS}"
        )
    return HOSTS[region_named(region)]


def token_url_of(region: str | None, token_url: str | None) -> str:
    """Return where tokens come from.

    Args:
        region: the account's region; for Canada, no token URL is published.
        token_url: the URL of the credential, which takes precedence.

    Raises:
        ConfigurationError: no token URL is known, or it is wrong.
    """
    if token_url:
        return checked_url(token_url, "token_url")
    published = TOKEN_URLS.get(region_named(region)) if region else None
    if published is None:
        place = f"region {region}" if region else "a base_url"
        raise ConfigurationError(
            f"no token URL is known for {place}; "
            "pass ClientCredentials(..., token_url='https://…') or set "
            "ENBOARDER_TOKEN_URL. Enboarder's support may know it"
        )
    return published
