"""Draw bars as SVG, readable on a light and on a dark page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

WIDTH = 800
LABELS_END = 230
BARS_BEGIN = 240
LONGEST = 430
ROW = 30
BAR = 20
TOP = 62
STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  fill: #1f2933; }
.head { font-weight: 600; font-size: 14px; }
.note { fill: #52606d; font-size: 12px; }
.card { fill: #ffffff; stroke: #cbd2d9; }
.ours { fill: #2b7a6b; }
.other { fill: #b8c4ce; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f3f6; }
  .note { fill: #b6c2cf; }
  .card { fill: #161b22; stroke: #444c56; }
  .ours { fill: #63c7b2; }
  .other { fill: #52606d; }
}
"""


class Bar(NamedTuple):
    """One bar of a chart."""

    label: str
    value: float
    text: str
    """The value as it is shown behind the bar."""
    is_ours: bool


def drawn(title: str, note: str, bars: Sequence[Bar]) -> str:
    """Return a chart; the longest bar has the greatest value.

    Args:
        title: what is compared.
        note: the unit, and which end is better.
        bars: from top to bottom.
    """
    height = TOP + ROW * len(bars) + 8
    chart = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height}",
            "width": str(WIDTH),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "title desc",
        },
    )
    SubElement(chart, "title", {"id": "title"}).text = title
    spoken = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    SubElement(chart, "desc", {"id": "desc"}).text = f"{note}. {spoken}."
    SubElement(chart, "style").text = STYLE
    card = {"x": "0.5", "y": "0.5", "rx": "8", "class": "card"}
    size = {"width": str(WIDTH - 1), "height": str(height - 1)}
    SubElement(chart, "rect", {**card, **size})
    _text(chart, title, 24, 28, "head")
    _text(chart, note, 24, 48, "note")
    greatest = max(bar.value for bar in bars) or 1.0
    for number, bar in enumerate(bars):
        _row(chart, bar, TOP + ROW * number, LONGEST * bar.value / greatest)
    ElementTree.indent(chart)
    return ElementTree.tostring(chart, encoding="unicode") + "\n"


def _row(chart: Element, bar: Bar, top: int, length: float) -> None:
    middle = top + 15
    _text(chart, bar.label, LABELS_END, middle, anchor="end")
    place = {"x": str(BARS_BEGIN), "y": str(top), "height": str(BAR), "rx": "2"}
    # A value of nothing still shows where its bar would begin.
    width = f"{max(length, 1.5):.1f}"
    kind = "ours" if bar.is_ours else "other"
    SubElement(chart, "rect", {**place, "width": width, "class": kind})
    _text(chart, bar.text, round(BARS_BEGIN + length) + 8, middle)


def _text(
    chart: Element, text: str, x: int, y: int, kind: str = "", anchor: str = "start"
) -> None:
    place = {"x": str(x), "y": str(y), "text-anchor": anchor}
    if kind:
        place["class"] = kind
    SubElement(chart, "text", place).text = text
