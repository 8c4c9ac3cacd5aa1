"""Say what a process, a machine and a fleet can carry, and simulate a fleet."""

from __future__ import annotations

from scripts.lab.scale.run import main

if __name__ == "__main__":
    raise SystemExit(main())
