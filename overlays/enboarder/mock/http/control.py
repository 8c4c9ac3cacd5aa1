"""The control path, for tests in another process or language.

It needs no credential, because the mock listens on loopback only and refuses what the
pages of other sites ask a browser to send. Requests to it are not recorded.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from types import UnionType
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from ..faults import FAULTS, Fault
from ..json_values import members
from ..messages import Recorded
from ..service import Service
from .local_only import LocalOnly

CONTROL_PATH = "/_mock"

SETTING_TYPES: Mapping[str, type | UnionType] = {
    "operation": str,
    "times": int,
    "after": int,
    "carried_out": bool,
    "seconds": int | float,
    "status": int,
    "retry_after": int | None,
    "member": str,
}
"""The types of the settings that may be sent with the name of a fault."""


def control_routes(service: Service) -> Mount:
    """Return the routes below the control path."""
    control = Control(service)
    tokens = service.gate.tokens
    return Mount(
        CONTROL_PATH,
        middleware=[Middleware(LocalOnly)],
        routes=[
            Route("/faults", control.add_fault, methods=["POST"]),
            Route("/faults", control.clear_faults, methods=["DELETE"]),
            Route("/requests", control.list_requests, methods=["GET"]),
            Route("/forms", control.add_form, methods=["POST"]),
            Route("/workflows", control.list_workflows, methods=["GET"]),
            Route("/tokens/expire", control.ending(tokens.expire), methods=["POST"]),
            Route("/tokens/revoke", control.ending(tokens.revoke), methods=["POST"]),
        ],
    )


class Control:
    """The endpoints of the control path."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def add_fault(self, request: Request) -> Response:
        """Let the next requests of an operation meet a fault."""
        try:
            settings = _checked_settings(await request.json())
            operation = settings.pop("operation", "*")
            times = settings.pop("times", 1)
            after = settings.pop("after", 0)
            fault = _make_fault(**settings)
            with self._service.lock:
                self._service.fault_queue.add(
                    operation, fault, times=times, after=after
                )
        except (TypeError, ValueError) as error:
            # A body that is not JSON is a ValueError, too.
            return _bad_request(str(error))
        except RecursionError:
            return _bad_request("the body is nested too deeply")
        except ClientDisconnect:
            return _bad_request("the request ended early")
        answer = {
            **settings,
            "operation": operation,
            "times": times,
            "after": after,
            "carried_out": fault.carried_out,
        }
        return JSONResponse(answer, 201)

    async def clear_faults(self, _request: Request) -> Response:
        """Remove the faults that no request has met yet."""
        with self._service.lock:
            self._service.fault_queue.clear()
        return Response(status_code=204)

    async def list_requests(self, _request: Request) -> Response:
        """List the requests so far, without headers, queries and bodies."""
        return JSONResponse([_shown(one) for one in self._service.recorded])

    async def add_form(self, request: Request) -> Response:
        """Offer a form, or replace one, in the reports."""
        try:
            form = members(await request.json())
            # Unlike a call, this raises an error without the name of the function.
            inspect.signature(self._service.add_form).bind(**form)
            self._service.add_form(**form)
        except (TypeError, ValueError) as error:
            return _bad_request(str(error))
        except RecursionError:
            return _bad_request("the body is nested too deeply")
        except ClientDisconnect:
            return _bad_request("the request ended early")
        return JSONResponse({"form_id": form["form_id"]}, 201)

    async def list_workflows(self, _request: Request) -> Response:
        """List the workflows that were launched, as they are now."""
        with self._service.lock:
            workflows = [
                {
                    "external_id": workflow.external_id,
                    "status": str(workflow.status),
                    "details": workflow.details,
                }
                for workflow in self._service.state.workflows
            ]
        return JSONResponse(workflows)

    def ending(
        self, end_tokens: Callable[[], None]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return an endpoint that ends all tokens.

        Args:
            end_tokens: The function that ends them.
        """

        async def endpoint(request: Request) -> Response:
            status = request.query_params.get("status")
            if status is not None and status not in ("401", "403"):
                return _bad_request(f"status must be 401 or 403, not {status}")
            with self._service.lock:
                if status is not None:
                    self._service.gate.dead_token_status = int(status)
                end_tokens()
            return Response(status_code=204)

        return endpoint


def _shown(recorded: Recorded) -> dict[str, Any]:
    return {
        "method": recorded.method,
        "path": recorded.path,
        "operation": recorded.operation,
        "status": recorded.status,
        "fault": recorded.fault,
    }


def _checked_settings(body: Any) -> dict[str, Any]:
    settings = dict(members(body))
    for name, value in settings.items():
        expected = SETTING_TYPES.get(name)
        if expected is not None and not _has_type(value, expected):
            raise TypeError(f"{name} has a value of the wrong type")
    return settings


def _has_type(value: Any, expected: type | UnionType) -> bool:
    # In Python a boolean is an integer; in JSON it is not.
    if isinstance(value, bool):
        return expected is bool
    return isinstance(value, expected)


def _make_fault(fault: object = None, **settings: Any) -> Fault:
    make = FAULTS.get(str(fault))
    if make is None:
        raise ValueError(f"fault must be one of {', '.join(FAULTS)}, not {fault!r}")
    # Unlike a call, this raises an error without the name of the function.
    inspect.signature(make).bind(**settings)
    return make(**settings)


def _bad_request(message: str) -> Response:
    return JSONResponse({"message": message}, 400)
