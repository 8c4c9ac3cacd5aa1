"""Read settings from environment variables."""

import pytest

from enboarder import ApiKey, ClientCredentials, ConfigurationError
from enboarder.environment import credential_from

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
