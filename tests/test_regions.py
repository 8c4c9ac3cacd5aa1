"""Regions, and the base URL and token URL that each of them has."""

import pytest

from enboarder import ConfigurationError, Region
from enboarder.regions import base_url_of, region_named, token_url_of
from enboarder_api.contract import HOSTS, TOKEN_URLS


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("spelt", [str, str.lower, lambda name: f" {name} "])
def test_every_region_has_its_host(region: Region, spelt: object) -> None:
    """A region is found in upper and lower case, and has the host of the contract."""
    assert HOSTS[region] == base_url_of(spelt(str(region)), None)  # type: ignore[operator]


@pytest.mark.parametrize("region", TOKEN_URLS)
def test_published_token_url_is_used(region: str) -> None:
    """Without a token_url, the published one is used."""
    assert TOKEN_URLS[region] == token_url_of(region.lower(), None)


def test_own_token_url_wins() -> None:
    """A given token_url is used, without the slash at its end."""
    assert (
        token_url_of("AU", "https://auth.example.com/token/")
        == "https://auth.example.com/token"
    )


@pytest.mark.parametrize("name", ["", "APAC", "au1", 7, None])
def test_unknown_region_is_refused_with_the_known_ones(name: str) -> None:
    """The error about an unknown region lists the regions."""
    with pytest.raises(ConfigurationError, match="AU, EU, US, CA"):
        region_named(name)


@pytest.mark.parametrize("region", [None, ""])
def test_region_has_no_default(region: str | None) -> None:
    """Without region and base_url, the error lists the regions."""
    with pytest.raises(ConfigurationError, match=r"no region.*AU, EU, US, CA"):
        base_url_of(region, None)


def test_region_and_base_url_exclude_each_other() -> None:
    """With both region and base_url, the error names both."""
    with pytest.raises(ConfigurationError, match="region and base_url were both given"):
        base_url_of("AU", "https://api.example.com")


@pytest.mark.parametrize("region", ["CA", None])
def test_unpublished_token_url_is_asked_for(region: str | None) -> None:
    """For Canada or a base_url without a token_url, the error says whom to ask."""
    with pytest.raises(
        ConfigurationError, match=r"token_url='https://…'.*Enboarder's support"
    ):
        token_url_of(region, None)
