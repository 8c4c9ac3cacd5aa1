"""Tell whether the contract's version says what changed. It needs Node.js."""

from __future__ import annotations

import sys

from scripts.judge import versions


def main() -> int:
    """Compare the contract with that of the last tag."""
    verdict = versions.judge()
    print(verdict.text, file=sys.stdout if verdict.is_right else sys.stderr)
    return 0 if verdict.is_right else 1


if __name__ == "__main__":
    raise SystemExit(main())
