"""An OAuth2 client of the account."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Unpack

from attrs import define, fields

from enboarder_api.contract import SCOPES

from ..clock import SYSTEM_CLOCK
from ..errors import ConfigurationError
from ..hidden import without_password
from ..regions import token_url_of
from ..transport.engine import choose_engine, engine_of, signing
from ..transport.options import Binding, HttpOptions, conceal_binding
from .origin import api_origin, origin_of
from .secret import HasSecretValue, Secret, visible
from .shown import shown
from .token import TokenKey, TokenStore
from .token_auth import TokenAuth
from .token_endpoint import ClientAuth, TokenEndpoint
from .token_source import TokenSource


def _client_id(client_id: str, client_auth: str) -> str:
    visible("client_id", client_id)
    if client_auth not in ("basic", "post"):
        raise ConfigurationError("client_auth must be 'basic' or 'post'")
    if client_auth == "basic" and ":" in client_id:
        raise ConfigurationError(
            "client_id has a colon, which HTTP Basic does not allow; "
            "use client_auth='post'"
        )
    return client_id


def _prefix(prefix: str) -> str:
    if not isinstance(prefix, str) or not re.fullmatch("[!-~]*", prefix):
        raise ConfigurationError("prefix must be a word such as 'Bearer', or empty")
    return prefix


def _store(store: TokenStore | None) -> TokenStore | None:
    if store is not None and not hasattr(store, "token"):
        kind = type(store).__name__
        raise ConfigurationError(
            f"store must be a token store such as FileStore(); got {kind}"
        )
    return store


def _scopes(value: Iterable[str]) -> tuple[str, ...]:
    scopes: list[str] = []
    if isinstance(value, Iterable) and not isinstance(value, str):
        scopes = [visible("a scope", scope) for scope in value]
    if not scopes:
        raise ConfigurationError(
            "scopes must be a tuple with at least one scope; "
            "leave it out to ask for the three documented scopes"
        )
    return tuple(scopes)


@define(frozen=True, eq=False, init=False, repr=False)
class ClientCredentials:
    """An OAuth2 client, for the v2 paths (article 4151199; RFC 6749, 4.4).

    Args:
        client_id: from Settings / Integration / Our Extensions, after "Activate
            OAuth2".
        client_secret: from the same page: a string, or a wrapped one such as pydantic's
            `SecretStr`; or a function that returns it and is called for each token
            request, so that the secret can change without a restart.
        scopes: the scopes to ask for; by default the three documented ones.
        token_url: where tokens come from; by default the URL that is published for the
            region (none is published for Canada).
        client_auth: how the client authenticates: by HTTP Basic, or with id and secret
            in the form ("post").
        prefix: the word before the token in `Authorization`: none, as documented, or
            "Bearer".
        store: shares the token with other processes or machines (`enboarder.stores`);
            by default, only this process has it.

    Raises:
        ConfigurationError: an argument is wrong.
    """

    client_id: str
    client_secret: Secret
    scopes: tuple[str, ...]
    token_url: str | None
    client_auth: ClientAuth
    prefix: str
    store: TokenStore | None

    def __init__(
        self,
        client_id: str,
        client_secret: str | Callable[[], str] | HasSecretValue | Secret,
        *,
        scopes: Iterable[str] = SCOPES,
        token_url: str | None = None,
        client_auth: ClientAuth = "basic",
        prefix: str = "",
        store: TokenStore | None = None,
    ) -> None:
        # It is wrapped first, so that no frame from here on shows it.
        secret = Secret(client_secret, "client_secret")
        del client_secret
        token_url = without_password(token_url)
        checked = {
            "client_id": _client_id(client_id, client_auth),
            "client_secret": secret.checked(),
            "scopes": _scopes(scopes),
            "token_url": token_url,
            "client_auth": client_auth,
            "prefix": _prefix(prefix),
            "store": _store(store),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return shown(self, tuple(field.name for field in fields(type(self))))

    def auth(self, **binding: Unpack[Binding]) -> TokenAuth:
        """Return an `httpx.Auth` for your own HTTP client.

        It fetches, keeps and renews the token. It signs only requests to the host of
        that `region` (or `base_url`). The other options (`proxy`, `verify`, `transport`
        …) apply to token requests.

        Raises:
            ConfigurationError: there is no region or token URL, or no such option.
        """
        conceal_binding(binding)
        choose_engine(binding)
        origin = api_origin(binding)
        source = self._source(binding)
        return signing(TokenAuth)(origin, source, self.prefix)

    def token_key(self, token_url: str) -> TokenKey:
        """Return the key of the token at this endpoint; it hides the secret."""
        return self._key_under(token_url, self.client_secret.read())

    def _source(self, binding: Binding) -> TokenSource:
        """Return where the tokens for a region or base URL come from."""
        token_url = token_url_of(binding.get("region"), self.token_url)
        origin_of(token_url, "token_url", engine_of(binding))
        endpoint = TokenEndpoint(
            token_url,
            self.client_id,
            self.client_secret,
            self.scopes,
            self.client_auth,
            _http_options(binding),
            binding.get("clock", SYSTEM_CLOCK),
        )
        key_under = partial(self._key_under, token_url)
        return TokenSource(endpoint, self.store, key_under)

    def _key_under(self, token_url: str, secret: Secret) -> TokenKey:
        """Return the key of a token under a secret.

        The name is an HMAC of everything that distinguishes two tokens. The seal is one
        step of HKDF-Expand (RFC 5869).
        """
        scopes = sorted(self.scopes)
        named = "\n".join(("1", token_url, self.client_id, *scopes))
        name = hmac.digest(secret.reveal().encode(), named.encode(), "sha256")
        seal = hmac.digest(secret.reveal().encode(), b"seal\x01", "sha256")
        return TokenKey(name.hex(), seal)


def _http_options(binding: Binding) -> HttpOptions:
    options = binding.copy()
    options.pop("region", None)
    options.pop("base_url", None)
    options.pop("clock", None)
    return options
