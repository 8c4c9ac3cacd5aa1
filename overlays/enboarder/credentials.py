"""The two credentials, as frozen values that a user holds: ApiKey and ClientCredentials."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, cast

from attrs import define, field

from enboarder_api.contract import SCOPES

from .errors import ConfigurationError, TokenUnavailable

if TYPE_CHECKING:
    from typing import Unpack

    from .auth import KeyAuth, TokenAuth
    from .tokens import Slot, TokenStore
    from .transport import Binding

PLACE = "Settings / Integration / Our Extensions"


class Secret:
    """A string that shows itself to `reveal()` only: not to `repr`, `str`, `vars` or pickle. Or a function that gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: str | Callable[[], str]) -> None:
        self._value = value if callable(value) else _visible("client_secret", value)

    def reveal(self) -> str:
        return self._value if isinstance(self._value, str) else _visible("client_secret", _given(self._value))

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a credential is not pickled or copied, as that writes its secret; build it where it is used")


def _given(function: Callable[[], str]) -> str:
    try:
        return function()
    except Exception as error:  # noqa: BLE001 (it is the user's, and can raise any)
        raise TokenUnavailable(f"client_secret() failed ({type(error).__name__}); call it to see why") from None


def _visible(name: str, value: object) -> str:
    """A word of visible ASCII. The error does not repeat it, nor does its frame."""
    if isinstance(value, str) and re.fullmatch(r"[!-~]+", value):
        return value
    fault = "holds a blank, a line break or non-ASCII; copy it anew, or strip() it"
    if not (value and isinstance(value, str)):
        fault = f"is empty, or no text; an administrator finds it in {PLACE}"
    del value
    raise ConfigurationError(f"{name} {fault}")


def _key(value: str) -> Secret:
    return Secret(_visible("key", value))


def _scopes(value: Iterable[str]) -> tuple[str, ...]:
    given = () if isinstance(value, str) or not isinstance(cast(object, value), Iterable) else value
    scopes = tuple(_visible("a scope", scope) for scope in given)
    if not scopes:
        raise ConfigurationError("scopes must be a tuple of at least one; leave it out for the three documented ones")
    return scopes


@define(frozen=True, eq=False)
class ApiKey:
    """The account's API key, for the v1 paths (article 4151199).

    Args:
        key: from Settings / Integration / Our Extensions.

    Raises:
        ConfigurationError: it is empty, or holds a blank or a line break.
    """

    key: Secret = field(converter=_key)

    def auth(self, **binding: Unpack[Binding]) -> KeyAuth:
        """An `httpx.Auth` for a client of your own: it signs requests to that `region`'s host (or `base_url`) only."""
        from .auth import KeyAuth, kind

        return kind(KeyAuth)(self, binding)


@define(frozen=True, eq=False)
class ClientCredentials:
    """An OAuth2 client, for the v2 paths (article 4151199; RFC 6749, 4.4).

    Args:
        client_id: from Settings / Integration / Our Extensions, after "Activate OAuth2".
        client_secret: from there, too; or a function that returns it, called again for each token request, so that it can
            be rotated without a restart.
        scopes: what to ask for; by default the three documented ones.
        token_url: where tokens come from; by default the one published for the region (for Canada, none is).
        client_auth: how the client authenticates: by HTTP Basic, or with id and secret in the form ("post").
        prefix: what goes before the token in `Authorization`: nothing, as documented, or "Bearer".
        store: shares the token with other processes or machines (`enboarder.stores`); by default this process keeps it.

    Raises:
        ConfigurationError: one of them cannot be right.
    """

    client_id: str
    client_secret: Secret = field(converter=Secret)
    scopes: tuple[str, ...] = field(default=SCOPES, kw_only=True, converter=_scopes)
    token_url: str | None = field(default=None, kw_only=True)
    client_auth: Literal["basic", "post"] = field(default="basic", kw_only=True)
    prefix: str = field(default="", kw_only=True)
    store: TokenStore | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _visible("client_id", self.client_id)
        is_word = isinstance(cast(object, self.prefix), str) and re.fullmatch(r"[!-~]*", self.prefix)
        if self.client_auth not in ("basic", "post") or not is_word:
            raise ConfigurationError("client_auth is 'basic' or 'post', and prefix a word such as 'Bearer', or empty")
        if self.client_auth == "basic" and ":" in self.client_id:
            raise ConfigurationError("client_id holds a colon, which Basic cannot carry; use client_auth='post'")
        if self.store is not None and not hasattr(cast(object, self.store), "token"):
            raise ConfigurationError(f"store is a token store such as FileStore(), not {type(self.store).__name__}")

    def auth(self, **binding: Unpack[Binding]) -> TokenAuth:
        """An `httpx.Auth` for a client of your own: it fetches, keeps and renews the token, and signs requests to that
        `region`'s host (or `base_url`) only. Other options (proxy, verify, transport …) are those of token requests."""
        from .auth import TokenAuth, kind

        return kind(TokenAuth)(self, binding)

    def slot(self, token_url: str) -> Slot:
        """Which token this is, without telling the secret: another client, secret, scope set or endpoint is another. And what
        a store may seal it with (RFC 5869: one step of HKDF-Expand)."""
        from .tokens import Slot

        secret = Secret(self.client_secret.reveal())  # asked for once: the next one may be another
        told = "\n".join(("1", token_url, self.client_id, *sorted(self.scopes)))
        name, key = (hmac.digest(secret.reveal().encode(), info.encode(), "sha256") for info in (told, "seal\x01"))
        return Slot(name.hex(), key)


Credential: TypeAlias = ApiKey | ClientCredentials
