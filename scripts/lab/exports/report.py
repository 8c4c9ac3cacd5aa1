"""Write what exports cost, and what killed ones left, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from scripts.lab.exports.measuring import Cost
from scripts.lab.exports.pages import KINDS, ROWS_ON_A_PAGE
from scripts.lab.exports.trial import (
    LONGEST_AFTER,
    LONGEST_LOAD,
    PAGES_BEFORE_KILL,
    Figures,
)
from scripts.lab.page import machine, table
from scripts.layout import PROJECT_PAGES

PAGE = PROJECT_PAGES / "exports.md"
COMMAND = "nox -s exports"
MEGABYTE = 10**6
HEAD = """\
# Exports

The command at the top of each part writes that part. Figures depend on the machine, so
compare only figures within one table, or run the command on your own machine. [The
guide](../guides/export.md) shows how to export.
"""
HOW = """\
## Time and memory

Written by `{command}`: {machine}. {versions}.

A server on loopback, in its own process, sends a form of {rows:,} rows and {columns}
columns in pages of {on_a_page} rows. Each way to export it runs in a process of its
own, one after the other, and exports one page before the clock starts; the best time
of {rounds} rounds counts. Memory is the most that the process ever had (RSS). *The
everyday loop* is httpx, `.json()`, and `json.dumps` for each row."""
SMALL = """\
### DuckDB

The generic source of dlt (`rest_api`, with a cursor, and no merge) keeps much more in
memory, so both load a form of {rows:,} rows."""
KILLED = """\
## Killed exports

Written by `{command}`: {machine}. enboarder {version}.

Two forms and a workflow are exported from `enboarder.mock`, over real sockets and with
OAuth2 tokens. A worker is killed with SIGKILL after a random number of pages, up to
{most}, and a random time, up to {longest:.0f} ms ({load:.0f} s for DuckDB, which gets
its rows when all pages have come). The next worker continues in the same folder. Where
tokens end, all of them expire or are revoked, in turn, while an export runs. Each
export that reached its end is compared with an undisturbed one: *different* counts the
files, or tables, with another checksum, and has to be 0. *Pages* counts those that were
fetched, beside those that undisturbed exports fetch: reports that were complete when a
worker was killed are exported again."""
KILLED_HEAD = [
    "trial",
    "pages of each report",
    "killed",
    "tokens ended",
    "exports",
    "pages",
    "different",
]
TARGETS = """\
### Targets: {met} of {number} met"""


class Target(NamedTuple):
    """What a way has to reach."""

    name: str
    found: float
    limit: float
    unit: str = "x"

    @property
    def is_met(self) -> bool:
        """Whether it is reached."""
        return self.found <= self.limit


class Measured(NamedTuple):
    """What was measured."""

    costs: Mapping[str, Cost]
    """By way, of the large form."""
    loads: Mapping[str, Cost]
    """By way, of the form that the generic source can hold."""
    rounds: int = 1


LOOP = "the everyday loop"
GENERIC = "rest_api of dlt"
WAREHOUSE = "DuckDB"
TIMES = {
    "JSONL": 0.35,
    "JSONL without msgspec": 1.1,
    "CSV": 0.8,
    "Parquet": 0.9,
}
"""The share of the loop's time that a way may take."""
LOAD_TIME = 0.1
"""The share of the generic source's time that the warehouse may take."""
FILE_MEMORY = 300 * MEGABYTE
WAREHOUSE_MEMORY = 1000 * MEGABYTE


def targets(found: Measured) -> list[Target]:
    """Return what has to be reached, and what was found."""
    loop = found.costs[LOOP]
    wanted: list[Target] = []
    for way, limit in TIMES.items():
        share = found.costs[way].seconds / loop.seconds
        wanted.append(Target(f"{way}: time, beside the loop", share, limit))
    share = found.loads[WAREHOUSE].seconds / found.loads[GENERIC].seconds
    wanted.append(Target("DuckDB: time, beside rest_api", share, LOAD_TIME))
    for way in (*TIMES, WAREHOUSE):
        limit = WAREHOUSE_MEMORY if way == WAREHOUSE else FILE_MEMORY
        memory = found.costs[way].memory / MEGABYTE
        wanted.append(Target(f"{way}: memory", memory, limit / MEGABYTE, "MB"))
    return wanted


def text(found: Measured) -> str:
    """Return the part of the page about time and memory."""
    rows = found.costs[LOOP].rows
    small = next(iter(found.loads.values())).rows
    how = HOW.format(
        command=_command(found.rounds, rows, small),
        rounds=found.rounds,
        machine=machine(),
        versions=_versions(),
        rows=rows,
        columns=len(KINDS),
        on_a_page=ROWS_ON_A_PAGE,
    )
    return "\n\n".join(
        [
            how,
            targets_text(targets(found)),
            "### All ways",
            _table(found.costs, LOOP),
            SMALL.format(rows=small),
            _table(found.loads, GENERIC),
        ]
    )


def _command(rounds: int, rows: int, small: int) -> str:
    return f"{COMMAND} -- --rows {rows} --rest-rows {small} --rounds {rounds}"


def targets_text(wanted: Sequence[Target]) -> str:
    """Return the targets as a table under a heading."""
    met = sum(target.is_met for target in wanted)
    head = TARGETS.format(met=met, number=len(wanted))
    rows = []
    for target in wanted:
        decimals = 2 if target.unit == "x" else 0
        rows.append(
            [
                target.name,
                f"≤ {target.limit:g} {target.unit}",
                f"{target.found:.{decimals}f} {target.unit}",
                "met" if target.is_met else "**not met**",
            ]
        )
    return f"{head}\n\n{table(['what', 'target', 'found', ''], rows)}"


def killed_text(found: Sequence[Figures], command: str) -> str:
    """Return the part of the page about killed exports."""
    how = KILLED.format(
        command=command,
        machine=machine(),
        version=version("enboarder"),
        most=f"{PAGES_BEFORE_KILL:.0f}",
        longest=1000 * LONGEST_AFTER,
        load=LONGEST_LOAD,
    )
    return f"{how}\n\n{table(KILLED_HEAD, [_killed_row(one) for one in found])}"


def _killed_row(found: Figures) -> list[str]:
    return [
        found.settings.name,
        str(found.settings.pages),
        str(found.kills),
        str(found.token_ends),
        str(found.exports),
        f"{found.pages} ({found.undisturbed_pages})",
        str(len(found.different)),
    ]


def _table(costs: Mapping[str, Cost], beside: str) -> str:
    reference = costs[beside].seconds
    rows = []
    for way, cost in costs.items():
        rows.append(
            [
                way,
                f"{cost.seconds:.2f}",
                f"{cost.seconds / reference:.2f} x",
                f"{cost.rows / cost.seconds:,.0f}",
                f"{cost.processor:.2f}",
                f"{cost.memory / MEGABYTE:,.0f}",
            ]
        )
    head = [
        "way",
        "seconds",
        f"beside {beside}",
        "rows a second",
        "processor time, s",
        "memory, MB",
    ]
    return table(head, rows)


def _versions() -> str:
    found: list[str] = []
    for name in ("enboarder", "httpx", "msgspec", "pyarrow", "dlt", "duckdb"):
        # The tests of this page do without some of them.
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return ", ".join(found)
