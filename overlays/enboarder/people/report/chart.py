"""A chart of people by start week, as SVG inside a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html import escape

ROW = 26
"""The height of a bar with the space around it, in pixels."""
BAR = 16
TEXT = 14
LABEL = 28.0
"""The part of the width that labels take, in per cent."""
MOST_WEEKS = 60
"""Weeks up to which those without anybody are shown."""
LONGEST = 60.0
"""The part that the longest bar takes; its number needs the rest."""


def week_chart(title: str, weeks: Mapping[str, int]) -> str:
    """Return a bar for each week; the text keeps its size on any screen.

    Args:
        title: what somebody hears who does not see the chart.
        weeks: how many people start in each week, by its Monday.
    """
    shown = _without_gaps(weeks)
    height = ROW * len(shown)
    label = escape(title)
    opening = f'width="100%" height="{height}" role="img" aria-label="{label}"'
    bars = "\n".join(_bars(shown))
    return f'<svg class="chart" {opening}>\n{bars}\n</svg>'


def week_name(monday: str) -> str:
    """Return a week as people say it: `18 Jan 2027`."""
    if not monday:
        return "no date"
    day = date.fromisoformat(monday)
    # Without the zero that %d has.
    return f"{day.day} {day.strftime('%b %Y')}"


def _without_gaps(weeks: Mapping[str, int]) -> dict[str, int]:
    """Return weeks in which nobody starts, too, unless there are very many."""
    mondays = [date.fromisoformat(monday) for monday in weeks if monday]
    span = (max(mondays) - min(mondays)).days // 7 + 1
    if span > MOST_WEEKS:
        return dict(weeks)
    filled = {"": weeks[""]} if "" in weeks else {}
    for index in range(span):
        monday = (min(mondays) + timedelta(weeks=index)).isoformat()
        filled[monday] = weeks.get(monday, 0)
    return filled


def _bars(weeks: Mapping[str, int]) -> Iterator[str]:
    most = max(weeks.values(), default=1)
    for index, (monday, number) in enumerate(weeks.items()):
        top = index * ROW
        width = LONGEST * number / most
        text = top + TEXT
        yield f'<text x="0" y="{text}">{week_name(monday)}</text>'
        yield (
            f'<rect x="{LABEL:g}%" y="{top + 1}" width="{width:.2f}%" height="{BAR}" '
            'rx="2"></rect>'
        )
        yield f'<text x="{LABEL + width + 1.5:.2f}%" y="{text}">{number}</text>'
