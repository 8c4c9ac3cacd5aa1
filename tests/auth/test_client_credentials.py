"""Client credentials: wrong arguments, and the keys of tokens."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest

from enboarder import ClientCredentials, ConfigurationError
from enboarder_api.contract import SCOPES
from tests.conftest import Driver, Service, credentials, granted

URL = "https://auth.example.com/token"


def test_scopes_are_the_documented_ones_by_default() -> None:
    """Without scopes, the client asks for the three documented ones."""
    assert SCOPES == ClientCredentials("id", "secret").scopes


@pytest.mark.parametrize("scopes", [("api/workflow.basic",), ("b", "a")])
def test_scopes_are_asked_for_as_given(driver: Driver, scopes: tuple[str, ...]) -> None:
    """A narrower list stays narrow, so that least privilege is possible."""
    service = Service()

    driver.call(
        granted(service, credential=credentials(scopes=scopes)), "reports.get_forms"
    )

    form = parse_qs(service.token_requests[0].content.decode())
    assert [" ".join(scopes)] == form["scope"]


@pytest.mark.parametrize("scopes", [(), [], "api/workflow.basic", 5, None, iter(())])
def test_scopes_are_a_tuple_of_at_least_one(scopes: Any) -> None:
    """No scope, or one string instead of a tuple, is refused."""
    with pytest.raises(ConfigurationError, match=r"^scopes must be .* at least one"):
        ClientCredentials("id", "s", scopes=scopes)


@pytest.mark.parametrize("name", ["client_secret", "client_id", "scopes"])
def test_credential_is_frozen(name: str) -> None:
    """Nobody changes a credential that clients are using."""
    with pytest.raises(AttributeError):
        setattr(ClientCredentials("id", "secret"), name, "other")


def test_colon_in_the_client_id_is_refused_with_basic() -> None:
    """With Basic, an id ends at its first colon; the error names the other way."""
    with pytest.raises(ConfigurationError, match=r"colon.*client_auth='post'"):
        ClientCredentials("tenant:id", "secret")


def test_colon_in_the_client_id_is_accepted_in_the_form() -> None:
    """A form can have every character."""
    credential = ClientCredentials("tenant:id", "secret", client_auth="post")

    assert "tenant:id" == credential.client_id


@pytest.mark.parametrize(
    ("option", "value", "right"),
    [
        ("client_auth", "digest", "'basic' or 'post'"),
        ("client_auth", None, "'basic' or 'post'"),
        ("prefix", "Bearer ", "'Bearer'"),
        ("prefix", "Bea\nrer", "'Bearer'"),
        ("prefix", None, "'Bearer'"),
        ("store", "file", r"FileStore\(\).* str"),
    ],
)
def test_bad_option_is_refused_by_name(option: str, value: Any, right: str) -> None:
    """The error names the option, and shows a correct value."""
    options: dict[str, Any] = {option: value}

    with pytest.raises(ConfigurationError, match=rf"^{option} .*{right}"):
        ClientCredentials("id", "s", **options)


def test_order_of_scopes_makes_no_other_token() -> None:
    """The same scopes in another order have the same token."""
    one = ClientCredentials("id", "s", scopes=("a", "b"))
    other = ClientCredentials("id", "s", scopes=("b", "a"))

    assert one.token_key(URL).name == other.token_key(URL).name


@pytest.mark.parametrize(
    ("other", "url"),
    [
        (ClientCredentials("id2", "s", scopes=("a",)), URL),
        (ClientCredentials("id", "s2", scopes=("a",)), URL),
        (ClientCredentials("id", "s", scopes=("a", "b")), URL),
        (ClientCredentials("id", "s", scopes=("a",)), URL + "2"),
    ],
)
def test_other_client_secret_scope_or_endpoint_is_another_token(
    other: ClientCredentials, url: str
) -> None:
    """Different credentials never share a token."""
    one = ClientCredentials("id", "s", scopes=("a",))

    assert one.token_key(URL).name != other.token_key(url).name


def test_name_of_a_token_reveals_nothing() -> None:
    """The name is a digest under the secret, which cannot be read from it."""
    name = ClientCredentials("id", "secret-value").token_key(URL).name

    assert "secret-value" not in name
    assert 64 == len(name)


def test_seal_is_neither_the_name_nor_the_same_for_another_secret() -> None:
    """A store that encrypts uses a key that its index does not show."""
    key = ClientCredentials("id", "secret").token_key(URL)
    rotated = ClientCredentials("id", "other").token_key(URL)

    assert 32 == len(key.seal)
    assert key.seal.hex() != key.name
    assert key.seal != rotated.seal


def test_token_key_asks_for_the_secret_once() -> None:
    """The secret is read once, so that name and seal belong to the same secret."""
    secrets = ["first", "second"]
    key = ClientCredentials("id", lambda: secrets.pop(0)).token_key(URL)

    expected = ClientCredentials("id", "first").token_key(URL)
    assert expected.name == key.name
    assert expected.seal == key.seal
    assert ["second"] == secrets
