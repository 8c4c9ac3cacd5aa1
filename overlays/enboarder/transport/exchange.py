"""Send a request once, and return its answer or the failure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from importlib import import_module
from typing import Any

from enboarder_api.client import Answer
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER

from ..errors import ConfigurationError, EnboarderError, InvalidInput
from ..quoting import quotable
from .body import LONGEST, DamagedBody, UnusableBody
from .client import build, build_async
from .deadline import ClosedBeforeSending, Deadline, never_closed
from .engine import (
    AsyncClient,
    Client,
    HttpRequest,
    HttpResponse,
    is_kind,
    library_of,
)
from .hooks import EXTENSION, Progress
from .messages import Failure, Request
from .options import HttpOptions
from .pools import has_lost_connection


def send(
    client: Client,
    request: Request,
    progress: Progress | None = None,
    is_closed: Callable[[], bool] = never_closed,
) -> Answer | Failure:
    """Send a request once; after a dead token, send it a second time.

    Args:
        client: sends it.
        request: what is sent.
        progress: records how far the attempt has come, also for callers that go on
            after it.
        is_closed: returns whether the user has closed the client in the meantime.

    Raises:
        EnboarderError: nothing was sent, and the error says why.
    """
    deadline = Deadline(library_of(client), request.timeout, is_closed)
    progress = progress or Progress()
    try:
        with deadline:
            built = _built(client, request, deadline, deadline.step, progress)
            response = client.send(built, stream=True)
            try:
                return _answer(response, _content(response))
            finally:
                response.close()
    except Exception as error:  # noqa: BLE001
        progress.break_off(error)
        return _failure(error, progress)
    except BaseException as error:
        progress.break_off(error)
        # The frames of the HTTP library hold the credential.
        error.__traceback__ = None
        raise


async def send_async(
    client: AsyncClient,
    request: Request,
    progress: Progress | None = None,
    is_closed: Callable[[], bool] = never_closed,
) -> Answer | Failure:
    """Send a request once with an asynchronous client; like `send`."""
    # asyncio is slow to import, and blocking clients never need it.
    from asyncio import CancelledError

    try:
        _import_network()
    except OSError as error:
        reason = f"{type(error).__name__}: {error.strerror}"
        return Failure(quotable(reason, 150), sent=False)
    deadline = Deadline(library_of(client), request.timeout, is_closed)
    progress = progress or Progress()
    try:
        with deadline:
            built = _built(client, request, deadline, deadline.step_async, progress)
            response = await client.send(built, stream=True)
            try:
                return _answer(response, await _content_async(response))
            finally:
                await response.aclose()
    except CancelledError as error:
        # The HTTP library copes with it, but not at every moment.
        if has_lost_connection(client, progress):
            progress.break_off(error)
        raise
    except Exception as error:  # noqa: BLE001
        progress.break_off(error)
        return _failure(error, progress)
    except BaseException as error:
        progress.break_off(error)
        error.__traceback__ = None
        raise


def _import_network() -> None:
    """Import what the HTTP library imports with its first connection on asyncio.

    That fails if no file descriptor is left, and the library does not say that nothing
    was sent. What it imports is its own matter, and may be something else one day.
    """
    with suppress(ImportError, AttributeError):
        anyio: Any = import_module("anyio")
        import_module("anyio.streams.tls")
        # This loads the part of anyio that is for asyncio.
        anyio.get_cancelled_exc_class()
        _ = anyio.connect_tcp


def send_alone(options: HttpOptions, request: Request) -> Answer | Failure:
    """Send a token request with a separate client.

    That client has no credential, hook or cookie, and never waits for slow calls. The
    request says `Connection: close`, so no connection is left open.
    """
    return send(build(None, _without_hooks(options), request.url), request)


async def send_alone_async(options: HttpOptions, request: Request) -> Answer | Failure:
    """Send a token request with a separate asynchronous client; like `send_alone`."""
    client = build_async(None, _without_hooks(options), request.url)
    try:
        return await send_async(client, request)
    finally:
        # A custom transport stays open.
        if options.get("transport") is None:
            await client.aclose()


def _without_hooks(options: HttpOptions) -> HttpOptions:
    chosen = options.copy()
    chosen.pop("event_hooks", None)
    return chosen


def _built(
    client: Client | AsyncClient,
    request: Request,
    deadline: Deadline,
    trace: Any,
    progress: Progress,
) -> HttpRequest:
    # The request is built first, because a traceback with the local variables of
    # `client.request` would show headers and form.
    if client.is_closed:
        raise ConfigurationError("the client is closed; build another one")
    headers = client.headers
    if request.headers:
        headers = headers.copy()
        headers.update(request.headers)
    # `client.build_request` would merge what is complete already.
    library = library_of(client)
    built: HttpRequest = library.Request(
        request.method,
        _parsed(library, request.url),
        params=request.query or None,
        headers=headers,
        content=request.content,
        extensions={
            "timeout": deadline.timeouts(),
            "trace": trace,
            EXTENSION: progress,
            LONGEST: request.longest,
        },
    )
    # Our credentials have it; another `Auth` has not.
    sign_again = getattr(client.auth, "sign_again", None)
    if sign_again is not None:
        deadline.sign_with(partial(sign_again, built))
    return built


@lru_cache(maxsize=256)
def _parsed(library: Any, url: str) -> Any:
    """Return a URL of the library; calls repeat them, and parsing one is slow."""
    return library.URL(url)


def _content(response: HttpResponse) -> bytes:
    """Return the body of an answer, which its stream decodes (`bound_body`)."""
    if _was_read(response):
        return response.content
    stream: Any = response.stream
    return b"".join(stream)


async def _content_async(response: HttpResponse) -> bytes:
    if _was_read(response):
        return response.content
    stream: Any = response.stream
    return b"".join([piece async for piece in stream])


def _was_read(response: HttpResponse) -> bool:
    """Return whether the stream cannot be read any more.

    A hook of the user, the renewal of a token or a custom transport may have read it,
    or a hook has closed it. If the body was not kept then, `content` raises an error.
    """
    return response.is_stream_consumed or response.is_closed


def _answer(response: HttpResponse, content: bytes) -> Answer:
    status = response.status_code
    if not 200 <= status < 300:
        content = _masked(content, response.request.headers)
    return Answer(status, response.headers, content)


def _masked(content: bytes, headers: Mapping[str, str]) -> bytes:
    """Return an error page without the credential, which the page may repeat."""
    for name in (API_KEY_HEADER, TOKEN_HEADER):
        sent = headers.get(name)
        if sent:
            content = content.replace(sent.split()[-1].encode(), b"***")
    return content


def _failure(error: Exception, progress: Progress) -> Failure:
    """Return the failure that an error means; raise the error if nothing was sent."""
    reason = _reason(error, progress)
    sent = progress.may_have_left(error)
    # After a 401, an error of ours comes from the renewal of the token.
    renewing = progress.refused and not progress.in_hook
    if sent and not (renewing and isinstance(error, EnboarderError)):
        return Failure(reason, sent, showable(error), _is_lasting(error))
    progress.take_back()
    _raise_what_the_caller_gets(error)
    return Failure(reason, sent, showable(error))


def _is_lasting(error: Exception) -> bool:
    """Return whether the service would send such a body again."""
    return isinstance(error, UnusableBody) and not isinstance(error, DamagedBody)


def _raise_what_the_caller_gets(error: Exception) -> None:
    """Raise an error that is not a network failure; only those are tried again."""
    if isinstance(error, ClosedBeforeSending):
        raise ConfigurationError(
            "the client was closed before this call was sent; nothing was sent"
        ) from None
    if is_kind(error, "InvalidURL"):
        text = f"nothing was sent, because a parameter cannot be part of a URL: {error}"
        raise InvalidInput(text[:150]) from None
    if not is_kind(error, "HTTPError"):
        # It is one of our errors, or comes from the user's request hook.
        raise error


def showable(error: Exception) -> Exception | None:
    """Return an error without its frames, which hold the request.

    Return None if the error itself may hold the request, and so the credential.
    """
    if isinstance(error, UnusableBody) or is_kind(error, "HTTPError"):
        return None
    try:
        held = [*error.args, *vars(error).values()]
        if not all(isinstance(value, (str, int, float, type(None))) for value in held):
            return None
        error.__cause__ = None
        error.__context__ = None
        return error.with_traceback(None)
    except Exception:  # noqa: BLE001
        # A class of the user may refuse changes, for example.
        return None


def _reason(error: Exception, progress: Progress) -> str:
    reason = type(error).__name__
    if progress.in_hook:
        reason = f"an event hook raised {reason}"
    speaks = isinstance(error, UnusableBody) or is_kind(error, "ConnectError")
    if speaks and str(error):
        # The text names the address and port, or the problem with the certificate or
        # the body.
        reason = quotable(f"{reason}: {error}", 150)
    return reason
