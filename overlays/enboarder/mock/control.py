"""The HTTP control path: what a test in another process, or in another language, may ask of the mock.

It needs no credential (the mock is on loopback only), and is not recorded among the requests.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from types import UnionType
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from .access import DEAD_TOKEN_STATUSES
from .faults import FAULTS, Fault
from .rules import members
from .service import Service

CONTROL_PATH = "/_mock"
TYPES: Mapping[str, type | UnionType] = {
    "operation": str,
    "times": int,
    "after": int,
    "carried_out": bool,
    "seconds": int | float,
    "status": int,
    "retry_after": int | None,
    "member": str,
}
SHOWN = ("method", "path", "operation", "status", "fault")
"""What is told of a request: neither headers nor query nor body."""


def control(service: Service) -> Mount:
    """Everything below the control path."""

    async def add_fault(request: Request) -> Response:
        try:
            asked = _typed(members(await request.json()))
            operation, times, after = asked.pop("operation", "*"), asked.pop("times", 1), asked.pop("after", 0)
            fault = _fault(**asked)
            with service.lock:
                service.pending.add(operation, fault, times, after)
        except (TypeError, ValueError) as error:  # no JSON is a ValueError, too
            return _bad(str(error))
        waiting = {"operation": operation, "times": times, "after": after, "carried_out": fault.carried_out}
        return JSONResponse(asked | waiting, 201)

    async def clear_faults(_: Request) -> Response:
        with service.lock:
            service.pending.clear()
        return Response(status_code=204)

    async def requests(_: Request) -> Response:
        with service.lock:
            seen = list(service.recorded)
        return JSONResponse([{name: getattr(one, name) for name in SHOWN} for one in seen])

    def ends_tokens(end: Callable[[], None]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            status = request.query_params.get("status", str(service.access.dead_token_status))
            if status not in map(str, DEAD_TOKEN_STATUSES):
                return _bad(f"status must be 401 or 403, not {status}")
            with service.lock:
                service.access.dead_token_status = int(status)
                end()
            return Response(status_code=204)

        return endpoint

    return Mount(
        CONTROL_PATH,
        routes=[
            Route("/faults", add_fault, methods=["POST"]),
            Route("/faults", clear_faults, methods=["DELETE"]),
            Route("/requests", requests, methods=["GET"]),
            Route("/tokens/expire", ends_tokens(service.access.expire), methods=["POST"]),
            Route("/tokens/revoke", ends_tokens(service.access.revoke), methods=["POST"]),
        ],
    )


def _typed(asked: dict[str, Any]) -> dict[str, Any]:
    for name, value in asked.items():
        expected = TYPES.get(name)
        if expected is not None and not isinstance(value, expected):
            raise TypeError(f"{name} has a value of the wrong type")
    return asked


def _fault(fault: object = None, **options: Any) -> Fault:
    make = FAULTS.get(str(fault))
    if make is None:
        raise ValueError(f"fault must be one of {', '.join(FAULTS)}, not {fault!r}")
    inspect.signature(make).bind(**options)  # its message names no function
    return make(**options)


def _bad(message: str) -> Response:
    return JSONResponse({"message": message}, 400)
