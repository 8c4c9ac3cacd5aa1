"""The judge beside the client: it sees each call, and finds what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from enboarder import ApiKey, RetryPolicy
from enboarder.messages import Message
from enboarder.retry import SYSTEM_CLOCK
from enboarder.sender import Settings
from enboarder_api.client import Answer, Arguments
from enboarder_api.operations import OPERATIONS
from tests.conformance.calls import Attempt, Call, Calls, Kind
from tests.conformance.watch import watch
from tests.conftest import (
    BASE_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    granted,
    launched,
)

LAUNCH = basic_launch().to_dict()
OK = Answer(
    200,
    {"Content-Type": "application/json"},
    b'{"message": "ok", "referenceid": "A-1"}',
)


def weighed(
    answer: Answer | None = OK,
    path: str = "/restapi/v1/startwf/basic",
    body: Any = LAUNCH,
    **headers: str,
) -> Calls:
    """What the judge says of a launch, or what is changed in it."""
    settings = Settings(
        ApiKey("a-key"), BASE_URL, 30.0, RetryPolicy(), False, {}, SYSTEM_CLOCK
    )
    operation = OPERATIONS["workflows.launch_basic"]
    _, message = settings.prepare(operation, Arguments({}, {}, LAUNCH, None))
    attempt = Attempt(Call(operation, settings, message))
    told = {"apikey": "a-key", "content-type": "application/json", **headers}
    attempt.requests.append(
        httpx.Request("POST", BASE_URL + path, headers=told, content=json.dumps(body))
    )
    calls = Calls()
    calls.weigh(attempt, message, answer)
    return calls


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (OK, Kind.DESCRIBED),
        (Answer(200, {"Content-Type": "application/json"}, b"[]"), Kind.MADE_UP),
        (
            Answer(
                200,
                {"Content-Type": "application/json", "X-Odd": "two\nlines"},
                OK.content,
            ),
            Kind.MADE_UP,
        ),
        (None, Kind.NO_ANSWER),
    ],
)
def test_good_call_has_a_kind(answer: Answer | None, kind: Kind) -> None:
    """The answer is a test's own affair; whether it is as described is counted."""
    calls = weighed(answer)

    assert ({kind: 1}, set()) == (dict(calls.kinds), calls.violations)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"body": {**LAUNCH, "nhstdt": "12/01/2027"}}, "InvalidRequestBody"),
        ({"body": {"nhnm": "Alex Example"}}, "'nhstdt' is a required property"),
        ({"content-type": "text/plain"}, "RequestBody"),
        ({"path": "/restapi/v2/startwf/basic"}, "reaches None instead of"),
        (
            {"path": "/restapi/v1/startwf/bulkadvance"},
            "reaches /restapi/v1/startwf/bulkadvance instead of",
        ),
        ({"authorization": "a-token"}, "carries 2 credentials"),
    ],
)
def test_wrong_call_is_told(changed: dict[str, Any], told: str) -> None:
    """A body, a path or a credential that the contract does not know."""
    (violation,) = weighed(**changed).violations

    assert violation.startswith("workflows.launch_basic: POST ")
    assert told in violation


def test_every_request_of_a_client_is_seen(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, time: FakeClock
) -> None:
    """A call, its token requests, its attempts, and both requests of one whose token was dead."""
    calls = Calls()
    watch(calls, monkeypatch)
    seen: list[int] = []
    weigh = calls.weigh

    def weigh_counted(
        attempt: Attempt, message: Message, answer: Answer | None
    ) -> None:
        seen.append(len(attempt.requests))
        weigh(attempt, message, answer)

    monkeypatch.setattr(calls, "weigh", weigh_counted)
    service = Service(httpx.Response(429), httpx.Response(401), launched())

    driver.call(
        granted(service, clock=time.clock), "workflows.launch_basic", basic_launch()
    )

    assert (2, 3) == (len(service.token_requests), len(service.requests))
    assert {Kind.TOKEN: 2, Kind.MADE_UP: 1, Kind.DESCRIBED: 1} == dict(calls.kinds)
    assert [1, 1, 1, 2] == sorted(seen)
    assert set() == calls.violations


def test_what_another_process_saw_is_added() -> None:
    """Figures and violations of a worker survive as plain data."""
    whole, worker = Calls(), weighed(body={})

    whole.add(json.loads(json.dumps(worker.to_data())))

    assert (worker.kinds, worker.violations) == (whole.kinds, whole.violations)
