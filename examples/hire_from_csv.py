"""Launch a workflow for each row of a CSV file, at most once even if it runs again.

    python hire_from_csv.py hires.csv

The file has the columns external_id, name, email, manager_name, manager_email and
start_date (YYYY-MM-DD). Next to it, `hires.csv.log` records each id before its launch
and the outcome after it. An id in the log is not launched again, unless nothing was
done. An id without an outcome is for a human to look up. The exit code is 1 unless
everybody is launched.

Run one such job at a time, with one log. Workers that split the rows have to split
them in the same way each time, by the id.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TextIO

from enboarder import Enboarder, EnboarderError, OutcomeUnknown, models

COLUMNS = {
    "external_id",
    "name",
    "email",
    "manager_name",
    "manager_email",
    "start_date",
}
LAUNCHED = "launched"
NOT_DONE = "not launched"
UNKNOWN = "unknown"
SENDING = "sending"


def remembered(log: Path) -> dict[str, str]:
    """Return the last state of each external id."""
    if not log.exists():
        return {}
    states: dict[str, str] = {}
    for line in log.read_text("utf-8", "replace").splitlines():
        # A line that a crash cut off says nothing: the line before it counts.
        with suppress(ValueError):
            entry = json.loads(line)
            states[entry["external_id"]] = entry["state"]
    return states


def note(log: TextIO, external_id: str, state: str) -> None:
    """Record a state so that it survives a crash of the machine."""
    entry = json.dumps({"external_id": external_id, "state": state})
    log.write(f"\n{entry}")
    log.flush()
    os.fsync(log.fileno())


def launch(enboarder: Enboarder, row: dict[str, str]) -> str:
    """Launch one person and return the state."""
    try:
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
        return UNKNOWN
    except (EnboarderError, ValueError) as error:
        # Every other error means that nothing was done.
        print(f"{row['external_id']}: {error!r}", file=sys.stderr)
        return NOT_DONE
    return LAUNCHED


def rows_of(source: Path) -> list[dict[str, str]]:
    """Return the rows; end the job if columns are missing or ids are not unique."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        raw = list(reader)
    missing = COLUMNS - set(reader.fieldnames or ())
    if missing:
        names = ", ".join(sorted(missing))
        raise SystemExit(f"{source}: missing columns: {names}; nothing was sent")
    rows = []
    for line in raw:
        rows.append({name: (line[name] or "").strip() for name in COLUMNS})
    require_unique_ids(source, rows)
    return rows


def require_unique_ids(source: Path, rows: list[dict[str, str]]) -> None:
    """End the job if an external id is missing or appears twice."""
    counts = Counter(row["external_id"] for row in rows)
    if counts[""]:
        raise SystemExit(
            f"{source}: a row has no external_id, and each row needs one; "
            "nothing was sent"
        )
    repeated = [external_id for external_id, count in counts.items() if count > 1]
    if repeated:
        names = ", ".join(repeated)
        raise SystemExit(
            f"{source}: these external ids appear more than once: {names}; "
            "nothing was sent"
        )


def described(state: str) -> str:
    """Return what to print about a state."""
    if state in (LAUNCHED, NOT_DONE):
        return state
    return "unknown, look for it in Enboarder"


def main() -> int:
    """Launch everybody who is not launched yet."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    source = Path(sys.argv[1])
    rows = rows_of(source)
    path = Path(f"{source}.log")
    states = remembered(path)
    with Enboarder.from_env() as enboarder, path.open("a", encoding="utf-8") as log:
        for row in rows:
            external_id = row["external_id"]
            if states.get(external_id, NOT_DONE) != NOT_DONE:
                continue
            note(log, external_id, SENDING)
            states[external_id] = launch(enboarder, row)
            note(log, external_id, states[external_id])
    for external_id, state in states.items():
        print(f"{external_id}: {described(state)}")
    everybody = all(state == LAUNCHED for state in states.values())
    return 0 if everybody else 1


if __name__ == "__main__":
    raise SystemExit(main())
