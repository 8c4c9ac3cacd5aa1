"""What the variables `ENBOARDER_…` say: where an account is, and who asks."""

from __future__ import annotations

from collections.abc import Mapping

from .auth.api_key import ApiKey
from .auth.client_credentials import ClientCredentials
from .auth.secret import PLACE
from .auth.token import TokenStore
from .errors import ConfigurationError


def address_from(environ: Mapping[str, str]) -> dict[str, str | None]:
    """Return `region` and `base_url`, one of which is None.

    Raises:
        ConfigurationError: both variables are set.
    """
    region = environ.get("ENBOARDER_REGION")
    base_url = environ.get("ENBOARDER_BASE_URL")
    if region and base_url:
        raise ConfigurationError(
            "ENBOARDER_REGION and ENBOARDER_BASE_URL are both set; unset one of them"
        )
    return {"region": region, "base_url": base_url}


def credential_from(environ: Mapping[str, str]) -> ApiKey | ClientCredentials:
    """Return the credential that the variables hold.

    Raises:
        ConfigurationError: there is none, a part of it is missing, or there are two.
    """
    key = environ.get("ENBOARDER_API_KEY")
    client_id = environ.get("ENBOARDER_CLIENT_ID")
    secret = environ.get("ENBOARDER_CLIENT_SECRET")
    if key and (client_id or secret):
        raise ConfigurationError(
            "ENBOARDER_API_KEY and ENBOARDER_CLIENT_ID/_SECRET are both set; "
            "unset one of them"
        )
    if key:
        return ApiKey(key)
    if not client_id or not secret:
        raise ConfigurationError(_missing(client_id, secret))
    return ClientCredentials(
        client_id,
        secret,
        token_url=environ.get("ENBOARDER_TOKEN_URL") or None,
        store=store_named(environ.get("ENBOARDER_TOKEN_STORE") or "memory"),
    )


def _missing(client_id: str | None, secret: str | None) -> str:
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


def store_named(name: str) -> TokenStore | None:
    """Return the store of `memory` (which is None), `file` or `redis://…`.

    Packages add their own as entry points of the group `enboarder.stores`.

    Raises:
        ConfigurationError: there is no such store.
    """
    if name == "memory":
        return None
    # Slow to import.
    from importlib.metadata import entry_points

    known = {entry.name: entry for entry in entry_points(group="enboarder.stores")}
    kind = name.partition(":")[0]
    entry = known.get(kind)
    if entry is None:
        kinds = ", ".join(sorted({"memory", *known}))
        raise ConfigurationError(
            f"ENBOARDER_TOKEN_STORE begins with one of {kinds}; got {name[:9]!r}"
        )
    store: TokenStore = entry.load().from_url(name)
    return store
