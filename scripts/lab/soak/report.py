"""The figures of a run as Markdown, and what they are held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from typing import NamedTuple

from bench.page import machine, table

from .ledger import Account
from .load import THREADS
from .resources import Held
from .server import FAULTS, LIFETIME, TOKEN_FAULTS

GROWTH = 0.10  # of memory, from when the run is warm to its end
HOW = """\
## Soak

Written by `{command}`: {machine}. enboarder {version}, httpx {httpx}.

{threads} threads read and write by one `Enboarder` client for {seconds:,.0f} s, with pauses of up to 0.2 s. Tokens live {lifetime:.0f} s, and
all are revoked now and then. The server is a process of its own; by chance it closes connections before or after it carried a
request out, cuts answers off, answers late, or by 5xx or 429; its token endpoint fails, too. Each write has an external id of its own,
and the server counts how often each was carried out. Refusals cause at most one renewal in 30 s: when
tokens die once more within that time, calls end in `Unauthorized` until the next one is due.
"""


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
    what: str
    limit: str
    found: str
    met: bool


def held_to(result: Result) -> list[Target]:
    """What a run is held to."""
    run, account = result.run, result.account
    growth = run.loaded.memory / run.warm.memory - 1
    told = f"{growth:+.1%} ({run.warm.memory / 1e6:.1f} to {run.loaded.memory / 1e6:.1f} MB)"
    return [
        _none("writes carried out twice", len(account.doubled)),
        _none("writes said to be done, and lost", len(account.lost)),
        _none("writes said to be refused or unsent, and carried out", len(account.denied)),
        _none("kinds of error that are not documented for the call", len(run.wrong)),
        Target("memory (RSS), from warm to the end", f"≤ +{GROWTH:.0%}", told, growth <= GROWTH),
        _none("descriptors left behind", run.after.descriptors - run.before.descriptors),
        _none("threads left behind", run.after.threads - run.before.threads),
        _none("connections that the server still has open", run.left),
    ]


def _none(what: str, found: int) -> Target:
    return Target(what, "0", f"{found}", found <= 0)


def targets(result: Result) -> str:
    """The targets, and whether each is met."""
    found = held_to(result)
    rows = [[one.what, one.limit, one.found, "met" if one.met else "**not met**"] for one in found]
    told = f"### Targets: {sum(one.met for one in found)} of {len(found)} met\n\n"
    return told + table(["what", "target", "found", ""], rows)


def text(result: Result) -> str:
    """The part of the page."""
    run, account = result.run, result.account
    seconds = f"{run.seconds:g}"
    command = "make soak" if run.seconds == 600 else f'make soak ARGS="--seconds {seconds}"'
    versions = {"version": version("enboarder"), "httpx": version("httpx")}
    numbers = {"threads": THREADS, "seconds": run.seconds, "lifetime": LIFETIME}
    head = HOW.format(command=command, machine=machine(), **versions, **numbers)
    unknown = (
        f"Of the writes {account.unknown:,} ended in `OutcomeUnknown`, which is neither yes nor no; the server had carried out "
        f"{account.unknown_done:,} of them. {run.token_requests:,} token requests, {run.revocations:,} revocations; at most "
        f"{run.peak} descriptors were open ({run.before.descriptors} before)."
    )
    return "\n\n".join([head.strip(), targets(result), "### How calls ended", _ends(result), unknown, _faults(result)])


def _ends(result: Result) -> str:
    operations = sorted({operation for operation, _ in result.ends})
    ends = sorted({end for _, end in result.ends}, key=lambda end: (end != "done", end))
    rows = [[f"`{one}`", *(f"{result.ends[one, end]:,}" for end in ends)] for one in operations]
    return table(["operation", *ends], rows)


def _faults(result: Result) -> str:
    names = [*FAULTS, "401", *TOKEN_FAULTS]
    rows = [[name, f"{result.faults.get(name, 0):,}"] for name in names]
    return "### Faults of the server\n\n" + table(["fault", "times"], rows)
