"""The token endpoint: RFC 6749, section 4.4, with the errors of Amazon Cognito."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import parse_qs

from enboarder_api.contract import SCOPES

from ..messages import Call, Reply
from .credentials import Credentials
from .issued_tokens import IssuedTokens

FORM_MEDIA_TYPE = "application/x-www-form-urlencoded"
GRANT_TYPE = "client_credentials"

Form: TypeAlias = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class TokenEndpoint:
    """Issues tokens to the one client that the mock knows."""

    credentials: Credentials
    tokens: IssuedTokens

    def answer(self, call: Call) -> Reply:
        """Answer a token request; problems are checked in a fixed order."""
        error = self._error(call)
        if error:
            return Reply(400, {"error": error})
        body = {
            "access_token": self.tokens.issue(),
            "token_type": "Bearer",
            "expires_in": int(self.tokens.lifetime),
        }
        return Reply(200, body)

    def _error(self, call: Call) -> str | None:
        form = _form(call)
        authorization = call.headers.get("authorization")
        if form is None or _is_malformed(form, authorization):
            return "invalid_request"
        if not self._is_client(form, authorization):
            return "invalid_client"
        if _value(form, "grant_type") != GRANT_TYPE:
            return "unsupported_grant_type"
        if not set(_value(form, "scope").split()) <= set(SCOPES):
            return "invalid_scope"
        return None

    def _is_client(self, form: Form, authorization: str | None) -> bool:
        sent = _basic_credentials(authorization)
        if sent is None:
            sent = (_value(form, "client_id"), _value(form, "client_secret"))
        return sent == (self.credentials.client_id, self.credentials.client_secret)


def _form(call: Call) -> Form | None:
    """Return the posted form; None if the request does not have one."""
    media_type = call.headers.get("content-type", "").partition(";")[0]
    if call.method != "POST" or media_type.strip().lower() != FORM_MEDIA_TYPE:
        return None
    return parse_qs(call.body.decode("latin-1"), keep_blank_values=True)


def _is_malformed(form: Form, authorization: str | None) -> bool:
    authenticates_twice = authorization is not None and "client_secret" in form
    repeats_a_parameter = any(len(values) > 1 for values in form.values())
    return authenticates_twice or repeats_a_parameter or "grant_type" not in form


def _value(form: Form, name: str) -> str:
    return form[name][0] if name in form else ""


def _basic_credentials(authorization: str | None) -> tuple[str, str] | None:
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(encoded, validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return None
    client_id, _, client_secret = text.partition(":")
    return client_id, client_secret
