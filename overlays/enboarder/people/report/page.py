"""The page of a run, as one file that asks nobody for anything."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from ...private_files import private_file
from ..plan import Counts, Plan, counts_of
from ..problems import Kind, Problem
from ..results import Result, Run, Status
from .chart import week_chart
from .style import STYLE

MOST_ROWS = 500
"""Rows that a table shows at most: results.csv has all of them."""
# A browser loads nothing, whatever the page says.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
TITLES = {"launch": "Launch", "update": "Update", "cancel": "Cancellation"}
DONE = {"launch": "launched", "update": "updated", "cancel": "cancelled"}
SHORT = ("Row", "Sent (UTC)")
"""The columns whose cells stay on one line."""
CLASSES = {Status.UNKNOWN: "unknown", Status.NOT_SENT: "bad", Status.REFUSED: "bad"}


def write_report(
    plan: Plan, results: Iterable[Result], path: str | os.PathLike[str]
) -> None:
    """Write one page about a run: what was done, and what somebody has to do.

    It is legible on a phone and printed, and loads nothing. It quotes cells of the
    file, so only its owner can read it.

    Args:
        plan: what was executed.
        results: how its rows ended: what `apply` returned.
        path: the file, such as `report.html`; it is replaced as a whole.
    """
    with private_file(Path(path)) as file:
        file.write(report_page(plan, results))


def report_page(plan: Plan, results: Iterable[Result]) -> str:
    """Return the page about a run as HTML.

    Args:
        plan: what was executed.
        results: how its rows ended: what `apply` returned.
    """
    stopped = results.stopped if isinstance(results, Run) else None
    ended = list(results)
    title = f"{TITLES[plan.kind]} of {plan.source}"
    parts = [
        _head(title),
        f"<h1>{escape(title)}</h1>",
        _subtitle(plan, ended),
        _tiles(plan, ended),
    ]
    if stopped is not None:
        parts.append(_stopped(stopped))
    parts.extend(_to_do(plan, ended))
    parts.extend(_counts(plan, ended))
    parts.append("</body>\n</html>\n")
    return "\n".join(parts)


def _head(title: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>"""


def _subtitle(plan: Plan, results: Sequence[Result]) -> str:
    times = [result.at for result in results if result.at is not None]
    parts = [f"Account {plan.account}" if plan.account else "No account"]
    if times:
        parts.append(f"{_moment(min(times))} UTC")
    return f'<p class="soft">{escape(" · ".join(parts))}</p>'


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"


def _tiles(plan: Plan, results: Sequence[Result]) -> str:
    counts = Counter(result.status for result in results)
    counts[Status.ALREADY] += len(plan.left_out)
    tiles = [
        _tile(_class_of(status), counts[status], status)
        for status in Status
        if counts[status]
    ]
    rows = {problem.row for problem in plan.problems}
    if rows:
        words = "row with a problem" if len(rows) == 1 else "rows with problems"
        tiles.append(_tile("bad", len(rows), words))
    if not tiles:
        return "<p>The file has nobody to do anything for.</p>"
    return f'<ul class="tiles">\n{"".join(tiles)}</ul>'


def _tile(style: str, number: int, words: str) -> str:
    return f'<li class="{style}"><b>{number}</b>{escape(words)}</li>\n'


def _class_of(status: Status) -> str:
    return "good" if status.is_good else CLASSES.get(status, "bad")


def _stopped(reason: str) -> str:
    why = escape(_sentence(reason))
    return (
        f'<p class="stopped"><b>The run stopped before its end.</b> {why} Correct the '
        "cause, then run the same file again: what was done is not done twice.</p>"
    )


