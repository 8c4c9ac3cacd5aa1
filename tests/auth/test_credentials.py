"""The two credentials."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from enboarder import ApiKey, ClientCredentials, ConfigurationError
from enboarder.auth.secret import Secret
from enboarder_api.contract import SCOPES

URL = "https://auth.example.com/token"


def test_scopes_are_the_three_documented_ones() -> None:
    """S14: Without scopes the documented three are asked for."""
    assert ClientCredentials("id", "secret-value").scopes == SCOPES


@pytest.mark.parametrize("shown", [repr, str, lambda credential: f"{credential}"])
@pytest.mark.parametrize(
    "credential", [ApiKey("secret-value"), ClientCredentials("id", "secret-value")]
)
def test_secret_is_not_shown(
    shown: Callable[[object], str], credential: object
) -> None:
    """S1: A credential shows that there is a secret, and not which."""
    assert "***" in shown(credential)
    assert "secret-value" not in shown(credential)


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, pickle.dumps])
def test_secret_is_neither_copied_nor_pickled(twin: Callable[[object], object]) -> None:
    """S10: Whatever would write the secret is a TypeError that says what to do."""
    with pytest.raises(
        TypeError, match=r"cannot be pickled or copied.*build it where it is used"
    ):
        twin(Secret("secret-value", "key"))


@pytest.mark.parametrize(
    "credential", [ApiKey("secret-value"), ClientCredentials("id", "secret-value")]
)
def test_credential_is_not_pickled(credential: object) -> None:
    """S10: A credential keeps its secret out of a pickle."""
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(credential)


@pytest.mark.parametrize(
    "credential", [ApiKey("secret-value"), ClientCredentials("id", "secret-value")]
)
@pytest.mark.parametrize("name", ["key", "client_secret", "client_id"])
def test_credential_is_frozen(credential: object, name: str) -> None:
    """Nobody changes a credential that clients are using."""
    with pytest.raises(AttributeError):
        setattr(credential, name, "other")


PARTS: dict[str, Callable[[Any], object]] = {
    "key": ApiKey,
    "client_id": lambda value: ClientCredentials(value, "s"),
    "client_secret": lambda value: ClientCredentials("id", value),
    "a scope": lambda value: ClientCredentials("id", "s", scopes=(value,)),
}


@pytest.mark.parametrize("value", ["", None, 7, b"bytes"])
@pytest.mark.parametrize("name", PARTS)
def test_empty_part_is_refused_by_its_name(name: str, value: object) -> None:
    """An empty key, id, secret or scope is an error that says which, and where to find it."""
    with pytest.raises(
        ConfigurationError, match=rf"^{name} is empty.*Settings / Integration"
    ):
        PARTS[name](value)


@pytest.mark.parametrize(
    "value", ["canary\n", "can ary", "\tcanary", "canary\r\nX: y", "canäry", "canary\0"]
)
@pytest.mark.parametrize("name", PARTS)
def test_part_with_a_blank_or_line_break_is_refused_and_not_repeated(
    name: str, value: str
) -> None:
    """What was copied badly is an error that says which part it is, and does not repeat it."""
    with pytest.raises(
        ConfigurationError, match=f"^{name} holds a blank, a line break or non-ASCII"
    ) as caught:
        PARTS[name](value)

    assert "can" not in str(caught.value).replace("blank", "")


@pytest.mark.parametrize("scopes", [(), [], "api/workflow.basic", 5, None])
def test_scopes_are_a_tuple_of_at_least_one(scopes: Any) -> None:
    """No scope, or one string instead of a tuple, is an error that says so."""
    with pytest.raises(
        ConfigurationError, match="scopes must be a tuple of at least one"
    ):
        ClientCredentials("id", "s", scopes=scopes)


def test_colon_in_the_client_id_needs_the_form() -> None:
    """HTTP Basic ends the id at its first colon (RFC 7617): such an id goes into the form, or is refused."""
    with pytest.raises(ConfigurationError, match=r"colon.*client_auth='post'"):
        ClientCredentials("tenant:id", "secret")

    assert (
        "tenant:id"
        == ClientCredentials("tenant:id", "secret", client_auth="post").client_id
    )


@pytest.mark.parametrize(
    "options",
    [
        {"client_auth": "digest"},
        {"prefix": "Bearer "},
        {"prefix": "Bea\nrer"},
        {"prefix": None},
    ],
)
def test_options_are_checked(options: Any) -> None:
    """S8: An unknown way to authenticate, or a prefix with a blank, is an error that shows what is right."""
    with pytest.raises(
        ConfigurationError,
        match="client_auth is 'basic' or 'post'|prefix is a word such as 'Bearer'",
    ):
        ClientCredentials("id", "s", **options)


def test_order_of_scopes_makes_no_other_token() -> None:
    """S12: The same scopes in another order are the same token."""
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
    """S12: Tokens are never shared between what is not the same."""
    assert (
        ClientCredentials("id", "s", scopes=("a",)).token_key(URL).name
        != other.token_key(url).name
    )


def test_fingerprint_tells_nothing() -> None:
    """S12: Neither id, secret nor URL can be read from a fingerprint."""
    assert (
        "secret-value"
        not in ClientCredentials("id", "secret-value").token_key(URL).name
    )
    assert len(ClientCredentials("id", "secret-value").token_key(URL).name) == 64


def test_store_that_is_none_is_refused_by_its_kind() -> None:
    """The name of a store belongs into ENBOARDER_TOKEN_STORE; here a store is wanted."""
    name: Any = "file"

    with pytest.raises(
        ConfigurationError,
        match=r"store must be a token store such as FileStore\(\); got str",
    ):
        ClientCredentials("id", "secret", store=name)


def test_scopes_that_turn_out_empty_are_refused() -> None:
    """At least one scope is asked for, however they are given."""
    with pytest.raises(ConfigurationError, match="at least one"):
        ClientCredentials("id", "secret", scopes=iter(()))


def test_slot_asks_for_the_secret_once() -> None:
    """A rotation between two questions would pair the name under one secret with the key under another."""
    secrets = ["first", "second"]
    slot = ClientCredentials("id", lambda: secrets.pop(0)).token_key(URL)

    expected = ClientCredentials("id", "first").token_key(URL)
    assert (expected.name, expected.seal, ["second"]) == (slot.name, slot.seal, secrets)
