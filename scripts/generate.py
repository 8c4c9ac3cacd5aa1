"""Generate the package enboarder_api from the contract.

With `--check` it changes nothing, and fails when the package is out of date.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from enboarder.contract.walk import operations
from scripts.codegen import output, reading, rules
from scripts.codegen.generator import generate, use_own_ruff
from scripts.codegen.naming import GenerationFailed
from scripts.codegen.reading import ContractBroken
from scripts.layout import PACKAGE, relative


def main() -> int:
    """Generate the package, or compare it."""
    parser = argparse.ArgumentParser(prog="make generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    check: bool = parser.parse_args().check
    use_own_ruff()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / PACKAGE.name
        try:
            document = reading.load()
            rules.check(document)
            generate(document, fresh)
        except (ContractBroken, GenerationFailed) as error:
            print(f"not generated: {error}", file=sys.stderr)
            return 1
        if check:
            changed = output.differences(PACKAGE, fresh)
        else:
            changed = output.replace(PACKAGE, fresh)
    if check and changed:
        print(
            f"{relative(PACKAGE)} is out of date; run `make generate`:",
            *changed,
            sep="\n  ",
            file=sys.stderr,
        )
        return 1
    names = [one.python_name for one in operations(document) if one.python_name]
    print(
        f"{relative(PACKAGE)}: {len(names)} operations, "
        f"{len(changed) or 'no'} files changed"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
