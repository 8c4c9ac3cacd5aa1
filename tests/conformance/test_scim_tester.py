"""scim2-tester, which `scim2 test` runs, on the SCIM part of the stand-in."""

from __future__ import annotations

import pytest

from enboarder.mock import MockServer
from tests.conformance.conftest import Figures, headers_of
from tests.conformance.scim_account import NOT_DOCUMENTED, TESTED, results


@pytest.mark.parametrize("family", ["key", "bearer"])
def test_users_are_those_of_the_standard(mock: MockServer, family: str, record_property: Figures) -> None:
    """Every check of what Enboarder documents succeeds, and every other one has its reason in a list."""
    found = [
        (result.title, result.status.name, result.reason) for result in results(mock.base_url, headers_of(mock, family))
    ]

    assert [] == [one for one in found if one[0] not in NOT_DOCUMENTED and one[1] != "SUCCESS"]
    assert {*NOT_DOCUMENTED, *TESTED} == {title for title, _, _ in found}
    succeeded = sum(title in TESTED for title, _, _ in found)
    told = f"{succeeded} checks succeed, {len(found) - succeeded} are of what is not documented"
    record_property(f"scim2-tester ({family})", told)