def _to_do(plan: Plan, results: Sequence[Result]) -> Iterator[str]:
    """Yield what somebody has to do, the most urgent first."""
    unknown = [one for one in results if one.status is Status.UNKNOWN]
    earlier = [one for one in plan.problems if one.kind is Kind.UNSETTLED]
    if unknown or earlier:
        yield "<h2>Look these up first</h2>"
        yield (
            f"<p>Nobody knows whether these people were {DONE[plan.kind]}. They are "
            "not sent again by themselves.</p>"
        )
        yield from _tables(unknown, earlier)
    undone = [one for one in results if one.status.may_run_again]
    if undone:
        yield f"<h2>Not {DONE[plan.kind]}</h2>"
        yield "<p>Nothing was done for these people.</p>"
        yield from _tables(undone, [])
    wrong = [one for one in plan.problems if one.kind is not Kind.UNSETTLED]
    if wrong:
        yield "<h2>To correct in the file</h2>"
        yield "<p>These rows were not sent.</p>"
        yield from _tables([], wrong)
    if not unknown and not undone and not plan.problems:
        yield "<h2>Nothing to do</h2>"
        yield f"<p>Everybody in the file is {DONE[plan.kind]}.</p>"


def _tables(results: Sequence[Result], problems: Sequence[Problem]) -> Iterator[str]:
    if results:
        yield _results_table(results)
    if problems:
        yield _problems_table(problems)


def _results_table(results: Sequence[Result]) -> str:
    names = ("Row", "External id", "Sent (UTC)", "What happened", "What to do")
    rows = [
        (
            str(result.row),
            result.external_id,
            "" if result.at is None else f"{result.at:%Y-%m-%d %H:%M:%S}",
            _happened(result),
            _sentence(result.hint),
        )
        for result in results[:MOST_ROWS]
    ]
    return _table(names, rows, len(results))


def _happened(result: Result) -> str:
    return _sentence(": ".join(filter(None, (result.status, result.message))))


def _problems_table(problems: Sequence[Problem]) -> str:
    names = ("Row", "Column", "What is wrong", "What to do")
    rows = [
        (
            "" if problem.row is None else str(problem.row),
            problem.column or "",
            _sentence(problem.message),
            _sentence(problem.fix),
        )
        for problem in problems[:MOST_ROWS]
    ]
    return _table(names, rows, len(problems))


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> str:
    lines = ['<table class="rows">', "<thead><tr>"]
    lines.extend(f'<th scope="col">{escape(name)}</th>' for name in names)
    lines.append("</tr></thead>\n<tbody>")
    for row in rows:
        cells = [_cell(name, cell) for name, cell in zip(names, row, strict=True)]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</tbody></table>")
    if total > MOST_ROWS:
        more = total - MOST_ROWS
        lines.append(f'<p class="soft">… and {more} more: results.csv has all.</p>')
    return "\n".join(lines)


def _cell(name: str, text: str) -> str:
    if not text:
        return "<td></td>"
    style = ' class="short"' if name in SHORT else ""
    return f'<td{style} data-name="{escape(name)}">{escape(text)}</td>'


def _sentence(text: str) -> str:
    """Return a clause as a sentence."""
    ending = "" if text.endswith((".", "?", "!")) or not text else "."
    return f"{text[:1].upper()}{text[1:]}{ending}"


def _counts(plan: Plan, results: Sequence[Result]) -> Iterator[str]:
    """Yield how the people for whom something was done are spread."""
    rows = {result.row for result in results if result.status == DONE[plan.kind]}
    counts = counts_of(action for action in plan.actions if action.row in rows)
    if any(counts.start_week):
        title = f"People {DONE[plan.kind]}, by the week in which they start"
        yield f"<h2>{escape(title)}</h2>"
        yield week_chart(title, counts.start_week)
    tables = list(_tables_of(counts))
    if tables:
        yield f'<div class="pair">{"".join(tables)}</div>'


def _tables_of(counts: Counts) -> Iterator[str]:
    names: Mapping[str, Mapping[str, int]] = {
        "Brand": counts.brand,
        "Location": counts.location,
    }
    for name, values in names.items():
        if any(values):
            lines = [f"<section><h2>{name}</h2><table><tbody>"]
            for value, number in values.items():
                shown = escape(value) or "none"
                lines.append(f"<tr><td>{shown}</td><td>{number}</td></tr>")
            lines.append("</tbody></table></section>")
            yield "\n".join(lines)
