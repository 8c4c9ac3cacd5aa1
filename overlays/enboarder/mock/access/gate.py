"""Check the credential of each call, before its operation."""

from __future__ import annotations

from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER
from enboarder_api.parameters import shown

from ..contract.operations import Operation
from ..messages import Call, Reply
from ..settings import WrongSetting
from .credentials import Credentials
from .issued_tokens import IssuedTokens

DEAD_TOKEN_STATUSES = (401, 403)


class Gate:
    """Accepts the key on key paths, and a valid token on token paths."""

    def __init__(
        self, credentials: Credentials, tokens: IssuedTokens, dead_token_status: int
    ) -> None:
        self.credentials = credentials
        self.tokens = tokens
        self.dead_token_status = dead_token_status

    @property
    def dead_token_status(self) -> int:
        """The status for a token that was issued and is no longer accepted."""
        return self._dead_token_status

    @dead_token_status.setter
    def dead_token_status(self, status: int) -> None:
        if type(status) is not int or status not in DEAD_TOKEN_STATUSES:
            reason = f"must be 401 or 403, not {shown(status)}"
            raise WrongSetting("dead_token_status", reason)
        self._dead_token_status = status

    def refusal(self, operation: Operation, call: Call) -> Reply | None:
        """Return the refusal of a call; None if the call may pass."""
        if not operation.credentials:
            return None
        key = call.headers.get(API_KEY_HEADER)
        authorization = call.headers.get(TOKEN_HEADER.lower())
        if "key" in operation.credentials and key == self.credentials.api_key:
            return None
        if "token" in operation.credentials and authorization is not None:
            token = authorization.removeprefix("Bearer ")
            if self.tokens.is_alive(token):
                return None
            if self.tokens.is_known(token):
                return self._dead_token()
        return forbidden() if key or authorization else missing_token()

    def _dead_token(self) -> Reply:
        if self.dead_token_status == 401:
            return Reply(401, {"message": "Unauthorized"})
        return forbidden()


def forbidden() -> Reply:
    """Return a gateway's answer to a credential that it does not accept."""
    return Reply(403, {"message": "Forbidden"})


def missing_token() -> Reply:
    """Return a gateway's answer to an unknown path and to a missing credential."""
    return Reply(403, {"message": "Missing Authentication Token"})
