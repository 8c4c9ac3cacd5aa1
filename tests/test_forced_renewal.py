"""A refusal's one renewal in 30 s is one that began after the refusal."""

from __future__ import annotations

import threading

from enboarder.cache import TokenCache
from enboarder.retry import Clock
from enboarder.tokens import Token


class Setting:
    """A clock that stands still, and tokens of an hour."""

    def __init__(self) -> None:
        self.now, self.issued = 1000.0, 0
        self.clock = Clock(lambda: self.now, lambda: self.now, chance=lambda: 0.5)

    def fetch(self, _refused: Token | None, _may_wait: bool) -> Token:
        self.issued += 1
        return Token(f"token-{self.issued}", self.now, self.now, 3600.0, 2700.0)


def test_a_renewal_that_was_under_way_is_not_the_one_that_a_refusal_may_cause() -> None:
    """A token that was issued just before all were revoked is replaced as well."""
    setting, cache = Setting(), TokenCache()
    first = cache.get(setting.fetch, setting.clock)
    setting.now += 2800.0  # due
    asking, answer = threading.Event(), threading.Event()
    found: list[Token | None] = []

    def slow(refused: Token | None, may_wait: bool) -> Token:
        asking.set()
        assert answer.wait(10)
        return setting.fetch(refused, may_wait)

    leader = threading.Thread(target=lambda: found.append(cache.get(slow, setting.clock)))
    leader.start()
    assert asking.wait(10)
    follower = threading.Thread(target=lambda: found.append(cache.get(setting.fetch, setting.clock, refused=first)))
    follower.start()
    waiting = threading.Event()
    while not cache._flight._waiters and not cache._flight._condition._waiters:  # type: ignore[union-attr]
        waiting.wait(0.01)
    answer.set()
    leader.join(10)
    follower.join(10)
    assert ["token-2"] * 2 == [one.value for one in found if one]

    again = cache.get(setting.fetch, setting.clock, refused=found[0])
    assert again is not None
    assert "token-3" == again.value
