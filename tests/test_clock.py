"""The clock of every day."""

from __future__ import annotations

import asyncio
import random
import time

from enboarder import Clock


def test_usual_clock_is_that_of_the_standard_library() -> None:
    """Without a clock of the user's, time is the machine's."""
    clock = Clock()

    assert clock.monotonic is time.monotonic
    assert clock.wall is time.time
    assert clock.sleep is time.sleep
    assert clock.chance is random.random


def test_usual_clock_lets_other_tasks_run() -> None:
    """While one task waits, another goes on."""

    async def run() -> list[str]:
        done: list[str] = []

        async def other() -> None:
            done.append("other")

        task = asyncio.create_task(other())
        await Clock().sleep_async(0)
        done.append("waited")
        await task
        return done

    assert asyncio.run(run()) == ["other", "waited"]
