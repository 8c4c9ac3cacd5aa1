"""A short answer with a status 2xx may be a refusal, if it has an error code."""

from __future__ import annotations

import json

import pytest

from enboarder.sending.error_messages import explain
from enboarder_api.client import Answer
from enboarder_api.operations import OPERATIONS

READS = [name for name, one in OPERATIONS.items() if not one.by_message]


@pytest.mark.parametrize(("padding", "is_explained"), [(0, True), (50_001, False)])
def test_only_a_short_answer_is_searched_for_a_code(
    padding: int, is_explained: bool
) -> None:
    """A page of a report is long, and is not parsed to find out whether it refuses."""
    value = {"code": "E-1", "padding": "x" * padding}
    answer = Answer(200, {}, json.dumps(value).encode())

    found = explain(OPERATIONS[READS[0]], answer)

    assert is_explained == bool(found.hint)
