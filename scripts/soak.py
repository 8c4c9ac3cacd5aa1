"""Load the client with faults, and count what was carried out."""

from __future__ import annotations

from scripts.lab.soak.run import main

if __name__ == "__main__":
    raise SystemExit(main())
