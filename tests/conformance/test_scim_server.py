"""The `users` methods work against scim2-server, a SCIM service by others (RFC 7644).

It knows nothing of Enboarder.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest

from enboarder import ClientCredentials, models
from enboarder.errors import Conflict, NotFound
from tests.conftest import LONG, Driver, loopback, reply

TOKEN = "a-token-of-scim2-server"
PROGRAM = str(Path(sys.executable).with_name("scim2-server"))
USER = models.ScimUserInput(
    user_name="sam@example.com",
    name=models.ScimName(given_name="Sam", family_name="Example"),
    emails=[models.ScimEmail(value="sam@example.com")],
    user_type=models.UserType("Author"),
    external_id="hr-20268",
)


@pytest.fixture
def settings() -> Iterator[dict[str, Any]]:
    """Settings of a client for a new server, which accepts only a bearer token."""
    port = _free_port()
    place = ["--hostname", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        [PROGRAM, *place, "--bearer-token", TOKEN],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base_url = f"http://127.0.0.1:{port}"
    with loopback(_grant) as (auth_url, _), server as process:
        try:
            _wait_for(base_url, process)
            credential = ClientCredentials(
                "id", f"secret-{port}", token_url=f"{auth_url}/token", prefix="Bearer"
            )
            yield {
                "credential": credential,
                "base_url": base_url,
                "path_prefixes": {"/scim/v2/": "/v2/"},
            }
        finally:
            process.kill()


def _free_port() -> int:
    """Return a port that no other worker and no outgoing connection takes."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    first = 20_000 + 500 * int(worker)
    for port in range(first, first + 500):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise RuntimeError("no port is free")


def _grant(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"access_token": TOKEN, "token_type": "Bearer"})


def _wait_for(base_url: str, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + LONG
    while process.poll() is None and time.monotonic() < limit:
        try:
            httpx.get(base_url)
            return
        except httpx.TransportError:
            process.poll()
    raise RuntimeError(
        "scim2-server does not start; run its command by hand to see why"
    )


@pytest.fixture
def user_id(settings: dict[str, Any], driver: Driver) -> str:
    """The id of a user that the client created."""
    return str(driver.call(settings, "users.create", USER).id)


def test_user_is_found(settings: dict[str, Any], driver: Driver, user_id: str) -> None:
    """What was sent is read back."""
    found = driver.call(settings, "users.get", user_id)

    assert "sam@example.com" == found.user_name
    assert "hr-20268" == found.external_id
    assert "Sam" == found.name.given_name


def test_user_is_listed(settings: dict[str, Any], driver: Driver, user_id: str) -> None:
    """Among all users, which are counted."""
    listed = driver.call(settings, "users.get_all")

    assert 1 == listed.total_results
    assert [user_id] == [user.id for user in listed.resources]


def test_user_is_replaced(
    settings: dict[str, Any], driver: Driver, user_id: str
) -> None:
    """It keeps its id."""
    body = {**USER.to_dict(), "displayName": "Sam E."}
    replaced = driver.call(settings, "users.replace", user_id, body)

    assert ("Sam E.", user_id) == (replaced.display_name, replaced.id)


def test_deleted_user_is_not_found(
    settings: dict[str, Any], driver: Driver, user_id: str
) -> None:
    """Reading it raises."""
    driver.call(settings, "users.delete", user_id)
    with pytest.raises(NotFound):
        driver.call(settings, "users.get", user_id)


def test_user_name_is_taken(
    settings: dict[str, Any], driver: Driver, user_id: str
) -> None:
    """A second user of the same name is a conflict."""
    with pytest.raises(Conflict) as caught:
        driver.call(settings, "users.create", USER)

    assert 409 == caught.value.status


def test_users_come_in_pages(settings: dict[str, Any], driver: Driver) -> None:
    """`startIndex` and `count` mean what RFC 7644 says."""
    for number in range(3):
        driver.call(
            settings,
            "users.create",
            {**USER.to_dict(), "userName": f"sam-{number}@example.com"},
        )

    page = driver.call(settings, "users.get_all", start_index=3, count=2)

    assert (3, 1) == (page.total_results, len(page.resources))


def test_service_describes_itself(settings: dict[str, Any], driver: Driver) -> None:
    """Configuration, resource types and schemas are read."""
    config, types, schemas = driver.calls(
        settings,
        ("users.get_service_provider_config", (), {}),
        ("users.get_resource_types", (), {}),
        ("users.get_schemas", (), {}),
    )

    assert config.patch.supported is True
    assert "User" in str(types.to_dict())
    assert "urn:ietf:params:scim:schemas:core:2.0:User" in str(schemas.to_dict())
