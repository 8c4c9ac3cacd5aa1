"""A part of the client that cannot be read from its file is an error of ours."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from enboarder import ApiKey, ConfigurationError
from enboarder.sending.loading import LOADING
from enboarder.sending.plan import Planner
from enboarder.sending.sender import AwaitingSender, BlockingSender, Rules
from enboarder_api.client import Arguments
from enboarder_api.operations import OPERATIONS
from tests.conftest import BASE_URL, FakeClock, Service


def test_file_that_cannot_be_opened_is_named_with_its_cause() -> None:
    """The error says that nothing was sent, and keeps that of the system."""
    error = OSError(24, "Too many open files")

    with pytest.raises(ConfigurationError, match="Nothing was sent") as caught, LOADING:
        raise error

    assert error is caught.value.__cause__


def test_error_that_concerns_no_file_passes() -> None:
    """A mistake in the code of a hook or a parser stays what it is."""
    with pytest.raises(KeyError), LOADING:
        raise KeyError("mine")


class UnreadablePlanner(Planner):
    """A planner whose modules cannot be opened."""

    def plan(self, *_: object) -> Any:
        raise OSError(24, "Too many open files")


@pytest.mark.parametrize("awaited", [False, True])
def test_call_whose_modules_cannot_be_opened_says_so(
    time: FakeClock, awaited: bool
) -> None:
    """Neither client lets an error of the system through before a call is sent."""
    service = Service()
    planner = UnreadablePlanner(True, BASE_URL, 30.0, False, {})
    rules = Rules(planner, time.policy(), time.clock)
    auth = ApiKey("key").auth(base_url=BASE_URL)
    kind: Any = AwaitingSender if awaited else BlockingSender
    sender = kind(rules, auth, {"transport": service.transport})

    def send() -> None:
        sent = sender.send(OPERATIONS["reports.get_forms"], Arguments(), bool)
        if awaited:
            asyncio.run(sent)

    with pytest.raises(ConfigurationError, match="Nothing was sent"):
        send()

    assert [] == service.requests
