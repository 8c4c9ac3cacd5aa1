"""Measure exports beside the loop that everybody writes, or kill them."""

from __future__ import annotations

from scripts.lab.exports.run import main

if __name__ == "__main__":
    raise SystemExit(main())
