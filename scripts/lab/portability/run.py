"""Prove that other languages can use the contract; without names, in every row."""

from __future__ import annotations

import argparse
import sys

from scripts.lab.portability import report
from scripts.lab.portability.matrix import ROWS, prove_all
from scripts.lab.portability.tools import ToolMissing, install, versions


def main() -> int:
    """Run the rows, and write the page when all of them pass."""
    parser = argparse.ArgumentParser(prog="nox -s portability --", description=__doc__)
    parser.add_argument(
        "row", nargs="*", help=f"one of {', '.join(row.name for row in ROWS)}"
    )
    names: list[str] = parser.parse_args().row
    unknown = set(names) - {row.name for row in ROWS}
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    rows = [row for row in ROWS if not names or row.name in names]
    try:
        tools = install()
    except ToolMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    passed = prove_all(rows, tools)
    print(f"{len(passed)} of {len(rows)} rows passed")
    if len(passed) < len(rows):
        return 1
    if not names:
        report.write(passed, versions())
    return 0
