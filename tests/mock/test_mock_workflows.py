"""The workflow engine of the mock: launch, update and cancel."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from enboarder.mock import MockServer, Status, Workflow
from tests.mock.conftest import connect

ID = "ENB-1"
OTHER_ID = "ENB-2"
LAUNCH_DATE = "2026-03-02"
NO_CONTACT = {
    "message": 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
}
V1 = "/restapi/v1"
V2 = "/restapi/v2"
MANAGER = {
    "nm": "Morgan Example",
    "eml": "morgan@example.com",
    "mgrlbl": "Direct Manager",
}
RECRUITER = {"nm": "Robin Example", "eml": "robin@example.com", "mgrlbl": "Recruiter"}


def basic(**changes: Any) -> dict[str, Any]:
    """Return a basic launch."""
    return {
        "nhnm": "Alex Example",
        "nheml": "alex@example.com",
        "mgrnm": "Morgan Example",
        "mgreml": "morgan@example.com",
        "nhstdt": "2027-01-12",
        "externalid": ID,
        **changes,
    }


def advanced(**changes: Any) -> dict[str, Any]:
    """Return an advanced launch."""
    return {
        "nhnm": "Sam Example",
        "nheml": "sam@example.com",
        "nhstdt": "2027-01-12",
        "managers": [MANAGER],
        "externalid": ID,
        **changes,
    }


def fields(**pairs: str) -> list[dict[str, str]]:
    """Return custom fields."""
    return [{"name": name, "value": value} for name, value in pairs.items()]


def prepared(mock: MockServer, external_id: str = ID, **changes: Any) -> Workflow:
    """Return a workflow that was launched some time ago."""
    details = advanced(externalid=external_id, **changes)
    workflow = Workflow(external_id, details, launch_date=LAUNCH_DATE)
    mock.state.workflows.append(workflow)
    return workflow


def update(client: httpx.Client, **change: Any) -> tuple[int, Any]:
    """Update a workflow, and return status and body."""
    return read(client.put(f"{V1}/updatewf", json={"externalid": ID, **change}))


def cancel(client: httpx.Client, **body: Any) -> tuple[int, Any]:
    """Cancel a workflow, and return status and body."""
    return read(client.post(f"{V1}/cancelwf", json={"externalid": ID, **body}))


def read(reply: httpx.Response) -> tuple[int, Any]:
    """Return status and body."""
    return reply.status_code, reply.json()


def done(external_id: str = ID) -> tuple[int, dict[str, str]]:
    """Return the reply to an update or a cancellation that worked."""
    message = f"Workflow updated successfully for externalid [{external_id}]"
    return 200, {"message": message}


def not_found(external_id: str = ID) -> tuple[int, dict[str, str]]:
    """Return the reply when nothing can be changed."""
    return 400, {"message": f"Error: externalid [{external_id}] not found"}


def statuses(mock: MockServer, external_id: str = ID) -> list[str]:
    """Return the states of the workflows of an external id."""
    return [workflow.status for workflow in mock.state.workflows_of(external_id)]


def test_launch_echoes_its_external_id_as_reference(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """An accepted launch is `ok`, and the workflow is there."""
    reply = by_key.post(f"{V1}/startwf/basic", json=basic())

    assert (200, {"message": "ok", "referenceid": ID}) == read(reply)
    assert [Status.IN_PROCESS] == statuses(mock)
    assert basic() == mock.state.workflows[0].details


def test_twins_launch_into_the_same_state(
    by_key: httpx.Client, by_token: httpx.Client, mock: MockServer
) -> None:
    """Workflows launched with a token and with the key are in one list."""
    by_key.post(f"{V1}/startwf/advance", json=advanced())
    by_token.post(f"{V2}/startwf/advance", json=advanced())

    assert [Status.IN_PROCESS, Status.IN_PROCESS] == statuses(mock)


def test_launch_without_an_external_id_gets_one(by_key: httpx.Client) -> None:
    """The generated reference can be used to cancel."""
    launch = basic()
    del launch["externalid"]
    reply = by_key.post(f"{V1}/startwf/basic", json=launch)
    reference = reply.json()["referenceid"]

    assert done(reference) == cancel(by_key, externalid=reference)


def test_every_launch_is_a_workflow_of_its_own(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A launch that is sent twice shows as two workflows."""
    by_key.post(f"{V1}/startwf/basic", json=basic())
    by_key.post(f"{V1}/startwf/basic", json=basic())

    assert len(statuses(mock)) == 2


