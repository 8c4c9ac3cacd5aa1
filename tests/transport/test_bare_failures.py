"""What a bare request refuses, and which errors mean that it got no answer."""

from __future__ import annotations

import pytest

from enboarder import ConfigurationError
from enboarder.transport.bare import get_bare, is_failure, is_refusal_of_proxy
from tests.conftest import LONG
from tests.engine import httpx


def test_certificates_of_the_environment_are_those_of_a_bare_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A host is looked at with the settings that its calls would have."""
    monkeypatch.setenv("SSL_CERT_FILE", "/does/not/exist.pem")

    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        get_bare("https://127.0.0.1:1", None, LONG)


@pytest.mark.parametrize(
    ("error", "expected"),
    [(OSError(), True), (httpx.ReadError("x"), True), (KeyError("x"), False)],
)
def test_errors_of_network_and_library_mean_that_no_answer_came(
    error: Exception, expected: bool
) -> None:
    """Other errors are mistakes of a program, and are not taken for an answer."""
    assert is_failure(error) == expected


def test_only_an_error_of_the_proxy_is_its_refusal() -> None:
    """A host that refuses a connection is no proxy."""
    assert is_refusal_of_proxy(httpx.ProxyError("x"))
    assert not is_refusal_of_proxy(httpx.ConnectError("x"))
