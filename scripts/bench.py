"""Measure what the token cache costs and saves, beside other clients."""

from __future__ import annotations

from scripts.lab.bench.run import main

if __name__ == "__main__":
    raise SystemExit(main())
