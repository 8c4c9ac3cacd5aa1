"""Claims without a source, seeded into copies of the contract: each is found, with its place."""

import copy

import pytest

import claims
from contract import Node
from tests.gate.seeding import Faults, component, entry, lacking, members, oauth2


def move(document: Node, old: str, new: str) -> None:
    document["paths"][new] = document["paths"].pop(old)


FACTS: Faults = {
    "invented host": (
        lambda d: d["servers"][1].update(url="https://api.ber.e1.enboarder.com"),
        ["servers/https://api.ber.e1.enboarder.com: "],
    ),
    "invented host in an example": (
        lambda d: members(d, "Brand")["logo"].update(
            description="https://cdn.example.net/logo.png"
        ),
        ["components/schemas/Brand/properties/logo/description: ", "cdn.example.net"],
    ),
    "invented path": (
        lambda d: d["paths"].update(
            {"/category/all": copy.deepcopy(d["paths"]["/brand/all"])}
        ),
        ["GET /category/all: "],
    ),
    "mistyped path": (
        lambda d: move(
            d, "/restapi/v1/startwf/advance", "/restapi/v1/startwf/advanced"
        ),
        ["POST /restapi/v1/startwf/advanced: ", "POST /restapi/v1/startwf/advance: "],
    ),
    "message that no source has": (
        lambda d: entry(d, "profile-created").update(message="^Profile made$"),
        ["x-error-catalogue/profile-created: ", "^Profile made$"],
    ),
    "token URL for Canada": (
        lambda d: oauth2(d)["x-token-urls"].update(
            CA="https://auth.can.e1.enboarder.com/oauth2/token"
        ),
        ["components/securitySchemes/oauth2/x-token-urls/CA: "],
    ),
    "token URL of the standard is another region's": (
        lambda d: oauth2(d)["flows"]["clientCredentials"].update(
            tokenUrl="https://auth.fra.e1.enboarder.com/oauth2/token"
        ),
        ["components/securitySchemes/oauth2/flows/clientCredentials/tokenUrl: "],
    ),
    "lost scope": (
        lambda d: oauth2(d)["flows"]["clientCredentials"]["scopes"].pop(
            "api/settings.all"
        ),
        [
            "components/securitySchemes/oauth2/flows/clientCredentials/scopes: api/settings.all"
        ],
    ),
    "Bearer in accessToken": (
        lambda d: component(d, "securitySchemes", "accessToken").update(
            type="http", scheme="bearer"
        ),
        ["components/securitySchemes/accessToken: ", "bare"],
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_the_facts_catch(document: Node, name: str) -> None:
    """What no source says is found, with its place."""
    change, told = FACTS[name]
    change(document)
    assert lacking(told, "\n".join(claims.faults(document))) == []


def test_the_contract_itself_claims_nothing_more(document: Node) -> None:
    """What is found in a broken copy is not there in the whole one."""
    assert [] == list(claims.faults(document))
