"""Send a request once, and say what came back: an answer, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from enboarder_api.client import Answer
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER

from ..errors import ConfigurationError, EnboarderError, InvalidInput
from ..words import quotable
from .client import AsyncClient, Client, build, build_async
from .deadline import Deadline
from .hooks import EXTENSION, Progress
from .messages import Failure, Request
from .options import HttpOptions


def send(
    client: Client, request: Request, progress: Progress | None = None
) -> Answer | Failure:
    """Send a request once, apart from the one replay with a new token.

    Args:
        client: sends it.
        request: what is sent.
        progress: keeps how far the attempt came, for callers that outlive it.

    Raises:
        EnboarderError: nothing was sent, and the error says why.
    """
    deadline = _deadline(client, request)
    progress = progress or Progress()
    try:
        with deadline.current():
            built = _built(client, request, deadline, deadline.step, progress)
            response = client.send(built, stream=True)
            try:
                return _answer(response, _body(response, deadline))
            finally:
                response.close()
    except Exception as error:  # noqa: BLE001
        return _failure(error, progress)


async def send_async(
    client: AsyncClient, request: Request, progress: Progress | None = None
) -> Answer | Failure:
    """Send a request once by an asynchronous client; like `send`."""
    deadline = _deadline(client, request)
    progress = progress or Progress()
    try:
        with deadline.current():
            built = _built(client, request, deadline, deadline.step_async, progress)
            response = await client.send(built, stream=True)
            try:
                return _answer(response, await _body_async(response, deadline))
            finally:
                await response.aclose()
    except Exception as error:  # noqa: BLE001
        return _failure(error, progress)


def send_alone(options: HttpOptions, request: Request) -> Answer | Failure:
    """Send a token request by a client of its own.

    It has no credential, hook or cookie, and never waits behind slow calls. The request
    says `Connection: close`, so nothing is left to be closed, and a transport of the
    user's stays open.
    """
    return send(build(None, _without_hooks(options), request.url), request)


async def send_alone_async(options: HttpOptions, request: Request) -> Answer | Failure:
    """Send a token request by an asynchronous client of its own; like `send_alone`."""
    client = build_async(None, _without_hooks(options), request.url)
    return await send_async(client, request)


def _deadline(client: Client | AsyncClient, request: Request) -> Deadline:
    def is_closed() -> bool:
        return client.is_closed

    return Deadline(request.timeout, request.longest, is_closed)


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
) -> httpx.Request:
    # Built before it is sent: a traceback with the local variables of `client.request`
    # would show headers and form.
    if client.is_closed:
        raise ConfigurationError("the client is closed; build another one")
    return client.build_request(
        request.method,
        request.url,
        params=request.query or None,
        headers=request.headers,
        content=request.content,
        extensions={
            "timeout": deadline.timeouts(),
            "trace": trace,
            EXTENSION: progress,
        },
    )


def _body(response: httpx.Response, deadline: Deadline) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        deadline.accept(len(body))
    return bytes(body)


async def _body_async(response: httpx.Response, deadline: Deadline) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        deadline.accept(len(body))
    return bytes(body)


def _answer(response: httpx.Response, content: bytes) -> Answer:
    if not response.is_success:
        content = _masked(content, response.request.headers)
    return Answer(response.status_code, response.headers, content)


def _masked(content: bytes, headers: Mapping[str, str]) -> bytes:
    """Return an error page without the credential, which it may repeat."""
    for name in (API_KEY_HEADER, TOKEN_HEADER):
        sent = headers.get(name)
        if sent:
            content = content.replace(sent.split()[-1].encode(), b"***")
    return content


def _failure(error: Exception, progress: Progress) -> Failure:
    """Return what an error means for the call; raise it when nothing was sent."""
    if progress.in_hook:
        # Whatever the hook raised says nothing about this request, which was answered.
        return Failure(_reason(error, progress), sent=True)
    if isinstance(error, httpx.InvalidURL):
        text = f"nothing was sent, because a parameter makes no URL: {error}"
        raise InvalidInput(text[:150]) from None
    if isinstance(error, EnboarderError):
        raise error
    sent = progress.may_have_left(error)
    if not sent and not isinstance(error, httpx.HTTPError):
        # A hook of the user's, called before the request, raised it.
        raise error
    return Failure(_reason(error, progress), sent, _showable(error))


def _showable(error: Exception) -> Exception | None:
    """Return an error without its frames, which hold the request.

    None if the error itself may hold the request, and with it the credential.
    """
    if isinstance(error, httpx.HTTPError):
        return None
    held = [*error.args, *vars(error).values()]
    if not all(isinstance(value, (str, int, float, type(None))) for value in held):
        return None
    error.__cause__ = None
    error.__context__ = None
    return error.with_traceback(None)


def _reason(error: Exception, progress: Progress) -> str:
    reason = type(error).__name__
    if progress.in_hook:
        reason = f"an event hook raised {reason}"
    if isinstance(error, httpx.ConnectError) and str(error):
        # The text names the address and port, or the fault of the certificate.
        reason = quotable(f"{reason}: {error}", 150)
    return reason
