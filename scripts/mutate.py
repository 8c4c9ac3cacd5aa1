"""Change the core in one place at a time, and see whether a test notices.

`nox -s mutate`, or for one package `nox -s mutate -- auth`.
"""

from scripts.lab.mutation import main

if __name__ == "__main__":
    raise SystemExit(main())
