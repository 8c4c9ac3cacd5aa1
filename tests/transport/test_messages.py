"""Requests, and the wait that `Retry-After` asks for."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from enboarder.transport.messages import Request, retry_after

NOW = datetime(2027, 1, 12, 9, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("61", 61.0),
        (" 61 ", 61.0),
        ("0", 0.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        ("Tue, 12 Jan 2027 10:01:00 +0100", 60.0),
        ("Tue, 12 Jan 2027 09:01:00 -0000", 60.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", 2.0),
        ("2.0", 2.0),
        ("1.5.1", None),
        ("9" * 400, float("inf")),
        ("\uff16\uff11", None),
        ("Tue, 99 Jan 2027 10:01:00 GMT", None),
        ("Tue, 12 Jan 99999999999999999999 10:01:00 GMT", None),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_date(
    value: str, expected: float | None
) -> None:
    """Both forms of the header are read; anything else counts as absent."""
    assert retry_after({"retry-after": value}, NOW.timestamp()) == expected


@pytest.mark.parametrize("wrong_by", [-7_200.0, 0.0, 7_200.0])
def test_date_in_retry_after_is_compared_with_the_date_of_the_answer(
    wrong_by: float,
) -> None:
    """A wrong clock of this machine neither shortens nor prolongs a wait."""
    headers = {
        "date": format_datetime(NOW, usegmt=True),
        "retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True),
    }

    assert retry_after(headers, NOW.timestamp() + wrong_by) == 90.0


def test_unreadable_date_of_an_answer_counts_as_absent() -> None:
    """Without `Date`, the clock of this machine decides."""
    headers = {
        "date": "today",
        "retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True),
    }

    assert retry_after(headers, NOW.timestamp() + 30.5) == 60.0


def test_retry_after_may_be_absent() -> None:
    """Without the header, there is no wait."""
    assert retry_after({}, NOW.timestamp()) is None


def test_retry_after_without_a_zone_is_utc_everywhere() -> None:
    """A date without a time zone is UTC, wherever the program runs."""
    script = (
        "from enboarder.transport.messages import retry_after\n"
        "headers = {'retry-after': 'Tue Jan 12 09:01:00 2027'}\n"
        f"print(retry_after(headers, {NOW.timestamp()}))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == "60.0"


def test_request_does_not_show_its_headers_and_body() -> None:
    """A traceback with local variables shows only where a request goes."""
    headers = {"Authorization": "Basic canary"}
    request = Request("POST", "https://api.example.com", headers, b"canary", 5.0)

    assert "canary" not in repr(request)
    assert "https://api.example.com" in repr(request)
