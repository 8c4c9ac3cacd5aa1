"""Launch a workflow for each row of a CSV file, and nobody twice.

    python hire_from_csv.py hires.csv launches.sqlite

The first file has the columns external_id, name, email, manager_name, manager_email and
start_date (YYYY-MM-DD). The second one, which is made if it is missing, remembers every
person that was launched. Use the same one for every run of an account, whatever the
other file is called, and keep it on a local disk: of several runs at the same time, it
lets one launch each person.

A person is claimed there before the launch. Who was launched, or perhaps was, is not
launched again; the latter is for a human to look up. The exit code is 1 unless
everybody in the file is launched.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

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
SENDING = "sending"
UNKNOWN = "unknown"


def opened(path: Path) -> sqlite3.Connection:
    """Open the file of launches; end the job if it is another kind of file."""
    try:
        # Without transactions of Python's own, each statement is on disk at once.
        launches = sqlite3.connect(path, timeout=60, isolation_level=None)
        launches.execute(
            "CREATE TABLE IF NOT EXISTS launches "
            "(external_id TEXT PRIMARY KEY, state TEXT NOT NULL)"
        )
    except sqlite3.Error as error:
        raise SystemExit(
            f"{path}: cannot remember launches there ({error}); nothing was sent"
        ) from None
    return launches


def claim(launches: sqlite3.Connection, external_id: str) -> bool:
    """Return whether this run, and no other one, may launch a person."""
    claimed = launches.execute(
        "INSERT INTO launches VALUES (?, ?) ON CONFLICT DO NOTHING",
        (external_id, SENDING),
    )
    return claimed.rowcount == 1


def note(launches: sqlite3.Connection, external_id: str, state: str) -> None:
    """Record the outcome. If nothing was done, the next run may claim the person."""
    if state == NOT_DONE:
        launches.execute("DELETE FROM launches WHERE external_id = ?", (external_id,))
        return
    launches.execute(
        "UPDATE launches SET state = ? WHERE external_id = ?", (state, external_id)
    )


def state_of(launches: sqlite3.Connection, external_id: str) -> str:
    """Return what is known about a person."""
    found = launches.execute(
        "SELECT state FROM launches WHERE external_id = ?", (external_id,)
    ).fetchone()
    return NOT_DONE if found is None else str(found[0])


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
    if state == SENDING:
        return "another run is launching it, or broke off: look for it in Enboarder"
    return "unknown, look for it in Enboarder"


def hire(source: Path, path: Path) -> bool:
    """Launch everybody who is not launched yet; return whether everybody is."""
    rows = rows_of(source)
    with closing(opened(path)) as launches, Enboarder.from_env() as enboarder:
        for row in rows:
            external_id = row["external_id"]
            if claim(launches, external_id):
                note(launches, external_id, launch(enboarder, row))
        states = {
            row["external_id"]: state_of(launches, row["external_id"]) for row in rows
        }
    for external_id, state in states.items():
        print(f"{external_id}: {described(state)}")
    return set(states.values()) <= {LAUNCHED}


def main() -> int:
    """Read the command line, and launch."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    source, launches = map(Path, sys.argv[1:])
    return 0 if hire(source, launches) else 1


if __name__ == "__main__":
    raise SystemExit(main())
