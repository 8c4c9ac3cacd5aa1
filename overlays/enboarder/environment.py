"""What the variables `ENBOARDER_…` say: where an account is, and who asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from .credentials import PLACE, ApiKey, ClientCredentials, Credential
from .errors import ConfigurationError

if TYPE_CHECKING:
    from .tokens import TokenStore


def address_from(environ: Mapping[str, str]) -> dict[str, str | None]:
    """`region` or `base_url`, of `ENBOARDER_REGION` or `ENBOARDER_BASE_URL`."""
    region, base_url = environ.get("ENBOARDER_REGION"), environ.get("ENBOARDER_BASE_URL")
    if region and base_url:
        raise ConfigurationError("ENBOARDER_REGION and ENBOARDER_BASE_URL are both set; unset one of the two")
    return {"region": region, "base_url": base_url}


def credential_from(environ: Mapping[str, str]) -> Credential:
    """The credential of `ENBOARDER_API_KEY`, or of `ENBOARDER_CLIENT_ID` and `ENBOARDER_CLIENT_SECRET`."""
    key, client_id, secret = (environ.get(f"ENBOARDER_{name}") for name in ("API_KEY", "CLIENT_ID", "CLIENT_SECRET"))
    if key and (client_id or secret):
        raise ConfigurationError("ENBOARDER_API_KEY and ENBOARDER_CLIENT_ID/_SECRET are both set; unset one of the two")
    if key:
        return ApiKey(key)
    if client_id and secret:
        store = _store(environ.get("ENBOARDER_TOKEN_STORE") or "memory")
        return ClientCredentials(client_id, secret, token_url=environ.get("ENBOARDER_TOKEN_URL") or None, store=store)
    lacking = "ENBOARDER_CLIENT_SECRET" if client_id else "ENBOARDER_CLIENT_ID" if secret else "a credential"
    told = f"{lacking} is not set; set ENBOARDER_API_KEY, or ENBOARDER_CLIENT_ID and ENBOARDER_CLIENT_SECRET"
    raise ConfigurationError(f"{told} (an administrator finds them in {PLACE})")


def _store(name: str) -> TokenStore | None:
    """The store of `memory` (that is None), `file`, `redis://…`: packages add theirs as entry points `enboarder.stores`."""
    if name == "memory":
        return None
    from importlib.metadata import entry_points  # slow to import

    known = {entry.name: entry for entry in entry_points(group="enboarder.stores")}
    entry = known.get(name.partition(":")[0])
    if entry is None:
        raise ConfigurationError(f"ENBOARDER_TOKEN_STORE begins with {sorted({'memory', *known})}, not {name[:9]!r}")
    return cast("TokenStore", entry.load().from_url(name))
