"""URLs that users give."""

import pytest

from enboarder import ConfigurationError
from enboarder.url_checks import checked_url


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
    assert expected == checked_url(given, "base_url")


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
        checked_url(given, "base_url")


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
        checked_url(given, "token_url")
