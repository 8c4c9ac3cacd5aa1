"""Every operation is refused under every credential that it takes.

No other test reaches these responses.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.contract import whole
from enboarder.contract.walk import (
    Operation,
    first_example,
    operations,
    request_content,
)
from enboarder.mock import MockServer
from tests.conformance.conftest import headers_of
from tests.conformance.families import FAMILIES, narrowed

CALLS = [
    (family, operation)
    for family in FAMILIES
    for operation in operations(narrowed(family))
]
NAMES = [f"{family} {one.method} {one.path}" for family, one in CALLS]
each_call = pytest.mark.parametrize(("family", "operation"), CALLS, ids=NAMES)

# Their bodies name what does not exist, or lack what has to be there.
REFUSED_BY_BODY = ("updatewf", "cancelwf", "profile", "Users")

PROFILE = {
    "firstName": "Alex",
    "externalid": "P-1",
    "contact": {"email": "alex@example.com"},
}
LAUNCH = {
    "nhexternalid": "P-1",
    "nhstdt": "2027-01-12",
    "managers": [{"externalid": "P-2", "mgrlbl": "Manager"}],
}


def sent(
    mock: MockServer, operation: Operation, headers: dict[str, str]
) -> httpx.Response:
    """The answer to the contract's example of a body, for a name that is unknown."""
    path = operation.path.replace("{id}", "unknown").replace("{name}", "unknown")
    body = example(operation)
    options: dict[str, Any] = {} if body is None else {"json": body}
    return httpx.request(
        operation.method, mock.base_url + path, headers=headers, **options
    )


def example(operation: Operation) -> Any:
    """The contract's first example of the body; None when there is no body."""
    document = whole()
    content = request_content(document, operation)
    if content is None:
        return None
    return first_example(document, content)


@each_call
def test_wrong_credential_is_refused(
    shared_mock: MockServer, family: str, operation: Operation
) -> None:
    """A key or token that nobody issued is a 403, whatever the operation."""
    (header,) = headers_of(shared_mock, family)
    wrong = "Bearer wrong" if family == "bearer" else "wrong"

    assert 403 == sent(shared_mock, operation, {header: wrong}).status_code


@pytest.mark.parametrize("family", ["bearer", "bare"])
def test_dead_token_is_refused(mock: MockServer, family: str) -> None:
    """A token that was revoked is a 401, for every operation."""
    headers = headers_of(mock, family)
    mock.revoke_tokens()
    answers = [
        sent(mock, operation, headers) for operation in operations(narrowed(family))
    ]

    assert {401} == {answer.status_code for answer in answers}


@each_call
def test_unknown_name_is_refused(
    shared_mock: MockServer, family: str, operation: Operation
) -> None:
    """An unknown name is refused, although the credential is right."""
    answer = sent(shared_mock, operation, headers_of(shared_mock, family))
    has_name = "{" in operation.path
    may_be_refused = operation.path.endswith(REFUSED_BY_BODY)

    assert (answer.status_code >= 400) == has_name or may_be_refused


@pytest.mark.parametrize("family", FAMILIES)
def test_more_than_ten_workflows_come_in_parts(mock: MockServer, family: str) -> None:
    """The first answer is a 206 with a cursor, the last one a 200 without."""
    version = "v1" if family == "key" else "v2"
    base_url = f"{mock.base_url}/restapi/{version}"
    with httpx.Client(base_url=base_url, headers=headers_of(mock, family)) as client:
        client.post("/profile", json=PROFILE)
        client.post("/startwf/bulkadvance", json=[LAUNCH] * 11).raise_for_status()
        first = client.get("/profile/P-1/workflows")
        cursor = {"nextKey": first.json()["nextKey"]}
        last = client.get("/profile/P-1/workflows", params=cursor)

    assert (206, 10) == (first.status_code, len(first.json()["items"]))
    assert (200, 1) == (last.status_code, len(last.json()["items"]))
