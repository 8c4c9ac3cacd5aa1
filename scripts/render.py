"""Render the list of models, and the contract in other formats.

With `--check` it changes nothing, and fails when a file is out of date or does not
belong.
"""

from __future__ import annotations

import argparse
import sys

from scripts.codegen import models_page, output, reading, rules
from scripts.codegen.reading import ContractBroken
from scripts.codegen.renderings import renderings
from scripts.layout import GUIDES, RENDERINGS, relative

MODELS_PAGE = GUIDES / "models.md"


def main() -> int:
    """Render every file, or compare them."""
    parser = argparse.ArgumentParser(prog="make generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    check: bool = parser.parse_args().check
    try:
        document = reading.load()
        rules.check(document)
    except ContractBroken as error:
        print(f"not rendered: {error}", file=sys.stderr)
        return 1
    wanted = {RENDERINGS / path: text for path, text in renderings(document)}
    wanted[MODELS_PAGE] = models_page.page(document)
    stale = output.stale(wanted)
    strays = output.strays(RENDERINGS, wanted)
    if check:
        for path in stale:
            print(
                f"{relative(path)} is out of date; run `make generate`",
                file=sys.stderr,
            )
        for path in strays:
            print(
                f"{relative(path)} does not belong there; run `make generate`",
                file=sys.stderr,
            )
        return 1 if stale or strays else 0
    output.write(wanted, stale)
    for path in stale:
        print(f"{relative(path)}: rendered")
    for path in strays:
        path.unlink()
        print(f"{relative(path)}: removed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
