"""A server that never ends its header, or never begins with its answer, does not hold a caller for ever."""

from __future__ import annotations

import pytest

from enboarder import ApiKey, NoAnswer, OutcomeUnknown, RetryPolicy
from tests.conftest import Driver, basic_launch
from tests.wire.server import Exchange, Network, answer

ENDLESS = {
    "dripped header": b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 150,
    "dripped header of an empty answer": answer(content=b"", headers=("X-Long: " + "a" * 100,)),
    "interim answers": b"HTTP/1.1 102 Processing\r\n\r\n" * 5,
}


@pytest.mark.parametrize("data", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("name", ["reports.get_forms", "workflows.launch_basic"])
def test_attempt_ends_in_time_however_its_answer_begins(
    network: Network, driver: Driver, name: str, data: bytes
) -> None:
    """Each byte comes in time, the header does not: the client hangs up, and a launch was sent once."""
    arguments = [basic_launch()] if name == "workflows.launch_basic" else []
    hung_up = []

    async def behave(exchange: Exchange) -> None:
        hung_up.append(await (await exchange.whole()).drip(data, 0.02))
        await exchange.close()

    with network.serve(behave) as wire:
        settings = {"credential": ApiKey("key"), "base_url": wire.url, "retry": RetryPolicy(attempts=1)}
        with pytest.raises(OutcomeUnknown if arguments else NoAnswer, match="ReadTimeout"):
            driver.call(settings, name, *arguments, timeout=0.3)

    assert ([True], 1) == (hung_up, len(wire.lines))
