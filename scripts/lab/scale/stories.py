"""What happens to the fleet, and what it must still achieve."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from scripts.lab.scale.fleet import Event, Fleet, Outcome, Story

HALF_AN_HOUR = 1800.0
EXPIRY = Story("expiry", 2.5)
REVOCATION = Story("revocation", 1.0, [Event(HALF_AN_HOUR, Fleet.revoke)])
OUTAGE = Story(
    "outage of Redis",
    2.5,
    [
        Event(HALF_AN_HOUR, Fleet.silence_redis),
        Event(2 * HALF_AN_HOUR, Fleet.restart_some),
        Event(4 * HALF_AN_HOUR, Fleet.restore_redis),
    ],
)
ALONE = Story("expiry, without a store", 2.5, is_shared=False)


class Promise(NamedTuple):
    """What a story must show besides that no call fails."""

    story: Story
    by: str
    """Who requests one token per lifetime at most."""
    most_of: Callable[[Outcome], int]
    """Returns how many tokens they requested at most in one lifetime."""

    def is_kept(self, outcome: Outcome) -> bool:
        """Return whether no call failed, and no token was requested in vain."""
        return outcome.failed == 0 and self.most_of(outcome) <= 1


def _by_all(outcome: Outcome) -> int:
    return outcome.most_per_lifetime


def _by_each(outcome: Outcome) -> int:
    return outcome.most_per_process


PROMISES = (
    Promise(EXPIRY, "the fleet", _by_all),
    Promise(REVOCATION, "the fleet", _by_all),
    Promise(OUTAGE, "each process", _by_each),
    Promise(ALONE, "each process", _by_each),
)
