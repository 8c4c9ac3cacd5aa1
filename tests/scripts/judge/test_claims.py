"""A claim without a source is found in the contract, with its place."""

from __future__ import annotations

import copy

import pytest

from enboarder.contract.walk import Node
from scripts.judge import claims
from tests.scripts.seeding import (
    Faults,
    client_credentials,
    component,
    entry,
    lacking,
    members,
    oauth2,
)

pytestmark = pytest.mark.untraced

OAUTH2 = "components/securitySchemes/oauth2"


def move(document: Node, old: str, new: str) -> None:
    document["paths"][new] = document["paths"].pop(old)


def invent_path(document: Node, path: str) -> None:
    document["paths"][path] = copy.deepcopy(document["paths"]["/brand/all"])


CLAIMS: Faults = {
    "an invented host": (
        lambda d: d["servers"][1].update(url="https://api.ber.e1.enboarder.com"),
        ["servers/https://api.ber.e1.enboarder.com: "],
    ),
    "an invented host in a description": (
        lambda d: members(d, "Brand")["logo"].update(
            description="https://cdn.example.net/logo.png"
        ),
        ["components/schemas/Brand/properties/logo/description: ", "cdn.example.net"],
    ),
    "an invented path": (
        lambda d: invent_path(d, "/category/all"),
        ["GET /category/all: "],
    ),
    "a mistyped path": (
        lambda d: move(d, "/restapi/v1/startwf/advance", "/restapi/v1/startwf/adv"),
        ["POST /restapi/v1/startwf/adv: ", "POST /restapi/v1/startwf/advance: "],
    ),
    "a message that no source has": (
        lambda d: entry(d, "profile-created").update(message="^Profile made$"),
        ["x-error-catalogue/profile-created: ", "^Profile made$"],
    ),
    "a token URL for Canada": (
        lambda d: oauth2(d)["x-token-urls"].update(
            CA="https://auth.can.e1.enboarder.com/oauth2/token"
        ),
        [f"{OAUTH2}/x-token-urls/CA: "],
    ),
    "a token URL that one region has and the others get, too": (
        lambda d: client_credentials(d).update(
            tokenUrl="https://auth.fra.e1.enboarder.com/oauth2/token"
        ),
        [f"{OAUTH2}/flows/clientCredentials/tokenUrl: "],
    ),
    "a lost scope": (
        lambda d: client_credentials(d)["scopes"].pop("api/settings.all"),
        [f"{OAUTH2}/flows/clientCredentials/scopes: api/settings.all"],
    ),
    "an invented scope": (
        lambda d: client_credentials(d)["scopes"].update({"api/all": "Everything"}),
        [f"{OAUTH2}/flows/clientCredentials/scopes: api/all"],
    ),
    "Bearer for the token without a prefix": (
        lambda d: component(d, "securitySchemes", "accessToken").update(
            type="http", scheme="bearer"
        ),
        ["components/securitySchemes/accessToken: ", "http"],
    ),
    "another header for the key": (
        lambda d: component(d, "securitySchemes", "apiKey").update(name="api-key"),
        ["components/securitySchemes/apiKey: ", "api-key"],
    ),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_no_source_says_is_found(document: Node, name: str) -> None:
    """Each claim beyond the facts is named with its place."""
    change, wanted = CLAIMS[name]
    change(document)
    found = "\n".join(claims.problems(document))

    assert [] == lacking(wanted, found)


def test_the_contract_claims_nothing_more(document: Node) -> None:
    """What is found in a broken copy is not in the contract itself."""
    assert [] == list(claims.problems(document))
