"""Profiles: create, get, update, delete, the photo, and the profile's workflows."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from enboarder_api.contract import WARNING_HEADER

from ..cursors import UnknownCursor
from ..json_values import is_blank, members
from ..messages import Reply, Request
from ..state import State, Workflow
from .handlers import Handler

WORKFLOWS_ON_A_PAGE = 10
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MOBILE = re.compile(r"\+[0-9]{7,15}")


def refuse(state: State, request: Request, problems: Sequence[str]) -> Reply:
    """Refuse a request that breaks the contract.

    If a new profile lacks members, the refusal has the documented messages.
    """
    if request.operation == "profiles.create":
        missing = _missing(members(request.body))
        if missing:
            return _missing_fields(state, request, missing)
    return _invalid_fields(state, problems)


def create(state: State, request: Request) -> Reply:
    """Create a profile; its id is its external id or a generated one."""
    missing = _missing(request.body)
    if missing:
        return _missing_fields(state, request, missing)
    profile_id = request.body.get("externalid") or str(uuid.uuid4())
    if profile_id in state.profiles:
        message = f"Profile with ID {profile_id} already exists"
        return _refusal(state, "PROFILE_EXISTS", message)
    profile = {**request.body, "id": profile_id}
    state.profiles[profile_id] = profile
    return _done("Profile Created", profile_id, _warnings(request, profile))


def get(state: State, request: Request) -> Reply:
    """Get a profile, without its photo."""
    profile = _find(state, request)
    if profile is None:
        return _not_exists(state, request)
    shown = dict(profile)
    shown.pop("profilePhoto", None)
    return Reply(200, shown)


def update(state: State, request: Request) -> Reply:
    """Change the given members; merge the contact and the profile fields."""
    profile = _find(state, request)
    if profile is None:
        return _not_exists(state, request)
    profile_id = request.path["id"]
    if request.body.get("externalid", profile_id) != profile_id:
        return _invalid_fields(state, ["externalid: it cannot be changed"])
    changed = {**_merge(profile, request.body), "id": profile_id}
    missing = _missing(changed)
    if missing:
        return _missing_fields(state, request, missing)
    state.profiles[profile_id] = changed
    return _done("Profile Updated", profile_id, _warnings(request, changed))


def delete(state: State, request: Request) -> Reply:
    """Delete a profile, unless a running workflow refers to it."""
    if _find(state, request) is None:
        return _not_exists(state, request)
    profile_id = request.path["id"]
    if _running_workflows(state, profile_id):
        message = f"Profile with ID {profile_id} belongs to an active workflow"
        return _refusal(state, "ACTIVE_PROFILE", message)
    del state.profiles[profile_id]
    return _done("Profile Deleted", profile_id)


def set_photo(state: State, request: Request) -> Reply:
    """Set the photo."""
    profile = _find(state, request)
    if profile is None:
        return _not_exists(state, request)
    profile["profilePhoto"] = request.body
    return _done("Profile Photo Updated", request.path["id"])


def get_photo(state: State, request: Request) -> Reply:
    """Get the photo as JSON, as it was set."""
    profile = _find(state, request)
    if profile is None:
        return _not_exists(state, request)
    if "profilePhoto" not in profile:
        message = f"Profile with ID {request.path['id']} has no photo"
        return Reply(404, {"message": message})
    return Reply(200, profile["profilePhoto"])


def get_workflows(state: State, request: Request) -> Reply:
    """Get ten running workflows of a profile; the status is 206 if there are more."""
    if _find(state, request) is None:
        return _not_exists(state, request)
    profile_id = request.path["id"]
    running = _running_workflows(state, profile_id)
    owner = f"profile {profile_id}"
    cursor = request.query.get("nextKey")
    try:
        page = state.cursors.page(owner, len(running), WORKFLOWS_ON_A_PAGE, cursor)
    except UnknownCursor:
        return _invalid_fields(state, ["nextKey: it was not issued for this profile"])
    items = [_item(state, running[index]) for index in page.indexes]
    if page.next_cursor is None:
        return Reply(200, {"items": items})
    return Reply(206, {"items": items, "nextKey": page.next_cursor})


def _find(state: State, request: Request) -> dict[str, Any] | None:
    return state.profiles.get(request.path["id"])


def _running_workflows(state: State, profile_id: str) -> list[Workflow]:
    return [
        workflow
        for workflow in state.workflows
        if workflow.is_running and workflow.details.get("nhexternalid") == profile_id
    ]


def _item(state: State, workflow: Workflow) -> dict[str, Any]:
    # No request or document says which definition a launch chooses.
    definition = state.definitions[0]
    return {
        **definition,
        "isActive": True,
        "status": workflow.status,
        "startDate": workflow.details.get("nhstdt", ""),
        "launchDate": workflow.launch_date,
        "externalid": workflow.external_id,
        "referenceid": workflow.external_id,
    }


def _missing(profile: Mapping[str, Any]) -> list[str]:
    """Return the documented messages for the members that a profile lacks."""
    missing: list[str] = []
    if is_blank(profile.get("firstName")):
        missing.append("First Name is missing")
    contact = members(profile.get("contact"))
    has_email = _is_valid(EMAIL, contact.get("email"))
    has_mobile = _is_valid(MOBILE, contact.get("mobile"))
    if not has_email and not has_mobile:
        missing.append("Both Email and mobile number are missing or invalid")
    return missing


def _is_valid(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _warnings(request: Request, profile: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the member `warnings`, if the request asks for it."""
    wanted = request.headers.get(WARNING_HEADER.lower(), "no").lower()
    if wanted != "yes":
        return {}
    contact = members(profile.get("contact"))
    warnings: list[str] = []
    if _is_invalid(MOBILE, contact.get("mobile")):
        warnings.append("mobile number is invalid")
    if _is_invalid(EMAIL, contact.get("email")):
        warnings.append("email is invalid")
    return {"warnings": warnings}


