"""Write the figures of a run as Markdown, with its targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from typing import NamedTuple

from scripts.lab.page import machine, table
from scripts.lab.soak.ledger import DONE, Account
from scripts.lab.soak.load import THREADS
from scripts.lab.soak.resources import Held
from scripts.lab.soak.server import FAULTS, LIFETIME, TOKEN_FAULTS

GROWTH = 0.10
"""Of memory at most, from when the run is warm to its end."""

HOW = """\
## Soak

Written by `{command}`: {machine}. enboarder {version}, httpx {httpx}.

{threads} threads share one `Enboarder` client, and read and write for {seconds:,.0f} s
with pauses of up to 0.2 s. Tokens live {lifetime:.0f} s, and all of them are revoked
now and then. The server runs in its own process and fails at random. It closes
connections before or after it has carried out a request, cuts answers off, answers
late, or answers with 5xx or 429; its token endpoint fails, too. Each write has its own
external id, so the server can count how often it carried out each one. The client
renews a refused token at most once in 30 s. If tokens are revoked again within that
time, calls raise `Unauthorized` until the next renewal is due."""

UNKNOWN = """\
{unknown:,} writes ended in `OutcomeUnknown`, which means neither yes nor no; the server
had carried out {unknown_done:,} of them. The client made {token_requests:,} token
requests, and the server revoked all tokens {revocations:,} times. At most {peak}
descriptors were open, and {before} before the run."""


class Run(NamedTuple):
    """What was seen from outside the calls."""

    seconds: float
    before: Held
    warm: Held
    loaded: Held
    after: Held
    peak: int
    """Descriptors at most."""
    left: int
    """Connections that the server still had open when the client was closed."""
    token_requests: int
    revocations: int
    wrong: Mapping[str, str]


class Result(NamedTuple):
    """All that a run gives."""

    run: Run
    account: Account
    faults: Mapping[str, int]
    ends: Counter[tuple[str, str]]
    """By operation and end."""


class Target(NamedTuple):
    """What a run has to reach, and what was found."""

    what: str
    limit: str
    found: str
    is_met: bool


def targets_of(result: Result) -> list[Target]:
    """Return each target."""
    run = result.run
    account = result.account
    descriptors_left = run.after.descriptors - run.before.descriptors
    threads_left = run.after.threads - run.before.threads
    return [
        _zero("writes carried out twice", len(account.doubled)),
        _zero("writes reported as done, and lost", len(account.lost)),
        _zero(
            "writes reported as refused or unsent, and carried out",
            len(account.denied),
        ),
        _zero("kinds of error that are not documented for the call", len(run.wrong)),
        _memory(run),
        _zero("descriptors left behind", descriptors_left),
        _zero("threads left behind", threads_left),
        _zero("connections that the server still has open", run.left),
    ]


def _zero(what: str, found: int) -> Target:
    return Target(what, "0", f"{found}", found <= 0)


def _memory(run: Run) -> Target:
    growth = run.loaded.memory / run.warm.memory - 1
    warm = run.warm.memory / 1e6
    loaded = run.loaded.memory / 1e6
    return Target(
        "memory (RSS), from warm to the end",
        f"≤ +{GROWTH:.0%}",
        f"{growth:+.1%} ({warm:.1f} to {loaded:.1f} MB)",
        growth <= GROWTH,
    )


def targets(result: Result) -> str:
    """Say for each target whether it is met."""
    rows = []
    met = 0
    for target in targets_of(result):
        met += target.is_met
        verdict = "met" if target.is_met else "**not met**"
        rows.append([target.what, target.limit, target.found, verdict])
    head = ["what", "target", "found", ""]
    return f"### Targets: {met} of {len(rows)} met\n\n{table(head, rows)}"


def text(result: Result) -> str:
    """Return the part of the page."""
    parts = [
        _head(result.run),
        targets(result),
        "### How calls ended",
        _ends(result),
        _unknown(result),
        "### Faults of the server",
        _faults(result),
    ]
    return "\n\n".join(parts)


def _head(run: Run) -> str:
    command = "nox -s soak"
    if run.seconds != 600:
        command = f"nox -s soak -- --seconds {run.seconds:g}"
    return HOW.format(
        command=command,
        machine=machine(),
        version=version("enboarder"),
        httpx=version("httpx"),
        threads=THREADS,
        seconds=run.seconds,
        lifetime=LIFETIME,
    )


def _ends(result: Result) -> str:
    operations = sorted({operation for operation, _ in result.ends})
    ends = sorted({end for _, end in result.ends}, key=_done_first)
    rows = []
    for operation in operations:
        counts = [f"{result.ends[operation, end]:,}" for end in ends]
        rows.append([f"`{operation}`", *counts])
    return table(["operation", *ends], rows)


def _done_first(end: str) -> tuple[bool, str]:
    return end != DONE, end


def _unknown(result: Result) -> str:
    return UNKNOWN.format(
        unknown=result.account.unknown,
        unknown_done=result.account.unknown_done,
        token_requests=result.run.token_requests,
        revocations=result.run.revocations,
        peak=result.run.peak,
        before=result.run.before.descriptors,
    )


def _faults(result: Result) -> str:
    names = [*FAULTS, "401", *TOKEN_FAULTS]
    rows = [[name, f"{result.faults.get(name, 0):,}"] for name in names]
    return table(["fault", "times"], rows)
