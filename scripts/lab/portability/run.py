"""Prove that other languages can use the contract: `python -m scripts.portability [ROW …]`; all rows without an argument."""

from __future__ import annotations

import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from . import report
from .languages import csharp, go, java, php, python, redocly, ruby, typescript
from .tools import HOME, ToolMissing, Tools, install, versions
from .trial import Failed, Row, Trial

ROWS: tuple[Row, ...] = (
    *typescript.ROWS,
    *java.ROWS,
    *go.ROWS,
    *csharp.ROWS,
    *php.ROWS,
    *ruby.ROWS,
    *redocly.ROWS,
    *python.ROWS,
)
AT_ONCE = 2


def prove(row: Row, tools: Tools) -> Trial | None:
    """Run one row from an empty folder; None when it failed, and then it is said why."""
    started, folder = time.monotonic(), HOME / "work" / row.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    trial = Trial(tools, folder)
    try:
        row.prove(trial)
        if trial.left_out:
            raise Failed(f"the row left out: {', '.join(trial.left_out)}")
    except Failed as failure:
        print(f"FAILED  {row.name} ({time.monotonic() - started:.1f} s): {failure}", file=sys.stderr, flush=True)
        return None
    spent = time.monotonic() - started
    print(f"    ok  {row.name}: {', '.join(trial.counted)} operations, {trial.calls} calls ({spent:.1f} s)", flush=True)
    return trial


def main() -> int:
    names = sys.argv[1:]
    if unknown := set(names) - {row.name for row in ROWS}:
        print(f"no such row: {', '.join(unknown)}. Rows: {', '.join(row.name for row in ROWS)}", file=sys.stderr)
        return 2
    rows = [row for row in ROWS if not names or row.name in names]
    try:
        tools = install()
    except ToolMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    with ThreadPoolExecutor(AT_ONCE) as pool:
        trials = list(pool.map(lambda row: prove(row, tools), rows))
    proved = [(row, trial) for row, trial in zip(rows, trials, strict=True) if trial]
    print(f"{len(proved)} of {len(rows)} rows passed")
    if len(proved) < len(rows):
        return 1
    if not names:
        report.write(proved, versions())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
