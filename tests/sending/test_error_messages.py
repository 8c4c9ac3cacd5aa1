"""How much of an answer an error looks at, and how much of it an error repeats."""

from __future__ import annotations

import json

import pytest

from enboarder.sending.error_messages import explain, refused, unreadable
from enboarder.sending.plan import Call
from enboarder_api.client import Answer
from enboarder_api.operations import OPERATIONS

READ = OPERATIONS["reports.get_forms"]
CALL = Call(READ, "https://api.example.com/x", ())


def answer_of(status: int, **members: str) -> Answer:
    return Answer(status, {}, json.dumps(members).encode())


@pytest.mark.parametrize(("code", "message"), [(80, 500), (1_000, 10_000)])
def test_refusal_repeats_the_start_of_long_words(code: int, message: int) -> None:
    """A service that answers with a page of text fills no log."""
    answer = answer_of(400, code="c" * code, message="m" * message)

    error = refused(CALL, answer, "", 0.0)

    assert (80, 500) == (len(error.code or ""), len(error.message or ""))


@pytest.mark.parametrize(("size", "is_explained"), [(50_000, True), (50_001, False)])
def test_longest_refusal_with_a_2xx_is_explained(size: int, is_explained: bool) -> None:
    """A longer answer is a page of a report, and is not parsed for a code."""
    short = answer_of(200, code="E-1", padding="")
    padding = "x" * (size - len(short.content))
    answer = answer_of(200, code="E-1", padding=padding)

    assert is_explained == bool(explain(READ, answer).hint)


def test_unreadable_answer_shows_the_start_of_its_content_type() -> None:
    """The header is the service's, and may have any length."""
    answer = Answer(200, {"content-type": "text/" + "x" * 1_000}, b"?")

    error = unreadable(CALL, answer, ValueError("no JSON"))

    assert len(str(error)) < 300
    assert "text/xxx" in str(error)
