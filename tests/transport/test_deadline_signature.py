"""The signature of a request is replaced when the library writes its headers."""

from __future__ import annotations

from types import SimpleNamespace

from enboarder.transport.deadline import Deadline
from tests.conftest import LONG
from tests.engine import httpx

STARTED = "http11.send_request_headers.started"
HEADERS = [(b"Host", b"api.example.com"), (b"Authorization", b"old"), (b"X-One", b"1")]


def written(signature: str | None) -> list[tuple[bytes, bytes]]:
    """Return the headers that are written when the credential gives a signature."""
    request = SimpleNamespace(headers=HEADERS)
    deadline = Deadline(httpx, LONG)
    deadline.sign_with(lambda: signature)
    deadline.step(STARTED, {"request": request})
    headers: list[tuple[bytes, bytes]] = request.headers
    return headers


def test_newer_signature_replaces_the_older_one_alone() -> None:
    """The other headers stay, and none of them shows the credential."""
    host, _, other = HEADERS

    assert [host, (b"Authorization", b"new"), other] == written("new")


def test_signature_that_is_still_right_changes_no_header() -> None:
    """A credential without a newer signature leaves the request unchanged."""
    assert HEADERS == written(None)
