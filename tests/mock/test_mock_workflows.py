"""The workflow engine of the mock."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer, Status

NO_CONTACT = {
    "message": 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
}
V1, V2 = "/restapi/v1", "/restapi/v2"


def basic(external_id: str | None = None, **changes: Any) -> dict[str, Any]:
    """A basic launch."""
    launch = {
        "nhnm": "Alex Example",
        "nheml": "alex@example.com",
        "mgrnm": "Morgan Example",
    }
    launch |= {"mgreml": "morgan@example.com", "nhstdt": "2027-01-12"}
    return launch | ({"externalid": external_id} if external_id else {}) | changes


def advanced(external_id: str, **changes: Any) -> dict[str, Any]:
    """An advanced launch."""
    managers = [
        {
            "nm": "Morgan Example",
            "eml": "morgan@example.com",
            "mgrlbl": "Direct Manager",
        }
    ]
    launch = {
        "nhnm": "Sam Example",
        "nheml": "sam@example.com",
        "nhstdt": "2027-01-12",
        "managers": managers,
    }
    return launch | {"externalid": external_id} | changes


def fields(**pairs: str) -> list[dict[str, str]]:
    """Custom fields."""
    return [{"name": name, "value": value} for name, value in pairs.items()]


def done(external_id: str) -> tuple[int, dict[str, str]]:
    """The reply to an update or a cancellation that worked."""
    return 200, {
        "message": f"Workflow updated successfully for externalid [{external_id}]"
    }


def not_found(external_id: str) -> tuple[int, dict[str, str]]:
    """The reply when nothing can be changed."""
    return 400, {"message": f"Error: externalid [{external_id}] not found"}


def read(reply: httpx.Response) -> tuple[int, Any]:
    """Status and body."""
    return reply.status_code, reply.json()


def states(mock: MockServer, external_id: str) -> list[str]:
    """The states of the workflows of an external id."""
    return [
        workflow.status
        for workflow in mock.state.workflows
        if workflow.external_id == external_id
    ]


def test_a_launch_echoes_its_external_id_as_reference(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """An accepted launch is `ok`, and the workflow is there."""
    assert (200, {"message": "ok", "referenceid": new_id}) == read(
        by_key.post(f"{V1}/startwf/basic", json=basic(new_id))
    )
    assert states(mock, new_id) == [Status.IN_PROCESS]


def test_both_twins_launch_into_the_same_state(
    by_token: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """A workflow launched with a token stands beside those launched with the key."""
    assert (
        by_token.post(f"{V2}/startwf/advance", json=advanced(new_id)).status_code == 200
    )
    assert states(mock, new_id) == [Status.IN_PROCESS]


def test_a_launch_without_an_external_id_gets_one(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """The reference that was made up can be used to cancel."""
    reference = by_key.post(f"{V1}/startwf/basic", json=basic()).json()["referenceid"]

    assert done(reference) == read(
        by_key.post(f"{V1}/cancelwf", json={"externalid": reference})
    )


def test_every_launch_is_a_workflow_of_its_own(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """A launch that was sent twice shows as two workflows."""
    for _ in range(2):
        by_key.post(f"{V1}/startwf/basic", json=basic(new_id))

    assert len(states(mock, new_id)) == 2


@pytest.mark.parametrize(
    "path", ["startwf/basic", "startwf/advance", "startwf/bulkadvance"]
)
def test_a_launch_without_a_contact_is_refused_in_the_documented_words(
    by_key: httpx.Client, new_id: str, path: str
) -> None:
    """Blank counts as missing."""
    body: Any = (
        basic(new_id, nheml=" ")
        if path.endswith("basic")
        else advanced(new_id, nheml=" ")
    )
    body = [body] if path.endswith("bulkadvance") else body

    assert read(by_key.post(f"{V1}/{path}", json=body)) == (400, NO_CONTACT)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"chnl": "mob"}, "mobile"),
        ({"chnl": "eml", "nheml": "", "nhmob": "+61400000000"}, "email"),
    ],
)
def test_a_channel_without_a_value_is_refused(
    by_key: httpx.Client, new_id: str, changes: dict[str, str], word: str
) -> None:
    """To prefer a channel that is not given is an error."""
    expected = {
        "message": f"Employee preferred channel is {word} while {word} not provided"
    }

    assert (400, expected) == read(
        by_key.post(f"{V1}/startwf/basic", json=basic(new_id, **changes))
    )


def test_a_linked_profile_replaces_name_and_contact(
    by_key: httpx.Client, new_id: str
) -> None:
    """An external id of a profile is enough, even when the mock knows no such profile."""
    launch = advanced(new_id, nhexternalid="unknown", nhnm="", nheml="", chnl="mob")

    assert by_key.post(f"{V1}/startwf/advance", json=launch).status_code == 200


def test_any_other_break_of_the_contract_is_told(
    by_key: httpx.Client, new_id: str
) -> None:
    """Wrong dates, missing members and missing manager contacts are all named at once."""
    status, body = read(
        by_key.post(
            f"{V1}/startwf/basic",
            json=basic(new_id, nhstdt="12/01/2027", mgreml="", nhnm=""),
        )
    )

    assert status == 400
    assert all(
        told in body["message"]
        for told in ("'nhnm' is required", "'12/01/2027' is not a 'date'", "'mgrmob'")
    )


@pytest.mark.parametrize("body", ["text", 7, [], [7]])
def test_a_body_of_another_type_is_a_400(by_key: httpx.Client, body: Any) -> None:
    """JSON that is no object is turned down."""
    assert by_key.post(f"{V1}/startwf/basic", json=body).status_code == 400


def test_managers_are_checked_one_by_one(by_key: httpx.Client, new_id: str) -> None:
    """A fault inside a list is told with its place."""
    status, body = read(
        by_key.post(
            f"{V1}/startwf/advance",
            json=advanced(new_id, managers=[{"mgrlbl": "Recruiter"}]),
        )
    )

    assert status == 400
    assert "managers[0]: one of 'nm', 'externalid' is required" in body["message"]


def test_a_bulk_launch_starts_all(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """The reply is `ok`, without references."""
    body = [advanced(new_id), advanced(f"{new_id}-b")]

    assert read(by_key.post(f"{V1}/startwf/bulkadvance", json=body)) == (
        200,
        {"message": "ok"},
    )
    assert [Status.IN_PROCESS] == states(mock, new_id) == states(mock, f"{new_id}-b")


def test_a_bulk_launch_with_one_bad_item_starts_none(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """All or nothing."""
    body = [advanced(new_id), advanced(f"{new_id}-b", chnl="mob")]

    assert by_key.post(f"{V1}/startwf/bulkadvance", json=body).status_code == 400
    assert states(mock, new_id) == []


def test_an_update_changes_what_it_gives(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """The rest stays; custom fields are merged by name."""
    by_key.post(
        f"{V1}/startwf/basic",
        json=basic(new_id, customfields=fields(location="Sydney", brand="enboarder")),
    )
    change = {
        "externalid": new_id,
        "nhstdt": "2027-01-19",
        "customfields": fields(location="Perth"),
    }

    assert done(new_id) == read(by_key.put(f"{V1}/updatewf", json=change))
    workflow = mock.state.workflows[-1]
    assert (workflow.details["nhstdt"], workflow.details["nhnm"]) == (
        "2027-01-19",
        "Alex Example",
    )
    assert workflow.criteria == {"location": "Perth", "brand": "enboarder"}


def test_custom_fields_choose_among_several_workflows(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """Without them an update changes all of an external id, with them only those that fit."""
    for place in ("Sydney", "Perth"):
        by_key.post(
            f"{V1}/startwf/basic",
            json=basic(new_id, customfields=fields(location=place)),
        )
    for change in (
        {"nhstdt": "2027-02-01"},
        {"nhstdt": "2027-03-01", "customfields": fields(location="Perth")},
    ):
        assert done(new_id) == read(
            by_key.put(f"{V1}/updatewf", json={"externalid": new_id, **change})
        )
    nobody = {"externalid": new_id, "customfields": fields(location="Hobart")}

    dates = [
        workflow.details["nhstdt"]
        for workflow in mock.state.workflows
        if workflow.external_id == new_id
    ]
    assert dates == ["2027-02-01", "2027-03-01"]
    assert not_found(new_id) == read(by_key.put(f"{V1}/updatewf", json=nobody))


def test_an_update_may_not_take_the_last_contact(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """The employee needs a contact after the update too, and nothing changes without."""
    by_key.post(f"{V1}/startwf/basic", json=basic(new_id))

    assert read(
        by_key.put(f"{V1}/updatewf", json={"externalid": new_id, "nheml": ""})
    ) == (400, NO_CONTACT)
    assert mock.state.workflows[-1].details["nheml"] == "alex@example.com"


@pytest.mark.parametrize("status", [None, Status.COMPLETE, Status.CANCELLED])
@pytest.mark.parametrize("mode", ["ALL", "SELECTED", "CANCEL_ALL"])
def test_what_does_not_run_is_not_found(
    by_key: httpx.Client,
    mock: MockServer,
    new_id: str,
    status: Status | None,
    mode: str,
) -> None:
    """Unknown, complete and cancelled workflows can be neither changed nor cancelled."""
    if status:
        by_key.post(
            f"{V1}/startwf/basic",
            json=basic(new_id, customfields=fields(location="Sydney")),
        )
        mock.state.workflows[-1].status = status
    body = {
        "externalid": new_id,
        "mode": mode,
        "customfields": fields(location="Sydney"),
    }

    assert not_found(new_id) == read(by_key.post(f"{V1}/cancelwf", json=body))
    assert not_found(new_id) == read(
        by_key.put(f"{V1}/updatewf", json={"externalid": new_id})
    )


def test_cancelling_all_is_the_default(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """Every running workflow of the external id is cancelled, with the reason kept."""
    for place in ("Sydney", "Perth"):
        by_key.post(
            f"{V1}/startwf/basic",
            json=basic(new_id, customfields=fields(location=place)),
        )

    assert done(new_id) == read(
        by_key.post(f"{V1}/cancelwf", json={"externalid": new_id, "comments": "left"})
    )
    assert states(mock, new_id) == [Status.CANCELLED] * 2
    assert mock.state.workflows[-1].comments == "left"


def test_cancelling_all_fails_when_one_is_complete(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """`ALL` wants all of them cancellable; `CANCEL_ALL` passes over the others."""
    for _ in range(2):
        by_key.post(f"{V1}/startwf/basic", json=basic(new_id))
    mock.state.workflows[-1].status = Status.COMPLETE

    assert not_found(new_id) == read(
        by_key.post(f"{V1}/cancelwf", json={"externalid": new_id, "mode": "ALL"})
    )
    assert done(new_id) == read(
        by_key.post(f"{V1}/cancelwf", json={"externalid": new_id, "mode": "CANCEL_ALL"})
    )
    assert states(mock, new_id) == [Status.CANCELLED, Status.COMPLETE]


def test_cancelling_a_selection_needs_criteria(
    by_key: httpx.Client, mock: MockServer, new_id: str
) -> None:
    """`SELECTED` cancels what fits the custom fields, and nothing without any."""
    for place in ("Sydney", "Perth"):
        by_key.post(
            f"{V1}/startwf/basic",
            json=basic(new_id, customfields=fields(location=place, brand="enboarder")),
        )
    body: dict[str, Any] = {"externalid": new_id, "mode": "SELECTED"}

    assert not_found(new_id) == read(by_key.post(f"{V1}/cancelwf", json=body))
    body["customfields"] = fields(location="Perth")
    assert done(new_id) == read(by_key.post(f"{V1}/cancelwf", json=body))
    assert states(mock, new_id) == [Status.IN_PROCESS, Status.CANCELLED]


def test_refusals_can_hide_in_a_success(new_id: str) -> None:
    """With `refusal_status=200` a documented refusal has a status that says nothing."""
    with MockServer(refusal_status=200) as mock:
        headers = {"apikey": mock.api_key}
        launch = httpx.post(
            f"{mock.base_url}{V1}/startwf/basic",
            json=basic(new_id, nheml=""),
            headers=headers,
        )
        cancel = httpx.post(
            f"{mock.base_url}{V1}/cancelwf",
            json={"externalid": new_id},
            headers=headers,
        )
        profile = httpx.get(f"{mock.base_url}{V1}/profile/nobody", headers=headers)

    assert read(launch) == (200, NO_CONTACT)
    assert (200, not_found(new_id)[1]) == read(cancel)
    assert (profile.status_code, profile.json()["errorcode"]) == (
        200,
        "PROFILE_NOT_EXISTS",
    )
