"""scim2-cli, an administrator's command, works with the users of the mock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest

from enboarder.mock import MockServer
from tests.conformance.conftest import Figures, headers_of
from tests.conformance.scim_checks import NOT_DOCUMENTED, TESTED, checks

Scim: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

PROGRAM = str(Path(sys.executable).with_name("scim2"))
LIMIT = 60.0
"""Seconds."""
SAM = (
    "--user-name",
    "sam@example.com",
    "--user-type",
    "Author",
    "--external-id",
    "hr-20268",
    "--name",
    '{"givenName": "Sam", "familyName": "Example"}',
    "--emails",
    '[{"value": "sam@example.com"}]',
)


@pytest.fixture(params=["key", "bearer"])
def family(request: pytest.FixtureRequest) -> str:
    """The kind of credential."""
    return str(request.param)


@pytest.fixture
def environment(mock: MockServer, family: str) -> dict[str, str]:
    """Where the service is, and the credential, which a command line must not show."""
    headers = headers_of(mock, family).items()
    return {
        "SCIM_CLI_URL": f"{mock.base_url}/scim/v2",
        "SCIM_CLI_HEADERS": "; ".join(f"{name}: {value}" for name, value in headers),
    }


@pytest.fixture
def scim(mock: MockServer, environment: dict[str, str], tmp_path: Path) -> Scim:
    """Runs the command, which discovers types and schemas itself.

    The configuration is the article's sample, with one authentication scheme as primary
    instead of two.
    """
    url = f"{mock.base_url}/scim/v2/ServiceProviderConfig"
    config = httpx.get(url, headers=headers_of(mock, "key")).json()
    for scheme in config["authenticationSchemes"][1:]:
        scheme["primary"] = False
    path = tmp_path / "config.json"
    path.write_text(json.dumps(config), "utf-8")
    return runner({**environment, "SCIM_CLI_SERVICE_PROVIDER_CONFIG": str(path)})


def runner(environment: dict[str, str]) -> Scim:
    """Return what runs the command with some variables."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *words],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )

    return run


@pytest.fixture
def sam(scim: Scim) -> dict[str, Any]:
    """A user that the command created."""
    created = scim("create", "user", *SAM)
    assert (0, "") == (created.returncode, created.stderr)
    user: dict[str, Any] = json.loads(created.stdout)
    return user


def test_user_is_created_as_given(sam: dict[str, Any]) -> None:
    """A new user is not active."""
    assert ("sam@example.com", "hr-20268") == (sam["userName"], sam["externalId"])
    assert sam["active"] is False


def test_user_is_found(scim: Scim, sam: dict[str, Any]) -> None:
    """By its id."""
    assert sam == json.loads(scim("query", "user", sam["id"]).stdout)


def test_user_is_listed(scim: Scim, sam: dict[str, Any]) -> None:
    """Among all users."""
    assert [sam] == json.loads(scim("query", "user").stdout)["Resources"]


def test_user_is_replaced(scim: Scim, sam: dict[str, Any]) -> None:
    """It keeps its id."""
    words = ["--id", sam["id"], *SAM, "--display-name", "Sam E."]
    replaced = json.loads(scim("replace", "user", *words).stdout)

    assert ("Sam E.", sam["id"]) == (replaced["displayName"], replaced["id"])


def test_deleted_user_is_not_found(scim: Scim, sam: dict[str, Any]) -> None:
    """The command fails, and shows the id."""
    assert 0 == scim("delete", "user", sam["id"]).returncode
    gone = scim("query", "user", sam["id"])

    assert 1 == gone.returncode
    assert sam["id"] in gone.stdout + gone.stderr


def test_user_name_is_taken(scim: Scim, sam: dict[str, Any], mock: MockServer) -> None:
    """The command fails, and shows why in the words of the service."""
    second = scim("create", "user", *SAM)

    assert 1 == second.returncode
    assert "The user name is taken." in second.stdout + second.stderr
    assert 1 == len(mock.state.users)


def test_wrong_credential_shows_no_user(scim: Scim, mock: MockServer) -> None:
    """A key that nobody issued opens nothing."""
    refused = scim("--header", "apikey: wrong", "query", "user")

    assert 0 != refused.returncode
    assert 403 == mock.requests[-1].status


def test_sample_of_the_article_is_refused(environment: dict[str, str]) -> None:
    """It marks two authentication schemes as primary, so no user can be queried."""
    refused = runner(environment)("query", "user")

    assert 1 == refused.returncode
    assert "authenticationSchemes" in refused.stderr


def test_check_of_the_standard(
    scim: Scim, family: str, record_property: Figures
) -> None:
    """Every check of what Enboarder documents succeeds; every other has its reason."""
    # The command itself fails, because it asks for all of the standard.
    found = checks(scim("test").stdout)
    failed = [one for one in found if one.title in TESTED and one.status != "SUCCESS"]
    succeeded = sum(one.title in TESTED for one in found)
    others = len(found) - succeeded
    figures = f"{succeeded} checks succeed, {others} are of what is not documented"
    record_property(f"scim2 test ({family})", figures)

    assert [] == failed
    assert {*NOT_DOCUMENTED, *TESTED} == {one.title for one in found}
