"""A process that may open no more files: nothing is sent, and the errors say why."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytest.importorskip("resource", reason="this system has no such limit")

SCRIPT = """
import asyncio
import json
import os
import resource
from contextlib import contextmanager, suppress

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    ConnectionFailed,
    Enboarder,
    RetryPolicy,
)

URL = "https://localhost:1"
LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Sam Example",
    "mgreml": "sam@example.com",
    "nhstdt": "2027-01-12",
    "externalid": "A-1",
}
ONCE = RetryPolicy(attempts=1)


@contextmanager
def no_descriptor():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def build():
    Enboarder(ApiKey("key"), base_url=URL)


def launch():
    by_key.workflows.launch_basic(LAUNCH)


def launch_fields():
    by_key.workflows.launch_basic(employee_name="Alex Example", external_id="A-1")


def launch_with_token():
    by_token.workflows.launch_basic(LAUNCH)


def launch_async():
    asyncio.run(launch_in_loop())


def launch_again_async():
    asyncio.run(launch_again_in_loop())


async def launch_in_loop():
    with no_descriptor():
        await awaited.workflows.launch_basic(LAUNCH)


async def launch_again_in_loop():
    with suppress(ConnectionFailed):
        await awaited.workflows.launch_basic(LAUNCH)
    await launch_in_loop()


def failure(step):
    try:
        step()
    except Exception as error:
        return [type(error).__name__, str(error)]


found = {}
with no_descriptor():
    found["build"] = failure(build)
client = ClientCredentials("id", "secret", token_url=URL + "/token")
by_key = Enboarder(ApiKey("key"), base_url=URL, retry=ONCE)
by_token = Enboarder(client, base_url=URL, retry=ONCE)
awaited = AsyncEnboarder(ApiKey("key"), base_url=URL, retry=ONCE)
with no_descriptor():
    found["first use of a resource"] = failure(launch)
assert by_key.workflows
with no_descriptor():
    found["first launch"] = failure(launch)
with no_descriptor():
    found["first launch with models"] = failure(launch_fields)
# Python imports the modules that it needs, as long as it can.
with suppress(ConnectionFailed):
    launch()
assert by_token.workflows
with no_descriptor():
    found["launch"] = failure(launch)
    found["launch with a token"] = failure(launch_with_token)
found["first launch on asyncio"] = failure(launch_async)
found["launch on asyncio"] = failure(launch_again_async)
print(json.dumps(found))
"""


def test_process_without_a_descriptor_sends_nothing_and_says_so() -> None:
    """No call says that it may have been done, and each error names the limit."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    kinds = {step: kind for step, (kind, _) in found.items()}
    assert kinds == {
        "build": "ConfigurationError",
        "first use of a resource": "ConfigurationError",
        "first launch": "ConfigurationError",
        "first launch with models": "ConfigurationError",
        "launch": "ConnectionFailed",
        "launch with a token": "TokenUnavailable",
        "first launch on asyncio": "ConnectionFailed",
        "launch on asyncio": "ConnectionFailed",
    }
    for step, (_, text) in found.items():
        assert "open files" in text, step
