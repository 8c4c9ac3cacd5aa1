"""Say why a credential is refused, or that nobody can know."""

from __future__ import annotations

from ... import errors
from .finding import Finding, failed

TOKEN = "OAuth2"
API = "REST API"
EXTENSIONS = "Settings / Integration / Our Extensions"


def of_token(error: errors.TokenRefused | errors.TokenUnavailable) -> Finding:
    """Return why there is no token."""
    text = str(error)
    if isinstance(error, errors.TokenUnavailable):
        return failed(
            TOKEN,
            text,
            "the token URL is wrong",
            "the token endpoint, or a proxy before it, does not work now",
            fix="compare ENBOARDER_TOKEN_URL, if it is set; then try again later",
        )
    if error.code == "invalid_client":
        return failed(
            TOKEN,
            text,
            "the client id or secret is wrong, or belongs to another region",
            "OAuth2 is not activated for the account",
            fix=f"compare id, secret and region with {EXTENSIONS}; activating OAuth2 "
            "there may show a new id and secret",
        )
    if error.code == "invalid_scope":
        return failed(
            TOKEN,
            text,
            "the client was not granted a scope that is asked for",
            fix="leave scopes= out, or ask for those that were granted",
        )
    if error.code == "unauthorized_client":
        return failed(
            TOKEN,
            text,
            "the client may not use the client credentials grant",
            fix=f"activate OAuth2 again in {EXTENSIONS}",
        )
    return failed(
        TOKEN,
        text,
        "the token URL is wrong",
        "something in front of the token endpoint refuses, such as a proxy",
        fix="compare the token URL; then ask whoever runs the network",
    )


def of_api(error: errors.EnboarderError, *, by_key: bool) -> Finding:
    """Return why the first read was refused."""
    if isinstance(error, errors.Forbidden) and _names_no_path(error):
        return failed(
            API,
            "the gateway knows no such path (403, Missing Authentication Token)",
            "the base URL is wrong: something is in its path that does not belong",
            fix="correct ENBOARDER_BASE_URL, or use a region instead",
        )
    if isinstance(error, (errors.Forbidden, errors.Unauthorized)):
        return _of_refusal(error, by_key=by_key)
    if isinstance(error, errors.NotFound):
        return failed(
            API,
            str(error),
            "the base URL leads elsewhere",
            fix="correct ENBOARDER_BASE_URL, or use a region instead",
        )
    if isinstance(error, errors.RateLimited):
        return failed(
            API,
            str(error),
            "the account has sent too many requests",
            fix="wait a few minutes, and run the doctor again",
        )
    return failed(
        API,
        str(error),
        "the service, or a proxy before it, does not answer as the API does",
        fix="try again later; then show this report to whoever runs the network",
    )


def _names_no_path(error: errors.ApiError) -> bool:
    return "missing authentication token" in (error.message or "").lower()


def _of_refusal(error: errors.ApiError, *, by_key: bool) -> Finding:
    text = f"the service answers {error.status} to the credential"
    if by_key:
        return failed(
            API,
            text,
            "the API key is wrong, or belongs to another region",
            "the REST API is switched off for the account",
            fix=f"compare key and region with {EXTENSIONS}, and have an administrator "
            "switch the REST API on there",
        )
    return failed(
        API,
        f"{text}, although it gave a token",
        "the REST API is switched off for the account",
        "the client may not read the reports",
        fix=f"have an administrator look at {EXTENSIONS}",
    )
