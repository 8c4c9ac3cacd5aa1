"""Read address, credential and token store from the variables `ENBOARDER_…`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from .auth.api_key import ApiKey
from .auth.secret import PLACE, Secret
from .errors import ConfigurationError
from .hidden import Hidden, without_password

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from .auth.client_credentials import ClientCredentials
    from .auth.token import TokenStore

# The classes of `enboarder.stores`, by the first part of a store's name. They are not
# entry points, because a frozen program has no metadata of installed packages.
STORES = {
    "file": "FileStore",
    "redis": "RedisStore",
    "rediss": "RedisStore",
    "unix": "RedisStore",
}


class Variables:
    """Environment variables that no `repr` or error report shows.

    Args:
        environ: the variables; None means the process's own.
    """

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = Hidden(os.environ if environ is None else environ)

    def get(self, name: str) -> Secret | None:
        """Return the value of a variable; None if it is empty or not set.

        Raises:
            ConfigurationError: it is in quotation marks, or not a string.
        """
        value = self._environ.reveal().get(name)
        problem = _problem_of(value)
        secret = Secret(value or "", name)
        is_set = bool(value)
        del value
        if problem:
            raise ConfigurationError(f"{name} {problem}")
        return secret if is_set else None

    def text(self, name: str) -> str | None:
        """Return a value that is not secret; a URL loses its password.

        Raises:
            ConfigurationError: it is in quotation marks, or not a string.
        """
        secret = self.get(name)
        return None if secret is None else without_password(secret.reveal())


def _problem_of(value: object) -> str | None:
    if not value:
        return None
    if not isinstance(value, str):
        return "is not a string"
    if re.fullmatch(r"(['\"]).*\1", value, re.DOTALL):
        return (
            "is in quotation marks, which some readers of env files keep; "
            "write the value without them"
        )
    return None


class Address(NamedTuple):
    """The address of an account; one of the two is None."""

    region: str | None
    base_url: str | None


def address_from(variables: Variables) -> Address:
    """Return the address of the account from the variables.

    Raises:
        ConfigurationError: both variables are set, or one is wrong.
    """
    region = variables.text("ENBOARDER_REGION")
    base_url = variables.text("ENBOARDER_BASE_URL")
    if region and base_url:
        raise ConfigurationError(
            "ENBOARDER_REGION and ENBOARDER_BASE_URL are both set; unset one of them"
        )
    return Address(region, base_url)


def credential_from(
    variables: Variables | Mapping[str, str],
) -> ApiKey | ClientCredentials:
    """Return the credential from the variables.

    Raises:
        ConfigurationError: no credential is set, part of it is missing, or two are set.
    """
    if not isinstance(variables, Variables):
        variables = Variables(variables)
    key = variables.get("ENBOARDER_API_KEY")
    client_id = variables.text("ENBOARDER_CLIENT_ID")
    secret = variables.get("ENBOARDER_CLIENT_SECRET")
    if key and (client_id or secret):
        raise ConfigurationError(
            "ENBOARDER_API_KEY and ENBOARDER_CLIENT_ID/_SECRET are both set; "
            "unset one of them"
        )
    if key:
        return ApiKey(key)
    if not client_id or not secret:
        raise ConfigurationError(_missing(client_id, secret))
    # Slow to import.
    from .auth.client_credentials import ClientCredentials

    return ClientCredentials(
        client_id,
        secret,
        token_url=variables.text("ENBOARDER_TOKEN_URL"),
        store=_store_from(variables),
    )


def _missing(client_id: str | None, secret: Secret | None) -> str:
    if client_id:
        missing = "ENBOARDER_CLIENT_SECRET"
    elif secret:
        missing = "ENBOARDER_CLIENT_ID"
    else:
        missing = "a credential"
    return (
        f"{missing} is not set; set ENBOARDER_API_KEY, or ENBOARDER_CLIENT_ID and "
        f"ENBOARDER_CLIENT_SECRET (an administrator finds them in {PLACE})"
    )


def _store_from(variables: Variables) -> TokenStore | None:
    """Return the store that the variable names; None for `memory`.

    The name may be a URL with a password, such as `redis://…`.

    Raises:
        ConfigurationError: there is no such store.
    """
    name = variables.get("ENBOARDER_TOKEN_STORE")
    if name is None or _kind_of(name) == "memory":
        return None
    kind = _store_class(_kind_of(name))
    if kind is None:
        kinds = ", ".join(sorted({"memory", *STORES, *_installed_stores()}))
        raise ConfigurationError(
            f"ENBOARDER_TOKEN_STORE must begin with one of {kinds}"
        )
    store: TokenStore = kind.from_url(name.reveal())
    return store


def _kind_of(name: Secret) -> str:
    return name.reveal().partition(":")[0]


def _store_class(kind: str) -> Any:
    """Return the class for a kind of store; None if there is no such kind."""
    built_in = STORES.get(kind)
    if built_in is not None:
        # A string, because the stores are an add-on.
        return getattr(import_module("enboarder.stores"), built_in)
    entry = _installed_stores().get(kind)
    return None if entry is None else entry.load()


def _installed_stores() -> dict[str, EntryPoint]:
    """Return the stores that other packages add."""
    # Slow to import.
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group="enboarder.stores")}
