"""Launch a workflow for each row of a CSV file, at most once, also when the job is run again.

    python hire_from_csv.py hires.csv

Its columns: external_id, name, email, manager_name, manager_email, start_date (YYYY-MM-DD). Beside it, `hires.csv.log`
has each id before its launch, and its outcome after it. Whoever stands there is not launched again, unless nothing was
done; an id without an outcome is looked up by a human. Run one such job at a time.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TextIO

from enboarder import Enboarder, EnboarderError, OutcomeUnknown, models

NOT_DONE = "not launched"


def remembered(log: Path) -> dict[str, str]:
    """The last state of each external id."""
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    return {entry["external_id"]: entry["state"] for entry in map(json.loads, lines)}


def note(log: TextIO, external_id: str, state: str) -> None:
    print(json.dumps({"external_id": external_id, "state": state}), file=log, flush=True)
    os.fsync(log.fileno())  # a crash of the machine must not forget it


def launch(enboarder: Enboarder, row: dict[str, str]) -> str:
    """Launch one; returns what became of it."""
    try:
        if not row["external_id"]:
            raise ValueError("there is no external_id")
        body = models.BasicLaunch(
            employee_name=row["name"],
            employee_email=row["email"],
            manager_name=row["manager_name"],
            manager_email=row["manager_email"],
            start_date=date.fromisoformat(row["start_date"]),
            external_id=row["external_id"],
        )
        enboarder.workflows.launch_basic(body)
    except OutcomeUnknown:
        return "unknown"
    except (EnboarderError, LookupError, ValueError) as error:  # all others say that nothing was done
        print(f"{row['external_id']}: {error!r}", file=sys.stderr)
        return NOT_DONE
    return "launched"


def main() -> None:
    source = Path(sys.argv[1])
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    path = Path(f"{source}.log")
    known = remembered(path)
    with Enboarder.from_env() as enboarder, path.open("a", encoding="utf-8") as log:
        for row in rows:
            external_id = row["external_id"]
            if known.get(external_id, NOT_DONE) == NOT_DONE:
                note(log, external_id, "sending")
                known[external_id] = launch(enboarder, row)
                note(log, external_id, known[external_id])
    for external_id, state in known.items():
        print(f"{external_id}: {'unknown, look for it in Enboarder' if state in ('sending', 'unknown') else state}")


if __name__ == "__main__":
    main()
