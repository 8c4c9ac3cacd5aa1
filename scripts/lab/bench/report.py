"""Write figures as Markdown: the targets first, then each section."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import QUICK, Effort, Figure, Measure, Section
from scripts.lab.bench.ours import Client, InHttpx
from scripts.lab.page import machine, table

HOW = """\
## Tokens, cost and size

Written by `{command}`: {machine}. {versions}.{rough}

The column `enboarder` is the whole client: it also checks arguments, limits the time of
each attempt, retries, judges the outcome and builds a model. The column `enboarder
auth()` is only its credential in a bare httpx client, which is how the other libraries
are used, too. All of them call one server, which runs on loopback in its own process. A
dash means that the library has no such variant.
"""
ROUGH = " **This was a quick run of few rounds, so its ratios and times are rough.**"
MET = "met"
NOT_MET = "**not met**"
OURS = (Client.name, InHttpx.name)


def text(
    sections: Sequence[Section], contestants: Sequence[type[Contestant]], effort: Effort
) -> str:
    """Return the part of the page."""
    is_quick = effort == QUICK
    head = HOW.format(
        command="nox -s bench -- --quick" if is_quick else "nox -s bench",
        machine=machine(),
        versions=_versions(contestants),
        rough=ROUGH if is_quick else "",
    )
    names = [kind.name for kind in contestants]
    tables = [_section(section, names) for section in sections]
    return "\n".join([head, targets(sections), "", *tables])


def _versions(contestants: Sequence[type[Contestant]]) -> str:
    versions = {kind.distribution: kind.version() for kind in contestants}
    listed = ", ".join(f"{name} {number}" for name, number in versions.items())
    return f"{listed}, on httpx {version('httpx')}"


def targets(sections: Sequence[Section]) -> str:
    """Say what ours has to reach, and whether it does."""
    rows = []
    met = 0
    for section in sections:
        for measure in section.measures:
            if measure.limit is None:
                continue
            met += measure.is_met
            rows.append(
                [
                    f"{section.title}: {measure.name}",
                    _target(measure),
                    *(_held(measure, name) for name in OURS),
                    MET if measure.is_met else NOT_MET,
                ]
            )
    head = ["what", "target", *OURS, ""]
    return f"### Targets: {met} of {len(rows)} met\n\n{table(head, rows)}"


def all_met(sections: Sequence[Section]) -> bool:
    """Tell whether ours meets every target."""
    for section in sections:
        if not all(measure.is_met for measure in section.measures):
            return False
    return True


def _section(section: Section, contestants: Sequence[str]) -> str:
    names = list(section.columns or contestants)
    rows = []
    for measure in section.measures:
        cells = [_cell(measure, name) for name in names]
        rows.append([measure.name, *cells, _target(measure)])
    remarks = "".join(f"- {' '.join(one.split())}\n" for one in section.remarks)
    parts = [
        f"### {section.title}",
        section.how.strip(),
        table(["", *names, "target"], rows),
        remarks,
    ]
    return "\n\n".join(parts)


def _target(measure: Measure) -> str:
    if measure.limit is None:
        return ""
    return f"≤ {measure.limit:g}"


def _held(measure: Measure, name: str) -> str:
    if name not in measure.held:
        return ""
    return _cell(measure, name)


def _cell(measure: Measure, name: str) -> str:
    figure = measure.figures.get(name)
    if figure is None:
        return "-"
    return _value(figure, measure.decimals)


def _value(figure: Figure, decimals: int) -> str:
    parts = [f"{figure.value:,.{decimals}f}"]
    if figure.note:
        parts.append(f"({figure.note})")
    if not figure.sound:
        parts.append("**!**")
    return " ".join(parts)
