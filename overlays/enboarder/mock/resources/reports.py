"""Reports: forms and workflow definitions, with their fields and rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..cursors import UnknownCursor
from ..messages import Reply, Request
from ..state import Rows, State
from .handlers import Handler

FORM_ROWS_ON_A_PAGE = 500
WORKFLOW_ROWS_ON_A_PAGE = 100
PEOPLE = ("Alex", "Sam", "Morgan")


def get_forms(state: State, _request: Request) -> Reply:
    """List the forms."""
    return Reply(200, {"count": len(state.forms), "items": state.forms})


def get_form_properties(state: State, request: Request) -> Reply:
    """Get the fields of a form."""
    form = state.form_properties.get(request.path["id"])
    return _not_found("form", request) if form is None else Reply(200, form)


def get_form_data(state: State, request: Request) -> Reply:
    """Get 500 rows of a form, with a value for each of its fields."""
    form = state.form_properties.get(request.path["id"])
    if form is None:
        return _not_found("form", request)
    form_id = form["id"]
    return _page(
        state,
        request,
        owner=f"form {form_id}",
        rows=state.form_rows.get(form_id, 0),
        size=FORM_ROWS_ON_A_PAGE,
        row_at=lambda index: _form_row(form, index),
    )


def get_workflows(state: State, request: Request) -> Reply:
    """List the workflow definitions, all on one page."""
    count = len(state.definitions)
    reply = _page(
        state,
        request,
        owner="definitions",
        rows=count,
        size=WORKFLOW_ROWS_ON_A_PAGE,
        row_at=lambda index: state.definitions[index],
    )
    if reply.status != 200:
        return reply
    return Reply(200, {"count": count, **reply.body})


def get_workflow_properties(state: State, request: Request) -> Reply:
    """Get the columns of a workflow definition."""
    definition = state.definition_properties.get(request.path["id"])
    if definition is None:
        return _not_found("workflow", request)
    return Reply(200, definition)


def get_workflow_data(state: State, request: Request) -> Reply:
    """Get 100 rows of a workflow definition.

    A row has the members that a third party lists, and the definition's columns by
    their labels.
    """
    definition = state.definition_properties.get(request.path["id"])
    if definition is None:
        return _not_found("workflow", request)
    definition_id = definition["id"]
    return _page(
        state,
        request,
        owner=f"workflow {definition_id}",
        rows=state.workflow_rows.get(definition_id, 0),
        size=WORKFLOW_ROWS_ON_A_PAGE,
        row_at=lambda index: _workflow_row(definition, index),
    )


def _form_row(form: Mapping[str, Any], index: int) -> dict[str, Any]:
    return {field["fieldName"]: _form_value(field, index) for field in form["fields"]}


def _form_value(field: Mapping[str, Any], index: int) -> str | int:
    person = PEOPLE[index % len(PEOPLE)]
    kind = field.get("datatype")
    options = field.get("options")
    if kind == "email":
        return f"{person.lower()}+{index + 1}@example.com"
    if options:
        return str(options[index % len(options)])
    # The first two are not documented: a test that names them wants such values.
    if kind == "number":
        return index + 1
    if kind == "date":
        return f"2027-01-{index % 28 + 1:02}"
    return f"{person} Example"


def _workflow_row(definition: Mapping[str, Any], index: int) -> dict[str, Any]:
    external_id = f"ENB-{index + 1:06}"
    row = {
        "externalid": external_id,
        "referenceid": external_id,
        "status": "InProcess",
        "startDate": f"2027-01-{index % 28 + 1:02}",
        "launchDate": "2026-12-01",
    }
    for field in definition["fields"]:
        row[field["label"]] = f"{20000 + index}"
    return row


def _page(
    state: State,
    request: Request,
    *,
    owner: str,
    rows: Rows,
    size: int,
    row_at: Callable[[int], dict[str, Any]],
) -> Reply:
    """Return a page of rows.

    Args:
        state: Issues the cursors.
        request: May have a cursor.
        owner: The name of the list.
        rows: The rows, or how many of them `row_at` makes.
        size: How many rows a page has.
        row_at: Makes the row with a number.
    """
    total = rows if isinstance(rows, int) else len(rows)
    cursor = request.query.get("nextKey")
    try:
        page = state.cursors.page(owner, total, size, cursor)
    except UnknownCursor:
        return Reply(400, {"message": f"nextKey was not issued for the {owner}"})
    if isinstance(rows, int):
        items: list[Any] = [row_at(index) for index in page.indexes]
    else:
        items = [rows[index] for index in page.indexes]
    body: dict[str, Any] = {"items": items}
    if page.next_cursor:
        body["nextKey"] = page.next_cursor
    return Reply(200, body, keeps_contract=isinstance(rows, int))


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
