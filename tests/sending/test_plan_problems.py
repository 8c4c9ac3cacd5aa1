"""The error for a body says how many problems the body has."""

from __future__ import annotations

import pytest

from enboarder import InvalidInput
from enboarder.sending.plan import body
from enboarder_api.types import to_json
from tests.conftest import basic_launch


@pytest.mark.parametrize(
    ("missing", "expected"),
    [(("nhnm",), "1 problem:"), (("nhnm", "nhstdt"), "2 problems:")],
)
def test_problems_of_a_body_are_counted(
    missing: tuple[str, ...], expected: str
) -> None:
    """Readers of a long list see at once how much there is to do."""
    wire = to_json(basic_launch())
    for name in missing:
        del wire[name]

    with pytest.raises(InvalidInput) as caught:
        body("workflows.launch_basic", wire)

    assert len(missing) == len(caught.value.problems)
    assert expected in str(caught.value)
