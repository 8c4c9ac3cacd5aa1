"""Write the figures of the killed runs, and of the cost, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from scripts.lab.kills.cost import GROWTH, LIMIT, Cost
from scripts.lab.kills.trial import Figures
from scripts.lab.page import machine, table

COMMAND = "nox -s kill"
HEAD = [
    "trial",
    "rows",
    "killed",
    "requests",
    "faults",
    "launched",
    "unknown (of them launched)",
    "refused or not sent",
    "launched twice",
    "lost",
    "denied",
]

HOW = """\
## Killed runs

Written by `{command}`: {machine}. enboarder {version}.

`people.apply` launches everybody in a file by `enboarder.mock`, over real sockets and
with the pace lifted, and is killed with SIGKILL at random points: some before the first
claim, most within 10 ms of a launch. Every fifth run plans the file again, under a new
name. In the end it is run until nothing is left to send. With faults, some launches get
no answer or a reset (4 %), a 429 (5 %) or a 503 (3 %), and all tokens are revoked
twice.

*Launched twice* counts external ids that the service saw more than once; *lost*, rows
that the ledger calls launched and the service never saw; *denied*, rows that the ledger
calls refused or not sent, or does not know, and the service launched. Each has to be 0.
A row is *unknown* where a kill or a fault hit it between its claim and its outcome: a
person, or a read, settles it, and it is never sent again by itself."""

COST = """\
### Cost

{launches:,} launches with the pace lifted, in processor time of the client's process:
by `people.apply` (checked, claimed, sent, recorded), one takes {ours:.2f} ms. A POST of
the same body by `httpx`, between two commits of `sqlite3`, takes {bare:.2f} ms. That is
**{ratio:.2f} x**, with a limit of {limit:.1f} x. From a fifth of the launches to their
end, memory grew by {growth:.1%}, with a limit of {growth_limit:.0%}."""


def text(figures: Sequence[Figures]) -> str:
    """Return the figures of the trials."""
    how = HOW.format(command=COMMAND, machine=machine(), version=version("enboarder"))
    return "\n\n".join([how, table(HEAD, [_row(found) for found in figures])])


def cost_text(ours: Cost, bare: Cost) -> str:
    """Return what launches cost."""
    return COST.format(
        launches=ours.launches,
        ours=1000 * ours.seconds,
        bare=1000 * bare.seconds,
        ratio=ours.seconds / bare.seconds,
        limit=LIMIT,
        growth=ours.growth,
        growth_limit=GROWTH,
    )


def is_cheap(ours: Cost, bare: Cost) -> bool:
    """Return whether launches keep the limits of time and memory."""
    return ours.seconds <= LIMIT * bare.seconds and ours.growth <= GROWTH


def _row(found: Figures) -> list[str]:
    settings = found.settings
    settled = found.statuses["done"] + found.statuses["unknown"]
    unknown = f"{found.account.unknown} ({found.account.unknown_done})"
    counts = (
        settings.rows,
        found.kills,
        found.requests,
        found.faults,
        found.statuses["done"],
        unknown,
        settings.rows - settled,
        len(found.account.doubled),
        len(found.account.lost),
        len(found.account.denied),
    )
    return [settings.name, *map(str, counts)]
