"""The service as an ASGI application."""

from __future__ import annotations

from dataclasses import replace

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from ..messages import Call
from ..service import LARGEST_BODY, TOKEN_PATH, Service
from .control import control_routes
from .delivery import Delivery

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def application(service: Service, token_delay: float = 0.0) -> Starlette:
    """Return an application that passes every request to the service.

    Only requests below the control path go elsewhere.

    Args:
        service: Answers the requests.
        token_delay: Seconds by which the answer to a token request is delayed.
    """

    async def endpoint(request: Request) -> Response:
        try:
            call = await _read(request)
        except ClientDisconnect:
            # The client ended while it was sending, so nobody waits for an answer.
            return Response(status_code=400)
        # Handlers are plain functions and fast, so they run here, one by one.
        reply = service.answer(call)
        if call.path == TOKEN_PATH:
            reply = replace(reply, delay=reply.delay + token_delay)
        return Delivery(reply)

    everything_else = Route("/{path:path}", endpoint, methods=METHODS)
    return Starlette(routes=[control_routes(service), everything_else])


async def _read(request: Request) -> Call:
    """Return the request as data.

    A body that is too large is read to its end, so that the client gets an answer, but
    only a part is kept.
    """
    body = bytearray()
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if len(body) <= LARGEST_BODY:
            body += chunk
    return Call(
        method=request.method,
        # This is the raw path, because an encoded slash belongs to a parameter.
        path=request.scope["raw_path"].decode("ascii"),
        query=dict(request.query_params),
        headers=dict(request.headers),
        body=bytes(body[:LARGEST_BODY]),
        body_size=size,
    )
