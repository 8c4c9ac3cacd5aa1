"""Launch a workflow for each row of a CSV file, at most once, also when the job is run again.

    python hire_from_csv.py hires.csv

Its columns: external_id, name, email, manager_name, manager_email, start_date (YYYY-MM-DD). Beside it, `hires.csv.log`
has each id before its launch, and its outcome after it. Whoever stands there is not launched again, unless nothing was
done; an id without an outcome is looked up by a human. It ends with 1 unless everybody is launched. Run one such job at
a time, with one log: workers that split the rows have to split them the same way each time, by the id.
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

COLUMNS = {"external_id", "name", "email", "manager_name", "manager_email", "start_date"}
LAUNCHED, NOT_DONE, UNKNOWN = "launched", "not launched", "unknown"


def remembered(log: Path) -> dict[str, str]:
    """The last state of each external id. A line that a crash tore says nothing: the one before it holds."""
    states: dict[str, str] = {}
    for line in log.read_text("utf-8", "replace").splitlines() if log.exists() else []:
        with suppress(ValueError):
            entry = json.loads(line)
            states[entry["external_id"]] = entry["state"]
    return states


def note(log: TextIO, external_id: str, state: str) -> None:
    print("\n" + json.dumps({"external_id": external_id, "state": state}), end="", file=log, flush=True)
    os.fsync(log.fileno())  # a crash of the machine must not forget it


def launch(enboarder: Enboarder, row: dict[str, str]) -> str:
    """Launch one; returns what became of it."""
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
    except (EnboarderError, ValueError) as error:  # all others say that nothing was done
        print(f"{row['external_id']}: {error!r}", file=sys.stderr)
        return NOT_DONE
    return LAUNCHED


def rows_of(source: Path) -> list[dict[str, str]]:
    """The rows; ends the job, before anything is sent, when one of them cannot be told from another."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [{name: (row[name] or "").strip() for name in COLUMNS & row.keys()} for row in reader]
    if missing := COLUMNS - set(reader.fieldnames or ()):
        raise SystemExit(f"{source}: there is no column {', '.join(sorted(missing))}; nothing was sent")
    counts = Counter(row["external_id"] for row in rows)
    if twice := [repr(one) for one, count in counts.items() if count > 1 or not one]:
        raise SystemExit(
            f"{source}: each row needs an external_id of its own, unlike {', '.join(twice)}; nothing was sent"
        )
    return rows


def main() -> int:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    source = Path(sys.argv[1])
    rows, path = rows_of(source), Path(f"{source}.log")
    known = remembered(path)
    with Enboarder.from_env() as enboarder, path.open("a", encoding="utf-8") as log:
        for row in rows:
            external_id = row["external_id"]
            if known.get(external_id, NOT_DONE) == NOT_DONE:
                note(log, external_id, "sending")
                known[external_id] = launch(enboarder, row)
                note(log, external_id, known[external_id])
    for external_id, state in known.items():
        print(f"{external_id}: {state if state in (LAUNCHED, NOT_DONE) else 'unknown, look for it in Enboarder'}")
    return 0 if set(known.values()) <= {LAUNCHED} else 1


if __name__ == "__main__":
    raise SystemExit(main())
