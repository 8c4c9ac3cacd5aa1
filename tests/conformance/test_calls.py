"""The judge next to the client sees each call, and finds what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from enboarder.sending.plan import Planner
from enboarder.transport.messages import Request
from enboarder_api.client import Answer, Arguments
from enboarder_api.operations import OPERATIONS
from tests.conformance.calls import Attempt, Calls, Kind, Planned
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
JSON = {"Content-Type": "application/json"}
OK_BODY = b'{"message": "ok", "referenceid": "A-1"}'
OK = Answer(200, JSON, OK_BODY)


def weighed(
    answer: Answer | None = OK,
    path: str = "/restapi/v1/startwf/basic",
    body: Any = LAUNCH,
    **headers: str,
) -> Calls:
    """What the judge says of a launch, or of one in which something is changed."""
    planner = Planner(
        by_key=True,
        base_url=BASE_URL,
        timeout=30.0,
        show_warnings=False,
        path_prefixes={},
    )
    operation = OPERATIONS["workflows.launch_basic"]
    _, request = planner.plan(operation, Arguments({}, {}, LAUNCH, None))
    attempt = Attempt(Planned(operation, planner, request))
    sent = httpx.Request(
        "POST",
        BASE_URL + path,
        headers={"apikey": "a-key", "content-type": "application/json", **headers},
        content=json.dumps(body),
    )
    attempt.requests.append(sent)
    calls = Calls()
    calls.weigh(attempt, request, answer)
    return calls


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (OK, Kind.DESCRIBED),
        (Answer(200, JSON, b"[]"), Kind.INVENTED),
        (Answer(200, {**JSON, "X-Odd": "two\nlines"}, OK_BODY), Kind.INVENTED),
        (None, Kind.NO_ANSWER),
    ],
)
def test_right_call_has_a_kind(answer: Answer | None, kind: Kind) -> None:
    """What a test answers is its own affair; whether it is as described is counted."""
    calls = weighed(answer)

    assert ({kind: 1}, set()) == (dict(calls.kinds), calls.violations)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"body": {**LAUNCH, "nhstdt": "12/01/2027"}}, "InvalidRequestBody"),
        ({"body": {"nhnm": "Alex Example"}}, "nhstdt"),
        ({"content-type": "text/plain"}, "RequestBody"),
        ({"path": "/restapi/v2/startwf/basic"}, "reaches nothing"),
        (
            {"path": "/restapi/v1/startwf/bulkadvance"},
            "reaches /restapi/v1/startwf/bulkadvance",
        ),
        ({"authorization": "a-token"}, "2 credentials"),
    ],
)
def test_wrong_call_is_a_violation(changed: dict[str, Any], wanted: str) -> None:
    """A body, a path or a credential that the contract does not know."""
    (violation,) = weighed(**changed).violations

    assert violation.startswith("workflows.launch_basic: POST ")
    assert wanted in violation


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> tuple[Calls, list[int]]:
    """A judge that watches, and the number of requests of each attempt."""
    calls = Calls()
    watch(calls, monkeypatch)
    counts: list[int] = []
    weigh = calls.weigh

    def weigh_counted(
        attempt: Attempt, request: Request, answer: Answer | None
    ) -> None:
        counts.append(len(attempt.requests))
        weigh(attempt, request, answer)

    monkeypatch.setattr(calls, "weigh", weigh_counted)
    return calls, counts


def test_every_request_of_a_client_is_seen(
    seen: tuple[Calls, list[int]], driver: Driver, time: FakeClock
) -> None:
    """A call, its token requests, its attempts, and the replay with a new token."""
    calls, counts = seen
    service = Service(httpx.Response(429), httpx.Response(401), launched())
    settings = granted(service, clock=time.clock)

    driver.call(settings, "workflows.launch_basic", basic_launch())

    assert (2, 3) == (len(service.token_requests), len(service.requests))
    assert {Kind.TOKEN: 2, Kind.INVENTED: 1, Kind.DESCRIBED: 1} == dict(calls.kinds)
    assert [1, 1, 1, 2] == sorted(counts)
    assert set() == calls.violations


def test_what_another_process_saw_is_added() -> None:
    """Figures and violations of a worker survive as plain data."""
    worker = weighed(body={})
    whole = Calls()
    whole.add(json.loads(json.dumps(worker.to_data())))

    assert (worker.kinds, worker.violations) == (whole.kinds, whole.violations)
