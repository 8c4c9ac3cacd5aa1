"""Hosts, paths, headers and scopes in the pages are those of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from enboarder import Region
from enboarder_api.contract import HOSTS, SCOPES, TOKEN_URLS
from enboarder_api.operations import OPERATIONS
from tests.docs.pages import (
    GUIDES,
    PAGES,
    ROOT,
    name_of,
    shell_blocks,
    table,
    text_of,
)

HELP = "help.enboarder.com"
API_HOSTS = {urlsplit(url).netloc for url in HOSTS.values()}
TOKEN_HOSTS = {urlsplit(url).netloc for url in TOKEN_URLS.values()}


def curl_commands() -> Iterator[str]:
    """Yield each `curl` command of the pages as one line."""
    for page in PAGES:
        for block in shell_blocks(page):
            for command in block.replace("\\\n", " ").splitlines():
                if command.startswith("curl "):
                    yield command


CURL = list(curl_commands())


def address_of(command: str) -> str:
    """Return the URL of a command."""
    (address,) = re.findall(r"https://\S+", command)
    return str(address)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_host_of_the_service_is_known(page: Path) -> None:
    """No page sends a credential to a host that the contract does not have."""
    hosts = set(re.findall(r"https://([\w.-]*enboarder\.com)", text_of(page)))
    assert set() == hosts - API_HOSTS - TOKEN_HOSTS - {HELP}


@pytest.mark.parametrize("region", Region)
def test_regions_are_those_of_the_contract(region: Region) -> None:
    """Hosts and token URLs are copied correctly, and Canada has no token URL."""
    rows = table(text_of(GUIDES / "regions.md"), "region")
    (row,) = [row for row in rows if row[0] == f"`{region}`"]
    expected = [HOSTS[region]]
    if region in TOKEN_URLS:
        expected.append(TOKEN_URLS[region])
    assert expected == re.findall(r"`(https://[^`]+)`", " ".join(row))


def test_there_are_commands_for_key_token_and_token_request() -> None:
    """The tests below have something to test."""
    hosts = [urlsplit(address_of(command)).netloc for command in CURL]
    assert len([host for host in hosts if host in API_HOSTS]) >= 2
    assert len([host for host in hosts if host in TOKEN_HOSTS]) >= 1


@pytest.mark.parametrize("command", CURL)
def test_command_sends_the_credential_that_its_path_takes(command: str) -> None:
    """A key goes to a path for keys, a token to a path for tokens."""
    url = urlsplit(address_of(command))
    if url.netloc in TOKEN_HOSTS:
        assert address_of(command) in TOKEN_URLS.values()
        assert '-u "$ENBOARDER_CLIENT_ID:$ENBOARDER_CLIENT_SECRET"' in command
        return
    key_paths = {operation.key_path for operation in OPERATIONS.values()}
    token_paths = {operation.token_path for operation in OPERATIONS.values()}
    if "apikey:" in command:
        assert url.path in key_paths
    else:
        assert "Authorization:" in command
        assert url.path in token_paths


@pytest.mark.parametrize("command", [one for one in CURL if "scope=" in one])
def test_scopes_of_a_token_request_are_the_documented_ones(command: str) -> None:
    """All three are asked for."""
    (scopes,) = re.findall(r'"scope=([^"]+)"', command)
    assert list(SCOPES) == scopes.split()


def test_scopes_of_the_guide_are_the_documented_ones() -> None:
    """The guide names the scopes that the client asks for by default."""
    told = re.findall(r"`(api/[\w.]+)`", text_of(GUIDES / "authentication.md"))
    assert list(SCOPES) == told


def test_numbers_of_operations_and_paths_are_those_of_the_contract() -> None:
    """The pages count operations and their twins as the contract has them."""
    twins = [one for one in OPERATIONS.values() if one.key_path != one.token_path]
    changelog = " ".join(text_of(ROOT / "CHANGELOG.md").split())
    importing = " ".join(text_of(GUIDES / "importing.md").split())
    assert f"{len(OPERATIONS)} operations and {len(twins)} OAuth2 twins" in changelog
    assert f"has {len(OPERATIONS)} operations" in importing
