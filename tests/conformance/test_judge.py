"""openapi-core accepts almost anything, so its verdicts are tested."""

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
NO_DATE = {name: value for name, value in LAUNCH.items() if name != "nhstdt"}
JSON = {"content-type": "application/json"}
KEY = {**JSON, "apikey": "a-key"}
OK: dict[str, Any] = {"message": "ok", "referenceid": "1"}
REFUSED = {"message": "'nhstdt' is required"}
FORBIDDEN = {"message": "Forbidden"}
MISSING = ("'nhstdt' is required",)


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    """A judge."""
    return Agreement()


def launch(
    body: Any = LAUNCH,
    status: int = 200,
    answer: Any = OK,
    *,
    headers: Mapping[str, str] = KEY,
    fault: str | None = None,
    problems: tuple[str, ...] = (),
    version: str = "v1",
) -> Exchange:
    """An exchange that both judges like, or one in which something is changed."""
    path = f"/restapi/{version}/startwf/basic"
    return Exchange(
        Sent("POST", path, {}, headers, json.dumps(body).encode()),
        Received(status, JSON, json.dumps(answer).encode()),
        "workflows.launch_basic",
        fault,
        problems,
    )


@pytest.mark.parametrize(
    ("exchange", "kind"),
    [
        (launch(), Kind.VALID),
        (launch(NO_DATE, 400, REFUSED, problems=MISSING), Kind.INVALID),
        (
            launch({**LAUNCH, "nhnm": " "}, 400, REFUSED, problems=MISSING),
            Kind.EXTENSION,
        ),
        (launch(status=403, answer=FORBIDDEN, headers={}), Kind.NO_CREDENTIAL),
        (launch(status=403, answer=FORBIDDEN, version="v2"), Kind.NO_PATH),
        (launch(answer=[], fault="html"), Kind.FAULT),
        (
            launch(headers={**KEY, "authorization": "Bearer t"}, version="v2"),
            Kind.VALID,
        ),
        (launch(headers={**JSON, "authorization": "t"}, version="v2"), Kind.VALID),
    ],
)
def test_agreement_has_a_kind(
    agreement: Agreement, exchange: Exchange, kind: Kind
) -> None:
    """Both judges agree, or there is a reason why only one can speak."""
    before = agreement.kinds[kind]
    violations = set(agreement.violations)
    agreement.weigh(exchange)

    assert before + 1 == agreement.kinds[kind]
    assert violations == agreement.violations


@pytest.mark.parametrize(
    ("exchange", "wanted"),
    [
        (launch(NO_DATE), "the mock accepted it"),
        (launch({**LAUNCH, "nhstdt": "12/01/2027"}), "the mock accepted it"),
        (
            launch(status=400, answer=REFUSED, problems=("nhnm: too long",)),
            "the mock refused it",
        ),
        (launch(answer={"message": 1}), "the response is not as described"),
        (launch(headers=JSON), "there is no credential"),
        (launch(version="v2"), "openapi-core knows no such operation"),
        (launch(NO_DATE, fault="drop"), "the request is invalid"),
    ],
)
def test_disagreement_is_a_violation(exchange: Exchange, wanted: str) -> None:
    """Whatever one of the two accepts and the other does not is reported."""
    agreement = Agreement()
    agreement.weigh(exchange)
    (violation,) = agreement.violations

    assert wanted in violation


def test_disagreement_covers_nothing() -> None:
    """A response counts as seen only when both judges are content."""
    agreement = Agreement()
    agreement.weigh(launch(NO_DATE))

    assert set() == agreement.responses


@pytest.fixture
def worker() -> Agreement:
    """A judge that saw two exchanges in another process."""
    worker = Agreement()
    worker.weigh(launch())
    worker.weigh(launch(NO_DATE))
    return worker


def test_what_another_process_saw_is_added(worker: Agreement) -> None:
    """Figures, violations and coverage survive as plain data."""
    whole = Agreement()
    whole.add(json.loads(json.dumps(worker.to_data())))

    assert worker.kinds == whole.kinds
    assert worker.violations == whole.violations
    assert worker.responses == whole.responses
    assert 2 == whole.different
