"""The reports and the brands of the mock."""

from __future__ import annotations

import httpx
import pytest

from enboarder.mock import MockServer
from tests.mock.conftest import connect

FORM = "/reports/forms/4mkVzc9OX"
EMPTY_FORM = "/reports/forms/vdoq2nDUD"
WORKFLOW = "/reports/workflows/O0lMYAwSv"
EMPTY_WORKFLOW = "/reports/workflows/Vr4Q_-ttA"


def sizes(client: httpx.Client, path: str) -> list[int]:
    """Return the number of rows on each page."""
    found: list[int] = []
    params: dict[str, str] = {}
    while True:
        page = client.get(path, params=params).json()
        found.append(len(page["items"]))
        if "nextKey" not in page:
            return found
        params = {"nextKey": page["nextKey"]}


def test_forms_are_those_of_the_article(by_key: httpx.Client) -> None:
    """Four forms, the first of them with its fields."""
    forms = by_key.get("/reports/forms").json()
    fields = by_key.get(f"{FORM}/properties").json()["fields"]

    assert (forms["count"], len(forms["items"])) == (4, 4)
    assert forms["items"][0] == {"id": "4mkVzc9OX", "name": "Technology request"}
    assert fields[-1]["datatype"] == "dropdown"


def test_form_that_no_example_describes_has_no_fields(by_key: httpx.Client) -> None:
    """It has its name and id."""
    expected = {"name": "Send profiles", "id": "vdoq2nDUD", "fields": []}

    assert expected == by_key.get(f"{EMPTY_FORM}/properties").json()


def test_form_rows_come_500_at_a_time(by_key: httpx.Client) -> None:
    """1,203 rows are three pages; a form without rows is one empty page."""
    assert sizes(by_key, f"{FORM}/data") == [500, 500, 203]
    assert sizes(by_key, f"{EMPTY_FORM}/data") == [0]


def test_no_form_row_comes_twice(by_key: httpx.Client) -> None:
    """The pages together have each row once, in order."""
    first = by_key.get(f"{FORM}/data").json()
    cursor = {"nextKey": first["nextKey"]}
    second = by_key.get(f"{FORM}/data", params=cursor).json()
    mails = [row["personalEmail"] for row in (*first["items"], *second["items"])]

    assert len(set(mails)) == 1000
    assert mails[0] == "alex+1@example.com"
    assert mails[500].endswith("+501@example.com")


def test_form_row_has_the_fields_of_its_form(by_key: httpx.Client) -> None:
    """Rows are synthetic people."""
    row = by_key.get(f"{FORM}/data").json()["items"][1]

    expected = {
        "Employee Name": "Sam Example",
        "personalEmail": "sam+2@example.com",
        "salaryType": "Daily",
    }
    assert expected == row


def test_full_last_page_has_no_cursor() -> None:
    """The number of rows is a setting, and no empty page follows a full one."""
    with (
        MockServer(form_rows=1000, workflow_rows=200) as mock,
        connect(mock, apikey=mock.api_key) as client,
    ):
        assert sizes(client, f"{FORM}/data") == [500, 500]
        assert sizes(client, f"{WORKFLOW}/data") == [100, 100]


def test_cursor_can_be_used_again(by_key: httpx.Client) -> None:
    """It leads to the same rows."""
    cursor = {"nextKey": by_key.get(f"{FORM}/data").json()["nextKey"]}
    first, second = (by_key.get(f"{FORM}/data", params=cursor) for _ in range(2))

    assert first.status_code == 200
    assert first.json()["items"] == second.json()["items"]


@pytest.mark.parametrize(
    "other", [f"{EMPTY_FORM}/data", f"{WORKFLOW}/data", "/reports/workflows"]
)
def test_cursor_belongs_to_its_list(by_key: httpx.Client, other: str) -> None:
    """It is refused for any other list."""
    cursor = {"nextKey": by_key.get(f"{FORM}/data").json()["nextKey"]}

    assert by_key.get(other, params=cursor).status_code == 400


@pytest.mark.parametrize(
    "path", [f"{FORM}/data", f"{WORKFLOW}/data", "/reports/workflows"]
)
@pytest.mark.parametrize("cursor", ["made-up", ""])
def test_unknown_cursor_is_a_400(by_key: httpx.Client, path: str, cursor: str) -> None:
    """An empty one is unknown too: a client that sends it would never end."""
    assert by_key.get(path, params={"nextKey": cursor}).status_code == 400


def test_workflow_definitions_are_those_of_the_article(by_key: httpx.Client) -> None:
    """Three definitions on one page, the first with its columns."""
    listed = by_key.get("/reports/workflows").json()
    fields = by_key.get(f"{WORKFLOW}/properties").json()["fields"]

    assert listed["count"] == 3
    assert [True, True, False] == [item["isActive"] for item in listed["items"]]
    assert fields[0]["label"] == "Employee Number"
    assert by_key.get(f"{EMPTY_WORKFLOW}/properties").json()["fields"] == []


def test_workflow_rows_have_the_columns_of_their_definition(
    by_key: httpx.Client,
) -> None:
    """Twelve rows, on one page."""
    rows = by_key.get(f"{WORKFLOW}/data").json()["items"]

    assert len(rows) == 12
    assert rows[0]["externalid"] == "ENB-000001"
    assert ["20000", "20001"] == [row["Employee Number"] for row in rows[:2]]
    assert sizes(by_key, f"{EMPTY_WORKFLOW}/data") == [0]


@pytest.mark.parametrize("kind", ["form", "workflow"])
@pytest.mark.parametrize("part", ["properties", "data"])
def test_unknown_report_is_a_404(by_key: httpx.Client, kind: str, part: str) -> None:
    """The message names the id."""
    reply = by_key.get(f"/reports/{kind}s/nothing/{part}")

    assert reply.status_code == 404
    assert reply.json() == {"message": f"There is no {kind} nothing"}


def test_brand_is_found_by_id_and_by_name(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """Among several, the one that is meant."""
    (contoso,) = by_key.get("/brand/all").json()
    other = {**contoso, "id": "other", "name": "Other"}
    mock.state.brands.append(other)

    assert contoso == by_key.get(f"/brand/byid/{contoso['id']}").json()
    assert contoso == by_key.get("/brand/byname/Contoso").json()
    assert other == by_key.get("/brand/byid/other").json()
    assert other == by_key.get("/brand/byname/Other").json()


def test_unknown_brand_is_a_400_that_names_the_parameter(
    by_key: httpx.Client,
) -> None:
    """Not found is a 400 here, as documented; names must match in case."""
    by_id = by_key.get("/brand/byid/nothing")
    by_name = by_key.get("/brand/byname/contoso")

    expected = {"field": "id", "message": "Brand item with 'id' does not exist"}
    assert (400, expected) == (by_id.status_code, by_id.json())
    assert (400, "name") == (by_name.status_code, by_name.json()["field"])
