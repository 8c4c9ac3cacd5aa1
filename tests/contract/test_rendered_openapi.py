"""OpenAPI files say what the contract says, whole and for one account."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from enboarder.contract import Auth, export
from enboarder_api.contract import Region
from tests.contract.contract_file import (
    TEXTS,
    Node,
    Operation,
    differences,
    operations,
    unwrapped,
    written_out,
)

SCHEMES = {
    Auth.APIKEY: "apiKey",
    Auth.OAUTH2: "oauth2",
    Auth.ACCESSTOKEN: "accessToken",
}
VERSIONS = ("3.1", "3.0.3")
HEAD = {"openapi", "info"}
OF_ITS_CREDENTIAL = ("security", "x-credentials", "x-twin")


def exported(version: str, **wanted: str) -> Node:
    """Return what a file contains, in the words of 3.1 and without line breaks."""
    document: Node = json.loads(export(f"openapi-{version}", **wanted))
    assert version[:3] == document["openapi"][:3]
    in_new_words: Node = upgraded(document)
    return unwrapped(in_new_words)


def upgraded(node: Any) -> Any:
    """Return a part of a 3.0 file in the words of 3.1; one of 3.1 is unchanged."""
    if isinstance(node, list):
        return [upgraded(one) for one in node]
    if not isinstance(node, dict):
        return node
    members = {name: upgraded(one) for name, one in node.items()}
    if members.pop("nullable", False):
        members["type"] = [members["type"], "null"]
    if members.get("format") == "byte":
        del members["format"]
        members["contentEncoding"] = "base64"
    return members


def without(node: Node, *names: str) -> Node:
    """Return a node without some of its members."""
    return {name: value for name, value in node.items() if name not in names}


def texts(node: Any) -> Iterator[str]:
    """Yield every text for people inside a node; data has none."""
    if isinstance(node, list):
        for one in node:
            yield from texts(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name in TEXTS and isinstance(value, str):
                yield value
            elif name not in ("value", "example"):
                yield from texts(value)


def sent_with(document: Node, auth: Auth) -> list[Operation]:
    """Return the operations that a credential can send."""
    scheme = SCHEMES[auth]
    return [one for one in operations(document) if scheme in one.schemes]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_whole_file_is_the_contract(document: Node, version: str) -> None:
    """Nothing is lost, added or changed: operations, components, evidence, sources."""
    rendered = exported(version)
    expected = unwrapped(document)

    assert list(expected) == list(rendered)
    for name in expected.keys() - HEAD:
        assert expected[name] == rendered[name]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_keeps_title_version_and_contact(document: Node, version: str) -> None:
    """They are those of the contract, except for what 3.0 cannot say."""
    rendered = exported(version)
    beyond = () if version == "3.1" else ("summary", "license")

    expected = without(unwrapped(document["info"]), *beyond)
    assert expected == without(rendered["info"], *beyond)
    assert document["info"]["license"]["name"] == rendered["info"]["license"]["name"]


def test_an_older_file_has_no_word_of_the_newer() -> None:
    """3.0 has no list of types, no `contentEncoding` and no summary of the whole."""
    text = export("openapi-3.0.3")

    assert not re.search(r'"type": \[', text)
    assert "contentEncoding" not in text
    assert "summary" not in json.loads(text)["info"]
    assert "identifier" not in json.loads(text)["info"]["license"]


@pytest.mark.parametrize("auth", Auth)
@pytest.mark.parametrize("version", VERSIONS)
def test_a_narrow_file_has_what_its_credential_can_send(
    document: Node, version: str, auth: Auth
) -> None:
    """Each operation is that of the contract, written out for one credential."""
    rendered = exported(version, region="EU", auth=auth)
    found = {one.name: one for one in operations(rendered)}
    expected = {one.name: one for one in sent_with(document, auth)}

    assert list(expected) == list(found)
    for name, operation in expected.items():
        assert (operation.method, operation.path) == found[name][:2]
        node = without(found[name].node, *OF_ITS_CREDENTIAL)
        whole = without(written_out(document, operation.node), *OF_ITS_CREDENTIAL)
        assert [] == list(differences(whole, node))
        (credential,) = found[name].node["x-credentials"].items()
        assert credential in operation.node["x-credentials"].items()


@pytest.mark.parametrize("auth", Auth)
@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("version", VERSIONS)
def test_a_narrow_file_has_one_server_and_one_scheme(
    document: Node, version: str, region: Region, auth: Auth
) -> None:
    """An importer that keeps the first of each keeps the right one."""
    rendered = exported(version, region=region, auth=auth)

    servers = [one for one in document["servers"] if one["x-region"] == region]
    assert servers == rendered["servers"]
    (scheme,) = rendered["components"]["securitySchemes"]
    for operation in operations(rendered):
        assert [{scheme: []}] == operation.node["security"]


@pytest.mark.parametrize("auth", Auth)
def test_a_narrow_file_has_the_components_that_it_needs(
    document: Node, auth: Auth
) -> None:
    """They are schemas, those of the contract; none is missing or left over.

    Three generators lose a body that is behind a reference.
    """
    rendered = exported("3.1", region="EU", auth=auth)
    text = json.dumps(rendered)
    needed = set(re.findall(r'"\$ref": "#/components/(\w+)/(\w+)"', text))
    components = without(rendered["components"], "securitySchemes")

    found = {(kind, name) for kind, some in components.items() for name in some}
    assert needed == found
    assert ["schemas"] == list(components)
    for name, schema in components["schemas"].items():
        whole = document["components"]["schemas"][name]
        assert [] == list(differences(whole, schema))


@pytest.mark.parametrize("auth", Auth)
def test_a_narrow_file_has_the_tags_that_it_uses(document: Node, auth: Auth) -> None:
    """A tag without an operation would be an empty folder in an importer."""
    rendered = exported("3.1", region="EU", auth=auth)
    used = {tag for one in operations(rendered) for tag in one.node["tags"]}

    expected = [one for one in document["tags"] if one["name"] in used]
    assert [] == list(differences(expected, rendered["tags"]))


@pytest.mark.parametrize("auth", Auth)
def test_no_text_of_a_narrow_file_has_a_line_break(auth: Auth) -> None:
    """A converter takes each line break in a description for an error."""
    text = export("openapi-3.0.3", region="EU", auth=auth)

    assert [] == [one for one in texts(json.loads(text)) if "\n" in one]


@pytest.mark.parametrize("auth", Auth)
def test_a_narrow_file_does_not_speak_of_what_it_lacks(
    document: Node, auth: Auth
) -> None:
    """No text names the other credential, a twin, or what the Python client reads."""
    text = export("openapi-3.1", region="EU", auth=auth)
    rendered = json.loads(text)
    present = {one.name for one in operations(rendered)}
    absent = {one.name for one in operations(document)} - present
    others = {*SCHEMES.values()} - rendered["components"]["securitySchemes"].keys()
    other = "API key" if "apiKey" in others else "OAuth2"
    foreign = [f"`{name}`" for name in (*absent, *others, "x-twin", "x-token-urls")]

    for one in texts(rendered):
        assert [] == [word for word in (other, *foreign) if word in one]
    assert not re.search('"(x-twin|x-python|x-iterator|x-client-option)"', text)


@pytest.mark.parametrize("auth", Auth)
def test_the_catalogue_of_a_narrow_file_names_its_operations(
    document: Node, auth: Auth
) -> None:
    """What an answer means is said of operations by the names that the file has."""
    rendered = exported("3.1", region="EU", auth=auth)
    present = {one.name for one in operations(rendered)}
    whole = {entry["id"]: entry for entry in document["x-error-catalogue"]}
    found = rendered["x-error-catalogue"]

    for entry in found:
        expected = without(whole[entry["id"]], "operations")
        assert [] == list(differences(expected, without(entry, "operations")))
        assert [] == [one for one in entry.get("operations", []) if one not in present]
    lost = whole.keys() - {entry["id"] for entry in found}
    kinds = {whole[name]["kind"] for name in lost}
    assert kinds == ({"token"} if auth is Auth.APIKEY else set())


@pytest.mark.parametrize("version", VERSIONS)
def test_a_secret_is_sent_nowhere_by_a_whole_file(version: str) -> None:
    """A tool that keeps one token URL for four regions cannot reach any host by it."""
    rendered = exported(version)
    oauth2 = rendered["components"]["securitySchemes"]["oauth2"]
    host = urlsplit(oauth2["flows"]["clientCredentials"]["tokenUrl"]).hostname

    assert str(host).endswith(".invalid")


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("version", VERSIONS)
def test_a_secret_is_sent_to_the_token_url_of_its_region_only(
    document: Node, version: str, region: Region
) -> None:
    """No file names a token URL of another region, or one that nobody published."""
    oauth2 = document["components"]["securitySchemes"]["oauth2"]
    published = oauth2["x-token-urls"]
    text = export(f"openapi-{version}", region=region, auth=Auth.OAUTH2)
    scheme = json.loads(text)["components"]["securitySchemes"]

    expected = {published[region]} if region in published else set()
    assert expected == set(re.findall(r'https://[^"\s]+/oauth2/token', text))
    if region in published:
        flow = scheme["oauth2"]["flows"]["clientCredentials"]
        assert published[region] == flow["tokenUrl"]
        assert oauth2["flows"]["clientCredentials"]["scopes"] == flow["scopes"]
    else:
        assert ["accessToken"] == list(scheme)


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("auth", [Auth.APIKEY, Auth.ACCESSTOKEN])
def test_a_file_for_a_key_or_a_token_alone_has_its_scheme(
    document: Node, region: Region, auth: Auth
) -> None:
    """The scheme is that of the contract, and there is no token URL."""
    text = export("openapi-3.1", region=region, auth=auth)
    rendered = json.loads(text)["components"]["securitySchemes"]

    whole = document["components"]["securitySchemes"][SCHEMES[auth]]
    assert [] == list(differences({SCHEMES[auth]: whole}, rendered))
    assert "/oauth2/token" not in text


def test_both_forms_of_a_token_can_send_the_same(document: Node) -> None:
    """The token alone is a way to send what OAuth2 sends."""
    by_oauth2 = exported("3.1", region="EU", auth=Auth.OAUTH2)
    by_token = exported("3.1", region="EU", auth=Auth.ACCESSTOKEN)

    names = [one.name for one in operations(by_oauth2)]
    assert names == [one.name for one in operations(by_token)]
    assert [] != names