def _is_invalid(pattern: re.Pattern[str], value: Any) -> bool:
    return not is_blank(value) and not _is_valid(pattern, value)


def _merge(profile: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Merge the contact by member and the profile fields by name; replace the rest."""
    merged = {**profile, **changes}
    if "contact" in changes:
        merged["contact"] = {**profile.get("contact", {}), **changes["contact"]}
    if "profilefields" in changes:
        fields = {pair["name"]: pair for pair in profile.get("profilefields", [])}
        fields.update({pair["name"]: pair for pair in changes["profilefields"]})
        merged["profilefields"] = list(fields.values())
    return merged


def _done(
    message: str, profile_id: str, warnings: Mapping[str, list[str]] | None = None
) -> Reply:
    return Reply(200, {"message": message, "id": profile_id, **(warnings or {})})


def _refusal(
    state: State, code: str, message: str, errors: Sequence[str] = ()
) -> Reply:
    body = {"errorcode": code, "message": message, "errors": list(errors)}
    return Reply(state.refusal_status, body)


def _missing_fields(state: State, request: Request, missing: Sequence[str]) -> Reply:
    message = "Mandatory fields are missing"
    refusal = _refusal(state, "MISSING_FIELDS", message, missing)
    warnings = _warnings(request, members(request.body))
    return Reply(refusal.status, {**refusal.body, **warnings})


def _invalid_fields(state: State, problems: Sequence[str]) -> Reply:
    return _refusal(state, "INVALID_FIELDS", "Fields are invalid", problems)


def _not_exists(state: State, request: Request) -> Reply:
    message = f"Profile with ID {request.path['id']} does not exist"
    return _refusal(state, "PROFILE_NOT_EXISTS", message)


HANDLERS: Mapping[str, Handler] = {
    "profiles.create": create,
    "profiles.get": get,
    "profiles.update": update,
    "profiles.delete": delete,
    "profiles.set_photo": set_photo,
    "profiles.get_photo": get_photo,
    "profiles.get_workflows": get_workflows,
}
