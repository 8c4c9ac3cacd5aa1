"""Move the start date of somebody whose workflow is running.

python move_start_date.py hire-1001 2027-01-19
"""

from __future__ import annotations

import sys
from datetime import date

from enboarder import ApiError, Enboarder, OutcomeUnknown


def main() -> int:
    """Move the date; the exit code is 2 if the outcome is unknown."""
    external_id = sys.argv[1]
    start = date.fromisoformat(sys.argv[2])
    with Enboarder.from_env(timeout=10) as enboarder:
        try:
            enboarder.workflows.update(external_id=external_id, start_date=start)
        except OutcomeUnknown as error:
            print(
                f"perhaps moved; look at {error.external_id} in Enboarder before you "
                "try again",
                file=sys.stderr,
            )
            return 2
        except ApiError as error:
            # It is complete, cancelled, was never launched, or is in a child account.
            print(f"not moved: {error}", file=sys.stderr)
            return 1
    print(f"{external_id} starts on {start}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
