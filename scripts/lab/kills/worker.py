"""What is killed: a process that launches everybody in a file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from enboarder import Enboarder, people

START = date(2027, 1, 12)
MAPPING = """\
[columns]
external_id = "external_id"
name = "employee_name"
email = "employee_email"
manager = "manager_name"
manager_email = "manager_email"
start = "start_date"
"""
PLAN = "plan.json"
HEADER = "external_id,name,email,manager,manager_email,start"
TIMEOUT = 0.4
"""Seconds for an attempt: the mock lets some requests hang."""
IN_FLIGHT = 4


class Job(NamedTuple):
    """What a worker does; all workers of a trial get the same."""

    folder: Path
    location: str
    account: str
    environ: Mapping[str, str]


def external_ids(rows: int) -> list[str]:
    """Return the external ids of a file."""
    return [f"kill-{number:05}" for number in range(rows)]


def write_files(folder: Path, rows: int) -> Path:
    """Write the people and the mapping, and return the file of the people."""
    lines = [HEADER]
    for external_id in external_ids(rows):
        email = f"{external_id}@example.com"
        manager = "Morgan Sample,morgan@example.com"
        lines.append(f"{external_id},Alex Example,{email},{manager},{START}")
    source = folder / "hires-0.csv"
    source.write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
    return source


def write_plan(job: Job, source: Path) -> None:
    """Write the plan for everybody in a file, as a person would review it."""
    mapping = job.folder / "mapping.toml"
    plan = people.plan_launch(source, mapping, account=job.account, today=START)
    (job.folder / PLAN).write_text(plan.to_json(), "utf-8")


def work(job: Job, source: Path | None) -> None:
    """Launch everybody who is not launched, as fast as it goes.

    Args:
        job: what all workers have in common.
        source: the file of people; None takes the plan that was written.
    """
    with (
        Enboarder.from_env(job.environ, timeout=TIMEOUT) as enboarder,
        people.open_ledger(account=job.account, location=job.location) as ledger,
    ):
        if source is None:
            plan = people.Plan.from_json((job.folder / PLAN).read_text("utf-8"))
        else:
            mapping = job.folder / "mapping.toml"
            plan = people.plan_launch(source, mapping, ledger=ledger, today=START)
        pace = people.Pace(IN_FLIGHT, math.inf)
        # By chance, several faults of one kind follow each other.
        people.apply(enboarder, plan, ledger, pace=pace, stop_after=None)
