"""What these tests share: a stand-in service, and the headers that carry each kind of credential."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx
import pytest

from enboarder.mock import MockServer


def headers_of(mock: MockServer, family: str) -> dict[str, str]:
    """The header of a credential that the service takes; `bearer` and `bare` are given a new token."""
    if family == "key":
        return {"apikey": mock.api_key}
    form, auth = {"grant_type": "client_credentials"}, (mock.client_id, mock.client_secret)
    token = httpx.post(mock.token_url, data=form, auth=auth).raise_for_status().json()["access_token"]
    return {"Authorization": f"Bearer {token}" if family == "bearer" else token}


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Callable[[str, Mapping[str, object]], None]:
    """Print the figures of a judge, also when the test passes."""
    reporter = pytestconfig.pluginmanager.get_plugin("terminalreporter")

    def told(judge: str, figures: Mapping[str, object]) -> None:
        if reporter:
            reporter.ensure_newline()
            reporter.write_line(f"{judge}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))

    return told
