"""Every operation under every credential that it takes, where it refuses: the responses that no other test reaches."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.contract.document import Entry, operations, resolved, whole
from enboarder.mock import MockServer
from tests.conformance.conftest import headers_of
from tests.conformance.openapi_core_judge import FAMILIES, narrowed

CALLS = [
    (family, entry) for family in FAMILIES for entry in operations(narrowed(family))
]
each_call = pytest.mark.parametrize(
    ("family", "entry"),
    CALLS,
    ids=[f"{family} {entry.method} {entry.path}" for family, entry in CALLS],
)


def sent(
    mock: MockServer, entry: Entry, headers: dict[str, str], name: str = "unknown"
) -> httpx.Response:
    """The answer to the contract's own example of a body, with the same name for everything in the path."""
    path = entry.path.replace("{id}", name).replace("{name}", name)
    body = example(entry)
    return (
        httpx.request(entry.method, mock.base_url + path, json=body, headers=headers)
        if body
        else httpx.request(entry.method, mock.base_url + path, headers=headers)
    )


def example(entry: Entry) -> Any:
    """The contract's first example of the body; None when the operation takes none."""
    document = whole()
    if "requestBody" not in entry.node:
        return None
    media = resolved(document, entry.node["requestBody"])["content"]["application/json"]
    return next(iter(media["examples"].values()))["value"]


@each_call
def test_wrong_credential_is_refused_as_described(
    shared_mock: MockServer, family: str, entry: Entry
) -> None:
    """A key or token that nobody issued is a 403, whatever the operation."""
    header, prefix = (
        next(iter(headers_of(shared_mock, family))),
        "Bearer " if family == "bearer" else "",
    )

    assert 403 == sent(shared_mock, entry, {header: prefix + "wrong"}).status_code


@pytest.mark.parametrize("family", ["bearer", "bare"])
def test_dead_token_is_refused_as_described(mock: MockServer, family: str) -> None:
    """A token that was revoked is a 401, for every operation."""
    headers = headers_of(mock, family)
    mock.revoke_tokens()

    assert {401} == {
        sent(mock, entry, headers).status_code for entry in operations(narrowed(family))
    }


@each_call
def test_unknown_name_is_answered_as_described(
    shared_mock: MockServer, family: str, entry: Entry
) -> None:
    """What does not exist is refused, with the credential that would open it."""
    answered = sent(shared_mock, entry, headers_of(shared_mock, family)).status_code

    assert (answered >= 400) == ("{" in entry.path) or entry.path.endswith(
        ("updatewf", "cancelwf", "profile", "Users")
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_more_than_ten_workflows_come_in_parts(mock: MockServer, family: str) -> None:
    """The first answer is a 206 with a cursor, the last one a 200 without."""
    headers, version = headers_of(mock, family), "v1" if family == "key" else "v2"
    with httpx.Client(
        base_url=f"{mock.base_url}/restapi/{version}", headers=headers
    ) as client:
        client.post(
            "/profile",
            json={
                "firstName": "Alex",
                "externalid": "P-1",
                "contact": {"email": "alex@example.com"},
            },
        )
        launch = {
            "nhexternalid": "P-1",
            "nhstdt": "2027-01-12",
            "managers": [{"externalid": "P-2", "mgrlbl": "Manager"}],
        }
        assert (
            200 == client.post("/startwf/bulkadvance", json=[launch] * 11).status_code
        )

        first = client.get("/profile/P-1/workflows")
        last = client.get(
            "/profile/P-1/workflows", params={"nextKey": first.json()["nextKey"]}
        )

    assert [(206, 10), (200, 1)] == [
        (answer.status_code, len(answer.json()["items"])) for answer in (first, last)
    ]
