"""scim2-cli, an administrator's command by others, at work with the users of the stand-in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest

from enboarder.mock import MockServer
from tests.conformance.conftest import Figures, headers_of
from tests.conformance.scim_checks import NOT_DOCUMENTED, TESTED, checks

Scim: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

PROGRAM = str(Path(sys.executable).with_name("scim2"))
LIMIT = 60.0  # seconds
SAM = (
    *(
        "--user-name",
        "sam@example.com",
        "--user-type",
        "Author",
        "--external-id",
        "hr-20268",
    ),
    *(
        "--name",
        '{"givenName": "Sam", "familyName": "Example"}',
        "--emails",
        '[{"value": "sam@example.com"}]',
    ),
)


@pytest.fixture(params=["key", "bearer"])
def family(request: pytest.FixtureRequest) -> str:
    """The kind of credential."""
    return str(request.param)


@pytest.fixture
def environment(mock: MockServer, family: str) -> dict[str, str]:
    """Where the service is, and the credential, which does not belong into a command line."""
    headers = "; ".join(
        f"{name}: {value}" for name, value in headers_of(mock, family).items()
    )
    return {"SCIM_CLI_URL": f"{mock.base_url}/scim/v2", "SCIM_CLI_HEADERS": headers}


@pytest.fixture
def scim(mock: MockServer, environment: dict[str, str], tmp_path: Path) -> Scim:
    """Runs the command, which discovers types and schemas by itself.

    The configuration is the article's sample, with one authentication scheme as primary instead of two.
    """
    config = httpx.get(
        f"{mock.base_url}/scim/v2/ServiceProviderConfig",
        headers=headers_of(mock, "key"),
    ).json()
    for scheme in config["authenticationSchemes"][1:]:
        scheme["primary"] = False
    (tmp_path / "config.json").write_text(json.dumps(config), "utf-8")
    return runner(
        {
            **environment,
            "SCIM_CLI_SERVICE_PROVIDER_CONFIG": str(tmp_path / "config.json"),
        }
    )


def runner(environment: dict[str, str]) -> Scim:
    """Runs the command with some variables."""

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


def test_user_lives_and_dies(scim: Scim) -> None:
    """Created, found, listed, replaced, deleted, and then not found."""
    created = scim("create", "user", *SAM)
    assert (0, "") == (created.returncode, created.stderr)
    user = json.loads(created.stdout)
    assert ("sam@example.com", "hr-20268", False) == (
        user["userName"],
        user["externalId"],
        user["active"],
    )

    found, listed = scim("query", "user", user["id"]), scim("query", "user")
    assert (user, [user]) == (
        json.loads(found.stdout),
        json.loads(listed.stdout)["Resources"],
    )

    replaced = json.loads(
        scim(
            "replace", "user", "--id", user["id"], *SAM, "--display-name", "Sam E."
        ).stdout
    )
    assert ("Sam E.", user["id"]) == (replaced["displayName"], replaced["id"])

    deleted, gone = (
        scim("delete", "user", user["id"]),
        scim("query", "user", user["id"]),
    )
    assert (0, 1) == (deleted.returncode, gone.returncode)
    assert f"There is no user {user['id']}." in gone.stdout + gone.stderr


def test_user_name_is_taken(scim: Scim, mock: MockServer) -> None:
    """The command fails, and shows why in the words of the service."""
    first, second = scim("create", "user", *SAM), scim("create", "user", *SAM)

    assert (0, 1) == (first.returncode, second.returncode)
    assert "The user name is taken." in second.stdout + second.stderr
    assert 1 == len(mock.state.users)


def test_wrong_credential_shows_no_user(scim: Scim, mock: MockServer) -> None:
    """What nobody issued opens nothing."""
    refused = scim("--header", "apikey: wrong", "query", "user")

    assert 0 != refused.returncode
    assert "403" in refused.stdout + refused.stderr
    assert 403 == mock.requests[-1].status


def test_sample_of_the_article_is_refused(environment: dict[str, str]) -> None:
    """It marks two authentication schemes as primary; with it, the command does not get as far as users."""
    refused = runner(environment)("query", "user")

    assert 1 == refused.returncode
    assert "'authenticationSchemes' has 2 items marked as primary" in refused.stderr


def test_check_of_the_standard(
    scim: Scim, family: str, record_property: Figures
) -> None:
    """Every check of what Enboarder documents succeeds, and every other one has its reason in a list."""
    done = scim("test")
    found = checks(done.stdout)

    assert [] == [
        one for one in found if one.title in TESTED and one.status != "SUCCESS"
    ]
    assert {*NOT_DOCUMENTED, *TESTED} == {one.title for one in found}
    assert (1, "") == (done.returncode, done.stderr)  # it asks for all of it
    succeeded = sum(one.title in TESTED for one in found)
    told = f"{succeeded} checks succeed, {len(found) - succeeded} are of what is not documented"
    record_property(f"scim2 test ({family})", told)
