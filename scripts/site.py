"""Build the site into build/site, in the environment of the group `docs`."""

from __future__ import annotations

import sys
import time

from scripts.npm import node
from scripts.publish import site


def main() -> int:
    """Collect the pages, and build the site."""
    started = time.monotonic()
    try:
        node.install()
    except node.NodeMissing as error:
        print(f"the page of the contract needs npm: {error}", file=sys.stderr)
        return 1
    site.collect()
    code = site.build()
    pages = list(site.SITE.rglob("*.html"))
    seconds = time.monotonic() - started
    print(f"build/site: {len(pages)} pages in {seconds:.1f} s")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
