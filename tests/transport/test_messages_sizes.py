"""How long the answer to a request may be."""

from __future__ import annotations

from enboarder.transport.messages import Request


def test_answer_may_have_a_hundred_megabytes() -> None:
    """That is hundreds of times a page of a report (docs/guides/connecting.md)."""
    request = Request("GET", "https://api.example.com/", {}, None, 5.0)

    assert 100_000_000 == request.longest
