"""Quotations of others in errors and logs."""

from __future__ import annotations

import logging
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enboarder import EnboarderError
from enboarder.quoting import quotable
from tests.characters import CHARACTERS
from tests.conftest import Driver, Service, basic_launch, keyed
from tests.engine import httpx

FORGED = "no\r\n2027-01-12 CRITICAL forged\x1b[31m\u202e\u2028\u200bend"


@given(st.text(CHARACTERS), st.integers(2, 40))
def test_quoted_words_fit_on_a_line(words: str, longest: int) -> None:
    """Any quotation has no control or format character, and a limited length."""
    quoted = quotable(words, longest)

    assert len(quoted) <= longest
    assert not {unicodedata.category(character) for character in quoted} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }


def test_usual_words_are_unchanged() -> None:
    """Letters of all languages stay."""
    assert "Größe: 企業 (ok)" == quotable("Größe: 企業 (ok)")


def is_fit(text: str) -> bool:
    return len(text) < 2_000 and text.isprintable()


@pytest.mark.parametrize(
    ("status", "value", "headers"),
    [
        (400, {"message": FORGED}, {}),
        (400, {"code": FORGED, "message": "no"}, {}),
        (422, {"message": "no", "errors": [FORGED]}, {}),
        (400, {"message": "x" * 5_900_000}, {}),
        (404, {"message": "no", "errors": ["x" * 100_000] * 9}, {}),
        (200, None, {"Content-Type": "text/" + "x" * 5_000}),
    ],
)
def test_error_is_one_short_line(
    driver: Driver, status: int, value: Any, headers: dict[str, str]
) -> None:
    """The service can neither forge a line of a log nor fill a disk."""
    if value is None:
        answer = httpx.Response(status, content=b"<html>", headers=headers)
    else:
        answer = httpx.Response(status, json=value)
    with pytest.raises(EnboarderError) as caught:
        driver.call(keyed(Service(answer)), "reports.get_forms")

    assert is_fit(str(caught.value))


def test_warning_is_one_short_line(
    driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    """The same is true of the log lines of `show_warnings`."""
    value = {"message": "ok", "referenceid": "A-1", "warnings": [FORGED]}
    service = Service(httpx.Response(200, json=value))
    with caplog.at_level(logging.WARNING, "enboarder"):
        driver.call(
            keyed(service, show_warnings=True),
            "workflows.launch_basic",
            basic_launch(),
        )

    assert [True] == [is_fit(message) for message in caplog.messages]
