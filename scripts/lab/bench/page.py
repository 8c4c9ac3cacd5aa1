"""docs/benchmarks.md: one page, of which each command writes its own part and leaves the others alone."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from environment import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

Each part below is written by the command that it names, and by nobody else. Figures depend on the machine: compare what stands in
one table, and repeat them on yours.
"""
PARTS = ("bench", "soak")
"""In the order of the page."""


def put(part: str, text: str, page: Path = PAGE) -> None:
    """Write one part of the page."""
    before = page.read_text("utf-8") if page.exists() else ""
    texts = {name: found.group(1) for name in PARTS if (found := re.search(_marked(name, "(.*?)"), before, re.DOTALL))}
    texts[part] = text.strip()
    marked = [_marked(name, texts[name]) for name in PARTS if name in texts]
    page.write_text("\n".join([HEAD, *marked]), "utf-8")


def _marked(part: str, text: str) -> str:
    return f"<!-- {part}: begin -->\n{text}\n<!-- {part}: end -->\n"


def machine() -> str:
    """When, and on what."""
    place = f"{platform.system()} {platform.release()}, {_processor()}, {os.cpu_count()} cores"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {place}; {python}"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.*)$", told, re.MULTILINE)
    return found.group(1) if found else platform.machine()


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table, as Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])
