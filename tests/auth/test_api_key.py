"""An API key is sent to its own origin, and never renewed."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from enboarder import ApiKey, Unauthorized
from enboarder.transport.engine import EngineName
from tests.conftest import BASE_URL, Driver, Service, keyed
from tests.engine import httpx


def test_key_is_sent_in_its_header(driver: Driver) -> None:
    """A call has the key, and no token is requested."""
    service = Service()

    driver.call(keyed(service), "reports.get_forms")

    assert "key" == service.last.headers["apikey"]
    assert "authorization" not in service.last.headers
    assert [] == service.token_requests


def test_refused_key_is_reported_at_once(driver: Driver) -> None:
    """A key cannot be renewed: its refusal is Unauthorized, without another try."""
    service = Service(httpx.Response(401))

    with pytest.raises(Unauthorized):
        driver.call(keyed(service), "reports.get_forms")

    assert 1 == len(service.requests)


def test_credential_is_frozen() -> None:
    """Nobody changes a credential that clients are using."""
    credential: Any = ApiKey("key")

    with pytest.raises(AttributeError):
        credential.key = "other"


def test_key_is_no_function() -> None:
    """Unlike a client secret, a key has to be a string."""
    function: Any = lambda: "key"  # noqa: E731

    with pytest.raises(ValueError, match="key"):
        ApiKey(function)


def test_forgetting_does_nothing() -> None:
    """A key fetches nothing, so `forget` drops nothing, even with `shared=True`."""
    service = Service()
    auth = ApiKey("key").auth(base_url=BASE_URL)

    auth.forget()
    auth.forget(shared=True)

    with httpx.Client(auth=auth, transport=service.transport) as client:
        client.get(BASE_URL)
    assert "key" == service.last.headers["apikey"]


def test_key_replaces_a_header_of_the_same_name() -> None:
    """A client that has a key in its headers sends the key of its `auth` alone."""
    service = Service()
    auth = ApiKey("key").auth(base_url=BASE_URL)

    with httpx.Client(
        auth=auth, headers={"ApiKey": "another"}, transport=service.transport
    ) as client:
        client.get(BASE_URL)

    assert ["key"] == service.last.headers.get_list("apikey")


@pytest.mark.parametrize("engine", ["httpx", "httpx2"])
def test_class_derives_from_those_of_the_loaded_libraries(engine: EngineName) -> None:
    """A library that is not in use is not loaded for the sake of its class."""
    other = ({"httpx", "httpx2"} - {engine}).pop()
    script = (
        "import sys\n"
        "from enboarder import ApiKey\n"
        f"auth = ApiKey('key').auth(region='EU', engine={engine!r})\n"
        f"assert isinstance(auth, sys.modules[{engine!r}].Auth)\n"
        f"assert {other!r} not in sys.modules\n"
    )

    ran = subprocess.run([sys.executable, "-c", script], check=False)

    assert 0 == ran.returncode
