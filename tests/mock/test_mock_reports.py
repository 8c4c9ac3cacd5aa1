"""The reports and the brands of the mock."""

from __future__ import annotations

import httpx
import pytest

from enboarder.mock import MockServer

FORM, EMPTY_FORM = "/reports/forms/4mkVzc9OX", "/reports/forms/vdoq2nDUD"
WORKFLOW, EMPTY_WORKFLOW = (
    "/reports/workflows/O0lMYAwSv",
    "/reports/workflows/Vr4Q_-ttA",
)


def sizes(client: httpx.Client, path: str) -> list[int]:
    """The number of rows on each page."""
    found, cursor = list[int](), None
    while True:
        page = client.get(path, params={"nextKey": cursor} if cursor else None).json()
        found.append(len(page["items"]))
        cursor = page.get("nextKey")
        if cursor is None:
            return found


def test_forms_are_those_of_the_article(by_key: httpx.Client) -> None:
    """Four forms, the first of them with its fields."""
    forms = by_key.get("/reports/forms").json()
    properties = by_key.get(f"{FORM}/properties").json()

    assert (forms["count"], forms["items"][0]["name"]) == (4, "Technology request")
    assert properties["fields"][-1]["datatype"] == "dropdown"
    assert by_key.get(f"{EMPTY_FORM}/properties").json() == {
        "name": "Send profiles",
        "id": "vdoq2nDUD",
        "fields": [],
    }


def test_form_rows_come_500_at_a_time(by_key: httpx.Client) -> None:
    """1,203 rows are three pages; a form without rows is one empty page."""
    assert sizes(by_key, f"{FORM}/data") == [500, 500, 203]
    assert sizes(by_key, f"{EMPTY_FORM}/data") == [0]


def test_a_form_row_has_the_fields_of_its_form(by_key: httpx.Client) -> None:
    """Rows are synthetic people."""
    row = by_key.get(f"{FORM}/data").json()["items"][1]

    assert row == {
        "Employee Name": "Sam Example",
        "personalEmail": "sam+2@example.com",
        "salaryType": "Daily",
    }


def test_a_full_last_page_has_no_cursor() -> None:
    """The number of rows is a setting, and no empty page follows a full one."""
    with (
        MockServer(form_rows=1000, workflow_rows=200) as mock,
        httpx.Client(
            base_url=mock.base_url, headers={"apikey": mock.api_key}
        ) as client,
    ):
        assert sizes(client, f"{FORM}/data") == [500, 500]
        assert sizes(client, f"{WORKFLOW}/data") == [100, 100]


def test_a_cursor_belongs_to_its_form(by_key: httpx.Client) -> None:
    """It can be used twice, but for no other list."""
    cursor = {"nextKey": by_key.get(f"{FORM}/data").json()["nextKey"]}

    assert (
        by_key.get(f"{FORM}/data", params=cursor).json()["items"]
        == by_key.get(f"{FORM}/data", params=cursor).json()["items"]
    )
    assert by_key.get(f"{EMPTY_FORM}/data", params=cursor).status_code == 400


@pytest.mark.parametrize(
    "path", [f"{FORM}/data", f"{WORKFLOW}/data", "/reports/workflows"]
)
@pytest.mark.parametrize("cursor", ["made-up", ""])
def test_an_unknown_cursor_is_a_400(
    by_key: httpx.Client, path: str, cursor: str
) -> None:
    """An empty one is unknown too: a client that sends it would never end."""
    assert by_key.get(path, params={"nextKey": cursor}).status_code == 400


def test_workflow_definitions_are_those_of_the_article(by_key: httpx.Client) -> None:
    """Three definitions on one page, the first with its columns."""
    listed = by_key.get("/reports/workflows").json()

    assert (listed["count"], [item["isActive"] for item in listed["items"]]) == (
        3,
        [True, True, False],
    )
    assert (
        by_key.get(f"{WORKFLOW}/properties").json()["fields"][0]["label"]
        == "Employee Number"
    )
    assert by_key.get(f"{EMPTY_WORKFLOW}/properties").json()["fields"] == []


def test_workflow_rows_have_the_columns_of_their_definition(
    by_key: httpx.Client,
) -> None:
    """Twelve rows, on one page."""
    rows = by_key.get(f"{WORKFLOW}/data").json()["items"]

    assert len(rows) == 12
    assert (rows[0]["externalid"], rows[0]["Employee Number"]) == (
        "ENB-000001",
        "20000",
    )
    assert sizes(by_key, f"{EMPTY_WORKFLOW}/data") == [0]


@pytest.mark.parametrize("kind", ["forms", "workflows"])
@pytest.mark.parametrize("part", ["properties", "data"])
def test_an_unknown_report_is_a_404(by_key: httpx.Client, kind: str, part: str) -> None:
    """The message names the id."""
    reply = by_key.get(f"/reports/{kind}/nothing/{part}")

    assert (404, f"There is no {kind[:-1]} nothing") == (
        reply.status_code,
        reply.json()["message"],
    )


def test_a_brand_is_found_by_id_and_by_name(by_key: httpx.Client) -> None:
    """All three operations show the brand of the article."""
    (brand,) = by_key.get("/brand/all").json()

    assert brand == by_key.get(f"/brand/byid/{brand['id']}").json()
    assert brand == by_key.get("/brand/byname/Contoso").json()


def test_an_unknown_brand_is_a_400_that_names_the_parameter(
    by_key: httpx.Client,
) -> None:
    """Not found is a 400 here, as documented."""
    by_id, by_name = (
        by_key.get("/brand/byid/nothing"),
        by_key.get("/brand/byname/contoso"),
    )

    assert (by_id.status_code, by_id.json()) == (
        400,
        {"field": "id", "message": "Brand item with 'id' does not exist"},
    )
    assert (by_name.status_code, by_name.json()["field"]) == (400, "name")
