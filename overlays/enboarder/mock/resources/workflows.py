"""The workflow engine: launch, update and cancel."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from ..json_values import is_blank, is_list, is_object
from ..messages import Reply, Request
from ..state import State, Status, Workflow
from .handlers import Handler

NO_CONTACT = 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
CONTACTS = ("nheml", "nhmob", "nhmobeml")
CONTACTS_OR_PROFILE = (*CONTACTS, "nhexternalid")

CHANNEL_CONTACTS = {
    "mob": ("nhmob", "nhmobeml"),
    "eml": ("nheml", "nhmobeml"),
}
"""The members with the address for each channel."""

CHANNEL_WORDS = {"mob": "mobile", "eml": "email"}

Criteria: TypeAlias = Mapping[str, str]
"""Custom fields, by name."""


def refuse(state: State, request: Request, problems: Sequence[str]) -> Reply:
    """Refuse a body that breaks the contract.

    If a launch has no contact of the employee, the refusal has the documented message.
    """
    if request.operation.startswith("workflows.launch"):
        is_basic = request.operation.endswith("basic")
        contacts = CONTACTS if is_basic else CONTACTS_OR_PROFILE
        launches = request.body if is_list(request.body) else [request.body]
        for details in launches:
            if is_object(details) and _lacks_all(details, contacts):
                return _refusal(state, NO_CONTACT)
    return Reply(400, {"message": "; ".join(problems)})


def launch(state: State, request: Request) -> Reply:
    """Launch one workflow."""
    problem = _contact_problem(request.body)
    if problem:
        return _refusal(state, problem)
    external_id = _start(state, request.body)
    return Reply(200, {"message": "ok", "referenceid": external_id})


def launch_bulk(state: State, request: Request) -> Reply:
    """Launch all workflows of a list; if one cannot be launched, launch none."""
    for details in request.body:
        problem = _contact_problem(details)
        if problem:
            return _refusal(state, problem)
    for details in request.body:
        _start(state, details)
    return Reply(200, {"message": "ok"})


def update(state: State, request: Request) -> Reply:
    """Change the chosen running workflows, all of them or none."""
    external_id = request.body["externalid"]
    chosen = _chosen_for_update(state, request.body)
    if not chosen:
        return _not_found(state, external_id)
    changed = [_merge(workflow.details, request.body) for workflow in chosen]
    for details in changed:
        problem = _contact_problem(details)
        if problem:
            return _refusal(state, problem)
    for workflow, details in zip(chosen, changed, strict=True):
        workflow.details = details
    return _updated(external_id)


def cancel(state: State, request: Request) -> Reply:
    """Cancel the workflows that the mode chooses."""
    external_id = request.body["externalid"]
    choose = CANCEL_MODES[request.body.get("mode", "ALL")]
    chosen = choose(state, external_id, _criteria(request.body))
    if chosen is None:
        return _not_found(state, external_id)
    for workflow in chosen:
        workflow.status = Status.CANCELLED
        workflow.comments = request.body.get("comments")
    return _updated(external_id)


def _start(state: State, body: Mapping[str, Any]) -> str:
    external_id = body.get("externalid") or f"generated-{secrets.token_hex(8)}"
    details = {**body, "externalid": external_id}
    today = datetime.now(UTC).date().isoformat()
    state.workflows.append(Workflow(external_id, details, launch_date=today))
    return external_id


def _contact_problem(employee: Mapping[str, Any]) -> str | None:
    """Return what is wrong with an employee's contact.

    An employee with a profile needs no contact.
    """
    if not is_blank(employee.get("nhexternalid")):
        return None
    if _lacks_all(employee, CONTACTS):
        return NO_CONTACT
    channel = employee.get("chnl", "")
    if channel in CHANNEL_WORDS and _lacks_all(employee, CHANNEL_CONTACTS[channel]):
        word = CHANNEL_WORDS[channel]
        return f"Employee preferred channel is {word} while {word} not provided"
    return None


def _lacks_all(body: Mapping[str, Any], names: Sequence[str]) -> bool:
    return all(is_blank(body.get(name)) for name in names)


def _criteria(body: Mapping[str, Any]) -> dict[str, str]:
    return {pair["name"]: pair["value"] for pair in body.get("customfields", [])}


def _matches(workflow: Workflow, criteria: Criteria) -> bool:
    return criteria.items() <= workflow.criteria.items()


def _chosen_for_update(state: State, body: Mapping[str, Any]) -> list[Workflow]:
    """Return the changes of an update; custom fields choose among several workflows."""
    running = state.running(body["externalid"])
    if len(running) == 1:
        return running
    criteria = _criteria(body)
    return [workflow for workflow in running if _matches(workflow, criteria)]


def _merge(details: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Merge custom fields by name; replace all other members, such as the managers."""
    merged = {**details, **changes}
    criteria = _criteria(details)
    criteria.update(_criteria(changes))
    if criteria:
        merged["customfields"] = [
            {"name": name, "value": value} for name, value in criteria.items()
        ]
    return merged


def _choose_all(
    state: State, external_id: str, _criteria: Criteria
) -> list[Workflow] | None:
    """Choose all running workflows, unless one workflow is complete.

    The article says that this mode accepts the state `Cancel`, and says elsewhere that
    a cancelled workflow is an error.
    """
    statuses = {workflow.status for workflow in state.workflows_of(external_id)}
    if Status.COMPLETE in statuses:
        return None
    running = state.running(external_id)
    if not running and (state.repeated_cancel_refused or not statuses):
        return None
    return running


def _choose_selected(
    state: State, external_id: str, criteria: Criteria
) -> list[Workflow] | None:
    if not criteria:
        return None
    running = state.running(external_id)
    return [workflow for workflow in running if _matches(workflow, criteria)] or None


def _choose_running(
    state: State, external_id: str, _criteria: Criteria
) -> list[Workflow] | None:
    return state.running(external_id) or None


CANCEL_MODES: Mapping[str, Callable[[State, str, Criteria], list[Workflow] | None]] = {
    "ALL": _choose_all,
    "SELECTED": _choose_selected,
    "CANCEL_ALL": _choose_running,
}
"""The workflows that each mode of a cancellation chooses; None is a refusal."""


def _updated(external_id: str) -> Reply:
    message = f"Workflow updated successfully for externalid [{external_id}]"
    return Reply(200, {"message": message})


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
