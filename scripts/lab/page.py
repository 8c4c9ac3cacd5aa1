"""Write docs/project/benchmark-details.md and docs/project/exports.md.

Each command writes its own part of a page and leaves the others alone.
"""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from scripts.layout import PROJECT_PAGES

PAGE = PROJECT_PAGES / "benchmark-details.md"
HEAD = """\
# Benchmark details

[The benchmarks](benchmarks.md) sum this page up. The command at the top of each part
writes that part. Figures depend on the machine, so compare only figures within one
table, or run the command on your own machine.
"""
PARTS = ("bench", "soak", "kills", "exports", "killed exports")
"""In the order of the pages."""


def put(part: str, text: str, page: Path = PAGE, head: str = HEAD) -> None:
    """Write one part of a page, below its head."""
    texts = _parts(page)
    texts[part] = text.strip()
    marked = [_marked(name, texts[name]) for name in PARTS if name in texts]
    page.write_text("\n".join([head, *marked]), "utf-8")


def _parts(page: Path) -> dict[str, str]:
    """Return the parts that the page has now."""
    if not page.exists():
        return {}
    written = page.read_text("utf-8")
    texts = {}
    for name in PARTS:
        found = re.search(_marked(name, "(.*?)"), written, re.DOTALL)
        if found is not None:
            texts[name] = found.group(1)
    return texts


def _marked(part: str, text: str) -> str:
    return f"<!-- {part}: begin -->\n{text}\n<!-- {part}: end -->\n"


def machine() -> str:
    """Say when the figures were taken, and on what."""
    moment = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    system = f"{platform.system()} {platform.release()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{moment}; {system}, {_processor()}, {os.cpu_count()} cores; {python}"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return found.group(1) if found else platform.machine()


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table as Markdown."""
    rule = ["---"] * len(head)
    lines = [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]
    return "\n".join(lines)
