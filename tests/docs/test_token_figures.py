"""The figures about tokens and stores are those of the client."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from enboarder import Enboarder, Forbidden, TokenRefused, TokenUnavailable, Unauthorized
from enboarder.auth.caller import LONGEST_WAIT
from enboarder.auth.token_endpoint import TIMEOUT
from enboarder.stores import RedisStore
from enboarder.stores import file as file_store
from enboarder.stores import redis as redis_store
from tests.conftest import FakeClock, Service, credentials, granted
from tests.docs.pages import GUIDES, text_of
from tests.engine import httpx

TOKENS = GUIDES / "tokens.md"
STORES = GUIDES / "token-stores.md"
AUTHENTICATION = GUIDES / "authentication.md"
ERRORS = GUIDES / "authentication-errors.md"
PICTURE = GUIDES / "token-life.svg"
HOUR = 3600.0


def figures(pattern: str, page: Path = TOKENS) -> tuple[float, ...]:
    """Return the figures that a page gives, which are the same wherever it does."""
    found = set(re.findall(pattern, " ".join(text_of(page).split())))
    assert len(found) == 1, f"{page.name} says {pattern!r} in these ways: {found}"
    (figure,) = found
    parts = [figure] if isinstance(figure, str) else figure
    return tuple(float(part) for part in parts)


def figure(pattern: str, page: Path = TOKENS) -> float:
    """Return the figure that a page gives."""
    (found,) = figures(pattern, page)
    return found


class Caller:
    """A client with a clock that is set by hand, and the service that it calls."""

    def __init__(self, service: Service, time: FakeClock) -> None:
        self.service = service
        self.time = time
        self.client = Enboarder(**granted(service, clock=time.clock))

    def requests_of_a_call(self, expected_error: type[Exception] | None = None) -> int:
        """Call once, and return how many token requests that took."""
        before = len(self.service.token_requests)
        if expected_error is None:
            self.client.reports.get_forms()
        else:
            with pytest.raises(expected_error):
                self.client.reports.get_forms()
        return len(self.service.token_requests) - before


@pytest.mark.parametrize(("chance", "number"), [(0.0, 0), (1.0, 1)])
@pytest.mark.parametrize("page", [TOKENS, PICTURE], ids=lambda page: page.name)
def test_token_is_renewed_at_the_share_of_its_life(
    page: Path, chance: float, number: int, time: FakeClock
) -> None:
    """No call renews it before the first share, and each does after the second."""
    pattern = r"(?:between|from) (\d+) (?:and|to) (\d+) %"
    share = figures(pattern, page)[number] / 100
    time.chance = chance
    caller = Caller(Service(), time)
    caller.requests_of_a_call()

    time.pass_time(share * HOUR - 1)
    assert 0 == caller.requests_of_a_call()
    time.pass_time(2)
    assert 1 == caller.requests_of_a_call()


def test_token_is_not_used_at_the_end_of_a_long_life(time: FakeClock) -> None:
    """It serves until then, if no other token can be fetched."""
    seconds = figure(r"in the last (\d+) s \(or")
    caller = Caller(Service(), time)
    caller.requests_of_a_call()
    caller.service.token = httpx.Response(503)

    time.pass_time(HOUR - seconds - 1)
    caller.requests_of_a_call()
    time.pass_time(2)
    caller.requests_of_a_call(TokenUnavailable)


def test_token_is_not_used_at_the_end_of_a_short_life(time: FakeClock) -> None:
    """Of a life of 100 s, the last part is the share that the page gives."""
    share = figure(r"or the last (\d+) % of a short life")
    caller = Caller(Service(lifetime=100), time)
    caller.requests_of_a_call()
    caller.service.token = httpx.Response(503)

    time.pass_time(100 - share - 1)
    caller.requests_of_a_call()
    time.pass_time(2)
    caller.requests_of_a_call(TokenUnavailable)


def test_answer_without_a_lifetime_counts_as_the_page_says(time: FakeClock) -> None:
    """The token serves for less than that, and is another one after that."""
    seconds = figure(r"assumes that the token lives for (\d+) s")
    token = httpx.Response(200, json={"access_token": "a-token"})
    caller = Caller(Service(token=token), time)
    caller.requests_of_a_call()

    time.pass_time(0.7 * seconds)
    assert 0 == caller.requests_of_a_call()
    time.pass_time(0.3 * seconds)
    assert 1 == caller.requests_of_a_call()


@pytest.mark.parametrize(
    ("page", "pattern"),
    [
        (TOKENS, r"after a 403 if it is older than (\d+) s"),
        (PICTURE, r"a 403 to a token older than (\d+) s"),
        (AUTHENTICATION, r"revoked within (\d+) s of its issue"),
        (ERRORS, r"revoked less than (\d+) s after its issue"),
    ],
)
def test_young_token_is_not_renewed_after_a_403(
    page: Path, pattern: str, time: FakeClock
) -> None:
    """Before that age a 403 is the answer, after it the token is renewed once."""
    age = figure(pattern, page)
    caller = Caller(Service(httpx.Response(403)), time)
    caller.requests_of_a_call(Forbidden)

    time.pass_time(age - 1)
    assert 0 == caller.requests_of_a_call(Forbidden)
    time.pass_time(1)
    assert 1 == caller.requests_of_a_call(Forbidden)


@pytest.mark.parametrize(
    ("page", "pattern"),
    [
        (TOKENS, r"at most one such renewal in (\d+) s"),
        (PICTURE, r"happens at most once in (\d+) s"),
    ],
)
def test_refusals_renew_a_token_once_in_a_while(
    page: Path, pattern: str, time: FakeClock
) -> None:
    """A service that refuses everything costs one token request in that time."""
    seconds = figure(pattern, page)
    caller = Caller(Service(httpx.Response(401)), time)
    caller.requests_of_a_call(Unauthorized)

    time.pass_time(seconds - 1)
    assert 0 == caller.requests_of_a_call(Unauthorized)
    time.pass_time(1)
    assert 1 == caller.requests_of_a_call(Unauthorized)


def test_endpoint_that_is_down_is_left_alone(time: FakeClock) -> None:
    """The pauses double from the first figure to the last one."""
    first, second, last = figures(
        r"not ask the endpoint for (\d+) s, then (\d+) s, up to (\d+) s"
    )
    caller = Caller(Service(token=httpx.Response(503)), time)
    caller.requests_of_a_call(TokenUnavailable)

    pause = first
    assert second == 2 * first
    for _ in range(7):
        time.pass_time(pause - 0.25)
        assert 0 == caller.requests_of_a_call(TokenUnavailable)
        time.pass_time(0.25)
        assert 1 == caller.requests_of_a_call(TokenUnavailable)
        pause = min(2 * pause, last)
    assert last == pause


@pytest.mark.parametrize(
    ("page", "pattern"),
    [
        (TOKENS, r"It waits (\d+) s if the endpoint refused"),
        (ERRORS, r"asks again after (\d+) s at the earliest"),
    ],
)
def test_endpoint_that_refused_is_left_alone(
    page: Path, pattern: str, time: FakeClock
) -> None:
    """It is asked again after that pause."""
    seconds = figure(pattern, page)
    refusal = httpx.Response(400, json={"error": "invalid_client"})
    caller = Caller(Service(token=refusal), time)
    caller.requests_of_a_call(TokenRefused)

    time.pass_time(seconds - 0.5)
    assert 0 == caller.requests_of_a_call(TokenRefused)
    time.pass_time(0.5)
    assert 1 == caller.requests_of_a_call(TokenRefused)


def test_retry_after_of_the_endpoint_has_a_limit(time: FakeClock) -> None:
    """A longer wait is not waited for."""
    seconds = figure(r"as `Retry-After` says, up to (\d+) s")
    busy = httpx.Response(429, headers={"Retry-After": "3600"})
    caller = Caller(Service(token=busy), time)
    caller.requests_of_a_call(TokenUnavailable)

    time.pass_time(seconds - 0.5)
    assert 0 == caller.requests_of_a_call(TokenUnavailable)
    time.pass_time(0.5)
    assert 1 == caller.requests_of_a_call(TokenUnavailable)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_renewal_that_failed_is_tried_again_after_a_pause(
    chance: float, time: FakeClock
) -> None:
    """The pause is between the two figures."""
    shortest, longest = figures(r"tries again after (\d+)-(\d+) s")
    caller = Caller(Service(), time)
    caller.requests_of_a_call()
    caller.service.token = httpx.Response(503)
    time.pass_time(0.9 * HOUR)
    time.chance = chance
    assert 1 == caller.requests_of_a_call()

    pause = shortest + chance * (longest - shortest)
    time.pass_time(pause - 0.5)
    assert 0 == caller.requests_of_a_call()
    time.pass_time(1)
    assert 1 == caller.requests_of_a_call()


@pytest.mark.parametrize(("more", "again"), [(0, 0), (1, 1)])
def test_process_keeps_so_many_tokens(more: int, again: int, time: FakeClock) -> None:
    """For one credential more than that, the one used longest ago costs a request."""
    most = int(figure(r"for more than (\d+) credentials", AUTHENTICATION))
    service = Service()
    used = [credentials() for _ in range(most + more)]
    for credential in [*used, used[0]]:
        settings: dict[str, Any] = granted(service, clock=time.clock)
        settings["credential"] = credential
        with Enboarder(**settings) as client:
            client.reports.get_forms()
    assert most + more + again == len(service.token_requests)


@pytest.mark.parametrize(
    ("expected", "page", "pattern"),
    [
        (TIMEOUT, TOKENS, r"its own limit of (\d+) s"),
        (TIMEOUT, ERRORS, r"no answer within (\d+) s"),
        (LONGEST_WAIT, AUTHENTICATION, r"callers give up after (\d+) s"),
        (redis_store.LONGEST_WAIT, STORES, r"that has waited for (\d+) s makes"),
        (redis_store.LOCKED_FOR, STORES, r"blocks the others for (\d+) s at most"),
        (redis_store.ANSWER_WITHIN, ERRORS, r"does not answer within (\d+) s"),
        (redis_store.ANSWER_WITHIN, STORES, r"about (\d+) s for each token"),
        (file_store.LONGEST_WAIT, ERRORS, r"held the lock for (\d+) s"),
    ],
)
def test_limits_are_those_of_the_code(
    expected: float, page: Path, pattern: str
) -> None:
    """A limit that changes in the code has to change on the page."""
    assert expected == figure(pattern, page)


def test_timeout_in_the_url_of_redis_is_used() -> None:
    """`?socket_timeout=5` is not overruled by the store's own limit."""
    url = "redis://localhost/0?socket_timeout=5"
    settings = RedisStore(url)._connect().connection_pool.connection_kwargs
    assert 5.0 == settings["socket_timeout"]
    assert redis_store.ANSWER_WITHIN == settings["socket_connect_timeout"]
