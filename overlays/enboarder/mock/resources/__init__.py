"""The resources of the API: what each operation does with the mock's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..messages import Reply, Request
from ..state import State
from . import brands, discovery, profiles, reports, users, workflows
from .handlers import Handler, Refusal

__all__ = ["HANDLERS", "refuse"]

HANDLERS: Mapping[str, Handler] = {
    **workflows.HANDLERS,
    **profiles.HANDLERS,
    **reports.HANDLERS,
    **users.HANDLERS,
    **discovery.HANDLERS,
    **brands.HANDLERS,
}
"""The handlers, by the operation's name in the client."""

REFUSALS: Mapping[str, Refusal] = {
    "workflows": workflows.refuse,
    "profiles": profiles.refuse,
    "users": users.refuse,
}


def refuse(state: State, request: Request, problems: Sequence[str]) -> Reply:
    """Refuse a request that breaks the contract, with the message of its resource."""
    resource = request.operation.partition(".")[0]
    refusal = REFUSALS.get(resource, _refuse_plainly)
    return refusal(state, request, problems)


def _refuse_plainly(_state: State, _request: Request, problems: Sequence[str]) -> Reply:
    return Reply(400, {"message": "; ".join(problems)})
