"""The `users` methods against scim2-server, a SCIM service by others (RFC 7644) that knows nothing of Enboarder."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
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
    """Settings of a client of a server of one's own, which takes nothing but a bearer token."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        PROGRAM,
        "--hostname",
        "127.0.0.1",
        "--port",
        str(port),
        "--bearer-token",
        TOKEN,
    ]
    with (
        loopback(
            lambda handler: reply(
                handler, 200, {"access_token": TOKEN, "token_type": "Bearer"}
            )
        ) as (auth_url, _),
        subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process,
    ):
        base_url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(base_url, process)
            yield {
                "credential": ClientCredentials(
                    "id",
                    f"secret-{port}",
                    token_url=f"{auth_url}/token",
                    prefix="Bearer",
                ),
                "base_url": base_url,
                "path_prefixes": {"/scim/v2/": "/v2/"},
            }
        finally:
            process.kill()


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


def test_user_lives_and_dies(settings: dict[str, Any], driver: Driver) -> None:
    """Created, found, listed, replaced, deleted, and then not found."""
    created = driver.call(settings, "users.create", USER)
    user_id = str(created.id)

    found, listed = driver.calls(
        settings, ("users.get", (user_id,), {}), ("users.get_all", (), {})
    )
    assert ("sam@example.com", "hr-20268", "Sam") == (
        found.user_name,
        found.external_id,
        found.name.given_name,
    )
    assert (1, ["sam@example.com"]) == (
        listed.total_results,
        [user.user_name for user in listed.resources],
    )

    replaced = driver.call(
        settings, "users.replace", user_id, {**USER.to_dict(), "displayName": "Sam E."}
    )
    assert ("Sam E.", user_id) == (replaced.display_name, replaced.id)

    driver.call(settings, "users.delete", user_id)
    with pytest.raises(NotFound):
        driver.call(settings, "users.get", user_id)


def test_user_name_is_taken(settings: dict[str, Any], driver: Driver) -> None:
    """A second user of the same name is a conflict, and is told so in the words of RFC 7644."""
    driver.call(settings, "users.create", USER)

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
