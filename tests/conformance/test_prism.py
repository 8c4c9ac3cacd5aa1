"""Every method of the client through Prism, which checks each request and each response on its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx
import pytest

from enboarder import ApiKey, ClientCredentials
from enboarder.mock import MockServer, faults
from enboarder_api.operations import OPERATIONS
from tests.conformance.conftest import Figures, headers_of
from tests.conformance.openapi_core_judge import FAMILIES, narrowed
from tests.conformance.prism_proxy import Unavailable, proxy
from tests.conftest import Driver
from tests.test_every_method import ARGUMENTS, METHODS, OPERATION_OF, World

IN_ORDER = sorted(METHODS, key=lambda name: name.endswith(".delete"))
"""What deletes comes last."""


@contextmanager
def prism(mock: MockServer, family: str, folder: Path) -> Iterator[str]:
    """The base URL of a proxy before a service, for one kind of credential; the test is skipped without Node.js."""
    try:
        with proxy(narrowed(family), mock.base_url, folder) as base_url:
            yield base_url
    except Unavailable as error:
        pytest.skip(f"Prism cannot run: {error}")


def credential(mock: MockServer, family: str) -> ApiKey | ClientCredentials:
    """A credential of the service. OpenAPI's `oauth2` means `Bearer`, the documented sample sends the bare token."""
    if family == "key":
        return ApiKey(mock.api_key)
    prefix = "Bearer" if family == "bearer" else ""
    return ClientCredentials(mock.client_id, mock.client_secret, token_url=mock.token_url, prefix=prefix)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_method_passes_prism(world: World, family: str, tmp_path: Path, record_property: Figures) -> None:
    """With each kind of credential, Prism finds no fault in any request of the client or response of the service."""
    path_of = attrgetter("key_path" if family == "key" else "token_path")
    names = [name for name in IN_ORDER if path_of(OPERATIONS[OPERATION_OF.get(name, name)])]
    before = len(world.mock.requests)
    with prism(world.mock, family, tmp_path) as base_url:
        settings = {"credential": credential(world.mock, family), "base_url": base_url, "show_warnings": True}
        for name in names:
            Driver(awaited=False).call(settings, name, *arguments(world, name))

    seen = [one.operation for one in world.mock.requests[before:] if one.operation != "token"]
    assert {OPERATION_OF.get(name, name) for name in names} == set(seen)
    record_property(f"Prism ({family})", f"{len(set(seen))} operations in {len(seen)} calls, no violation")


def arguments(world: World, name: str) -> tuple[Any, ...]:
    """The arguments of a method, with the ids of what exists."""
    given = ARGUMENTS.get(name, ())
    return tuple(world.ids[one.strip("{}")] if isinstance(one, str) else one for one in given)


def test_prism_judges(mock: MockServer, tmp_path: Path) -> None:
    """A wrong body, a bare token where `Bearer` is described, no credential, and a wrong response do not pass."""
    right, bare = headers_of(mock, "bearer"), headers_of(mock, "bare")
    with prism(mock, "bearer", tmp_path) as base_url, httpx.Client(base_url=base_url) as client:
        statuses = [
            client.post("/restapi/v2/startwf/basic", json={"nhnm": "Alex Example"}, headers=right).status_code,
            client.get("/reports/v2/forms", headers=bare).status_code,
            client.get("/reports/v2/forms").status_code,
        ]
        mock.fail("brands.get_all", faults.null("id"))
        statuses.append(client.get("/brand/all", headers=right).status_code)

    assert [422, 401, 401, 500] == statuses
