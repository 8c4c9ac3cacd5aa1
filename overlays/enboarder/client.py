"""The client: a credential, a region and every operation of the contract, blocking or awaited."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeAlias, cast

from enboarder_api.api import AsyncResources, Resources
from enboarder_api.client import Answer

from . import transport
from .checks import seconds
from .credentials import ApiKey, ClientCredentials, Credential
from .environment import address_from, credential_from
from .errors import ConfigurationError
from .regions import base_url_of, checked_prefixes
from .retry import SYSTEM_CLOCK, Clock, RetryPolicy
from .sender import AwaitingSender, BlockingSender, Settings, unlisted
from .transport import Binding, HttpOptions

if TYPE_CHECKING:
    from typing import Unpack

    from .auth import BoundAuth

Params: TypeAlias = Mapping[str, Any] | None


class Options(Binding, total=False):
    """What a client is built with besides its credential."""

    timeout: float
    retry: RetryPolicy
    show_warnings: bool
    path_prefixes: Mapping[str, str] | None


class _Client:
    """How both clients are built."""

    def __init__(
        self,
        credential: Credential,
        *,
        region: str | None = None,
        base_url: str | None = None,
        timeout: float = 30.0,
        retry: RetryPolicy = RetryPolicy(),
        show_warnings: bool = False,
        path_prefixes: Mapping[str, str] | None = None,
        clock: Clock = SYSTEM_CLOCK,
        **http: Unpack[HttpOptions],
    ) -> None:
        """Build a client; nothing is sent.

        Args:
            credential: `ApiKey` or `ClientCredentials`. It decides which of an operation's two paths is used.
            region: the account's data region; there is no default.
            base_url: instead of a region: a proxy before the API, or the mock. HTTPS, or HTTP on loopback.
            timeout: seconds for one attempt, from connecting to the last byte; waits between attempts are not counted.
            retry: when to send again.
            show_warnings: ask for warnings where the API offers them; they stand on the result and in the log.
            path_prefixes: replaces the start of paths, where the documentation is unsure: `{"/scim/v2/": "/scim/"}`.
            clock: time, waiting and chance; for tests.
            http: `proxy`, `verify` (CA file or SSL context), `transport`, `event_hooks`, `trust_env`, as httpx has them.

        Raises:
            ConfigurationError: the client cannot be built from these settings.
            InputInvalid: `timeout` is no positive number.
        """
        if not isinstance(cast(object, credential), (ApiKey, ClientCredentials)):
            raise ConfigurationError("credential must be an ApiKey or ClientCredentials")
        if unknown := http.keys() - HttpOptions.__optional_keys__:
            raise ConfigurationError(f"there is no option {min(unknown)!r}; help(Enboarder) lists those that there are")
        url = base_url_of(region, base_url)
        self._auth = credential.auth(region=region, base_url=base_url, clock=clock, **http)
        if not isinstance(cast(object, retry), RetryPolicy):
            raise ConfigurationError("retry must be a RetryPolicy; RetryPolicy(attempts=1) never sends again")
        limit, prefixes = seconds("timeout", timeout), checked_prefixes(path_prefixes or {})
        self._settings = Settings(credential, url, limit, retry, show_warnings, prefixes, clock)
        self._connect(self._auth, http)

    def _connect(self, auth: BoundAuth, http: HttpOptions) -> None:
        """Make the connections and the resources."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **settings: Unpack[Options]) -> Self:
        """A client from `ENBOARDER_REGION` (or `ENBOARDER_BASE_URL`) and a credential.

        The credential is `ENBOARDER_API_KEY`, or `ENBOARDER_CLIENT_ID` and `ENBOARDER_CLIENT_SECRET` (and, where none is
        published, `ENBOARDER_TOKEN_URL`); `ENBOARDER_TOKEN_STORE` says where tokens are kept.

        Args:
            environ: the variables; those of the process, when it is left out.
            settings: those of the constructor.

        Raises:
            ConfigurationError: a variable is missing, or two of them exclude each other.
        """
        environ = os.environ if environ is None else environ  # as a default, `help()` would print every secret in it
        if not {"region", "base_url"} & settings.keys():
            settings |= cast(Options, address_from(environ))
        return cls(credential_from(environ), **settings)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._settings.credential!r}, base_url={self._settings.base_url!r})"


class Enboarder(_Client, Resources):
    """The Enboarder REST API for one account, blocking. Use it as a context manager, or call `close()`."""

    def _connect(self, auth: BoundAuth, http: HttpOptions) -> None:
        self._sends = BlockingSender(self._settings, lambda: transport.build(auth, http))
        Resources.__init__(self, self._sends)

    def request(
        self, method: str, path: str, *, body: Any = None, params: Params = None, timeout: float | None = None
    ) -> Answer:
        """Send a request that the contract does not know, to `path` as it is typed, signed like any other.

        Returns a successful answer as it came; raises what the named operations raise.
        """
        return self._sends.send(*unlisted(method, path, body, params, timeout), lambda answer: answer)

    def close(self) -> None:
        """Close the connections. The token stays for the next client with the same credential."""
        self._sends.client.close()

    def forget(self, *, shared: bool = False) -> None:
        """Drop the token, so that the next call asks for one; `shared`: in the credential's store, too."""
        self._auth.forget(shared=shared)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncEnboarder(_Client, AsyncResources):
    """The same as `Enboarder`, awaited, on asyncio. Use it with `async with`, or call `aclose()`; one for each event loop."""

    def _connect(self, auth: BoundAuth, http: HttpOptions) -> None:
        self._sends = AwaitingSender(self._settings, lambda: transport.build_async(auth, http))
        AsyncResources.__init__(self, self._sends)

    async def request(
        self, method: str, path: str, *, body: Any = None, params: Params = None, timeout: float | None = None
    ) -> Answer:
        """As `Enboarder.request`."""
        return await self._sends.send(*unlisted(method, path, body, params, timeout), lambda answer: answer)

    async def aclose(self) -> None:
        """Close the connections. The token stays for the next client with the same credential."""
        await self._sends.client.aclose()

    async def forget(self, *, shared: bool = False) -> None:
        """As `Enboarder.forget`."""
        import asyncio

        await asyncio.to_thread(self._auth.forget, shared=shared)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
