"""Figures as Markdown: the targets first, then each section with the others beside ours."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from .contestant import Contestant
from .figures import QUICK, Effort, Figure, Measure, Section
from .ours import Client, InHttpx
from .page import machine, table

HOW = """\
## Tokens, cost and size

Written by `{command}`: {machine}. {versions}.{rough}

`enboarder` is the whole client, which also checks arguments, bounds an attempt as a whole, retries, judges the outcome and builds a
model; `enboarder auth()` is its credential in a bare httpx client, which is what the others are, too. All go to one server on the
loopback interface, in a process of its own. A dash means: it has no such variant.
"""
ROUGH = " **A quick run: few rounds, so that its ratios and times are rough.**"
VERDICTS = {True: "met", False: "**not met**"}


def text(sections: Sequence[Section], contestants: Sequence[type[Contestant]], effort: Effort) -> str:
    """The part of the page."""
    quick = effort == QUICK
    command = "make bench ARGS=--quick" if quick else "make bench"
    kinds = {kind.distribution: kind for kind in contestants}
    versions = ", ".join(f"{name} {kind.version()}" for name, kind in kinds.items())
    versions += f", on httpx {version('httpx')}"
    head = HOW.format(command=command, machine=machine(), versions=versions, rough=ROUGH if quick else "")
    names = [kind.name for kind in contestants]
    return "\n".join([head, targets(sections), "", *(_section(one, names) for one in sections)])


def targets(sections: Sequence[Section]) -> str:
    """What ours has to reach, and whether it does."""
    held = [(section, one) for section in sections for one in section.measures if one.limit is not None]
    rows = [
        [
            f"{section.title}: {one.name}",
            _target(one),
            *(_cell(one, name) if name in one.held else "" for name in (Client.name, InHttpx.name)),
            VERDICTS[one.met],
        ]
        for section, one in held
    ]
    met = sum(one.met for _, one in held)
    told = f"### Targets: {met} of {len(held)} met\n\n"
    return told + table(["what", "target", Client.name, InHttpx.name, ""], rows)


def all_met(sections: Sequence[Section]) -> bool:
    return all(one.met for section in sections for one in section.measures)


def _section(section: Section, contestants: Sequence[str]) -> str:
    names = list(section.columns or contestants)
    rows = [[one.name, *(_cell(one, name) for name in names), _target(one)] for one in section.measures]
    told = table(["", *names, "target"], rows)
    remarks = "".join(f"- {remark}\n" for remark in section.remarks)
    return f"### {section.title}\n\n{section.how.strip()}\n\n{told}\n\n{remarks}"


def _target(measure: Measure) -> str:
    return "" if measure.limit is None else f"≤ {measure.limit:g}"


def _cell(measure: Measure, name: str) -> str:
    figure = measure.figures.get(name)
    return "-" if figure is None else _told(figure, measure.decimals)


def _told(figure: Figure, decimals: int) -> str:
    note = f" ({figure.note})" if figure.note else ""
    return f"{figure.value:,.{decimals}f}{note}{'' if figure.sound else ' **!**'}"
