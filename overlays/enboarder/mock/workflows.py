"""The workflow engine: launch, update, cancel."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .exchange import Handler, Reply, Request
from .rules import is_blank, is_list, members
from .state import State, Status, Workflow

NO_CONTACT = 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
CONTACTS = ("nheml", "nhmob", "nhmobeml")
CHANNELS = {"mob": ("nhmob", "mobile"), "eml": ("nheml", "email")}


def refuse(state: State, request: Request, faults: list[str]) -> Reply:
    """Turn down a body that breaks the contract: in the documented words when a launch lacks the employee's contact."""
    if request.operation.startswith("workflows.launch"):
        allowed = CONTACTS if request.operation.endswith("basic") else (*CONTACTS, "nhexternalid")
        launches = request.body if is_list(request.body) else [request.body]
        if any(isinstance(launch, dict) and _lacks(members(launch), allowed) for launch in launches):
            return _refusal(state, NO_CONTACT)
    return Reply(400, {"message": "; ".join(faults)})


def launch(state: State, request: Request) -> Reply:
    """Launch one workflow."""
    if fault := _contact_fault(request.body):
        return _refusal(state, fault)
    return Reply(200, {"message": "ok", "referenceid": _start(state, request.body)})


def launch_bulk(state: State, request: Request) -> Reply:
    """Launch all workflows of a list, or none when one cannot be launched."""
    for fault in map(_contact_fault, request.body):
        if fault:
            return _refusal(state, fault)
    for details in request.body:
        _start(state, details)
    return Reply(200, {"message": "ok"})


def update(state: State, request: Request) -> Reply:
    """Change the running workflow of an external id; the custom fields choose among several."""
    external_id, given = request.body["externalid"], _pairs(request.body)
    running = list(state.running(external_id))
    chosen = [workflow for workflow in running if _matches(workflow, given)] if len(running) > 1 else running
    if not chosen:
        return _not_found(state, external_id)
    changed = [_merged(workflow.details, request.body) for workflow in chosen]
    for details in changed:
        if fault := _contact_fault(details):
            return _refusal(state, fault)
    for workflow, details in zip(chosen, changed, strict=True):
        workflow.details = details
    return _changed(external_id)


def cancel(state: State, request: Request) -> Reply:
    """Cancel workflows of an external id: all, those that fit the custom fields, or those that are still running."""
    external_id, mode, given = request.body["externalid"], request.body.get("mode", "ALL"), _pairs(request.body)
    chosen = list(state.running(external_id))
    if mode == "SELECTED":
        chosen = [workflow for workflow in chosen if given and _matches(workflow, given)]
    elif mode == "ALL" and any(
        workflow.external_id == external_id and workflow.status == Status.COMPLETE for workflow in state.workflows
    ):
        chosen = []
    for workflow in chosen:
        workflow.status, workflow.comments = Status.CANCELLED, request.body.get("comments")
    return _changed(external_id) if chosen else _not_found(state, external_id)


def _start(state: State, details: Mapping[str, Any]) -> str:
    external_id = details.get("externalid") or f"generated-{secrets.token_hex(8)}"
    today = datetime.now(UTC).date().isoformat()
    state.workflows.append(Workflow(external_id, {**details, "externalid": external_id}, today))
    return external_id


def _contact_fault(employee: Mapping[str, Any]) -> str | None:
    """What is wrong with an employee's contact. One who is linked to a profile needs none."""
    if not is_blank(employee.get("nhexternalid")):
        return None
    if _lacks(employee, CONTACTS):
        return NO_CONTACT
    field, word = CHANNELS.get(employee.get("chnl", ""), ("", ""))
    if field and _lacks(employee, (field, "nhmobeml")):
        return f"Employee preferred channel is {word} while {word} not provided"
    return None


def _lacks(members: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(is_blank(members.get(name)) for name in names)


def _pairs(body: Mapping[str, Any]) -> dict[str, str]:
    return {pair["name"]: pair["value"] for pair in body.get("customfields", [])}


def _matches(workflow: Workflow, given: Mapping[str, str]) -> bool:
    return given.items() <= workflow.criteria.items()


def _merged(details: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Custom fields are merged by name; everything else, the list of managers too, is replaced."""
    merged = {**details, **changes}
    pairs = {**_pairs(details), **_pairs(changes)}
    if pairs:
        merged["customfields"] = [{"name": name, "value": value} for name, value in pairs.items()]
    return merged


def _changed(external_id: str) -> Reply:
    return Reply(200, {"message": f"Workflow updated successfully for externalid [{external_id}]"})


def _not_found(state: State, external_id: str) -> Reply:
    return _refusal(state, f"Error: externalid [{external_id}] not found")


def _refusal(state: State, message: str) -> Reply:
    return Reply(state.refusal_status, {"message": message})


HANDLERS: Mapping[str, Handler] = {
    "workflows.launch_basic": launch,
    "workflows.launch_advanced": launch,
    "workflows.launch_bulk": launch_bulk,
    "workflows.update": update,
    "workflows.cancel": cancel,
}
