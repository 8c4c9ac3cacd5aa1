"""The HTTP clients that are built: TLS, limits, and options that cannot work."""

from __future__ import annotations

import ssl
import sys
from pathlib import Path
from typing import Any

import pytest
import trustme

from enboarder import ApiKey, ConfigurationError, Enboarder
from enboarder.transport.client import LIMITS
from enboarder.transport.engine import engine_of
from enboarder.transport.options import TlsContexts, checked_verify
from tests.conftest import BASE_URL
from tests.engine import httpx

ENGINE = engine_of({})


def built(**options: Any) -> None:
    """Build a client, and close it."""
    Enboarder(ApiKey("key"), base_url=BASE_URL, **options).close()


def test_kept_connections_are_closed_soon() -> None:
    """A service that closes a kept connection under a launch makes it unknown."""
    assert LIMITS["keepalive_expiry"] == 5.0


def test_twenty_connections_are_opened_at_most() -> None:
    """A thousand tasks do not flood the service."""
    assert LIMITS["max_connections"] == 20


@pytest.mark.parametrize("options", [{}, {"trust_env": False}, {"verify": True}])
def test_tls_is_verified(options: Any) -> None:
    """Certificates and host names are checked, by TLS 1.2 at least."""
    context = checked_verify(options)

    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("verify", [False, 0, b"ca.pem"])
def test_tls_cannot_be_switched_off(verify: Any) -> None:
    """A secret is sent to nobody who cannot be verified."""
    with pytest.raises(ConfigurationError, match="cannot be switched off"):
        built(verify=verify)


def test_missing_ca_file_is_named(tmp_path: Path) -> None:
    """A `verify` that does not exist is an error that names the file."""
    missing = str(tmp_path / "missing.pem")

    with pytest.raises(ConfigurationError, match=r"verify: .*missing\.pem"):
        built(verify=missing)


def test_ca_file_without_certificates_is_refused(tmp_path: Path) -> None:
    """A `verify` that holds no certificate is an error, too."""
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")

    with pytest.raises(ConfigurationError, match="verify: "):
        built(verify=str(empty))


def test_ssl_context_of_the_user_is_used_unchanged() -> None:
    """An SSL context decides alone how servers are verified."""
    context = ssl.create_default_context()

    assert checked_verify({"verify": context}) is context


def test_tls_settings_are_kept() -> None:
    """Certificates are read once, not for each token request."""
    contexts = TlsContexts()

    first = contexts.get(None, ENGINE, trust_env=True)

    assert contexts.get(None, ENGINE, trust_env=True) is first


def test_tls_settings_depend_on_the_environment_only_if_it_is_trusted() -> None:
    """Two clients that differ in `trust_env` do not share their settings."""
    contexts = TlsContexts()

    first = contexts.get(None, ENGINE, trust_env=True)

    assert contexts.get(None, ENGINE, trust_env=False) is not first


def test_client_that_trusts_no_environment_has_tls_settings_of_its_own() -> None:
    """`trust_env=False` reaches the TLS settings, whose files variables can name."""
    assert checked_verify({"trust_env": False}) is not checked_verify({})


def test_tls_settings_belong_to_a_ca_file(tmp_path: Path) -> None:
    """Two clients with different CA files do not trust each other's servers."""
    contexts = TlsContexts()
    files = [tmp_path / "one.pem", tmp_path / "two.pem"]
    for file in files:
        trustme.CA().cert_pem.write_to_path(str(file))

    one, two = [contexts.get(str(file), ENGINE, trust_env=True) for file in files]

    assert one.get_ca_certs() != two.get_ca_certs()


def test_tls_settings_follow_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Settings that were read for one CA file are not used for another."""
    contexts = TlsContexts()
    usual = contexts.get(None, ENGINE, trust_env=True)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "company.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "company.pem"))

    assert contexts.get(None, ENGINE, trust_env=True) is not usual


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"event_hooks": {"reqeust": [print]}}, "event_hooks"),
        ({"event_hooks": [print]}, "event_hooks"),
        ({"event_hooks": {"response": print}}, "event_hooks"),
        ({"proxy": "nonsense"}, "proxy"),
        ({"proxy": 3128}, "proxy"),
        ({"transport": httpx.AsyncHTTPTransport()}, "BaseTransport"),
        ({"transport": "nonsense"}, "BaseTransport"),
        ({"transport": httpx.HTTPTransport(), "proxy": "http://127.0.0.1:1"}, "proxy"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_option_that_cannot_work_is_named(options: Any, named: str) -> None:
    """A wrong option is reported when the client is built, as an error of ours."""
    with pytest.raises(ConfigurationError, match=named):
        built(**options)


def test_password_of_a_proxy_is_not_shown() -> None:
    """An unquoted password that breaks the URL is not repeated by the error."""
    with pytest.raises(ConfigurationError, match="proxy") as caught:
        built(proxy="http://user:canary/secret@proxy.example.com:8080")

    assert "canary" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_proxy_that_needs_another_library_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A SOCKS proxy without the library for it is a wrong setting."""
    monkeypatch.setitem(sys.modules, "socksio", None)

    with pytest.raises(ConfigurationError, match=r"proxy.*socksio"):
        built(proxy="socks5://127.0.0.1:1")
