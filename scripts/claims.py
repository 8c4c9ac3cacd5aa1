"""Check that a contract claims nothing beyond the facts; the project's by default."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.codegen import reading
from scripts.judge import claims
from scripts.layout import CONTRACT


def main() -> int:
    """Print each problem, and fail when there is one."""
    parser = argparse.ArgumentParser(prog="scripts.claims", description=__doc__)
    parser.add_argument("contract", type=Path, nargs="?", default=CONTRACT)
    path: Path = parser.parse_args().contract
    try:
        problems = list(claims.problems(reading.load(path)))
    except reading.ContractBroken as error:
        problems = error.problems
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
