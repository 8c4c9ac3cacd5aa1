"""Reports: forms and workflow definitions, what they consist of, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .cursors import UnknownCursor
from .exchange import Handler, Reply, Request
from .state import State

FORM_ROWS_ON_A_PAGE = 500
WORKFLOW_ROWS_ON_A_PAGE = 100
PEOPLE = ("Alex", "Sam", "Morgan")


def get_forms(state: State, _: Request) -> Reply:
    """List the forms."""
    return Reply(200, {"count": len(state.forms), "items": state.forms})


def get_form_properties(state: State, request: Request) -> Reply:
    """Get the fields of a form."""
    found = state.form_properties.get(request.path["id"])
    return Reply(200, found) if found else _not_found("form", request)


def get_form_data(state: State, request: Request) -> Reply:
    """Get 500 rows of a form: one value for each of its fields."""
    form = state.form_properties.get(request.path["id"])
    if form is None:
        return _not_found("form", request)

    def row(index: int) -> dict[str, Any]:
        return {field["fieldName"]: _value(field, index) for field in form["fields"]}

    return _rows(state, request, f"form {form['id']}", state.form_rows.get(form["id"], 0), FORM_ROWS_ON_A_PAGE, row)


def get_workflows(state: State, request: Request) -> Reply:
    """List the workflow definitions, all on one page."""
    reply = _rows(
        state, request, "definitions", len(state.definitions), WORKFLOW_ROWS_ON_A_PAGE, state.definitions.__getitem__
    )
    return Reply(200, {"count": len(state.definitions), **reply.body}) if reply.status == 200 else reply


def get_workflow_properties(state: State, request: Request) -> Reply:
    """Get the columns of a workflow definition."""
    found = state.definition_properties.get(request.path["id"])
    return Reply(200, found) if found else _not_found("workflow", request)


def get_workflow_data(state: State, request: Request) -> Reply:
    """Get 100 rows of a workflow definition: what a third party lists, and its columns by their labels."""
    definition = state.definition_properties.get(request.path["id"])
    if definition is None:
        return _not_found("workflow", request)

    def row(index: int) -> dict[str, Any]:
        external_id = f"ENB-{index + 1:06}"
        common = {"externalid": external_id, "referenceid": external_id, "status": "InProcess"}
        dates = {"startDate": f"2027-01-{index % 28 + 1:02}", "launchDate": "2026-12-01"}
        return {**common, **dates, **{field["label"]: f"{20000 + index}" for field in definition["fields"]}}

    total = state.workflow_rows.get(definition["id"], 0)
    return _rows(state, request, f"workflow {definition['id']}", total, WORKFLOW_ROWS_ON_A_PAGE, row)


def _value(field: Mapping[str, Any], index: int) -> str:
    person = PEOPLE[index % len(PEOPLE)]
    if field["datatype"] == "email":
        return f"{person.lower()}+{index + 1}@example.com"
    if field["datatype"] == "dropdown":
        return str(field["options"][index % len(field["options"])])
    return f"{person} Example"


def _rows(
    state: State, request: Request, owner: str, total: int, size: int, row: Callable[[int], dict[str, Any]]
) -> Reply:
    try:
        page, following = state.cursors.page(owner, total, size, request.query.get("nextKey"))
    except UnknownCursor:
        return Reply(400, {"message": f"nextKey was not issued for the {owner}"})
    items = [row(index) for index in page]
    return Reply(200, {"items": items, "nextKey": following} if following else {"items": items})


def _not_found(kind: str, request: Request) -> Reply:
    return Reply(404, {"message": f"There is no {kind} {request.path['id']}"})


HANDLERS: Mapping[str, Handler] = {
    "reports.get_forms": get_forms,
    "reports.get_form_properties": get_form_properties,
    "reports.get_form_data": get_form_data,
    "reports.get_workflows": get_workflows,
    "reports.get_workflow_properties": get_workflow_properties,
    "reports.get_workflow_data": get_workflow_data,
}
