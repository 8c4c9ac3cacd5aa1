"""The two credentials, as frozen values that a user holds: ApiKey and ClientCredentials."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias

from attrs import define, field

from enboarder_api.contract import SCOPES

from .errors import ConfigurationError

if TYPE_CHECKING:
    from typing import Unpack

    from .auth import KeyAuth, TokenAuth
    from .transport import Binding

PLACE = "Settings / Integration / Our Extensions"


class Secret:
    """A string that shows itself to `reveal()` only: not to `repr`, `str`, `vars` or pickle."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = _visible(value)

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a credential is not pickled or copied, as that writes its secret; build it where it is used")


def _visible(value: object) -> str:
    """A word of visible ASCII. The error does not repeat it."""
    if not isinstance(value, str) or not value:
        raise ConfigurationError(
            f"a part of the credential (key, id, secret or scope) is empty; an administrator finds it in {PLACE}"
        )
    if not re.fullmatch(r"[!-~]+", value):
        raise ConfigurationError("a part of the credential holds a blank, a line break or non-ASCII; copy it anew")
    return value


def _scopes(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str) or not value:
        raise ConfigurationError("scopes must be a tuple of at least one; leave it out for the three documented ones")
    return tuple(_visible(scope) for scope in value)


@define(frozen=True, eq=False)
class ApiKey:
    """The account's API key, for the v1 paths (article 4151199).

    Args:
        key: from Settings / Integration / Our Extensions.

    Raises:
        ConfigurationError: it is empty, or holds a blank or a line break.
    """

    key: Secret = field(converter=Secret)

    def auth(self, **binding: Unpack[Binding]) -> KeyAuth:
        """An `httpx.Auth` for a client of your own: it signs requests to that `region`'s host (or `base_url`) only."""
        from .auth import KeyAuth

        return KeyAuth(self, binding)


@define(frozen=True, eq=False)
class ClientCredentials:
    """An OAuth2 client, for the v2 paths (article 4151199; RFC 6749, 4.4).

    Args:
        client_id, client_secret: from Settings / Integration / Our Extensions, after "Activate OAuth2".
        scopes: what to ask for; by default the three documented ones.
        token_url: where tokens come from; by default the one published for the region (for Canada, none is).
        client_auth: how the client authenticates: by HTTP Basic, or with id and secret in the form ("post").
        prefix: what goes before the token in `Authorization`: nothing, as documented, or "Bearer".

    Raises:
        ConfigurationError: one of them cannot be right.
    """

    client_id: str = field(converter=_visible)
    client_secret: Secret = field(converter=Secret)
    scopes: tuple[str, ...] = field(default=SCOPES, kw_only=True, converter=_scopes)
    token_url: str | None = field(default=None, kw_only=True)
    client_auth: Literal["basic", "post"] = field(default="basic", kw_only=True)
    prefix: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.client_auth not in ("basic", "post") or not re.fullmatch(r"[!-~]*", self.prefix):
            raise ConfigurationError("client_auth is 'basic' or 'post', and prefix a word such as 'Bearer', or empty")

    def auth(self, **binding: Unpack[Binding]) -> TokenAuth:
        """An `httpx.Auth` for a client of your own: it fetches, keeps and renews the token, and signs requests to that
        `region`'s host (or `base_url`) only. Other options (proxy, verify, transport …) are those of token requests."""
        from .auth import TokenAuth

        return TokenAuth(self, binding)

    def fingerprint(self, token_url: str) -> bytes:
        """Which token this is, without telling the secret: another client, secret, scope set or endpoint is another."""
        parts = "\n".join(("1", token_url, self.client_id, *sorted(self.scopes)))
        return hmac.digest(self.client_secret.reveal().encode(), parts.encode(), hashlib.sha256)


Credential: TypeAlias = ApiKey | ClientCredentials


def credential_from(environ: Mapping[str, str]) -> Credential:
    """The credential of `ENBOARDER_API_KEY`, or of `ENBOARDER_CLIENT_ID` and `ENBOARDER_CLIENT_SECRET`."""
    key, client_id, secret = (environ.get(f"ENBOARDER_{name}") for name in ("API_KEY", "CLIENT_ID", "CLIENT_SECRET"))
    if key and (client_id or secret):
        raise ConfigurationError("ENBOARDER_API_KEY and ENBOARDER_CLIENT_ID/_SECRET are both set; unset one of the two")
    if key:
        return ApiKey(key)
    if client_id and secret:
        return ClientCredentials(client_id, secret, token_url=environ.get("ENBOARDER_TOKEN_URL") or None)
    raise ConfigurationError(
        "no complete credential in the environment; set ENBOARDER_API_KEY, or both ENBOARDER_CLIENT_ID and "
        f"ENBOARDER_CLIENT_SECRET (an administrator finds them in {PLACE})"
    )
