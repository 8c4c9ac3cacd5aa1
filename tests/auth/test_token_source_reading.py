"""How long a secret that was read to name a token may ask for it."""

from __future__ import annotations

import pytest

from enboarder import ClientCredentials
from tests.conftest import BASE_URL, TOKEN_URL, FakeClock, Service


@pytest.mark.parametrize(("age", "expected"), [(0.0, 1), (5.0, 1), (5.125, 2)])
def test_secret_is_read_again_if_the_fetch_begins_late(
    time: FakeClock, age: float, expected: int
) -> None:
    """A vault may have changed it while the caller waited for another renewal."""
    reads: list[str] = []
    # A machine that has just started.
    time.monotonic = 2.0

    def secret() -> str:
        reads.append("read")
        return "a-secret-of-a-vault"

    credential = ClientCredentials("id", secret, token_url=TOKEN_URL)
    source = credential._source(
        {"base_url": BASE_URL, "clock": time.clock, "transport": Service().transport}
    )

    source.key()
    time.pass_time(age)
    source.fetch()

    assert expected == len(reads)
