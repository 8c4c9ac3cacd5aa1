"""The options of the HTTP client: what TLS settings belong to, and what is accepted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import trustme

from enboarder import ApiKey, ConfigurationError, Enboarder
from enboarder.hidden import Hidden
from enboarder.transport.engine import engine_of
from enboarder.transport.options import (
    TlsContexts,
    checked_hooks,
    checked_transport,
    checked_verify,
    conceal,
    conceal_binding,
)
from tests.conftest import BASE_URL, Service
from tests.engine import httpx

ENGINE = engine_of({})


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    """Return a file with a certificate of an authority."""
    path = tmp_path / "company.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    return path


def test_engines_have_tls_settings_of_their_own(ca_file: Path) -> None:
    """One trusts the authorities of certifi, and another those of the system."""
    usual = checked_verify({"engine": "httpx", "verify": ca_file})

    assert checked_verify({"engine": "httpx2", "verify": ca_file}) is not usual


@pytest.mark.parametrize("name", ["SSL_CERT_DIR", "SSLKEYLOGFILE"])
def test_tls_settings_follow_each_variable(
    monkeypatch: pytest.MonkeyPatch, ca_file: Path, name: str
) -> None:
    """A program that sets one between two clients gets what it asks for."""
    contexts = TlsContexts()
    file = str(ca_file)
    usual = contexts.get(file, ENGINE, trust_env=True)

    is_folder = name == "SSL_CERT_DIR"
    monkeypatch.setenv(name, str(ca_file.parent if is_folder else ca_file.parent / "k"))

    assert contexts.get(file, ENGINE, trust_env=True) is not usual


def test_empty_variable_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems cannot remove a variable, and set it to nothing."""
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    usual = checked_verify({})
    monkeypatch.setenv("SSL_CERT_FILE", "")

    found = TlsContexts().get(None, ENGINE, trust_env=True)

    assert usual.get_ca_certs() == found.get_ca_certs()


def test_one_folder_of_certificates_is_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`SSL_CERT_DIR` is a list, as of OpenSSL; those that are missing do no harm."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join(["/nowhere", str(tmp_path)]))

    assert TlsContexts().get(None, ENGINE, trust_env=True).check_hostname


def test_file_of_certificates_precedes_the_folder(
    monkeypatch: pytest.MonkeyPatch, ca_file: Path
) -> None:
    """A folder that is missing does not count where a file is named."""
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")

    context = TlsContexts().get(str(ca_file), ENGINE, trust_env=True)

    assert 1 == len(context.get_ca_certs())


def test_variable_precedes_the_usual_certificates(
    monkeypatch: pytest.MonkeyPatch, ca_file: Path
) -> None:
    """A company's own authority is the only one that is trusted then."""
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))

    assert 1 == len(TlsContexts().get(None, ENGINE, trust_env=True).get_ca_certs())


def test_path_of_certificates_is_trusted(ca_file: Path) -> None:
    """A path object names the same file as its text."""
    assert 1 == len(checked_verify({"verify": ca_file}).get_ca_certs())


@pytest.mark.parametrize("hooks", [None, {}])
def test_hooks_may_be_none(hooks: Any) -> None:
    """A caller can pass on what it did not get."""
    assert ([], []) == checked_hooks({"event_hooks": hooks})


def test_each_kind_of_hook_is_a_list() -> None:
    """One that is right does not excuse the other."""
    with pytest.raises(ConfigurationError, match="event_hooks"):
        checked_hooks({"event_hooks": {"request": [], "response": print}})  # type: ignore[dict-item]


def test_class_derived_from_a_misleading_transport_is_refused() -> None:
    """It still says of requests that have left that they were never sent."""
    misleading = type("AiohttpTransport", (httpx.BaseTransport,), {})
    misleading.__module__ = "httpx_aiohttp.transport"
    derived = type("Logging", (misleading,), {})

    with pytest.raises(ConfigurationError, match="never sent"):
        checked_transport({"transport": derived()}, httpx.BaseTransport)


def test_empty_proxy_may_be_given_beside_a_transport() -> None:
    """An empty text means no proxy."""
    transport = Service().transport

    Enboarder(ApiKey("key"), base_url=BASE_URL, proxy="", transport=transport).close()


def test_password_is_hidden_before_anything_is_refused() -> None:
    """No frame of an error shows it, of a call or of a credential."""
    url = "http://user:canary@proxy.example.com:3128"
    options: Any = {"proxy": url}
    binding: Any = {"proxy": url, "base_url": "https://user:canary@api.example.com"}

    conceal(options)
    conceal_binding(binding)

    assert "canary" not in f"{options} {binding}"
    assert Hidden(url) == options["proxy"]
