"""Judge the contract and all its renderings.

It needs Node.js 20 or newer, or the one that the environment of `make check` has.
"""

from __future__ import annotations

import sys

from scripts.judge import gate
from scripts.npm import node


def main() -> int:
    """Let every judge look, and fail when one is not content."""
    try:
        node.install()
    except node.NodeMissing as error:
        print(error, file=sys.stderr)
        return 1
    verdicts = [gate.judge(name) for name in gate.JUDGES]
    print(f"{len(gate.documents())} documents judged")
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
