"""Read settings from environment variables."""

from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from enboarder import ApiKey, ClientCredentials, ConfigurationError
from enboarder.environment import credential_from
from enboarder.stores import FileStore

URL = "https://auth.example.com/token"
FULL = {"ENBOARDER_CLIENT_ID": "id", "ENBOARDER_CLIENT_SECRET": "secret-value"}


def test_key_is_taken_from_the_environment() -> None:
    """ENBOARDER_API_KEY gives an ApiKey."""
    found = credential_from({"ENBOARDER_API_KEY": "key", "ENBOARDER_CLIENT_ID": ""})

    assert isinstance(found, ApiKey)
    assert found.key.reveal() == "key"


@pytest.mark.parametrize(("given", "expected"), [(URL, URL), ("", None)])
def test_client_is_taken_from_the_environment(given: str, expected: str | None) -> None:
    """An id and a secret give ClientCredentials, with the given token URL."""
    found = credential_from({**FULL, "ENBOARDER_TOKEN_URL": given})

    assert isinstance(found, ClientCredentials)
    assert (found.client_id, found.client_secret.reveal(), found.token_url) == (
        "id",
        "secret-value",
        expected,
    )


@pytest.mark.parametrize("missing", [*FULL, None])
def test_missing_credential_in_the_environment_is_reported(missing: str | None) -> None:
    """Without a credential, or with half of one, the error names the variables."""
    environ = {
        name: value for name, value in FULL.items() if missing and name != missing
    }

    with pytest.raises(
        ConfigurationError,
        match=f"^{missing or 'a credential'} is not set; set ENBOARDER_API_KEY, or",
    ):
        credential_from(environ)


@pytest.mark.parametrize("name", FULL)
def test_two_credentials_in_the_environment_are_an_error(name: str) -> None:
    """With both a key and a client, the error names both, and says what to unset."""
    with pytest.raises(
        ConfigurationError,
        match="ENBOARDER_API_KEY and ENBOARDER_CLIENT_ID/_SECRET are both set; unset",
    ):
        credential_from({"ENBOARDER_API_KEY": "key", name: "secret-value"})


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("a key", "holds a blank"),
        ('"a\nkey"', "is in quotation marks"),
        (5, "is not a string"),
    ],
)
def test_wrong_value_is_reported_by_the_name_of_its_variable(
    key: Any, problem: str
) -> None:
    """The reader finds it without knowing the arguments of the client."""
    with pytest.raises(ConfigurationError, match=f"^ENBOARDER_API_KEY {problem}"):
        credential_from({"ENBOARDER_API_KEY": key})


class OwnStore:
    """A store of another package."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def from_url(cls, name: str) -> "OwnStore":
        return cls(name)

    def token(self, *_: object) -> NoReturn:
        raise NotImplementedError


def install(monkeypatch: pytest.MonkeyPatch, *kinds: str) -> None:
    """Install a package with stores of these kinds."""
    entries = [SimpleNamespace(name=kind, load=lambda: OwnStore) for kind in kinds]

    def entry_points(group: str) -> list[Any]:
        return entries if group == "enboarder.stores" else []

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)


def test_store_of_another_package_is_named_by_its_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It gets the whole name, which may be a URL."""
    install(monkeypatch, "vault")

    found: Any = credential_from({**FULL, "ENBOARDER_TOKEN_STORE": "vault://host/1"})

    assert isinstance(found.store, OwnStore)
    assert "vault://host/1" == found.store.name


def test_store_of_another_package_replaces_none_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Installing a package does not move the tokens of a program."""
    install(monkeypatch, "file")

    found: Any = credential_from({**FULL, "ENBOARDER_TOKEN_STORE": "file:/some/folder"})

    assert isinstance(found.store, FileStore)


def test_unknown_store_is_answered_by_all_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those of other packages are among them, and a password is not repeated."""
    install(monkeypatch, "vault")

    with pytest.raises(ConfigurationError, match=r"file, memory, .*vault") as caught:
        credential_from({**FULL, "ENBOARDER_TOKEN_STORE": "valt://:canary@host"})

    assert "canary" not in str(caught.value)
