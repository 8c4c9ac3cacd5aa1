"""The client at its main job, against the stand-in service on a free loopback port: `python scripts/demo.py`."""

from __future__ import annotations

import datetime

from enboarder import ApiKey, ClientCredentials, Enboarder, InputInvalid, models
from enboarder.mock import MockServer

FORM, FORM_ROWS = "4mkVzc9OX", 1203
START = datetime.date(2027, 1, 12)


def main() -> int:
    with MockServer(form_rows=FORM_ROWS) as mock:
        print(
            f"The stand-in service listens on {mock.base_url}; nothing leaves this machine.\n"
        )
        oauth = ClientCredentials(
            mock.client_id, mock.client_secret, token_url=mock.token_url
        )
        with Enboarder(oauth, base_url=mock.base_url) as enboarder:
            print("With an OAuth2 client:")
            work(enboarder, mock, "oauth")
        print(f"token requests: {mock.token_requests}\n")
        with Enboarder(ApiKey(mock.api_key), base_url=mock.base_url) as enboarder:
            print("With the API key, the same calls on the other paths:")
            work(enboarder, mock, "key")
    return 0


def work(enboarder: Enboarder, mock: MockServer, run: str) -> None:
    """Launch, change, cancel, keep profiles, read a report."""

    def tell(what: str) -> None:
        last = mock.requests[-1]
        print(f"  {what:<58} {last.method:<4} {last.path}")

    basic = models.BasicLaunch(
        employee_name="Alex Example",
        employee_email="alex@example.com",
        manager_name="Morgan Sample",
        manager_email="morgan@example.com",
        start_date=START,
        custom_fields=[models.CustomField(name="location", value="Sydney")],
        external_id=f"{run}-basic",
    )
    launched = enboarder.workflows.launch_basic(basic)
    tell(f"launched a basic workflow: {launched.reference_id}")

    advanced = models.AdvancedLaunch(
        employee_name="Sam Example",
        employee_mobile="+61400000002",
        start_date=START,
        managers=[
            models.Manager(
                name="Morgan Sample", email="morgan@example.com", label="Direct Manager"
            ),
            models.Manager(
                name="Alex Example", email="alex@example.com", label="Recruiter"
            ),
        ],
        external_id=f"{run}-advanced",
    )
    launched = enboarder.workflows.launch_advanced(advanced)
    tell(f"launched an advanced workflow: {launched.reference_id}")

    moved = START + datetime.timedelta(days=7)
    enboarder.workflows.update(
        models.WorkflowUpdate(external_id=f"{run}-basic", start_date=moved)
    )
    tell(f"moved the start date to {moved}")

    enboarder.workflows.cancel(
        models.WorkflowCancellation(
            external_id=f"{run}-advanced", comments="Offer withdrawn"
        )
    )
    tell("cancelled the advanced workflow")

    profile = models.ProfileCreation(
        first_name="Alex",
        last_name="Example",
        contact=models.Contact(email="alex@example.com"),
        external_id=f"{run}-profile",
    )
    created = enboarder.profiles.create(profile)
    tell(f"created the profile {created.id}")

    enboarder.profiles.update(
        f"{run}-profile", models.ProfileUpdate(last_name="Sample")
    )
    tell("changed its last name")
    last_name = enboarder.profiles.get(f"{run}-profile").last_name
    tell(f"read it back: the last name is {last_name}")

    count = sum(1 for _ in enboarder.reports.iter_form_data(FORM))
    tell(f"read {count:,} form rows, 500 at a time")

    try:
        enboarder.workflows.launch_basic(
            {"nhnm": "Alex Example", "nhstdt": "12/01/2027"}
        )
    except InputInvalid as error:
        print(
            f"  refused a bad launch before sending it: {len(error.faults)} faults, the first: {error.faults[0]}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
