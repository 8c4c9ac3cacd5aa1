"""The contract in other formats: what there is, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openapi_spec_validator import validate

from enboarder.contract import FORMATS, Auth, ExportRefused, export
from enboarder_api.contract import Region
from tests.contract.contract_file import Node, unwrapped


def exported(name: str, **wanted: str) -> Any:
    """Return what an exported file contains."""
    return json.loads(export(name, **wanted))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("openapi-3.0.3", {}),
        ("openapi-3.1", {"region": "CA", "auth": "oauth2"}),
        ("openapi-3.0.3", {"region": "EU", "auth": "apikey"}),
        ("swagger-2.0", {"region": "US"}),
    ],
)
def test_a_rendering_is_valid(name: str, wanted: dict[str, str]) -> None:
    """A strict validator accepts one of each kind; `nox -s contract` tries all."""
    validate(exported(name, **wanted))


def test_the_error_catalogue_is_that_of_the_contract(document: Node) -> None:
    """Each entry is exported with its evidence, sources and whether to send again."""
    errors = exported("errors")

    assert unwrapped(document["x-error-catalogue"]) == unwrapped(errors["entries"])
    assert document["info"]["version"] == errors["version"]


def test_the_connector_asks_for_the_key_and_keeps_it_secret() -> None:
    """Power Platform stores a `securestring` as a secret, and shows no clear text."""
    properties = exported("connector-properties")["properties"]
    key = properties["connectionParameters"]["api_key"]

    assert "securestring" == key["type"]
    assert key["uiDefinition"]["constraints"]["clearText"] is False


def test_region_and_credential_are_accepted_in_any_case() -> None:
    """`eu` is `EU`, and `APIKEY` is `apikey`."""
    expected = export("openapi-3.1", region="EU", auth="apikey")

    assert expected == export("openapi-3.1", region="eu", auth="APIKEY")


@pytest.mark.parametrize(
    ("name", "wanted", "offered"),
    [
        ("opnapi-3.1", {}, ["openapi-3.1"]),
        ("nothing like it", {}, list(FORMATS)),
        ("openapi-3.1", {"region": "UK", "auth": "apikey"}, list(Region)),
        ("openapi-3.1", {"region": "EU", "auth": "oauth"}, list(Auth)),
        ("swagger-2.0", {}, list(Region)),
        ("swagger-2.0", {"region": "EU", "auth": "oauth2"}, ["apikey"]),
    ],
)
def test_a_refusal_lists_what_there_is(
    name: str, wanted: dict[str, str], offered: list[str]
) -> None:
    """A wrong format, region or credential is answered with the right ones."""
    with pytest.raises(ExportRefused) as caught:
        export(name, **wanted)

    assert [] == [one for one in offered if one not in str(caught.value)]


@pytest.mark.parametrize(
    ("given", "near"), [("opnapi-3.1", "openapi-3.1"), ("postmen", "postman")]
)
def test_a_refusal_names_the_nearest_format_first(given: str, near: str) -> None:
    """Someone who mistypes a name sees the right one at once."""
    with pytest.raises(ExportRefused) as caught:
        export(given)

    message = str(caught.value)
    positions = {name: message.index(name) for name in FORMATS}
    assert near == min(positions, key=lambda name: positions[name])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("openapi-3.1", {"region": "EU"}),
        ("openapi-3.0.3", {"auth": "apikey"}),
        ("postman", {"region": "EU"}),
        ("postman", {"auth": "apikey"}),
        ("postman-environment", {"region": "EU", "auth": "apikey"}),
        ("connector-properties", {"region": "EU"}),
        ("errors", {"auth": "apikey"}),
    ],
)
def test_what_does_not_go_together_is_refused(
    name: str, wanted: dict[str, str]
) -> None:
    """No region or credential is ignored in silence."""
    with pytest.raises(ExportRefused):
        export(name, **wanted)


def test_every_format_says_what_it_is_for() -> None:
    """Each format has a meaning, which the documentation shows."""
    assert [] == [name for name, form in FORMATS.items() if not form.meaning]
