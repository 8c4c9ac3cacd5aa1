"""Which answers and errors end an attempt, and how."""

from __future__ import annotations

import pytest

from enboarder.errors import ConfigurationError
from enboarder.transport.body import UnusableBody
from enboarder.transport.hooks import Progress
from tests.engine import httpx


@pytest.mark.parametrize(
    ("status", "is_refused"),
    [(200, False), (400, False), (401, True), (402, False), (403, True), (404, False)],
)
def test_only_an_answer_to_the_credential_is_a_refusal(
    status: int, is_refused: bool
) -> None:
    """After a 401 or 403 nothing was carried out, and another token may follow."""
    progress = Progress()
    progress.hand_over()

    progress.answer(status)

    assert (is_refused, not is_refused) == (progress.refused, progress.answered)


@pytest.mark.parametrize(
    ("error", "in_hook", "expected"),
    [
        (RuntimeError("x"), False, True),
        (RuntimeError("x"), True, False),
        (KeyboardInterrupt(), True, True),
        (httpx.ReadError("x"), False, False),
        (UnusableBody("x"), False, False),
        (ConfigurationError("x"), False, False),
    ],
)
def test_only_a_surprise_in_the_library_breaks_an_attempt_off(
    error: BaseException, in_hook: bool, expected: bool
) -> None:
    """Its own errors leave the pool whole, and a hook has no part in the pool."""
    progress = Progress()
    progress.hand_over()
    progress.in_hook = in_hook

    progress.break_off(error)

    assert expected == progress.broke_off


def test_error_before_the_library_got_the_request_breaks_nothing_off() -> None:
    """The pool was not touched."""
    progress = Progress()

    progress.break_off(RuntimeError("x"))

    assert not progress.broke_off
