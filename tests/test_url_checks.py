"""Regions, base URLs and token URLs that users give."""

import pytest

from enboarder import ConfigurationError, Region
from enboarder.url_checks import base_url_of, region_named, token_url_of
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


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://api.example.com/", "https://api.example.com"),
        ("https://api.example.com:8443/a/b//", "https://api.example.com:8443/a/b"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("HTTPS://API.example.com", "HTTPS://API.example.com"),
    ],
)
def test_usable_url_is_taken(given: str, expected: str) -> None:
    """HTTPS URLs, and HTTP URLs on loopback, are accepted."""
    assert expected == base_url_of(None, given)


@pytest.mark.parametrize(
    "given",
    [
        "http://api.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "http://0.0.0.0",
    ],
)
def test_plain_http_is_refused(given: str) -> None:
    """http:// outside loopback is refused; the error says why, and what to use."""
    with pytest.raises(
        ConfigurationError, match=r"base_url is plain http://.*use https://"
    ):
        base_url_of(None, given)


@pytest.mark.parametrize(
    "given",
    [
        "api.example.com",
        "//api.example.com",
        "ftp://api.example.com",
        "https://",
        "https://user@api.example.com",
        "https://user:pass@api.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com#x",
        "https://api.example.com:0",
        "https://api.example.com:port",
        "https://api.example.com:70000",
        "https://[::1",
        "https://api.example.com\n",
        "https://api .example.com",
        "http://localhost\\@api.example.com",
    ],
)
def test_unusable_url_is_refused(given: str) -> None:
    """If a value is not a plain URL of a host, the error shows an example."""
    with pytest.raises(
        ConfigurationError,
        match=r"token_url must be a URL like https://api\.example\.com",
    ):
        token_url_of(None, given)
