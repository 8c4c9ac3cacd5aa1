"""The administrators of the account, through SCIM (RFC 7643, RFC 7644)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ..messages import Reply, Request
from ..state import State
from .handlers import Handler

USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error"
MOST_RESULTS = 200


def refuse(_state: State, _request: Request, problems: Sequence[str]) -> Reply:
    """Refuse a request that breaks the contract."""
    return _error(400, "; ".join(problems), "invalidValue")


def get_all(state: State, request: Request) -> Reply:
    """List at most `count` users from `startIndex`, and never more than 200."""
    start_index = max(int(request.query.get("startIndex", 1)), 1)
    count = int(request.query.get("count", MOST_RESULTS))
    count = min(max(count, 0), MOST_RESULTS)
    # The index counts from 1.
    first = start_index - 1
    page = list(state.users.values())[first : first + count]
    body = {
        "schemas": [LIST_SCHEMA],
        "totalResults": len(state.users),
        "startIndex": start_index,
        "itemsPerPage": len(page),
        "Resources": page,
    }
    return Reply(200, body)


def create(state: State, request: Request) -> Reply:
    """Create a user, who is inactive unless the body says otherwise."""
    if _is_taken(state, request.body["userName"]):
        return _taken()
    user_id = str(uuid.uuid4())
    now = _now()
    state.users[user_id] = {
        "schemas": [USER_SCHEMA],
        "active": False,
        **request.body,
        "id": user_id,
        "meta": {"resourceType": "User", "created": now, "lastModified": now},
    }
    return Reply(201, state.users[user_id])


def get(state: State, request: Request) -> Reply:
    """Get a user."""
    user = state.users.get(request.path["id"])
    return _not_found(request) if user is None else Reply(200, user)


def replace(state: State, request: Request) -> Reply:
    """Replace a user.

    Members that the request leaves out are cleared, except for the id, the time of
    creation and whether the user is active.
    """
    user_id = request.path["id"]
    user = state.users.get(user_id)
    if user is None:
        return _not_found(request)
    if _is_taken(state, request.body["userName"], except_by=user_id):
        return _taken()
    state.users[user_id] = {
        "schemas": [USER_SCHEMA],
        "active": user["active"],
        **request.body,
        "id": user_id,
        "meta": {**user["meta"], "lastModified": _now()},
    }
    return Reply(200, state.users[user_id])


def delete(state: State, request: Request) -> Reply:
    """Delete a user."""
    user = state.users.pop(request.path["id"], None)
    return _not_found(request) if user is None else Reply(204)


def _is_taken(state: State, user_name: str, *, except_by: str = "") -> bool:
    """Return whether another user has the name, in any case."""
    return any(
        _user_name(user) == user_name.casefold()
        for user_id, user in state.users.items()
        if user_id != except_by
    )


def _user_name(user: Mapping[str, Any]) -> str:
    return str(user["userName"]).casefold()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _taken() -> Reply:
    return _error(409, "The user name is taken.", "uniqueness")


def _not_found(request: Request) -> Reply:
    return _error(404, f"There is no user {request.path['id']}.")


def _error(status: int, detail: str, scim_type: str | None = None) -> Reply:
    body: dict[str, Any] = {"schemas": [ERROR_SCHEMA], "status": str(status)}
    if scim_type:
        body["scimType"] = scim_type
    body["detail"] = detail
    return Reply(status, body)


HANDLERS: Mapping[str, Handler] = {
    "users.get_all": get_all,
    "users.create": create,
    "users.get": get,
    "users.replace": replace,
    "users.delete": delete,
}
