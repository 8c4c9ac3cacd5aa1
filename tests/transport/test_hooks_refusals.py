"""Which answers end an attempt, and which may be followed by another request."""

from __future__ import annotations

import pytest

from enboarder.transport.hooks import Progress


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
