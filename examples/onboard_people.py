"""Launch, move and cancel people, export a form, and provision administrators.

    python onboard_people.py FOLDER

However often it runs, nobody is launched twice. tests/examples has such a folder.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from enboarder import Enboarder, export, people

MOVED = people.ColumnMapping({"ID": ("external_id",), "Starts": ("start_date",)})
GONE = people.ColumnMapping({"ID": ("external_id",)})


def plans(at: Path, ledger: people.Ledger) -> Iterator[people.Plan]:
    yield people.plan_launch(at / "hires.csv", at / "mapping.toml", ledger=ledger)
    yield people.plan_update(at / "moved.csv", MOVED, ledger=ledger)
    yield people.plan_cancel(at / "gone.csv", GONE, mode="ALL", ledger=ledger)


folder = Path(sys.argv[1])
failures = 0
with Enboarder.from_env() as enboarder, people.open_ledger(enboarder) as ledger:
    for plan in plans(folder, ledger):
        run = people.apply(enboarder, plan, ledger)
        people.write_results(plan, run, folder / f"{plan.kind}-results.csv")
        print(plan.summary(), run.counts)
        failures += len(plan.problems) + sum(not one.status.is_good for one in run)
    export.export_reports(enboarder, [export.form("4mkVzc9OX")], folder)
    administrators = (folder / "admins.csv").read_text("utf-8-sig").splitlines()
    for row in csv.DictReader(administrators):
        enboarder.users.upsert(
            user_name=row["E-mail"],
            name={"givenName": row["First name"], "familyName": row["Last name"]},
            emails=[{"value": row["E-mail"]}],
            user_type=row["Role"],
            schemas=["urn:ietf:params:scim:schemas:core:2.0:User"],
        )
sys.exit(1 if failures else 0)
