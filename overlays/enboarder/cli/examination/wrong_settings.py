"""Say which setting is missing or wrong."""

from __future__ import annotations

from ...errors import EnboarderError
from ...regions import REGIONS
from ..settings import Settings
from .credential import EXTENSIONS
from .finding import Finding, failed

CHECK = "settings"


def of_settings(settings: Settings, error: EnboarderError) -> Finding:
    """Return why no client can be built from the settings."""
    text = str(error)
    if not settings.has_address:
        return failed(
            CHECK,
            text,
            "neither a region nor a base URL is set",
            fix=f"give --region, or set ENBOARDER_REGION, to one of {REGIONS}",
        )
    return (
        _of_credential(settings, text)
        or _of_token_url(settings, text)
        or failed(
            CHECK,
            text,
            "a value cannot be used",
            fix="`enboarder config explain` shows where each one comes from",
        )
    )


def _of_credential(settings: Settings, text: str) -> Finding | None:
    key = settings.has("api_key")
    client = [settings.has("client_id"), settings.has("client_secret")]
    if key and any(client):
        return failed(
            CHECK,
            text,
            "an API key and an OAuth2 client are both set",
            fix="unset one of them",
        )
    if key or all(client):
        return None
    if any(client):
        return failed(
            CHECK,
            text,
            "half of the OAuth2 client is missing",
            fix=f"set client id and secret, both from {EXTENSIONS}",
        )
    return failed(
        CHECK,
        text,
        "no credential is set",
        fix="set ENBOARDER_API_KEY, or ENBOARDER_CLIENT_ID and "
        f"ENBOARDER_CLIENT_SECRET; an administrator finds them in {EXTENSIONS}",
    )


def _of_token_url(settings: Settings, text: str) -> Finding | None:
    region = (settings.get("region") or "").strip().upper()
    is_client = bool(settings.get("client_id"))
    if region != "CA" or not is_client or settings.get("token_url"):
        return None
    return failed(
        CHECK,
        text,
        "no token URL is published for Canada",
        fix="ask Enboarder's support for it, and set ENBOARDER_TOKEN_URL; or use an "
        "API key",
    )
