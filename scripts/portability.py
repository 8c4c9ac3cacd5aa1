"""Prove that other languages can use the contract."""

from __future__ import annotations

from scripts.lab.portability.run import main

if __name__ == "__main__":
    raise SystemExit(main())
