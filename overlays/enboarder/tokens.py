"""A token: how it is asked for, read, and how long it serves."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlencode

from attrs import frozen

from enboarder_api.client import Answer

from .errors import TokenRefused, TokenUnavailable
from .messages import Message
from .retry import Clock, retry_after

ASSUMED_LIFETIME = 300.0  # seconds, where the answer does not tell
TIMEOUT = 10.0  # seconds that a token request may take
CLIENT = "check region, client id and secret, and that OAuth2 is activated in Settings / Integration / Our Extensions"
FIXES = {"invalid_client": CLIENT, "invalid_grant": CLIENT, "unauthorized_client": CLIENT}
FIXES["invalid_scope"] = "ask only for scopes that the client was granted: ClientCredentials(..., scopes=(...))"


@frozen(repr=False)
class Slot:
    """Where one token stands in a store. Another client, secret, scope set or endpoint is another slot."""

    name: str
    """64 hexadecimal digits that tell nothing: an HMAC under the client secret."""
    key: bytes
    """32 bytes derived from the client secret, for stores that seal what they keep."""

    def __repr__(self) -> str:
        return f"Slot({self.name[:8]}…)"


@frozen(repr=False)  # no tuple: what reports errors shows the members of one, whatever its repr
class Token:
    """An access token and its age on both clocks: the monotonic one misses a suspend, the wall clock can be set back."""

    value: str
    monotonic: float
    """When it was asked for."""
    wall: float
    lifetime: float
    """Seconds that it is valid."""
    soft: float
    """Seconds of age from which one caller renews it, while the others go on using it."""

    @property
    def hard(self) -> float:
        """Seconds of age from which nobody uses it."""
        return self.lifetime - min(30.0, 0.1 * self.lifetime)

    def is_fresh(self, clock: Clock) -> bool:
        """Whether nobody needs to renew it yet."""
        return clock.monotonic() < self.monotonic + self.soft and clock.wall() < self.wall + self.soft

    def age(self, clock: Clock) -> float:
        """Seconds since it was asked for, by the clock that says more."""
        return max(clock.monotonic() - self.monotonic, clock.wall() - self.wall)

    def is_same(self, other: Token | None) -> bool:
        """Whether it is that very token, whenever it was asked for."""
        return other is not None and self.value == other.value

    def __repr__(self) -> str:
        return f"Token(***, soft={self.soft:.0f}, hard={self.hard:.0f})"


class TokenStore(Protocol):
    """Shares tokens beyond this process; `enboarder.stores.Store` is the base of those at hand."""

    def token(self, slot: Slot, ask: Callable[[], Token], clock: Clock, refused: Token | None) -> Token:
        """A token that serves and is not the refused one: kept there, or asked for. May block."""
        ...

    def forget(self, slot: Slot) -> None:
        """Keep it no longer."""


def token_request(url: str, client_id: str, secret: str, scopes: tuple[str, ...], client_auth: str) -> Message:
    """The request of the client credentials grant (RFC 6749, 4.4.2), the client authenticated by Basic or in the body."""
    form = {"grant_type": "client_credentials", "scope": " ".join(scopes)}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
    if client_auth == "post":
        form |= {"client_id": client_id, "client_secret": secret}
    else:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode("ascii")
    return Message("POST", url, headers, urlencode(form).encode("ascii"), TIMEOUT, longest=65_536)


def read_token(answer: Answer, asked: tuple[float, float], clock: Clock) -> Token:
    """The token of an answer (RFC 6749, 5.1), `asked` for at that time on both clocks; raises TokenRefused, TokenUnavailable."""
    if answer.status in (400, 401, 403):
        raise _refusal(answer.status, answer.members.get("error"))
    if answer.status != 200:
        wait = retry_after(answer.headers, clock.wall())
        said = f"the token endpoint answered {answer.status}; try again later, or check token_url and proxy"
        raise TokenUnavailable(said, status=answer.status, retry_after=wait)
    token = _granted(answer, asked, clock)  # its frame is gone when this one raises, and with it the raw token
    if token is None:
        said = "the token endpoint's answer holds no access_token of type Bearer, or bad expires_in; check token_url and proxy"
        raise TokenUnavailable(said, status=200)
    return token


def issued(value: object, lifetime: object, asked: tuple[float, float], clock: Clock) -> Token | None:
    """A token that was asked for at that time on both clocks; None unless it can be sent and has a lifetime."""
    seconds = _seconds(lifetime)
    if not (isinstance(value, str) and re.fullmatch(r"[!-~]+", value) and seconds):
        return None
    return Token(value, *asked, lifetime=seconds, soft=seconds * (0.75 + 0.07 * clock.chance()))


def _granted(answer: Answer, asked: tuple[float, float], clock: Clock) -> Token | None:
    found = answer.members
    if str(found.get("token_type", "bearer")).lower() != "bearer":
        return None
    return issued(found.get("access_token"), found.get("expires_in"), asked, clock)


def _refusal(status: int, error: Any) -> TokenRefused:
    code = error if isinstance(error, str) and re.fullmatch(r"[!-~]{1,40}", error) else None
    fix = FIXES.get(code or "", "check token_url, client id and secret, and the scopes; that OAuth2 is on; the proxy")
    said = f"the token endpoint refused ({status}, {code or 'without a code'}): {fix}"
    return TokenRefused(said, status=status, code=code)


def _seconds(given: Any) -> float | None:
    try:
        seconds = ASSUMED_LIFETIME if given is None else float(given)
    except (TypeError, ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < 10 * 365 * 86400 else None
