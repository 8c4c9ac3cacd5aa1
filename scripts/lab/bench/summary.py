"""Write docs/project/benchmarks.md: what a user gains, in two minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.lab.bench.charts import Bar, drawn
from scripts.lab.bench.figures import Figure, Measure
from scripts.lab.bench.ours import Client, ClientOnHttpx2, ClientOverAiohttp, InHttpx
from scripts.lab.bench.report import COMMAND, Sections
from scripts.lab.page import table
from scripts.layout import PROJECT_PAGES

PAGE = PROJECT_PAGES / "benchmarks.md"
CHARTS = "charts"
"""The folder of the pictures, beside the page."""
TEXT = """\
# Benchmarks

What you gain and what you pay, in two minutes.
[The details](benchmark-details.md) have every figure, and
[the page on scale](scale.md) says what a process, a machine or a fleet can carry.

## When tokens are revoked

![Calls that fail after all tokens are revoked]({charts}/revocation.svg)

A secret is rotated, or the service restarts, and every token is dead from one moment to
the next: here, in the middle of the run. `enboarder` renews the token once and sends
the refused call again: {our_failures} of its {our_calls} calls failed. A library that
keeps its token fails until the token expires.

## When many callers start

![Token requests of many callers]({charts}/token-requests.svg)

Callers that start together need one token. {threads} of one process made
{our_requests} with `enboarder`; {processes} with a shared store made {shared_requests}.

## When you read a lot

![Reads at once]({charts}/reads.svg)

The client adds its checks, a deadline, retries and models to bare httpx, and
takes {on_httpx:.2f} times as long on it, {on_httpx2:.2f} times on httpx2 and
{over_aiohttp:.2f} times over aiohttp. [Choose the engine](../guides/connecting.md)
that suits you.

## What you pay

{costs}

## Repeat a figure

`{command}` writes these pages in about a quarter of an hour, and `{command} -- --quick`
takes a minute for rough figures. To repeat one part, select it:

{commands}

{origin}
"""


class Cost(NamedTuple):
    """Something that the client costs, and where its figure is."""

    what: str
    section: str
    measure: str
    contestant: str
    shown: Callable[[float], str]


def _more(ratio: float) -> str:
    return f"{100 * (ratio - 1):+.0f} %"


def _milliseconds(value: float) -> str:
    return f"{value:.0f} ms"


def _megabytes(value: float) -> str:
    return f"{value:.1f} MB"


COSTS = (
    Cost(
        "a read over loopback, beside bare httpx",
        "reads",
        "one after the other, sync, loopback: ratio",
        Client.name,
        _more,
    ),
    Cost(
        "the same on httpx2",
        "reads",
        "one after the other, sync, loopback: ratio",
        ClientOnHttpx2.name,
        _more,
    ),
    Cost(
        "a read over loopback, beside requests",
        "reads",
        "one after the other, sync, loopback: ratio to bare requests",
        Client.name,
        _more,
    ),
    Cost(
        "`auth()` in your own httpx client, without a network",
        "overhead",
        "sync, no network: ratio",
        InHttpx.name,
        _more,
    ),
    Cost("`import enboarder`", "start", "import", Client.name, _milliseconds),
    Cost(
        "a process with a client ready, beside `httpx.Client()`",
        "start",
        "client ready",
        Client.name,
        _more,
    ),
    Cost("installed, with all libraries", "size", "size", Client.name, _megabytes),
)


def put(sections: Sections, origin: str, page: Path = PAGE) -> None:
    """Write the page and its pictures.

    Args:
        sections: what was measured, by the words that select it.
        origin: where the figures come from.
        page: the page.
    """
    folder = page.parent / CHARTS
    folder.mkdir(exist_ok=True)
    for name, picture in pictures(sections).items():
        (folder / f"{name}.svg").write_text(picture, "utf-8")
    page.write_text(text(sections, origin), "utf-8")


def text(sections: Sections, origin: str) -> str:
    """Return the page."""
    failures = sections["revocation"].measure("failed").figures[Client.name]
    processes = sections["processes"]
    threads = sections["cold-start"].measures[0]
    shared = processes.measure("with a file store").figures[Client.name]
    at_once = sections["reads"].measures[0].figures
    commands = [
        [f"`{COMMAND} -- --only {key}`", _link(sections, key)] for key in sections
    ]
    return TEXT.format(
        charts=CHARTS,
        our_failures=f"{failures.value:.0f}",
        our_calls=f"{failures.total:,}",
        threads=threads.name,
        our_requests=_requests(threads.figures[Client.name]),
        processes=processes.title.partition(" of ")[2],
        shared_requests=_requests(shared),
        on_httpx=at_once[Client.name].value,
        on_httpx2=at_once[ClientOnHttpx2.name].value,
        over_aiohttp=at_once[ClientOverAiohttp.name].value,
        costs=table(["what", "costs"], _costs(sections)),
        command=COMMAND,
        commands=table(["command", "writes"], commands),
        origin=origin,
    )


def _link(sections: Sections, key: str) -> str:
    title = sections[key].title
    kept = "".join(one for one in title.lower() if one.isalnum() or one in " -")
    return f"[{title}](benchmark-details.md#{kept.replace(' ', '-')})"


def _requests(figure: Figure) -> str:
    plural = "" if figure.value == 1 else "s"
    return f"{figure.value:.0f} token request{plural}"


def _costs(sections: Sections) -> list[list[str]]:
    rows = []
    for cost in COSTS:
        if cost.section in sections:
            measure = sections[cost.section].measure(cost.measure)
            value = measure.figures[cost.contestant].value
            rows.append([cost.what, cost.shown(value)])
    return rows


def pictures(sections: Sections) -> Mapping[str, str]:
    """Return the three pictures by name."""
    failed = sections["revocation"].measure("failed")
    started = sections["cold-start"].measures[0]
    at_once = sections["reads"].measures[1]
    callers = failed.name.partition(", ")[2]
    return {
        "revocation": drawn(
            "Calls that fail after all tokens are revoked",
            f"share of all calls of {callers}; about half means every call afterwards",
            _bars(failed, _share, _percent),
        ),
        "token-requests": drawn(
            f"Token requests of {started.name} that start together",
            "number; one is enough",
            _bars(started, _value, _count),
        ),
        "reads": drawn(
            f"{at_once.name.partition(':')[0]}, over 20 connections",
            "milliseconds; less is better",
            sorted(_bars(at_once, _value, _thousands), key=_longest_first),
        ),
    }


def _bars(
    measure: Measure,
    value: Callable[[Figure], float],
    shown: Callable[[float], str],
) -> Sequence[Bar]:
    bars = []
    for name, figure in measure.figures.items():
        label = name.replace("`", "")
        is_ours = name.startswith(Client.name)
        bars.append(Bar(label, value(figure), shown(value(figure)), is_ours))
    return bars


def _longest_first(bar: Bar) -> float:
    return -bar.value


def _share(figure: Figure) -> float:
    return figure.value / (figure.total or 1)


def _value(figure: Figure) -> float:
    return figure.value


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _count(value: float) -> str:
    return f"{value:.0f}"


def _thousands(value: float) -> str:
    return f"{value:,.0f} ms"