def test_start_date_in_the_past_is_launched(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """It does not fail; where the service would warn is unknown."""
    reply = by_key.post(f"{V1}/startwf/basic", json=basic(nhstdt="2001-01-12"))

    assert (200, {"message": "ok", "referenceid": ID}) == read(reply)
    assert [Status.IN_PROCESS] == statuses(mock)


def test_text_that_utf8_cannot_hold_is_echoed(by_key: httpx.Client) -> None:
    """A lone surrogate in an external id comes back as it was sent."""
    content = httpx.Request("POST", "/", json=basic(externalid="x")).content
    content = content.replace(b'"x"', rb'"\ud800"')
    headers = {"Content-Type": "application/json"}
    reply = by_key.post(f"{V1}/startwf/basic", content=content, headers=headers)

    assert reply.status_code == 200
    assert rb'"referenceid":"\ud800"' in reply.content


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("startwf/basic", basic(nheml=" ")),
        ("startwf/advance", advanced(nheml=" ")),
        ("startwf/bulkadvance", [advanced(), advanced(nheml=" ")]),
    ],
)
def test_launch_without_a_contact_is_refused_in_the_documented_words(
    by_key: httpx.Client, mock: MockServer, path: str, body: Any
) -> None:
    """Blank counts as missing, and nothing is launched."""
    assert (400, NO_CONTACT) == read(by_key.post(f"{V1}/{path}", json=body))
    assert mock.state.workflows == []


@pytest.mark.parametrize("contact", ["nheml", "nhmob", "nhmobeml"])
def test_any_one_contact_is_enough(by_key: httpx.Client, contact: str) -> None:
    """E-mail, mobile or the combined member."""
    launch = basic()
    launch[contact] = launch.pop("nheml")

    assert by_key.post(f"{V1}/startwf/basic", json=launch).status_code == 200


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"chnl": "mob"}, "mobile"),
        ({"chnl": "eml", "nheml": "", "nhmob": "+61400000000"}, "email"),
    ],
)
def test_channel_without_a_value_is_refused(
    by_key: httpx.Client, changes: dict[str, str], word: str
) -> None:
    """To prefer a channel that is not given is an error."""
    message = f"Employee preferred channel is {word} while {word} not provided"
    reply = by_key.post(f"{V1}/startwf/basic", json=basic(**changes))

    assert (400, {"message": message}) == read(reply)


@pytest.mark.parametrize("channel", ["mob", "eml"])
def test_combined_contact_serves_either_channel(
    by_key: httpx.Client, channel: str
) -> None:
    """`nhmobeml` counts as a mobile number and as an e-mail address."""
    launch = basic(nheml="", nhmobeml="alex@example.com", chnl=channel)

    assert by_key.post(f"{V1}/startwf/basic", json=launch).status_code == 200


def test_linked_profile_replaces_name_and_contact(by_key: httpx.Client) -> None:
    """An external id of a profile is enough, even when there is no such profile."""
    launch = advanced(nhexternalid="unknown", nhnm="", nheml="", chnl="mob")

    assert by_key.post(f"{V1}/startwf/advance", json=launch).status_code == 200


