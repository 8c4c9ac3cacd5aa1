"""The contract states the facts of scripts/judge/facts.py, and nothing beyond them."""

import json
import re
from urllib.parse import urlsplit

import pytest

from enboarder.contract import walk
from enboarder_api.catalogue import CATALOGUE, find
from scripts.judge.claims import problems
from scripts.judge.facts import (
    CHANGED,
    HOST_ARTICLES,
    HOSTS,
    KEY_OPERATIONS,
    NEITHER,
    NO_CHANNEL,
    NO_CONTACT,
    NOT_FOUND,
    OTHER_HOSTS,
    SCOPES,
    SHARED_OPERATIONS,
    TOKEN_OPERATIONS,
    TOKEN_URLS,
)
from tests.contract.contract_file import Node

pytestmark = pytest.mark.untraced

# operation, status, code, message -> the catalogue's id
LITERALS = [
    ("workflows.launch_basic", 200, None, "ok", "launched"),
    ("workflows.launch_advanced", 200, None, "ok", "launched"),
    ("workflows.launch_basic", 200, None, NO_CONTACT, "no-employee-contact"),
    ("workflows.launch_advanced", 400, None, NO_CONTACT, "no-employee-contact"),
    ("workflows.launch_bulk", 400, None, NO_CONTACT, "no-employee-contact"),
    ("workflows.update", 200, None, NO_CONTACT, "no-employee-contact"),
    ("workflows.update", 200, None, CHANGED, "workflow-updated"),
    ("workflows.cancel", 200, None, CHANGED, "workflow-cancelled"),
    ("workflows.cancel", 200, None, NOT_FOUND, "workflow-not-found"),
    ("workflows.launch_basic", 200, None, NO_CHANNEL, "channel-without-value"),
    ("profiles.create", 200, None, "Profile Created", "profile-created"),
    (
        "profiles.create",
        400,
        "MISSING_FIELDS",
        "Mandatory fields are missing",
        "missing-fields",
    ),
    ("profiles.create", 400, None, "Mandatory fields are missing", "missing-fields"),
    ("profiles.create", 400, None, "First Name is missing", "first-name-missing"),
    ("profiles.create", 400, None, NEITHER, "no-profile-contact"),
    ("profiles.create", 200, None, "mobile number is invalid", "invalid-mobile"),
    ("profiles.create", 400, "PROFILE_EXISTS", None, "profile-exists"),
    (
        "profiles.create",
        400,
        None,
        "Profile with ID 3f01-b339-82327fead70b already exists",
        "profile-exists",
    ),
    (
        "profiles.create",
        400,
        None,
        "Profile with ID 3f01-b339-82327fead70b\n already exists",
        "profile-exists",
    ),
    ("profiles.get", 400, "PROFILE_NOT_EXISTS", None, "profile-not-exists"),
    ("profiles.update", 400, "PROFILE_NOT_EXISTS", None, "profile-not-exists"),
    ("profiles.delete", 400, "PROFILE_NOT_EXISTS", None, "profile-not-exists"),
    ("profiles.update", 400, "MISSING_FIELDS", None, "missing-fields"),
    ("profiles.update", 400, "INVALID_FIELDS", None, "invalid-fields"),
    ("profiles.delete", 400, "ACTIVE_PROFILE", None, "active-profile"),
    (
        "brands.get_by_id",
        400,
        None,
        "Brand item with 'id' does not exist",
        "brand-not-found",
    ),
    ("brands.get_by_id", 403, None, "Forbidden", "brand-forbidden"),
    ("brands.get_all", 404, None, "Forbidden", "brands-forbidden"),
    ("profiles.get", 404, None, "Profile is missing", "status-not-found"),
    ("profiles.update", 409, None, None, "status-conflict"),
    ("reports.get_forms", 401, None, "Unauthorized", "gateway-unauthorized"),
    ("reports.get_forms", 403, None, "Forbidden", "gateway-forbidden"),
    (
        "reports.get_forms",
        403,
        None,
        "Missing Authentication Token",
        "gateway-missing-token",
    ),
    ("reports.get_forms", 429, None, "Too Many Requests", "gateway-too-many-requests"),
]
TOKEN_CODES = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
]


def test_the_claims_of_the_contract_have_no_problem(document: Node) -> None:
    """The claims that `scripts.claims` checks are those of the facts."""
    assert list(problems(document)) == []


def test_servers_are_the_four_published_hosts(document: Node) -> None:
    """The hosts are those of article 4151199, and there is no other region."""
    assert {
        server["x-region"]: server["url"] for server in document["servers"]
    } == HOSTS


