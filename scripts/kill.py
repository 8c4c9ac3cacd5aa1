"""Kill runs at random points, and count who was launched."""

from __future__ import annotations

from scripts.lab.kills.run import main

if __name__ == "__main__":
    raise SystemExit(main())
