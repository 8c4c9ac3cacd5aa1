"""The client: a credential, a region and every operation of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeAlias, Unpack

from enboarder_api.api import AsyncResources, Resources, lazy_resource
from enboarder_api.client import Answer

from .auth.api_key import ApiKey
from .auth.origin import OriginAuth
from .clock import SYSTEM_CLOCK, Clock
from .environment import Address, Variables, address_from, credential_from
from .errors import ConfigurationError
from .hidden import without_password
from .regions import base_url_of
from .sending.plan import Planner, checked_seconds, listed_read, unlisted
from .sending.retry import RetryPolicy
from .sending.sender import AwaitingSender, BlockingSender, Rules
from .transport.engine import VARIABLE, choose_engine
from .transport.options import (
    Binding,
    HttpOptions,
    conceal,
    conceal_binding,
    refuse_unknown,
)
from .url_checks import checked_prefixes

if TYPE_CHECKING:
    from .auth.client_credentials import ClientCredentials
    from .users import AsyncUsersResource, UsersResource

    Credential: TypeAlias = ApiKey | ClientCredentials
else:
    Credential = Any

Params: TypeAlias = Mapping[str, Any] | None


class Options(Binding, total=False):
    """The settings of a client besides its credential."""

    timeout: float
    retry: RetryPolicy
    show_warnings: bool
    path_prefixes: Mapping[str, str] | None


class Enboarder(Resources):
    """The Enboarder REST API for one account, blocking.

    Use it as a context manager, or call `close()`.
    """

    # The constructor may fail, and error reports show objects that are not complete.
    _described = "…"

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
        """Build a client; nothing is sent, and no function of yours is called.

        Args:
            credential: `ApiKey` or `ClientCredentials`. It decides which of an
                operation's two paths is used.
            region: the account's data region; there is no default.
            base_url: the address of a proxy or the mock, instead of a region. HTTPS, or
                HTTP on loopback.
            timeout: seconds for one attempt, from connecting to the last byte; waits
                between attempts are not counted.
            retry: when to send again.
            show_warnings: asks for warnings where the API offers them; the result and
                the log have them.
            path_prefixes: replaces the start of paths about which the documentation is
                unsure: `{"/scim/v2/": "/scim/"}`.
            clock: time, waiting and chance; for tests.
            http: `engine` ("httpx" or "httpx2"; the default is `ENBOARDER_ENGINE`, or
                else "httpx"), `proxy`, `verify` (CA file or SSL context), `transport`,
                `event_hooks`, `trust_env`, with the meaning that httpx gives them.

        Raises:
            ConfigurationError: the client cannot be built from these settings.
            InvalidInput: `timeout` is not a positive number.
        """
        # This comes first, so that no frame of an error shows a password.
        conceal(http)
        base_url = without_password(base_url)
        choose_engine(http)
        address = Address(region, base_url)
        self._auth = _bound(credential, address, clock, http)
        planner = _planner(credential, address, timeout, show_warnings, path_prefixes)
        rules = _rules(planner, retry, clock)
        self._described = f"{credential!r}, base_url={planner.base_url!r}"
        self._sends = BlockingSender(rules, self._auth, http)
        super().__init__(self._sends)

    @lazy_resource
    def users(self) -> type[UsersResource]:
        """Administrators of the account, managed through SCIM 2.0."""
        from .users import UsersResource

        return UsersResource

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] | None = None, **settings: Unpack[Options]
    ) -> Self:
        """Build a client from the variables `ENBOARDER_…`.

        The address is `ENBOARDER_REGION` or `ENBOARDER_BASE_URL`. The credential is
        `ENBOARDER_API_KEY`, or `ENBOARDER_CLIENT_ID` and `ENBOARDER_CLIENT_SECRET`,
        with `ENBOARDER_TOKEN_URL` where no token URL is published.
        `ENBOARDER_TOKEN_STORE` says where tokens are kept, and `ENBOARDER_ENGINE` which
        library sends.

        Args:
            environ: the variables; by default the process's own.
            settings: the same as for the constructor.

        Raises:
            ConfigurationError: a variable is missing or wrong, or two of them exclude
                each other.
        """
        # This comes first, so that no frame shows the variables or a password.
        variables = Variables(environ)
        del environ
        conceal_binding(settings)
        credential, chosen = _from_env(variables, settings)
        return cls(credential, **chosen)

    @property
    def base_url(self) -> str:
        """Where requests go, without a slash at the end."""
        return self._sends.rules.planner.base_url

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: Params = None,
        timeout: float | None = None,
    ) -> Answer:
        """Send a request that the contract does not know, and sign it like any other.

        Args:
            method: `GET`, `POST` and so on.
            path: begins with `/` and is sent unchanged.
            body: sent as JSON; None sends no body.
            params: query parameters.
            timeout: seconds for one attempt; None means the client's own.

        Returns:
            The answer of the service, unchanged.

        Raises:
            InvalidInput: an argument is wrong; nothing was sent.
            EnboarderError: the same errors as those of the named operations.
        """
        operation, arguments = unlisted(method, path, body, params, timeout)
        return self._sends.send(operation, arguments, _unchanged)

    def read(
        self,
        operation: str,
        ids: Mapping[str, str] | None = None,
        *,
        params: Params = None,
        timeout: float | None = None,
    ) -> Answer:
        """Call an operation that reads, by its name, and return the raw answer.

        It is as fast as the network, because no model is made of the answer.

        Args:
            operation: such as `reports.get_form_data`.
            ids: the ids in its path, such as `{"form_id": "4mkVzc9OX"}`.
            params: query parameters by wire name, such as `nextKey`.
            timeout: seconds for one attempt; None means the client's own.

        Raises:
            InvalidInput: an argument is wrong; nothing was sent.
            EnboarderError: the same errors as those of the named operation.
        """
        found, arguments = listed_read(operation, ids, params, timeout)
        return self._sends.send(found, arguments, _unchanged)

    def close(self) -> None:
        """Close the connections.

        The token stays for the next client with the same credential.
        """
        self._sends.connections.close()

    def forget(self, *, shared: bool = False) -> None:
        """Drop the token, so that the next call asks for one.

        Args:
            shared: drop it in the credential's store, too.
        """
        self._auth.forget(shared=shared)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._described})"


class AsyncEnboarder(AsyncResources):
    """The same as `Enboarder`, for asyncio.

    Use it with `async with`, or call `aclose()`. It has separate connections for each
    event loop that uses it.
    """

    _described = "…"

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
        """Build a client; the arguments and errors are those of `Enboarder`."""
        # This comes first, so that no frame of an error shows a password.
        conceal(http)
        base_url = without_password(base_url)
        choose_engine(http)
        address = Address(region, base_url)
        self._auth = _bound(credential, address, clock, http)
        planner = _planner(credential, address, timeout, show_warnings, path_prefixes)
        rules = _rules(planner, retry, clock)
        self._described = f"{credential!r}, base_url={planner.base_url!r}"
        self._sends = AwaitingSender(rules, self._auth, http)
        super().__init__(self._sends)

    @lazy_resource
    def users(self) -> type[AsyncUsersResource]:
        """Administrators of the account, managed through SCIM 2.0."""
        from .users import AsyncUsersResource

        return AsyncUsersResource

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] | None = None, **settings: Unpack[Options]
    ) -> Self:
        """Build a client from variables; like `Enboarder.from_env`."""
        # This comes first, so that no frame shows the variables or a password.
        variables = Variables(environ)
        del environ
        conceal_binding(settings)
        credential, chosen = _from_env(variables, settings)
        return cls(credential, **chosen)

    @property
    def base_url(self) -> str:
        """Where requests go; like `Enboarder.base_url`."""
        return self._sends.rules.planner.base_url

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: Params = None,
        timeout: float | None = None,
    ) -> Answer:
        """Send a request that the contract does not know; like `Enboarder.request`."""
        operation, arguments = unlisted(method, path, body, params, timeout)
        return await self._sends.send(operation, arguments, _unchanged)

    async def read(
        self,
        operation: str,
        ids: Mapping[str, str] | None = None,
        *,
        params: Params = None,
        timeout: float | None = None,
    ) -> Answer:
        """Call an operation that reads, by its name; like `Enboarder.read`."""
        found, arguments = listed_read(operation, ids, params, timeout)
        return await self._sends.send(found, arguments, _unchanged)

    async def aclose(self) -> None:
        """Close the connections; like `Enboarder.close`."""
        await self._sends.connections.aclose()

    async def forget(self, *, shared: bool = False) -> None:
        """Drop the token; like `Enboarder.forget`."""
        # asyncio is slow to import, and blocking clients never need it.
        import asyncio

        await asyncio.to_thread(self._auth.forget, shared=shared)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._described})"


def _bound(
    credential: Credential,
    address: Address,
    clock: Clock,
    http: HttpOptions,
) -> OriginAuth:
    if not _is_credential(credential):
        raise ConfigurationError("credential must be an ApiKey or ClientCredentials")
    refuse_unknown(http, HttpOptions.__optional_keys__)
    binding: Binding = {
        **http,
        "region": address.region,
        "base_url": address.base_url,
        "clock": clock,
    }
    return credential.auth(**binding)


def _is_credential(value: object) -> bool:
    if isinstance(value, ApiKey):
        return True
    # What fetches tokens is slow to import, and an API key never needs it.
    from .auth.client_credentials import ClientCredentials

    return isinstance(value, ClientCredentials)


def _planner(
    credential: Credential,
    address: Address,
    timeout: float,
    show_warnings: bool,
    path_prefixes: Mapping[str, str] | None,
) -> Planner:
    return Planner(
        by_key=isinstance(credential, ApiKey),
        base_url=base_url_of(address.region, address.base_url),
        timeout=checked_seconds("timeout", timeout),
        show_warnings=show_warnings,
        path_prefixes=checked_prefixes(path_prefixes),
    )


def _rules(planner: Planner, retry: RetryPolicy, clock: Clock) -> Rules:
    if not isinstance(retry, RetryPolicy):
        raise ConfigurationError(
            "retry must be a RetryPolicy; RetryPolicy(attempts=1) never sends again"
        )
    return Rules(planner, retry, clock)


def _from_env(variables: Variables, settings: Options) -> tuple[Credential, Options]:
    chosen = settings.copy()
    if "region" not in settings and "base_url" not in settings:
        address = address_from(variables)
        chosen["region"] = address.region
        chosen["base_url"] = address.base_url
    engine = variables.text(VARIABLE)
    if engine and "engine" not in settings:
        choose_engine(chosen, engine)
    return credential_from(variables), chosen


def _unchanged(answer: Answer) -> Answer:
    return answer
