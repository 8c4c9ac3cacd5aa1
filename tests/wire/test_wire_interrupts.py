"""Signals that raise at any moment: the next calls work, and nothing is sent twice."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.wire.server import Exchange, Network, answer

pytestmark = pytest.mark.untraced

TRIALS = 40
# A worker that raises in a signal handler, at random moments of its launches.
SCRIPT = """
import signal
import sys
import threading
import time
from random import Random

from enboarder import ApiKey, Enboarder, RetryPolicy
from tests.conftest import basic_launch

url, kind, trials = sys.argv[1:]


class Soft(Exception):
    pass


class Hard(BaseException):
    pass


ERROR = {"interrupt": KeyboardInterrupt, "exit": SystemExit, "soft": Soft, "hard": Hard}
chance = Random(kind)
armed = False


def interrupt(signum, frame):
    global armed
    if armed:
        armed = False
        raise ERROR[kind]()


signal.signal(signal.SIGALRM, interrupt)
once = RetryPolicy(attempts=1)
client = Enboarder(ApiKey("key"), base_url=url, timeout=10, retry=once)


def named(error):
    notes = " ".join(getattr(error, "__notes__", []))
    return notes + str(getattr(error, "external_id", ""))


client.reports.get_forms()
client.workflows.launch_basic(basic_launch("warm"))
started_at = time.monotonic()
for number in range(5):
    client.workflows.launch_basic(basic_launch(f"warm-{number}"))
longest = (time.monotonic() - started_at) / 5 * 2

for number in range(int(trials)):
    name = f"I-{number}"
    try:
        armed = True
        signal.setitimer(signal.ITIMER_REAL, chance.random() * longest + 0.00001)
        client.workflows.launch_basic(basic_launch(name))
        armed = False
        print(name, "done")
    except BaseException as error:
        armed = False
        outcome = "unknown" if name in named(error) else "unsent"
        print(name, outcome, type(error).__name__)
    signal.setitimer(signal.ITIMER_REAL, 0)

# All twenty connections can still be used.
threads = [threading.Thread(target=client.reports.get_forms) for _ in range(40)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(20)
print("stuck", sum(thread.is_alive() for thread in threads))
client.close()
"""


async def serve(exchange: Exchange) -> None:
    """Do what a launch asks for."""
    external_id = (await exchange.whole()).external_id
    body = {"message": "ok", "referenceid": external_id, "items": []}
    await exchange.send(answer(body))


@pytest.mark.parametrize("kind", ["interrupt", "exit", "soft", "hard"])
def test_client_works_after_interrupts_at_any_moment(
    network: Network, kind: str
) -> None:
    """After 40 interrupts no connection is lost, and each launch is accounted for."""
    with network.serve(serve) as wire:
        command = [sys.executable, "-c", SCRIPT, wire.url, kind]
        ran = subprocess.run(
            [*command, str(TRIALS)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    assert ran.returncode == 0, ran.stderr
    lines = [line.split() for line in ran.stdout.splitlines()]
    outcomes = {name: outcome for name, outcome, *_ in lines if name != "stuck"}
    assert ["stuck", "0"] in lines
    assert len(outcomes) == TRIALS
    assert set(wire.launches.values()) <= {1}
    sent = {name for name in wire.launches if not name.startswith("warm")}
    assert [name for name in sent if outcomes[name] == "unsent"] == []
    assert set(outcomes.values()) >= {"done", "unknown"}
