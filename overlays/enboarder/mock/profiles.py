"""Profiles: create, get, update, delete, the photo, and the workflows that a profile is in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from enboarder_api.contract import WARNING_HEADER

from .cursors import UnknownCursor
from .exchange import Handler, Reply, Request
from .rules import is_blank, members
from .state import State, Workflow

WORKFLOWS_ON_A_PAGE = 10
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MOBILE = re.compile(r"\+[0-9]{7,15}")


def refuse(state: State, request: Request, faults: list[str]) -> Reply:
    """Turn down a request that breaks the contract: in the documented words for what a profile must have."""
    missing = _missing(members(request.body)) if request.operation == "profiles.create" else []
    return _missing_fields(state, request, missing) if missing else _invalid_fields(state, faults)


def create(state: State, request: Request) -> Reply:
    """Create a profile; its id is the external id, or made up."""
    if missing := _missing(request.body):
        return _missing_fields(state, request, missing)
    profile_id = request.body.get("externalid") or str(uuid.uuid4())
    if profile_id in state.profiles:
        return _refusal(state, "PROFILE_EXISTS", f"Profile with ID {profile_id} already exists")
    state.profiles[profile_id] = {"id": profile_id, **request.body}
    return Reply(200, {"message": "Profile Created", "id": profile_id, **_warnings(request, request.body)})


def get(state: State, request: Request) -> Reply:
    """Get a profile, without the photo."""
    if (profile := _found(state, request)) is None:
        return _not_exists(state, request)
    return Reply(200, {name: value for name, value in profile.items() if name != "profilePhoto"})


def update(state: State, request: Request) -> Reply:
    """Change what is given; contact and profile fields are merged member by member."""
    if (profile := _found(state, request)) is None:
        return _not_exists(state, request)
    profile_id = request.path["id"]
    if request.body.get("externalid", profile_id) != profile_id:
        return _invalid_fields(state, ["externalid: it cannot be changed"])
    changed = _merged(profile, request.body)
    if missing := _missing(changed):
        return _missing_fields(state, request, missing)
    state.profiles[profile_id] = changed
    return Reply(200, {"message": "Profile Updated", "id": profile_id, **_warnings(request, changed)})


def delete(state: State, request: Request) -> Reply:
    """Delete a profile that no running workflow refers to."""
    if _found(state, request) is None:
        return _not_exists(state, request)
    profile_id = request.path["id"]
    if _workflows(state, profile_id):
        return _refusal(state, "ACTIVE_PROFILE", f"Profile with ID {profile_id} belongs to an active workflow")
    del state.profiles[profile_id]
    return Reply(200, {"message": "Profile Deleted", "id": profile_id})


def set_photo(state: State, request: Request) -> Reply:
    """Set the photo."""
    if (profile := _found(state, request)) is None:
        return _not_exists(state, request)
    profile["profilePhoto"] = request.body
    return Reply(200, {"message": "Profile Photo Updated", "id": request.path["id"]})


def get_photo(state: State, request: Request) -> Reply:
    """Get the photo as it was set, as JSON."""
    if (profile := _found(state, request)) is None:
        return _not_exists(state, request)
    if "profilePhoto" not in profile:
        return Reply(404, {"message": f"Profile with ID {request.path['id']} has no photo"})
    return Reply(200, profile["profilePhoto"])


def get_workflows(state: State, request: Request) -> Reply:
    """Get ten of the running workflows that refer to a profile; 206 while there are more."""
    if _found(state, request) is None:
        return _not_exists(state, request)
    profile_id = request.path["id"]
    running = _workflows(state, profile_id)
    try:
        page, following = state.cursors.page(
            f"profile {profile_id}", len(running), WORKFLOWS_ON_A_PAGE, request.query.get("nextKey")
        )
    except UnknownCursor:
        return _invalid_fields(state, ["nextKey: unknown"])
    items = [_item(state, running[index]) for index in page]
    return Reply(206, {"items": items, "nextKey": following}) if following else Reply(200, {"items": items})


def _found(state: State, request: Request) -> dict[str, Any] | None:
    return state.profiles.get(request.path["id"])


def _workflows(state: State, profile_id: str) -> list[Workflow]:
    return [
        workflow
        for workflow in state.workflows
        if workflow.is_running and workflow.details.get("nhexternalid") == profile_id
    ]


def _item(state: State, workflow: Workflow) -> dict[str, Any]:
    return {
        **state.definitions[0],  # which definition a launch chooses cannot be known from outside
        "isActive": True,
        "status": workflow.status,
        "startDate": workflow.details.get("nhstdt", ""),
        "launchDate": workflow.launch_date,
        "externalid": workflow.external_id,
        "referenceid": workflow.external_id,
    }


def _missing(profile: Mapping[str, Any]) -> list[str]:
    contact = members(profile.get("contact"))
    missing = ["First Name is missing"] if is_blank(profile.get("firstName")) else []
    if not (_valid(EMAIL, contact.get("email")) or _valid(MOBILE, contact.get("mobile"))):
        missing.append("Both Email and mobile number are missing or invalid")
    return missing


def _valid(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _warnings(request: Request, profile: Mapping[str, Any]) -> dict[str, list[str]]:
    """The member `warnings`, if the request asked for it."""
    if request.headers.get(WARNING_HEADER.lower(), "no").lower() != "yes":
        return {}
    contact = members(profile.get("contact"))
    checks = (("mobile number", MOBILE, contact.get("mobile")), ("email", EMAIL, contact.get("email")))
    wrong = [name for name, form, value in checks if not is_blank(value) and not _valid(form, value)]
    return {"warnings": [f"{name} is invalid" for name in wrong]}


def _merged(profile: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**profile, **changes}
    merged["contact"] = {**profile["contact"], **changes.get("contact", {})}
    if "profilefields" in changes:
        fields = {pair["name"]: pair for pair in [*profile.get("profilefields", []), *changes["profilefields"]]}
        merged["profilefields"] = list(fields.values())
    return merged


def _refusal(state: State, code: str, message: str, errors: list[str] | None = None) -> Reply:
    return Reply(state.refusal_status, {"errorcode": code, "message": message, "errors": errors or []})


def _missing_fields(state: State, request: Request, missing: list[str]) -> Reply:
    refusal = _refusal(state, "MISSING_FIELDS", "Mandatory fields are missing", missing)
    return Reply(refusal.status, {**refusal.body, **_warnings(request, members(request.body))})


def _invalid_fields(state: State, faults: list[str]) -> Reply:
    return _refusal(state, "INVALID_FIELDS", "Fields are invalid", faults)


def _not_exists(state: State, request: Request) -> Reply:
    return _refusal(state, "PROFILE_NOT_EXISTS", f"Profile with ID {request.path['id']} does not exist")


HANDLERS: Mapping[str, Handler] = {
    "profiles.create": create,
    "profiles.get": get,
    "profiles.update": update,
    "profiles.delete": delete,
    "profiles.set_photo": set_photo,
    "profiles.get_photo": get_photo,
    "profiles.get_workflows": get_workflows,
}
