"""Write figures as Markdown: the targets first, then each section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import QUICK, Effort, Figure, Measure, Section
from scripts.lab.page import machine, table

HOW = """\
## Tokens, speed, cost and size

{origin}

The column `enboarder` is the whole client: it also checks arguments, limits the time of
each attempt, retries, judges the outcome and builds a model. The column `enboarder
auth()` is only its credential in a bare httpx client, which is how the other libraries
are used, too. All of them call one server, which runs on loopback in its own process. A
dash means that the library has no such variant.
"""
ORIGIN = "Written by `{command}`: {machine}. {versions}.{rough}"
ROUGH = " **This was a quick run of few rounds, so its ratios and times are rough.**"
COMMAND = "nox -s bench"
MET = "met"
NOT_MET = "**not met**"
Sections: TypeAlias = Mapping[str, Section]
"""What was measured, by the words that select it."""


def text(
    sections: Sections, contestants: Sequence[type[Contestant]], origin: str
) -> str:
    """Return the part of the page with all details.

    Args:
        sections: what was measured, by the words that select it.
        contestants: whose columns tables have by default.
        origin: where the figures come from.
    """
    head = HOW.format(origin=origin)
    names = [kind.name for kind in contestants]
    tables = [section_text(key, sections[key], names) for key in sections]
    return "\n".join([head, targets(sections), "", *tables])


def origin(contestants: Sequence[type[Contestant]], effort: Effort) -> str:
    """Say where the figures come from."""
    is_quick = effort == QUICK
    return ORIGIN.format(
        command=f"{COMMAND} -- --quick" if is_quick else COMMAND,
        machine=machine(),
        versions=_versions(contestants),
        rough=ROUGH if is_quick else "",
    )


def _versions(contestants: Sequence[type[Contestant]]) -> str:
    versions = {kind.distribution: kind.version() for kind in contestants}
    return ", ".join(f"{name} {number}" for name, number in versions.items())


def targets(sections: Sections) -> str:
    """Say what ours has to reach, and whether it does."""
    rows = []
    for section in sections.values():
        for measure in section.measures:
            rows += [_target_row(section, measure, name) for name in measure.limits]
    met = sum(row[-1] == MET for row in rows)
    head = ["what", "of", "target", "found", ""]
    return f"### Targets: {met} of {len(rows)} met\n\n{table(head, rows)}"


def _target_row(section: Section, measure: Measure, name: str) -> list[str]:
    return [
        f"{section.title}: {measure.name}",
        name,
        f"≤ {measure.limits[name]:g}",
        _cell(measure, name),
        MET if measure.meets(name) else NOT_MET,
    ]


def all_met(sections: Sections) -> bool:
    """Return whether ours meets every target."""
    for section in sections.values():
        for measure in section.measures:
            if not all(measure.meets(name) for name in measure.limits):
                return False
    return True


def section_text(key: str, section: Section, contestants: Sequence[str]) -> str:
    """Return a section: its command, its table, and what has to be said of it."""
    names = list(section.columns or contestants)
    rows = []
    for measure in section.measures:
        cells = [_cell(measure, name) for name in names]
        rows.append([measure.name, *cells])
    remarks = "".join(f"- {' '.join(one.split())}\n" for one in section.remarks)
    parts = [
        f"### {section.title}",
        f"`{COMMAND} -- --only {key}`: {section.how.strip()}",
        table(["", *names], rows),
        remarks,
    ]
    return "\n\n".join(parts)


def _cell(measure: Measure, name: str) -> str:
    figure = measure.figures.get(name)
    if figure is None:
        return "-"
    return value(figure, measure.decimals)


def value(figure: Figure, decimals: int) -> str:
    """Return a figure as tables show it."""
    parts = [f"{figure.value:,.{decimals}f}"]
    if figure.note:
        parts.append(f"({figure.note})")
    if not figure.sound:
        parts.append("**!**")
    return " ".join(parts)
