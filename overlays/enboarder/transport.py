"""The only module that builds httpx clients: timeouts, limits, TLS, and what a failure says about the request."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple, TypeAlias, TypedDict, TypeVar

import httpx

from enboarder_api.client import Answer

from .errors import ConfigurationError, EnboarderError, InputInvalid
from .retry import Clock
from .version import __version__

T = TypeVar("T")
HEADERS = {"User-Agent": f"enboarder-python/{__version__}", "Accept": "application/json, */*;q=0.5"}
# A kept connection that the service closes under a POST is an unknown outcome: hence only 5 s.
LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=5.0)
POOL_TIMEOUT = 600.0  # seconds that a request waits for a connection: a thousand tasks queue instead of failing
Client: TypeAlias = httpx.Client
AsyncClient: TypeAlias = httpx.AsyncClient
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


class HttpOptions(TypedDict, total=False):
    """What the httpx client gets as it is. An own `transport` switches the proxies of the environment off.

    `verify` is a file of CA certificates, or an SSL context.
    """

    proxy: str | httpx.Proxy
    verify: str | ssl.SSLContext
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport
    event_hooks: Mapping[str, list[Any]]
    trust_env: bool


class Binding(HttpOptions, total=False):
    """To what a credential is bound, and how token requests are sent."""

    region: str | None
    base_url: str | None
    clock: Clock


class Message(NamedTuple):
    """A request, ready to be sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None
    timeout: float
    """Seconds that each step of an attempt may take: to connect, to send, to wait for an answer, to read all of it."""
    query: Mapping[str, Any] | None = None

    def __repr__(self) -> str:
        return f"Message({self.method} {self.url})"  # tracebacks with local variables show it: no secret, no form


class Failure(NamedTuple):
    """Why there is no answer, and whether the request may have been sent all the same."""

    reason: str
    sent: bool


@lru_cache(maxsize=8)
def tls(ca_file: str | None = None, trust_env: bool = True) -> ssl.SSLContext:
    """TLS settings, TLS 1.2 at least; kept, because reading the certificates takes about 20 ms."""
    try:
        context = (
            ssl.create_default_context(cafile=ca_file) if ca_file else httpx.create_ssl_context(trust_env=trust_env)
        )
    except OSError as error:
        raise ConfigurationError(
            f"verify: no CA certificates can be read from {ca_file!r} ({error.strerror})"
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Bounded(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that must come within a time as a whole: httpx bounds the wait for each piece only, so it could drip on."""

    def __init__(self, stream: Any, seconds: float) -> None:
        self._stream, self._until = stream, time.monotonic() + seconds

    def _in_time(self, piece: bytes) -> bytes:
        if time.monotonic() > self._until:
            raise httpx.ReadTimeout("the body did not end in time")
        return piece

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            yield self._in_time(piece)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield self._in_time(piece)

    def close(self) -> None:
        self._stream.close()

    async def aclose(self) -> None:
        await self._stream.aclose()


def _bound(response: httpx.Response) -> None:
    response.request.extensions["arrived"].append(response.status_code)
    response.stream = _Bounded(response.stream, response.request.extensions["timeout"]["read"])


async def _bound_async(response: httpx.Response) -> None:
    _bound(response)


def _settings(auth: httpx.Auth | None, options: Mapping[str, Any], hook: Any) -> dict[str, Any]:
    verify, hooks = options.get("verify"), options.get("event_hooks", {})
    if not isinstance(verify, (ssl.SSLContext, str, NoneType)):
        raise ConfigurationError(
            "verify must be a file of CA certificates or an SSL context; it cannot be switched off"
        )
    return {
        **options,
        "verify": verify if isinstance(verify, ssl.SSLContext) else tls(verify, options.get("trust_env", True)),
        "event_hooks": {**hooks, "response": [hook, *hooks.get("response", [])]},
        "auth": auth,
        "limits": LIMITS,
        "headers": HEADERS,
        "follow_redirects": False,
    }


def build(auth: httpx.Auth | None, options: Mapping[str, Any]) -> httpx.Client:
    """A blocking client; raises ConfigurationError for options that httpx cannot use."""
    return _built(httpx.Client, httpx.BaseTransport, _settings(auth, options, _bound))


def build_async(auth: httpx.Auth | None, options: Mapping[str, Any]) -> httpx.AsyncClient:
    """An asynchronous client; raises ConfigurationError for options that httpx cannot use."""
    return _built(httpx.AsyncClient, httpx.AsyncBaseTransport, _settings(auth, options, _bound_async))


def _built(client: Callable[..., T], transport: type[object], settings: Mapping[str, Any]) -> T:
    if not isinstance(settings.get("transport"), (transport, NoneType)):
        raise ConfigurationError(f"transport must be an httpx.{transport.__name__} for this client")
    try:
        return client(**settings)
    except (ValueError, TypeError, ImportError, httpx.InvalidURL) as error:
        raise ConfigurationError(f"httpx cannot use these options (proxy, verify, transport, …): {error}") from None


def send(client: httpx.Client, message: Message, *, auth: Any = httpx.USE_CLIENT_DEFAULT) -> Answer | Failure:
    """Send a request once (but for the one replay of a dead token). `auth=None` leaves the credential out."""
    arrived: list[int] = []
    try:
        return _answer(client.request(**_arguments(message, arrived), auth=auth))
    except Exception as error:  # noqa: BLE001 (an error of a hook of the user's can be any)
        return _failure(error, arrived)


async def send_async(
    client: httpx.AsyncClient, message: Message, *, auth: Any = httpx.USE_CLIENT_DEFAULT
) -> Answer | Failure:
    """The same, awaited."""
    arrived: list[int] = []
    try:
        return _answer(await client.request(**_arguments(message, arrived), auth=auth))
    except Exception as error:  # noqa: BLE001 (an error of a hook of the user's can be any)
        return _failure(error, arrived)


def _arguments(message: Message, arrived: list[int]) -> dict[str, Any]:
    found = message._asdict()
    found["extensions"] = {"arrived": arrived}
    found["params"] = found.pop("query") or None
    found["timeout"] = httpx.Timeout(message.timeout, pool=POOL_TIMEOUT)
    return found


def _answer(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.content)


def _failure(error: Exception, arrived: list[int]) -> Failure:
    """What an error says; `arrived` has the statuses of the answers before it. One that a hook of the user's raised after an
    answer came is not the call's own: the request was sent, whatever the error is called."""
    if isinstance(error, httpx.InvalidURL):
        raise InputInvalid(f"nothing was sent, because a parameter makes no URL: {str(error)[:100]}") from None
    answered = arrived[-1:] not in ([], [401], [403])  # after these two the request may be sent once more
    if isinstance(error, EnboarderError) or not (answered or isinstance(error, httpx.HTTPError)):
        raise error
    return Failure(type(error).__name__, sent=answered or not isinstance(error, NEVER_SENT))
