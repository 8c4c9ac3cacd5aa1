"""Show the client at its main job, against a mock service on a free loopback port."""

from __future__ import annotations

import datetime

from enboarder import ApiKey, ClientCredentials, Enboarder, InvalidInput, models
from enboarder.mock import MockServer

FORM = "4mkVzc9OX"
FORM_ROWS = 1203
START = datetime.date(2027, 1, 12)


def main() -> int:
    """Do everything twice: with an OAuth2 client, and with the API key."""
    with MockServer(form_rows=FORM_ROWS) as mock:
        print(
            f"The mock service listens on {mock.base_url}; "
            "nothing leaves this machine.\n"
        )
        oauth = ClientCredentials(
            mock.client_id, mock.client_secret, token_url=mock.token_url
        )
        with Enboarder(oauth, base_url=mock.base_url) as enboarder:
            print("With an OAuth2 client:")
            Demonstration(enboarder, mock, "oauth").run()
        print(f"token requests: {mock.token_requests}\n")
        with Enboarder(ApiKey(mock.api_key), base_url=mock.base_url) as enboarder:
            print("With the API key, the same calls on the other paths:")
            Demonstration(enboarder, mock, "key").run()
    return 0


class Demonstration:
    """The main job, step by step; each step prints the request that was sent."""

    def __init__(self, enboarder: Enboarder, mock: MockServer, name: str) -> None:
        """Take a client; `name` makes the external ids differ between two runs."""
        self.enboarder = enboarder
        self.mock = mock
        self.name = name

    def run(self) -> None:
        """Launch, change, cancel, keep a profile, and read a report."""
        self.launch_basic()
        self.launch_advanced()
        self.move()
        self.cancel()
        self.keep_profile()
        self.read_report()
        self.refuse_bad_launch()

    def tell(self, what: str) -> None:
        """Print what happened, and the last request."""
        last = self.mock.requests[-1]
        print(f"  {what:<58} {last.method:<4} {last.path}")

    def launch_basic(self) -> None:
        """Launch a workflow with one manager."""
        launched = self.enboarder.workflows.launch_basic(
            employee_name="Alex Example",
            employee_email="alex@example.com",
            manager_name="Morgan Sample",
            manager_email="morgan@example.com",
            start_date=START,
            custom_fields={"location": "Sydney"},
            external_id=f"{self.name}-basic",
        )
        self.tell(f"launched a basic workflow: {launched.reference_id}")

    def launch_advanced(self) -> None:
        """Launch a workflow with several managers."""
        launched = self.enboarder.workflows.launch_advanced(
            employee_name="Sam Example",
            employee_mobile="+61400000002",
            start_date=START,
            managers=[
                models.Manager(
                    name="Morgan Sample",
                    email="morgan@example.com",
                    label="Direct Manager",
                ),
                models.Manager(
                    name="Alex Example", email="alex@example.com", label="Recruiter"
                ),
            ],
            external_id=f"{self.name}-advanced",
        )
        self.tell(f"launched an advanced workflow: {launched.reference_id}")

    def move(self) -> None:
        """Move the start date."""
        moved = START + datetime.timedelta(days=7)
        self.enboarder.workflows.update(
            external_id=f"{self.name}-basic", start_date=moved
        )
        self.tell(f"moved the start date to {moved}")

    def cancel(self) -> None:
        """Cancel the second workflow."""
        self.enboarder.workflows.cancel(
            external_id=f"{self.name}-advanced", comments="Offer withdrawn"
        )
        self.tell("cancelled the advanced workflow")

    def keep_profile(self) -> None:
        """Create a profile, change it, and read it back."""
        profile_id = f"{self.name}-profile"
        created = self.enboarder.profiles.create(
            first_name="Alex",
            last_name="Example",
            contact=models.Contact(email="alex@example.com"),
            external_id=profile_id,
        )
        self.tell(f"created the profile {created.id}")
        self.enboarder.profiles.update(profile_id, last_name="Sample")
        self.tell("changed its last name")
        last_name = self.enboarder.profiles.get(profile_id).last_name
        self.tell(f"read it back: the last name is {last_name}")

    def read_report(self) -> None:
        """Read every row of a form."""
        rows = list(self.enboarder.reports.iter_form_data(FORM))
        self.tell(f"read {len(rows):,} form rows, 500 at a time")

    def refuse_bad_launch(self) -> None:
        """Show that a wrong body is not sent."""
        bad = {"nhnm": "Alex Example", "nhstdt": "12/01/2027"}
        try:
            self.enboarder.workflows.launch_basic(bad)
        except InvalidInput as error:
            print(
                "  refused a bad launch before sending it: "
                f"{len(error.problems)} problems, the first: {error.problems[0]}"
            )


if __name__ == "__main__":
    raise SystemExit(main())
