"""The service as an ASGI application."""

from __future__ import annotations

from dataclasses import replace

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from .control import control
from .delivery import Delivery
from .exchange import Call
from .service import LARGEST_BODY, TOKEN_PATH, Service

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def application(service: Service, token_delay: float = 0.0) -> Starlette:
    """A Starlette application that hands every request to the service, but for those to the control path.

    Args:
        service: answers.
        token_delay: seconds for which the answer to a token request is held back.
    """

    async def endpoint(request: Request) -> Response:
        try:
            call = await _read(request)
        except ClientDisconnect:  # killed while it was sending: nobody is there for an answer
            return Response(status_code=400)
        # Handlers are plain functions and fast, so they run right here, one after the other.
        reply = service.answer(call)
        if call.path == TOKEN_PATH:
            reply = replace(reply, delay=reply.delay + token_delay)
        return Delivery(reply)

    return Starlette(routes=[control(service), Route("/{path:path}", endpoint, methods=METHODS)])


async def _read(request: Request) -> Call:
    """The request as data. An oversized body is read to its end, so that the client gets an answer, but not kept whole."""
    body = bytearray()
    async for chunk in request.stream():
        if len(body) <= LARGEST_BODY:
            body += chunk
    return Call(
        method=request.method,
        path=request.scope["raw_path"].decode("ascii"),  # an encoded slash belongs to a parameter
        query=dict(request.query_params),
        headers=dict(request.headers),
        body=bytes(body),
    )
