"""The only module that builds httpx clients: timeouts, limits, TLS, and what a failure says about the request."""

from __future__ import annotations

import ssl
import time
import weakref
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeAlias, TypedDict, TypeVar, cast

import httpx

from enboarder_api.client import Answer
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER

from .errors import ConfigurationError, EnboarderError, InputInvalid
from .messages import Failure, Message
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
    verify: str | bool | ssl.SSLContext
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport
    event_hooks: Mapping[str, list[Any]]
    trust_env: bool


class Binding(HttpOptions, total=False):
    """To what a credential is bound, and how token requests are sent."""

    region: str | None
    base_url: str | None
    clock: Clock


@lru_cache(maxsize=8)
def tls(ca_file: str | None = None, trust_env: bool = True) -> ssl.SSLContext:
    """TLS settings, TLS 1.2 at least; kept, because reading the certificates takes about 20 ms."""
    try:
        own = ssl.create_default_context(cafile=ca_file) if ca_file else None
        context = own or httpx.create_ssl_context(trust_env=trust_env)
    except OSError as error:
        raise ConfigurationError(f"verify: no CA certificates in {ca_file!r} ({error.strerror})") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Attempt:
    """Bounds one attempt as a whole: httpx bounds each step alone, and only the wait for each piece."""

    def __init__(self, message: Message) -> None:
        self._seconds, self._until, self._longest = message.timeout, 0.0, message.longest
        self.timeouts = dict.fromkeys(("connect", "write", "read"), self._seconds) | {"pool": POOL_TIMEOUT}
        self.in_hook = False
        self.arrived: list[int] = []
        """The statuses of the answers so far: there are two when a dead token was replaced."""
        self.read: Callable[[], httpx.Response | None] = lambda: None
        """The answer that is being read. Weak: it knows its request, and that this."""

    def step(self, event: str, about: Mapping[str, Any]) -> None:
        """Called by httpx at each step; the first one comes after the wait for a free connection, which is not counted."""
        if event.endswith("response_closed.complete"):  # a replay has its own time
            self._until = 0.0
            return
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            _bound_reads(about["return_value"])
        now = time.monotonic()
        self._until = self._until or now + self._seconds
        if self._until <= now and event.endswith("send_request_headers.started"):
            raise httpx.ConnectTimeout("the connection took all the time there was")
        left = _Left(max(self._until - now, 0.001))
        left.bounds = self._until, self._longest, self.read
        self.timeouts.update(dict.fromkeys(("connect", "write", "read"), left))

    async def step_async(self, event: str, about: Mapping[str, Any]) -> None:
        self.step(event, about)


class _Left(float):
    """The seconds that an attempt has left, when it was made, and when it is asked."""

    bounds: tuple[float, float, Callable[[], httpx.Response | None]]

    def now(self) -> float:
        until, longest, read = self.bounds
        if (answer := read()) is not None and answer.num_bytes_downloaded > longest:
            raise httpx.ReadError("the answer is too long")
        left = until - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("the answer did not end in time")
        return left


def _bound_reads(stream: Any) -> None:
    """Of a new connection: httpcore grants each piece of a header or a body the whole time that was left at its begin."""
    read = stream.read

    def bounded(size: int, timeout: float | None = None) -> Any:  # awaited by the asynchronous client
        return read(size, timeout.now() if isinstance(timeout, _Left) else timeout)

    stream.read = bounded


def _hook(hooks: list[Any]) -> Callable[[httpx.Response], None]:
    """Notes that an answer came, then calls the hooks of the user's, in which raise_for_status does nothing: it would end the
    renewal of a dead token, and the answer is judged anyway."""

    def hook(response: httpx.Response) -> None:
        attempt = response.request.extensions["attempt"]
        attempt.arrived.append(response.status_code)
        attempt.read, attempt.in_hook = weakref.ref(response), True
        for own in hooks:
            with suppress(httpx.HTTPStatusError):
                own(response)
        attempt.in_hook = False

    return hook


def _hook_async(hooks: list[Any]) -> Callable[[httpx.Response], Awaitable[None]]:
    async def hook(response: httpx.Response) -> None:
        _hook([])(response)
        response.request.extensions["attempt"].in_hook = True
        for own in hooks:
            with suppress(httpx.HTTPStatusError):
                await own(response)
        response.request.extensions["attempt"].in_hook = False

    return hook