def test_a_host_names_the_articles_that_show_it(document: Node) -> None:
    """The sources of a server are the articles that print its host, and no other."""
    for server in document["servers"]:
        shown = {
            article
            for article, regions in HOST_ARTICLES.items()
            if server["x-region"] in regions
        }
        assert (server["x-region"], set(server["x-source"])) == (
            server["x-region"],
            shown,
        )


def test_canada_has_no_token_url(document: Node) -> None:
    """Only the three published token URLs are there; none is invented for Canada."""
    assert (
        document["components"]["securitySchemes"]["oauth2"]["x-token-urls"]
        == TOKEN_URLS
    )


def test_the_token_url_for_all_regions_leads_nowhere(document: Node) -> None:
    """No client secret is sent to another region; scopes are in documented order."""
    flow = document["components"]["securitySchemes"]["oauth2"]["flows"][
        "clientCredentials"
    ]
    assert flow["tokenUrl"].split("/")[2].endswith(".invalid")
    assert list(flow["scopes"]) == SCOPES


def test_credentials_go_into_the_documented_headers(document: Node) -> None:
    """The key goes into `apikey`, and the bare token into `Authorization`."""
    schemes = document["components"]["securitySchemes"]
    assert list(schemes) == ["apiKey", "oauth2", "accessToken"]
    assert [
        (schemes[name]["in"], schemes[name]["name"])
        for name in ("apiKey", "accessToken")
    ] == [
        ("header", "apikey"),
        ("header", "Authorization"),
    ]


def test_no_url_names_a_host_beyond_the_facts(document: Node) -> None:
    """Every absolute URL anywhere in the contract has a host that the facts know."""
    found = {
        urlsplit(url).hostname
        for url in re.findall(r"https?://[^\s\"'<>)\\]+", json.dumps(document))
    }
    known = {urlsplit(url).hostname for url in (*HOSTS.values(), *TOKEN_URLS.values())}
    assert found - known - OTHER_HOSTS == set()


def test_paths_are_those_of_the_facts(document: Node) -> None:
    """Methods and paths are the known ones, all of them and no other."""
    found = {(entry.method.upper(), entry.path) for entry in walk.operations(document)}
    assert found == KEY_OPERATIONS | TOKEN_OPERATIONS | SHARED_OPERATIONS


def test_scim_with_the_key_is_only_inferred(document: Node) -> None:
    """No source says that SCIM takes the API key."""
    for entry in walk.operations(document):
        if entry.path.startswith("/scim"):
            assert (entry.place, entry.node["x-credentials"]["apiKey"]) == (
                entry.place,
                "inferred",
            )


def test_nothing_but_operations_hides_in_a_path(document: Node) -> None:
    """A path item has operations only, so that no reader of `paths` misses one."""
    assert {member for item in document["paths"].values() for member in item} <= set(
        walk.METHODS
    )


def test_each_path_takes_the_credential_of_its_family(document: Node) -> None:
    """A v1 path takes the key, a v2 path the token; SCIM and brands take both."""
    for entry in walk.operations(document):
        schemes = {
            scheme for alternative in entry.node["security"] for scheme in alternative
        }
        place = (entry.method.upper(), entry.path)
        expected = (set() if place in TOKEN_OPERATIONS else {"apiKey"}) | (
            set() if place in KEY_OPERATIONS else {"oauth2", "accessToken"}
        )
        assert (entry.place, schemes) == (entry.place, expected)


@pytest.mark.parametrize(("operation", "status", "code", "message", "entry"), LITERALS)
def test_every_literal_of_the_facts_is_in_the_catalogue(
    operation: str, status: int, code: str | None, message: str | None, entry: str
) -> None:
    """A documented message or code of an operation leads to its own entry."""
    found = find(operation, status, code, message)
    assert (found.id if found else None) == entry


def test_every_code_of_the_token_endpoint_is_in_the_catalogue() -> None:
    """Each code that Amazon Cognito uses has an entry of the kind `token`."""
    assert (
        set(TOKEN_CODES) - {entry.code for entry in CATALOGUE if entry.kind == "token"}
        == set()
    )


@pytest.mark.parametrize(
    "message",
    [
        "OK, but not quite",
        "Workflow updated successfully",
        "Error: externalid not found",
        "Atleast one of the fields",
    ],
)
def test_an_unknown_message_is_in_no_entry(message: str) -> None:
    """A message that only resembles a documented one is not taken for it."""
    assert [
        find(name, 200, None, message)
        for name in ("workflows.launch_basic", "workflows.cancel")
    ] == [None, None]
