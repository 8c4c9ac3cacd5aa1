"""Settings of the mock and of its faults: a wrong one is refused by its name."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest

from enboarder.mock import MockServer, faults

WRONG = [
    ("port", 65536),
    ("port", -1),
    ("port", "80"),
    ("port", True),
    ("form_rows", -1),
    ("form_rows", 2.5),
    ("workflow_rows", "12"),
    ("workflow_rows", None),
    ("token_lifetime", 0),
    ("token_lifetime", 0.5),
    ("token_lifetime", nan),
    ("token_lifetime", inf),
    ("token_lifetime", "60"),
    ("token_lifetime", True),
    ("token_delay", -1),
    ("token_delay", nan),
    ("token_delay", "1"),
    ("dead_token_status", "401"),
    ("dead_token_status", 402),
    ("dead_token_status", [401]),
    ("refusal_status", 0),
    ("refusal_status", 201),
    ("refusal_status", "400"),
    ("repeated_cancel_refused", "no"),
    ("repeated_cancel_refused", 1),
    ("clock", 0.0),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_setting_is_refused_by_its_name(name: str, value: Any) -> None:
    """Before anything listens, not at the request that would have used it."""
    with pytest.raises(ValueError, match=rf"^{name} must be "):
        MockServer(**{name: value})


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("seconds", lambda: faults.delay(inf)),
        ("seconds", lambda: faults.delay("1")),  # type: ignore[arg-type]
        ("seconds", lambda: faults.delay(True)),
        ("status", lambda: faults.server_error("503")),  # type: ignore[arg-type]
        ("status", lambda: faults.html(200.5)),  # type: ignore[arg-type]
        ("retry_after", lambda: faults.too_many_requests(-1)),
        ("retry_after", lambda: faults.server_error(retry_after=nan)),  # type: ignore[arg-type]
        ("carried_out", lambda: faults.drop(carried_out="no")),  # type: ignore[arg-type]
        ("member", lambda: faults.null("")),
        ("member", lambda: faults.unknown_value(3)),  # type: ignore[arg-type]
        ("times", lambda: MockServer().fail("*", faults.drop(), 1.5)),  # type: ignore[arg-type]
        ("times", lambda: MockServer().fail("*", faults.drop(), "2")),  # type: ignore[arg-type]
        ("after", lambda: MockServer().fail("*", faults.drop(), after=nan)),  # type: ignore[arg-type]
        ("operation", lambda: MockServer().fail(None, faults.drop())),  # type: ignore[arg-type]
    ],
)
def test_wrong_setting_of_a_fault_is_refused_by_its_name(
    name: str, make: Callable[[], object]
) -> None:
    """A fault that strikes in another way would let a test pass for nothing."""
    with pytest.raises(ValueError, match=rf"^{name} must be "):
        make()


def test_least_settings_are_accepted() -> None:
    """Each limit is itself allowed."""
    with MockServer(
        form_rows=0,
        workflow_rows=0,
        token_lifetime=1,
        token_delay=0,
        refusal_status=200,
    ) as mock:
        assert mock.requests == []
