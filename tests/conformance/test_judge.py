"""The judge itself: openapi-core passes almost anything that it was not told about, so that its verdicts are tested."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.conformance.agreement import Agreement, Exchange, Kind
from tests.conformance.openapi_core_judge import Received, Sent

LAUNCH = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Sam Example",
    "mgreml": "sam@example.com",
    "nhstdt": "2027-01-12",
}
KEY = {"apikey": "a-key", "content-type": "application/json"}
NO_DATE = {name: value for name, value in LAUNCH.items() if name != "nhstdt"}
OK: dict[str, Any] = {"message": "ok", "referenceid": "1"}
REFUSED = {"message": "'nhstdt' is required"}


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    """A judge."""
    return Agreement()


def launch(
    body: Any = LAUNCH,
    status: int = 200,
    answer: Any = OK,
    headers: Mapping[str, str] = KEY,
    fault: str | None = None,
    faults: tuple[str, ...] = (),
    version: str = "v1",
) -> Exchange:
    """An exchange that both judges like, or what is changed in it."""
    return Exchange(
        Sent(
            "POST",
            f"/restapi/{version}/startwf/basic",
            {},
            headers,
            json.dumps(body).encode(),
        ),
        Received(
            status, {"content-type": "application/json"}, json.dumps(answer).encode()
        ),
        "workflows.launch_basic",
        fault,
        faults,
    )


@pytest.mark.parametrize(
    ("exchange", "kind"),
    [
        (launch(), Kind.VALID),
        (launch(NO_DATE, 400, REFUSED, faults=("'nhstdt' is required",)), Kind.INVALID),
        (
            launch(
                {**LAUNCH, "nhnm": " "}, 400, REFUSED, faults=("'nhnm' is required",)
            ),
            Kind.EXTENSION,
        ),
        (
            launch(headers={}, status=403, answer={"message": "Forbidden"}),
            Kind.NO_CREDENTIAL,
        ),
        (
            launch(version="v2", status=403, answer={"message": "Forbidden"}),
            Kind.NO_PATH,
        ),
        (launch(fault="html", answer=[]), Kind.FAULT),
        (launch(headers={"authorization": "Bearer t"} | KEY, version="v2"), Kind.VALID),
        (
            launch(
                headers={"authorization": "t", "content-type": "application/json"},
                version="v2",
            ),
            Kind.VALID,
        ),
    ],
)
def test_agreement_has_a_kind(
    agreement: Agreement, exchange: Exchange, kind: Kind
) -> None:
    """Both judges agree, or there is a reason why only one can speak."""
    before, violations = agreement.kinds[kind], set(agreement.violations)

    agreement.weigh(exchange)

    assert (before + 1, violations) == (agreement.kinds[kind], agreement.violations)


@pytest.mark.parametrize(
    ("exchange", "told"),
    [
        (launch(NO_DATE), "the service accepted it, openapi-core did not"),
        (
            launch({**LAUNCH, "nhstdt": "12/01/2027"}),
            "the service accepted it, openapi-core did not",
        ),
        (
            launch(status=400, answer=REFUSED, faults=("nhnm: too long",)),
            "the service refused it, openapi-core did not",
        ),
        (launch(answer={"message": 1}), "the response is not as described"),
        (
            launch(headers={"content-type": "application/json"}),
            "there is no credential",
        ),
        (launch(version="v2"), "openapi-core knows no such operation"),
        (launch(NO_DATE, fault="drop"), "the request is invalid"),
    ],
)
def test_disagreement_is_told(exchange: Exchange, told: str) -> None:
    """Whatever one of the two lets pass and the other does not, and it counts for no coverage."""
    agreement = Agreement()

    agreement.weigh(exchange)

    (violation,) = agreement.violations
    assert told in violation
    assert set() == agreement.responses


def test_what_another_process_saw_is_added(agreement: Agreement) -> None:
    """Figures, violations and coverage of a worker survive as plain data."""
    worker, whole = Agreement(), Agreement()
    worker.weigh(launch())
    worker.weigh(launch(NO_DATE))

    whole.add(json.loads(json.dumps(worker.to_data())))

    assert (worker.kinds, worker.violations, worker.responses) == (
        whole.kinds,
        whole.violations,
        whole.responses,
    )
    assert 2 == whole.judged
