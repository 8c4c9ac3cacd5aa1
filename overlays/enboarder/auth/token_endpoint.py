"""Ask the token endpoint for a token, and read its answer (RFC 6749, 4.4 and 5)."""

from __future__ import annotations

import base64
import re
import ssl
from typing import Literal
from urllib.parse import urlencode, urlsplit

from attrs import field, frozen

from enboarder_api.client import Answer

from ..clock import Clock
from ..errors import TokenRefused, TokenUnavailable
from ..transport.exchange import send_alone, send_alone_async
from ..transport.messages import Failure, Request, retry_after
from ..transport.options import HttpOptions, checked_verify
from ..transport.proxies import ChosenProxy, proxy_of
from .secret import PLACE, Secret
from .token import ASSUMED_LIFETIME, Moment, Token, issued_token, seconds_of

TIMEOUT = 10.0  # seconds that a token request may take
LONGEST_ANSWER = 65_536  # bytes
_CLIENT_FIX = (
    "check region, client id and secret, and that OAuth2 is activated in " + PLACE
)
FIXES = {
    "invalid_client": _CLIENT_FIX,
    "invalid_grant": _CLIENT_FIX,
    "unauthorized_client": _CLIENT_FIX,
    "invalid_scope": (
        "ask only for scopes that the client was granted: ClientCredentials(..., "
        "scopes=(...))"
    ),
}
_ANY_FIX = (
    "check token_url, client id and secret, and the scopes; "
    "check that OAuth2 is on, and the proxy"
)

ClientAuth = Literal["basic", "post"]


@frozen(repr=False)
class TokenCause:
    """The way in which tokens are requested.

    A failure is remembered only for callers that ask in the same way.
    """

    client_auth: ClientAuth
    proxy: ChosenProxy | None
    verify: ssl.SSLContext
    # Two objects count as different transports, even if they are equal.
    transport: object = field(eq=id)

    @classmethod
    def of(cls, url: str, client_auth: ClientAuth, options: HttpOptions) -> TokenCause:
        """Return the way in which tokens from this URL are requested now."""
        # `trust_env` matters for the proxy and the TLS settings only.
        return cls(
            client_auth,
            proxy_of(url, options),
            checked_verify(options),
            options.get("transport"),
        )


@frozen
class TokenEndpoint:
    """A token endpoint, and the client that asks it.

    Args:
        url: where tokens come from.
        client_id: the id of the client.
        client_secret: read for each request, and only then.
        scopes: the scopes to ask for.
        client_auth: how the client authenticates.
        options: the HTTP options of the request.
        clock: for the age of the token.
    """

    url: str
    client_id: str
    client_secret: Secret
    scopes: tuple[str, ...]
    client_auth: ClientAuth
    options: HttpOptions = field(repr=False)
    clock: Clock = field(repr=False)

    def cause(self) -> TokenCause:
        """Return the way in which tokens are requested now.

        Each caller derives it again, because the environment may name another proxy by
        then.
        """
        return TokenCause.of(self.url, self.client_auth, self.options)

    def ask(self, secret: Secret) -> Token:
        """Return a new token.

        Args:
            secret: what was read of the client secret.

        Raises:
            TokenRefused: the endpoint refused the client.
            TokenUnavailable: the endpoint was not reached, or gave no usable answer.
        """
        requested_at = Moment.now(self.clock)
        result = send_alone(self.options, self._request(secret))
        return self._read(result, requested_at)

    async def ask_async(self, secret: Secret) -> Token:
        """Return a new token; like `ask`, on asyncio."""
        requested_at = Moment.now(self.clock)
        result = await send_alone_async(self.options, self._request(secret))
        return self._read(result, requested_at)

    def _read(self, result: Answer | Failure, requested_at: Moment) -> Token:
        host = urlsplit(self.url).hostname or ""
        return read_token(result, host, requested_at, self.clock, self.client_auth)

    def _request(self, secret: Secret) -> Request:
        return token_request(
            self.url,
            self.client_id,
            secret.reveal(),
            self.scopes,
            self.client_auth,
        )


def token_request(
    url: str,
    client_id: str,
    secret: str,
    scopes: tuple[str, ...],
    client_auth: ClientAuth,
) -> Request:
    """Return the request of the client credentials grant (RFC 6749, 4.4.2).

    Args:
        url: the token endpoint.
        client_id: the id of the client.
        secret: the client secret.
        scopes: the scopes to ask for.
        client_auth: where id and secret go: a Basic header, or the body ("post").
    """
    form = {"grant_type": "client_credentials", "scope": " ".join(scopes)}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Connection": "close",
        # A token is short, so unpacking it would only be a risk.
        "Accept-Encoding": "identity",
    }
    if client_auth == "post":
        form["client_id"] = client_id
        form["client_secret"] = secret
    else:
        pair = f"{client_id}:{secret}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(pair).decode("ascii")
    content = urlencode(form).encode("ascii")
    return Request("POST", url, headers, content, TIMEOUT, longest=LONGEST_ANSWER)


def read_token(
    result: Answer | Failure,
    host: str,
    requested_at: Moment,
    clock: Clock,
    client_auth: ClientAuth,
) -> Token:
    """Return the token from an answer of the endpoint (RFC 6749, 5.1).

    Args:
        result: the answer, or why none came.
        host: of the endpoint, for the errors.
        requested_at: when the token was asked for.
        clock: for the wait that a `Retry-After` asks for.
        client_auth: how the client authenticated, for the advice after a refusal.

    Raises:
        TokenRefused: the endpoint refused the client.
        TokenUnavailable: the endpoint was not reached, or gave no usable answer.
    """
    if isinstance(result, Failure):
        raise TokenUnavailable(
            f"no token from {host} ({result.reason}); check network, proxy, "
            "CA certificates, this machine's clock and token_url"
        )
    if result.status in (400, 401, 403):
        raise _refusal(result.status, result.members.get("error"), client_auth)
    if result.status != 200:
        raise TokenUnavailable(
            f"the token endpoint answered {result.status}; "
            "try again later, or check token_url and proxy",
            status=result.status,
            retry_after=retry_after(result.headers, clock.wall()),
        )
    # This is a separate function, so that the frame with the raw token is gone when
    # this one raises.
    token = _granted(result, requested_at, clock)
    if token is not None:
        return token
    error = result.members.get("error")
    if error:
        raise _refusal(200, error, client_auth)
    raise TokenUnavailable(
        "the token endpoint's answer holds no access_token of type Bearer; "
        "check token_url and proxy",
        status=200,
    )


def _granted(answer: Answer, requested_at: Moment, clock: Clock) -> Token | None:
    found = answer.members
    kind = found.get("token_type")
    if kind is not None and str(kind).lower() != "bearer":
        return None
    # A token with a strange lifetime is used; if it dies early, it is renewed.
    lifetime = seconds_of(found.get("expires_in")) or ASSUMED_LIFETIME
    return issued_token(found.get("access_token"), lifetime, requested_at, clock)


def _refusal(status: int, error: object, client_auth: ClientAuth) -> TokenRefused:
    code = None
    if isinstance(error, str) and re.fullmatch(r"[!-~]{1,40}", error):
        code = error
    fix = FIXES.get(code or "", _ANY_FIX)
    if code == "invalid_client" and client_auth == "basic":
        fix = f"{fix}; if they are right, try client_auth='post'"
    said = f'"{code}"' if code else "without a code"
    text = f"the token endpoint refused ({status}, {said}): {fix}"
    return TokenRefused(text, status=status, code=code)