def test_all_problems_of_a_body_are_reported_together(by_key: httpx.Client) -> None:
    """Wrong dates, missing members and missing manager contacts are all named."""
    body = basic(nhstdt="12/01/2027", mgreml="", nhnm="")
    status, answer = read(by_key.post(f"{V1}/startwf/basic", json=body))

    assert status == 400
    assert "'nhnm' is required" in answer["message"]
    assert "'12/01/2027' is not a 'date'" in answer["message"]
    assert "'mgrmob'" in answer["message"]


@pytest.mark.parametrize("body", ["text", 7, [], [7]])
def test_body_of_another_type_is_a_400(by_key: httpx.Client, body: Any) -> None:
    """JSON that is not an object is refused."""
    assert by_key.post(f"{V1}/startwf/basic", json=body).status_code == 400


def test_managers_are_checked_one_by_one(by_key: httpx.Client) -> None:
    """A problem inside a list is reported with its place."""
    body = advanced(managers=[MANAGER, {"mgrlbl": "Recruiter"}])
    status, answer = read(by_key.post(f"{V1}/startwf/advance", json=body))

    assert status == 400
    assert "managers[1]: one of 'nm', 'externalid' is required" in answer["message"]


def test_bulk_launch_starts_all(by_key: httpx.Client, mock: MockServer) -> None:
    """The reply is `ok`, without references."""
    body = [advanced(), advanced(externalid=OTHER_ID)]
    reply = by_key.post(f"{V1}/startwf/bulkadvance", json=body)

    assert (200, {"message": "ok"}) == read(reply)
    assert [Status.IN_PROCESS] == statuses(mock)
    assert [Status.IN_PROCESS] == statuses(mock, OTHER_ID)


