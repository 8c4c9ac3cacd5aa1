"""The administrators of the account, by SCIM (RFC 7643, RFC 7644)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .exchange import Handler, Reply, Request
from .state import State

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
MOST_RESULTS = 200


def refuse(_: State, __: Request, faults: list[str]) -> Reply:
    """Turn down a request that breaks the contract."""
    return _error(400, "; ".join(faults), "invalidValue")


def get_all(state: State, request: Request) -> Reply:
    """List users from `startIndex`, which counts from 1; at most `count` and never more than 200."""
    start = max(int(request.query.get("startIndex", 1)), 1)
    count = min(max(int(request.query.get("count", MOST_RESULTS)), 0), MOST_RESULTS)
    page = list(state.users.values())[start - 1 : start - 1 + count]
    return Reply(
        200,
        {
            "schemas": [LIST],
            "totalResults": len(state.users),
            "startIndex": start,
            "itemsPerPage": len(page),
            "Resources": page,
        },
    )


def create(state: State, request: Request) -> Reply:
    """Create a user; it is inactive unless the body says otherwise."""
    if _is_taken(state, request.body["userName"]):
        return _taken()
    user_id, now = str(uuid.uuid4()), _now()
    meta = {"resourceType": "User", "created": now, "lastModified": now}
    state.users[user_id] = {"schemas": [USER], "active": False, **request.body, "id": user_id, "meta": meta}
    return Reply(201, state.users[user_id])


def get(state: State, request: Request) -> Reply:
    """Get a user."""
    found = state.users.get(request.path["id"])
    return Reply(200, found) if found else _not_found(request)


def replace(state: State, request: Request) -> Reply:
    """Replace a user; what is left out is cleared, but for id, creation time and whether it is active."""
    user_id = request.path["id"]
    if (user := state.users.get(user_id)) is None:
        return _not_found(request)
    if _is_taken(state, request.body["userName"], by_other_than=user_id):
        return _taken()
    meta = {**user["meta"], "lastModified": _now()}
    state.users[user_id] = {"schemas": [USER], "active": user["active"], **request.body, "id": user_id, "meta": meta}
    return Reply(200, state.users[user_id])


def delete(state: State, request: Request) -> Reply:
    """Delete a user."""
    return Reply(204) if state.users.pop(request.path["id"], None) else _not_found(request)


def _is_taken(state: State, user_name: str, *, by_other_than: str = "") -> bool:
    """RFC 7643 compares user names without regard to case."""
    others: list[dict[str, Any]] = [user for user in state.users.values() if user["id"] != by_other_than]
    return any(user["userName"].casefold() == user_name.casefold() for user in others)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _taken() -> Reply:
    return _error(409, "The user name is taken.", "uniqueness")


def _not_found(request: Request) -> Reply:
    return _error(404, f"There is no user {request.path['id']}.")


def _error(status: int, detail: str, scim_type: str | None = None) -> Reply:
    kind = {"scimType": scim_type} if scim_type else {}
    return Reply(status, {"schemas": [ERROR], "status": str(status), **kind, "detail": detail})


HANDLERS: Mapping[str, Handler] = {
    "users.get_all": get_all,
    "users.create": create,
    "users.get": get,
    "users.replace": replace,
    "users.delete": delete,
}
