"""A body that cannot be sent is refused, and one that can says what to look for."""

from __future__ import annotations

from typing import Any

import pytest

from enboarder import InvalidInput
from enboarder.sending.plan import Planner, body, chosen_body
from enboarder_api.client import Arguments
from enboarder_api.operations import OPERATIONS
from tests.conftest import BASE_URL, basic_launch

LAUNCH = "workflows.launch_basic"
USER = OPERATIONS["users.create"]
PLANNER = Planner(True, BASE_URL, 30.0, False, {})


def test_body_that_is_nested_without_end_is_refused() -> None:
    """It is a mistake of the caller, and nothing was sent."""
    nested: list[Any] = []
    nested.append(nested)

    with pytest.raises(InvalidInput, match="cannot be written as JSON"):
        body(LAUNCH, {"nhnm": nested})


def test_body_is_given_as_one_value_or_field_by_field() -> None:
    """Of two bodies, nobody knows which one is meant."""
    with pytest.raises(InvalidInput, match=LAUNCH):
        chosen_body(LAUNCH, basic_launch(), {"nhnm": "Alex Example"})


def test_user_of_an_unknown_outcome_is_found_by_the_name_in_the_body() -> None:
    """The service gives an id only to a user that exists."""
    given = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "alex@example.com",
        "userType": "Reporter",
        "name": {"givenName": "Alex", "familyName": "Example"},
        "emails": [{"value": "alex@example.com"}],
    }
    arguments = Arguments({}, {}, given, None)

    call, _ = PLANNER.plan(USER, arguments)

    assert 'user name "alex@example.com"' == call.target
