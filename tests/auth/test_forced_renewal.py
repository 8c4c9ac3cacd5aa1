"""A refusal's one renewal in 30 s is one that began after the refusal, and gave a token."""

from __future__ import annotations

import threading

import pytest

from enboarder.auth.token import Moment, Token
from enboarder.auth.token_cache import TokenCache
from enboarder.clock import Clock
from enboarder.errors import EnboarderError, TokenRefused, TokenUnavailable


class Setting:
    """A clock that stands still, and tokens of an hour."""

    def __init__(self) -> None:
        self.now, self.issued = 1000.0, 0
        self.clock = Clock(lambda: self.now, lambda: self.now, chance=lambda: 0.5)

    def fetch(self, *, may_wait: bool = True) -> Token:
        self.issued += 1
        return Token(f"token-{self.issued}", Moment(self.now, self.now), 3600.0, 2700.0)

    def failing(self, *, may_wait: bool = True) -> Token:
        raise TokenUnavailable("503")

    def fail(self, cache: TokenCache, refused: Token, error: EnboarderError) -> None:
        """A renewal that the refusal causes, and that ends so."""

        def fetch(*, may_wait: bool = True) -> Token:
            raise error

        with pytest.raises(type(error)):
            cache.replace(refused, fetch)


@pytest.mark.parametrize(("asked", "wait"), [(None, 1.0), (7.0, 7.0), (600.0, 30.0)])
def test_forced_renewal_that_failed_is_tried_again_before_long(
    asked: float | None, wait: float
) -> None:
    """One 503 of the token endpoint after a revocation does not fail calls for half a minute, unless it asks for that."""
    setting = Setting()
    cache = TokenCache(setting.clock)
    first = cache.get(setting.fetch)
    setting.fail(cache, first, TokenUnavailable("503", retry_after=asked))

    setting.now += wait - 0.125
    assert cache.replace(first, setting.fetch) is None
    setting.now += 0.125
    renewed = cache.replace(first, setting.fetch)
    assert renewed is not None
    assert "token-2" == renewed.value


def test_forced_renewals_that_fail_become_rarer() -> None:
    """While the token endpoint is down, refusals ask it after 1, 2, 4, 8, 16 and then 30 s."""
    setting = Setting()
    cache = TokenCache(setting.clock)
    first = cache.get(setting.fetch)
    asked = []
    for second in range(70):
        setting.now = 1000.0 + second
        try:
            cache.replace(first, setting.failing)
        except TokenUnavailable:
            asked.append(second)

    assert [0, 1, 3, 7, 15, 31, 61] == asked


def test_forced_renewal_that_was_refused_is_not_tried_again_before_long() -> None:
    """A wrong secret does not become right in a second: the 30 s stay."""
    setting = Setting()
    cache = TokenCache(setting.clock)
    first = cache.get(setting.fetch)
    setting.fail(cache, first, TokenRefused("invalid_client"))

    setting.now += 29.875
    assert cache.replace(first, setting.fetch) is None
    setting.now += 0.125
    assert cache.replace(first, setting.fetch) is not None


def test_a_renewal_that_was_under_way_is_not_the_one_that_a_refusal_may_cause() -> None:
    """A token that was issued just before all were revoked is replaced as well."""
    setting = Setting()
    cache = TokenCache(setting.clock)
    first = cache.get(setting.fetch)
    setting.now += 2800.0  # due
    asking, answer = threading.Event(), threading.Event()
    found: list[Token | None] = []

    def slow(*, may_wait: bool = True) -> Token:
        asking.set()
        assert answer.wait(10)
        return setting.fetch()

    leader = threading.Thread(target=lambda: found.append(cache.get(slow)))
    leader.start()
    assert asking.wait(10)
    follower = threading.Thread(
        target=lambda: found.append(cache.replace(first, setting.fetch))
    )
    follower.start()
    waiting = threading.Event()
    while (
        not cache._refresh.ended._waiters
        and not cache._refresh.ended._condition._waiters
    ):  # type: ignore[union-attr]
        waiting.wait(0.01)
    answer.set()
    leader.join(10)
    follower.join(10)
    assert ["token-2"] * 2 == [one.value for one in found if one]

    assert found[0] is not None
    again = cache.replace(found[0], setting.fetch)
    assert again is not None
    assert "token-3" == again.value


def test_forced_renewal_whose_leader_is_cancelled_is_led_by_another() -> None:
    """It renewed nothing: those who wait for it, and those who come, get the new token."""
    setting = Setting()
    cache = TokenCache(setting.clock)
    first = cache.get(setting.fetch)

    def cancelled(*, may_wait: bool = True) -> Token:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.replace(first, cancelled)
    renewed = cache.replace(first, setting.fetch)

    assert renewed is not None
    assert "token-2" == renewed.value
