"""An error page does not repeat the credential of its request."""

from __future__ import annotations

import pytest

from enboarder.transport.exchange import _answer
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER
from tests.engine import httpx

URL = "https://api.example.com/"


def content_of(status: int, sent: dict[str, str], content: bytes) -> bytes:
    """Return the body that a caller sees of an answer."""
    response = httpx.Response(status, request=httpx.Request("GET", URL, headers=sent))
    return _answer(response, content).content


@pytest.mark.parametrize(
    ("status", "is_masked"),
    [(199, True), (200, False), (299, False), (300, True), (404, True), (500, True)],
)
def test_only_an_error_page_is_changed(status: int, is_masked: bool) -> None:
    """A result is data, and is returned as it came."""
    expected = b"no ***" if is_masked else b"no canary"

    assert expected == content_of(status, {API_KEY_HEADER: "canary"}, b"no canary")


@pytest.mark.parametrize("sent", ["canary", "Bearer canary"])
def test_page_is_shown_without_the_token_and_with_its_prefix(sent: str) -> None:
    """The word before the token is no secret."""
    page = b"Bearer canary is dead, canary"

    assert b"Bearer *** is dead, ***" == content_of(401, {TOKEN_HEADER: sent}, page)