def _settings(auth: httpx.Auth | None, options: Mapping[str, Any], hook: Any) -> dict[str, Any]:
    verify: object = options.get("verify")
    hooks: Mapping[str, list[Any]] = options.get("event_hooks") or {}
    lists = hooks.values() if isinstance(cast(object, hooks), Mapping) else [None]
    if not (all(isinstance(cast(object, each), list) for each in lists) and hooks.keys() <= {"request", "response"}):
        raise ConfigurationError('event_hooks is a mapping of lists: {"request": [...], "response": [...]}')
    if verify is False or not isinstance(verify, ssl.SSLContext | str | bool | None):
        raise ConfigurationError("verify is a file of CA certificates or an SSL context; it cannot be switched off")
    if not isinstance(verify, ssl.SSLContext):
        verify = tls(verify if isinstance(verify, str) else None, options.get("trust_env", True))
    own: dict[str, Any] = {"auth": auth, "limits": LIMITS, "headers": HEADERS, "follow_redirects": False}
    own |= {"verify": verify, "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=()))}  # none are kept
    return {**options, **own, "event_hooks": {**hooks, "response": [hook(hooks.get("response", []))]}}


def build(auth: httpx.Auth | None, options: Mapping[str, Any]) -> httpx.Client:
    """A blocking client; raises ConfigurationError for options that httpx cannot use."""
    return _built(httpx.Client, httpx.BaseTransport, _settings(auth, options, _hook))


def build_async(auth: httpx.Auth | None, options: Mapping[str, Any]) -> httpx.AsyncClient:
    """An asynchronous client; raises ConfigurationError for options that httpx cannot use."""
    return _built(httpx.AsyncClient, httpx.AsyncBaseTransport, _settings(auth, options, _hook_async))


def _built(client: Callable[..., T], transport: type[object], settings: Mapping[str, Any]) -> T:
    if not isinstance(own := settings.get("transport"), transport | None) or (own and settings.get("proxy")):
        raise ConfigurationError(f"transport must be an httpx.{transport.__name__}, without proxy= beside it")
    try:
        return client(**settings)
    except httpx.InvalidURL:  # its text repeats what it takes for a port: the end of the password
        raise ConfigurationError("proxy is no URL; in a password, write # as %23, / as %2F and @ as %40") from None
    except (ValueError, TypeError, AttributeError, ImportError) as error:
        raise ConfigurationError(f"httpx cannot use these options (proxy, verify, transport, …): {error}") from None


def send(client: httpx.Client, message: Message) -> Answer | Failure:
    """Send a request once (but for the one replay of a dead token)."""
    attempt = _Attempt(message)
    try:
        return _answer(client.send(_request(client, message, attempt, attempt.step)))
    except Exception as error:  # noqa: BLE001 (an error of a hook of the user's can be any)
        return _failure(error, attempt)


async def send_async(client: httpx.AsyncClient, message: Message) -> Answer | Failure:
    """The same, awaited."""
    attempt = _Attempt(message)
    try:
        return _answer(await client.send(_request(client, message, attempt, attempt.step_async)))
    except Exception as error:  # noqa: BLE001 (an error of a hook of the user's can be any)
        return _failure(error, attempt)


def exchange(options: Mapping[str, Any], message: Message) -> Answer | Failure:
    """Send a token request by a client of its own: no credential, hook or cookie, and no wait behind slow calls.

    The request says `Connection: close`, so that nothing is left to be closed; a transport of the user's serves on.
    """
    return send(build(None, {**options, "event_hooks": None}), message)


async def exchange_async(options: Mapping[str, Any], message: Message) -> Answer | Failure:
    """The same, awaited."""
    return await send_async(build_async(None, {**options, "event_hooks": None}), message)


def _request(
    client: httpx.Client | httpx.AsyncClient, message: Message, attempt: _Attempt, trace: Any
) -> httpx.Request:
    """Built before it is sent: a traceback with the local variables of `client.request` would show headers and form."""
    if client.is_closed:
        raise ConfigurationError("the client is closed; build another")
    extensions = {"timeout": attempt.timeouts, "trace": trace, "attempt": attempt}
    sent: dict[str, Any] = {"params": message.query or None, "headers": message.headers, "content": message.content}
    return client.build_request(message.method, message.url, **sent, extensions=extensions)


def _answer(response: httpx.Response) -> Answer:
    content = response.content
    if not response.is_success:  # an error page may repeat the request
        for sent in filter(None, map(response.request.headers.get, (API_KEY_HEADER, TOKEN_HEADER))):
            content = content.replace(sent.split()[-1].encode(), b"***")
    return Answer(response.status_code, response.headers, content)


def _failure(error: Exception, attempt: _Attempt) -> Answer | Failure:
    """What an error says, after the answers that arrived before it. One that a hook of the user's raised after an
    answer came is not the call's own: the request was sent, whatever the error is called."""
    if isinstance(error, httpx.InvalidURL):
        raise InputInvalid(f"nothing was sent, because a parameter makes no URL: {str(error)[:100]}") from None
    # after none, a 401 or a 403 the request is sent, or once more
    answered = attempt.in_hook or attempt.arrived[-1:] not in ([], [401], [403])
    if isinstance(error, EnboarderError) or not (answered or isinstance(error, httpx.HTTPError)):
        raise error
    why = f": {error}"[:120] if isinstance(error, httpx.ConnectError) and str(error) else ""  # name, port, certificate
    reason = "an event hook raised " * attempt.in_hook + type(error).__name__ + why
    return Failure(reason, sent=answered or not isinstance(error, NEVER_SENT))
