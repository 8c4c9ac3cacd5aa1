"""The contract in other formats: nothing is lost, and each file for one account holds one server and one credential."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openapi_spec_validator import validate

from enboarder.contract import FORMATS, Auth, ExportRefused, export, operations, whole
from enboarder_api.contract import HOSTS, TOKEN_URLS, Region

VERSIONS = ("3.1", "3.0.3")
FAMILY = {
    Auth.APIKEY: ("launchBasicWorkflow", "/restapi/v1/"),
    Auth.OAUTH2: ("launchBasicWorkflowOAuth", "/restapi/v2/"),
}


def loaded(name: str, **wanted: Any) -> Any:
    return json.loads(export(name, **wanted))


def ids(document: Any) -> list[str]:
    return [entry.node["operationId"] for entry in operations(document)]


def carried(auth: Auth) -> list[str]:
    """Every operation of the contract that the credential can carry."""
    return [entry.node["operationId"] for entry in operations(whole()) if entry.takes(auth)]


@pytest.mark.parametrize("version", VERSIONS)
def test_whole_rendering_holds_every_operation(version: str) -> None:
    """47 operations go in, 47 come out."""
    assert ids(loaded(f"openapi-{version}")) == ids(whole())
    assert len(ids(whole())) == 47


@pytest.mark.parametrize("auth", Auth)
@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("version", VERSIONS)
def test_narrow_rendering_holds_what_its_credential_can_carry(version: str, region: Region, auth: Auth) -> None:
    """One server, one scheme, and every operation of the family."""
    document = loaded(f"openapi-{version}", region=region, auth=auth)

    assert ids(document) == carried(auth)
    assert [server["url"] for server in document["servers"]] == [HOSTS[region]]
    (scheme,) = document["components"]["securitySchemes"]
    assert all(entry.node["security"] == [{scheme: []}] for entry in operations(document))


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("version", VERSIONS)
def test_secret_is_sent_to_the_own_region_only(version: str, region: Region) -> None:
    """The one token URL in a file is that of its region; Canada's, which nobody published, is not made up."""
    document = loaded(f"openapi-{version}", region=region, auth=Auth.OAUTH2)
    own = TOKEN_URLS.get(region)
    others = [url for url in TOKEN_URLS.values() if url != own]
    text = json.dumps(document)

    assert not any(url in text for url in others)
    assert list(document["components"]["securitySchemes"]) == (["oauth2"] if own else ["accessToken"])
    assert ("/oauth2/token" in text) == (own is not None)


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("version", VERSIONS)
def test_bare_token_can_be_had_for_every_region(version: str, region: Region) -> None:
    """One scheme, the token as the documentation shows it, and no token URL; the operations are those of OAuth2."""
    document = loaded(f"openapi-{version}", region=region, auth=Auth.ACCESSTOKEN)
    scheme = document["components"]["securitySchemes"]["accessToken"]

    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "header", "Authorization")
    assert ids(document) == carried(Auth.OAUTH2)
    assert "/oauth2/token" not in json.dumps(document)


@pytest.mark.parametrize("region", Region)
def test_swagger_holds_every_operation_of_the_key(region: Region) -> None:
    """One host, the API key, under the megabyte that Power Platform takes."""
    text = export("swagger-2.0", region=region)
    document = json.loads(text)

    assert ids(document) == carried(Auth.APIKEY)
    assert f"https://{document['host']}" == HOSTS[region]
    assert list(document["securityDefinitions"]) == ["apiKey"]
    assert len(text.encode()) < 1_000_000
    assert "#/components/" not in text


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("openapi-3.0.3", {}),
        ("openapi-3.1", {"region": "CA", "auth": "oauth2"}),
        ("openapi-3.0.3", {"region": "EU", "auth": "apikey"}),
        ("swagger-2.0", {"region": "US"}),
    ],
)
def test_rendering_is_valid(name: str, wanted: dict[str, str]) -> None:
    """openapi-spec-validator finds no fault in one of each kind; `make contract` asks it, and another judge, of all."""
    validate(loaded(name, **wanted))


def test_older_rendering_has_nothing_of_the_newer() -> None:
    """3.0 has no list of types, no `contentEncoding` and no summary of the whole."""
    document = loaded("openapi-3.0.3")
    text = json.dumps(document)

    assert document["openapi"] == "3.0.3"
    assert '"type": [' not in text
    assert "contentEncoding" not in text
    assert text.count('"nullable": true') == json.dumps(whole()).count('"null"]')
    assert "summary" not in document["info"]


def test_collection_holds_every_operation() -> None:
    """Both families: what the key can carry, what a token can carry, and the request for the token."""
    folders = loaded("postman")["item"]
    names = [[one["name"] for tag in folder["item"] for one in tag.get("item", [tag])] for folder in folders]

    assert sorted(names[0]) == sorted(carried(Auth.APIKEY))
    assert sorted(names[1]) == sorted(["getAccessToken", *carried(Auth.OAUTH2)])


@pytest.mark.parametrize("region", Region)
def test_environment_has_blank_secrets(region: Region) -> None:
    """Host and token URL are the region's; key, id, secret and token are for the user to fill in."""
    values = {one["key"]: one for one in loaded("postman-environment", region=region)["values"]}

    assert values["baseUrl"]["value"] == HOSTS[region]
    assert values["tokenUrl"]["value"] == TOKEN_URLS.get(region, "")
    secrets = {key: one["value"] for key, one in values.items() if one["type"] == "secret"}
    assert secrets == dict.fromkeys(["apiKey", "clientId", "clientSecret", "accessToken"], "")


def test_errors_are_the_catalogue() -> None:
    """Every entry, and the version of the contract that it is from."""
    document = loaded("errors")

    assert document["entries"] == whole()["x-error-catalogue"]
    assert document["version"] == whole()["info"]["version"]


def test_region_is_taken_in_any_case() -> None:
    """`eu` is `EU`."""
    assert export("openapi-3.1", region="eu", auth="APIKEY") == export("openapi-3.1", region="EU", auth="apikey")


@pytest.mark.parametrize(
    ("name", "wanted", "told"),
    [
        ("opnapi-3.1", {}, "there is no format 'opnapi-3.1'; did you mean openapi-3.1"),
        ("nothing like it", {}, "There are: openapi-3.1, "),
        ("openapi-3.1", {"region": "UK", "auth": "apikey"}, "there is no region 'UK'; did you mean EU or US"),
        ("openapi-3.1", {"region": "EU", "auth": "oauth"}, "there is no credential 'oauth'; did you mean oauth2"),
        ("openapi-3.1", {"region": "EU"}, "say both or neither"),
        ("openapi-3.0.3", {"auth": "apikey"}, "say both or neither"),
        ("swagger-2.0", {}, "swagger-2.0 is for one region; say which: AU, EU, US, CA"),
        ("swagger-2.0", {"region": "EU", "auth": "oauth2"}, "cannot be had for oauth2; it takes apikey"),
        ("postman", {"region": "EU"}, "the same for every region"),
        ("errors", {"auth": "apikey"}, "leave it out"),
    ],
)
def test_what_cannot_be_had_is_refused(name: str, wanted: dict[str, str], told: str) -> None:
    """The refusal says what there is, the nearest first."""
    with pytest.raises(ExportRefused) as caught:
        export(name, **wanted)

    assert told in str(caught.value)


def test_every_format_says_what_it_is_for() -> None:
    """A short meaning, shown by the command."""
    assert all(form.meaning for form in FORMATS.values())
