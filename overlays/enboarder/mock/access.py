"""The token endpoint, and who may call what."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable
from urllib.parse import parse_qs

from enboarder_api.contract import API_KEY_HEADER, SCOPES, TOKEN_HEADER

from .description import Operation
from .exchange import Call, Reply

FORM = "application/x-www-form-urlencoded"
GRANT = "client_credentials"
DEAD_TOKEN_STATUSES = (401, 403)


class Access:
    """The credentials of one server, and the tokens that it issued."""

    def __init__(self, clock: Callable[[], float], token_lifetime: float, dead_token_status: int) -> None:
        self.api_key = secrets.token_urlsafe(32)
        self.client_id = secrets.token_urlsafe(20)
        self.client_secret = secrets.token_urlsafe(40)
        self.dead_token_status = dead_token_status
        self._clock = clock
        self._lifetime = token_lifetime
        self._expiry: dict[str, float] = {}
        """Of every token that was ever issued."""

    def issue(self, call: Call) -> Reply:
        """Answer a token request (RFC 6749, section 4.4), with errors as Amazon Cognito has them."""
        if call.method != "POST" or call.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            return _refusal("invalid_request")
        form = parse_qs(call.body.decode("latin-1"), keep_blank_values=True)
        repeated = any(len(values) > 1 for values in form.values())
        if repeated or "grant_type" not in form or ("authorization" in call.headers and "client_secret" in form):
            return _refusal("invalid_request")
        sent = _basic(call.headers.get("authorization")) or _posted(form)
        if sent != (self.client_id, self.client_secret):
            return _refusal("invalid_client")
        if form["grant_type"] != [GRANT]:
            return _refusal("unsupported_grant_type")
        if not set(form.get("scope", [""])[0].split()) <= set(SCOPES):
            return _refusal("invalid_scope")
        token = secrets.token_urlsafe(675)  # 900 characters, as long as a JSON Web Token
        self._expiry[token] = self._clock() + self._lifetime
        return Reply(200, {"access_token": token, "token_type": "Bearer", "expires_in": int(self._lifetime)})

    def revoke(self) -> None:
        """From now on every token issued so far is dead."""
        self._expiry = dict.fromkeys(self._expiry, float("-inf"))

    def expire(self) -> None:
        """The life of every token issued so far ends now."""
        now = self._clock()
        self._expiry = {token: min(end, now) for token, end in self._expiry.items()}

    def refusal(self, operation: Operation, call: Call) -> Reply | None:
        """Why a call may not go on, or None: the key opens key paths, a living token opens token paths."""
        if not operation.credentials:
            return None
        key, authorization = call.headers.get(API_KEY_HEADER), call.headers.get(TOKEN_HEADER.lower())
        if "key" in operation.credentials and key == self.api_key:
            return None
        if "token" in operation.credentials and authorization is not None:
            expiry = self._expiry.get(authorization.removeprefix("Bearer "))
            if expiry is not None:
                return None if self._clock() < expiry else self._dead()
        return forbidden() if key or authorization else missing_token()

    def _dead(self) -> Reply:
        message = "Unauthorized" if self.dead_token_status == 401 else "Forbidden"
        return Reply(self.dead_token_status, {"message": message})


def forbidden() -> Reply:
    """What a gateway says to a credential that it does not accept."""
    return Reply(403, {"message": "Forbidden"})


def missing_token() -> Reply:
    """What a gateway says to an unknown path, and to a request without a credential."""
    return Reply(403, {"message": "Missing Authentication Token"})


def _basic(authorization: str | None) -> tuple[str, str] | None:
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode("latin-1").partition(":")
    except (binascii.Error, ValueError):
        return None
    return client_id, secret


def _posted(form: dict[str, list[str]]) -> tuple[str, str]:
    return form.get("client_id", [""])[0], form.get("client_secret", [""])[0]


def _refusal(code: str) -> Reply:
    return Reply(400, {"error": code})