def test_bulk_launch_with_one_bad_item_starts_none(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """All or nothing."""
    body = [advanced(), advanced(externalid=OTHER_ID, chnl="mob")]

    assert by_key.post(f"{V1}/startwf/bulkadvance", json=body).status_code == 400
    assert mock.state.workflows == []


def test_update_keeps_what_it_leaves_out(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """Name, contact, managers and custom fields stay when the date alone is given."""
    launched: dict[str, Any] = {
        "managers": [MANAGER, RECRUITER],
        "customfields": fields(location="Sydney"),
    }
    workflow = prepared(mock, **launched)

    assert done() == update(by_key, nhstdt="2027-01-19")
    assert advanced(**launched, nhstdt="2027-01-19") == workflow.details


def test_update_merges_custom_fields_by_name(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A field that is not named stays, a known one changes, a new one is added."""
    workflow = prepared(mock, customfields=fields(location="Sydney", brand="Contoso"))
    update(by_key, customfields=fields(location="Perth", floor="3"))

    expected = {"location": "Perth", "brand": "Contoso", "floor": "3"}
    assert expected == workflow.criteria
    assert len(workflow.details["customfields"]) == 3


def test_update_adds_the_first_custom_fields(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A workflow that was launched without any has them afterwards."""
    workflow = prepared(mock)
    update(by_key, customfields=fields(location="Perth"))

    assert {"location": "Perth"} == workflow.criteria


def test_update_adds_no_empty_list_of_custom_fields(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A workflow without custom fields stays without the member."""
    workflow = prepared(mock)
    update(by_key, nhnm="Sam Sample")

    assert "customfields" not in workflow.details


def test_update_replaces_the_managers_as_a_whole(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A manager who is not in the new list is no longer one, nor is any member kept."""
    workflow = prepared(mock, managers=[{**MANAGER, "chnl": "eml"}, RECRUITER])
    update(by_key, managers=[MANAGER])

    assert [MANAGER] == workflow.details["managers"]


def test_update_changes_neither_launch_date_nor_status(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """When a workflow was launched stays, and a pending one stays pending."""
    workflow = prepared(mock)
    workflow.status = Status.PENDING
    update(by_key, nhstdt="2027-01-19")

    assert (LAUNCH_DATE, Status.PENDING) == (workflow.launch_date, workflow.status)
    assert workflow.comments is None


def test_update_leaves_other_external_ids_alone(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """It changes the workflows of the external id that it names."""
    other = prepared(mock, OTHER_ID)
    prepared(mock)
    update(by_key, nhnm="Sam Sample")

    assert other.details["nhnm"] == "Sam Example"


def test_update_without_custom_fields_changes_all_of_an_external_id(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """Not the first one alone, and nothing but what is given."""
    places = ("Sydney", "Perth", "Hobart")
    workflows = [prepared(mock, customfields=fields(location=one)) for one in places]

    assert done() == update(by_key, nhstdt="2027-02-01")
    assert ["2027-02-01"] * 3 == [one.details["nhstdt"] for one in workflows]
    assert list(places) == [one.criteria["location"] for one in workflows]


def test_update_with_custom_fields_changes_those_that_fit(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """All that have the fields, whatever else they have, and no others."""
    sydney = prepared(mock, customfields=fields(location="Sydney"))
    perth = prepared(mock, customfields=fields(location="Perth", brand="Contoso"))
    also_perth = prepared(mock, customfields=fields(location="Perth"))
    change = {"nhstdt": "2027-03-01", "customfields": fields(location="Perth")}

    assert done() == update(by_key, **change)
    dates = [one.details["nhstdt"] for one in (sydney, perth, also_perth)]
    assert ["2027-01-12", "2027-03-01", "2027-03-01"] == dates
    assert {"location": "Perth", "brand": "Contoso"} == perth.criteria


def test_update_needs_every_custom_field_to_fit(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """One that fits in one of two fields is not meant."""
    prepared(mock, customfields=fields(location="Sydney", brand="Contoso"))
    prepared(mock, customfields=fields(location="Perth", brand="Contoso"))
    nobody = fields(location="Hobart", brand="Contoso")

    assert not_found() == update(by_key, customfields=nobody)


def test_update_passes_over_what_has_ended(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """A single running workflow is changed although its custom fields differ."""
    ended = prepared(mock, customfields=fields(location="Sydney"))
    ended.status = Status.COMPLETE
    running = prepared(mock, customfields=fields(location="Perth"))

    assert done() == update(by_key, customfields=fields(location="Hobart"))
    assert {"location": "Hobart"} == running.criteria
    assert {"location": "Sydney"} == ended.criteria


def test_update_may_not_take_the_last_contact(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """The employee needs a contact afterwards too, and nothing changes without one."""
    workflow = prepared(mock)

    assert (400, NO_CONTACT) == update(by_key, nheml="", nhnm="Sam Sample")
    assert advanced() == workflow.details


def test_update_that_one_workflow_refuses_changes_none(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """All of an external id change, or none."""
    first = prepared(mock, nhmob="+61400000000")
    prepared(mock)

    assert (400, NO_CONTACT) == update(by_key, nheml="")
    assert first.details["nheml"] == "sam@example.com"


@pytest.mark.parametrize("status", [None, Status.COMPLETE, Status.CANCELLED])
@pytest.mark.parametrize("mode", ["ALL", "SELECTED", "CANCEL_ALL"])
def test_what_does_not_run_is_not_found(
    by_key: httpx.Client, mock: MockServer, status: Status | None, mode: str
) -> None:
    """Unknown, complete and cancelled workflows are neither changed nor cancelled."""
    if status:
        workflow = prepared(mock, customfields=fields(location="Sydney"))
        workflow.status = status

    body = {"mode": mode, "customfields": fields(location="Sydney")}
    assert not_found() == cancel(by_key, **body)
    assert not_found() == update(by_key)


def test_cancelling_all_is_the_default(by_key: httpx.Client, mock: MockServer) -> None:
    """Every running workflow of the external id is cancelled, and no other."""
    first = prepared(mock, customfields=fields(location="Sydney"))
    pending = prepared(mock, customfields=fields(location="Perth"))
    pending.status = Status.PENDING
    prepared(mock, OTHER_ID)

    assert done() == cancel(by_key, comments="left")
    assert [Status.CANCELLED, Status.CANCELLED] == statuses(mock)
    assert ("left", "left") == (first.comments, pending.comments)
    assert [Status.IN_PROCESS] == statuses(mock, OTHER_ID)


def test_cancelled_workflow_keeps_its_launch(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """Details and launch date stay."""
    workflow = prepared(mock)
    cancel(by_key)

    assert (advanced(), LAUNCH_DATE) == (workflow.details, workflow.launch_date)


def test_cancelling_all_fails_when_one_is_complete(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """`ALL` needs all of them cancellable; `CANCEL_ALL` passes over the others."""
    prepared(mock)
    prepared(mock).status = Status.COMPLETE

    assert not_found() == cancel(by_key, mode="ALL")
    assert [Status.IN_PROCESS, Status.COMPLETE] == statuses(mock)
    assert done() == cancel(by_key, mode="CANCEL_ALL")
    assert [Status.CANCELLED, Status.COMPLETE] == statuses(mock)


def test_cancelling_all_passes_over_what_is_cancelled(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """The state `Cancel` is among those that `ALL` accepts; its reason stays."""
    before = prepared(mock)
    before.status = Status.CANCELLED
    before.comments = "earlier"
    prepared(mock)

    assert done() == cancel(by_key, comments="later")
    assert before.comments == "earlier"


def test_cancelling_twice_can_be_a_success() -> None:
    """The documentation says both; the setting chooses, for mode `ALL` alone."""
    with (
        MockServer(repeated_cancel_refused=False) as mock,
        connect(mock, apikey=mock.api_key) as client,
    ):
        workflow = prepared(mock)
        replies = [cancel(client, comments="left"), cancel(client, comments="again")]
        running_only = cancel(client, mode="CANCEL_ALL")
        unknown = cancel(client, externalid="nobody")

    assert [done(), done()] == replies
    assert workflow.comments == "left"
    assert not_found() == running_only
    assert not_found("nobody") == unknown


def test_cancelling_a_selection_needs_criteria(
    by_key: httpx.Client, mock: MockServer
) -> None:
    """`SELECTED` cancels what fits the custom fields, and nothing without any."""
    for place in ("Sydney", "Perth"):
        prepared(mock, customfields=fields(location=place, brand="Contoso"))

    assert not_found() == cancel(by_key, mode="SELECTED")
    nobody = fields(location="Hobart", brand="Contoso")
    assert not_found() == cancel(by_key, mode="SELECTED", customfields=nobody)
    assert [Status.IN_PROCESS, Status.IN_PROCESS] == statuses(mock)
    perth = fields(location="Perth")
    assert done() == cancel(by_key, mode="SELECTED", customfields=perth)
    assert [Status.IN_PROCESS, Status.CANCELLED] == statuses(mock)


def test_selection_may_mean_several(by_key: httpx.Client, mock: MockServer) -> None:
    """Every workflow that fits is cancelled."""
    for place in ("Perth", "Sydney", "Perth"):
        prepared(mock, customfields=fields(location=place))
    cancel(by_key, mode="SELECTED", customfields=fields(location="Perth"))

    expected = [Status.CANCELLED, Status.IN_PROCESS, Status.CANCELLED]
    assert expected == statuses(mock)


def test_refusals_can_hide_in_a_success() -> None:
    """With `refusal_status=200` a documented refusal has a status that says nothing."""
    with (
        MockServer(refusal_status=200) as mock,
        connect(mock, apikey=mock.api_key) as client,
    ):
        launch = client.post(f"{V1}/startwf/basic", json=basic(nheml=""))
        cancelled = cancel(client)
        profile = client.get(f"{V1}/profile/nobody")

    assert (200, NO_CONTACT) == read(launch)
    assert (200, not_found()[1]) == cancelled
    assert profile.status_code == 200
    assert profile.json()["errorcode"] == "PROFILE_NOT_EXISTS"
