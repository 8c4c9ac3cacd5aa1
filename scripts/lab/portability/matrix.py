"""Run the rows of the matrix."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from scripts.lab.portability.languages import (
    csharp,
    go,
    java,
    php,
    python,
    redocly,
    ruby,
    typescript,
    without_code,
)
from scripts.lab.portability.tools import HOME, Tools
from scripts.lab.portability.trial import Failed, Row, Trial

ROWS: tuple[Row, ...] = (
    *typescript.ROWS,
    *java.ROWS,
    *go.ROWS,
    *csharp.ROWS,
    *php.ROWS,
    *ruby.ROWS,
    *redocly.ROWS,
    *python.ROWS,
    *without_code.ROWS,
)
AT_ONCE = 2


def prove_all(rows: Sequence[Row], tools: Tools) -> list[tuple[Row, Trial]]:
    """Run rows, and return those that pass."""

    def run(row: Row) -> Trial | None:
        return prove(row, tools)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        trials = list(pool.map(run, rows))
    passed = []
    for row, trial in zip(rows, trials, strict=True):
        if trial is not None:
            passed.append((row, trial))
    return passed


def prove(row: Row, tools: Tools) -> Trial | None:
    """Run one row from an empty folder; return None when it fails, and say why."""
    started = time.monotonic()
    folder = HOME / "work" / row.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    trial = Trial(tools, folder)
    try:
        row.prove(trial)
        left_out = trial.left_out(has_code=row.has_code)
        if left_out:
            raise Failed(f"the row left out: {', '.join(left_out)}")
    except Failed as failure:
        seconds = time.monotonic() - started
        text = f"FAILED  {row.name} ({seconds:.1f} s): {failure}"
        print(text, file=sys.stderr, flush=True)
        return None
    seconds = time.monotonic() - started
    print(
        f"    ok  {row.name}: {', '.join(trial.counted)} operations, "
        f"{trial.calls} calls ({seconds:.1f} s)",
        flush=True,
    )
    return trial
