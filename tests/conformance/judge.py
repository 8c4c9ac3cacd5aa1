"""A pytest plugin with which openapi-core sees the suite: `-p tests.conformance.judge`.

It sees every call of the client, no matter who answers: each request must be valid
(`calls`). And it sees every exchange with the mock, no matter who asks: the mock judges
it, too, and the two have to agree (`agreement`). What cannot be judged, and why, is
counted in the printout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enboarder.mock.http.delivery import Delivery
from enboarder.mock.messages import Call, Reply
from enboarder.mock.service import Service
from tests.conformance.agreement import Agreement, Exchange
from tests.conformance.calls import Calls
from tests.conformance.openapi_core_judge import Received, Sent
from tests.conformance.report import lines, shortfalls
from tests.conformance.watch import watch

AGREEMENT = pytest.StashKey[Agreement]()
CALLS = pytest.StashKey[Calls]()


def pytest_configure(config: pytest.Config) -> None:
    """Watch the mock, wherever a test starts one, and each client."""
    agreement = Agreement()
    calls = Calls()
    patch = pytest.MonkeyPatch()
    config.stash[AGREEMENT] = agreement
    config.stash[CALLS] = calls
    patch.setattr(Service, "answer", _witnessed(Service.answer, agreement))
    watch(calls, patch)
    config.add_cleanup(patch.undo)


def _witnessed(
    answer: Callable[[Service, Call], Reply], agreement: Agreement
) -> Callable[[Service, Call], Reply]:
    def answer_before_witness(service: Service, call: Call) -> Reply:
        reply = answer(service, call)
        agreement.weigh(_exchange(service, call, reply))
        return reply

    return answer_before_witness


def _exchange(service: Service, call: Call, reply: Reply) -> Exchange:
    recorded = next(
        one for one in reversed(service.recorded) if one.headers is call.headers
    )
    # A delivery makes the bytes that go out.
    delivery = Delivery(reply)
    headers = dict(delivery.headers)
    return Exchange(
        sent=Sent(call.method, call.path, call.query, call.headers, call.body),
        received=Received(delivery.status_code, headers, bytes(delivery.body)),
        operation=recorded.operation,
        fault=recorded.fault,
        problems=reply.problems,
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Pass judgement, or hand over to the process that does."""
    agreement = session.config.stash[AGREEMENT]
    calls = session.config.stash[CALLS]
    workeroutput = getattr(session.config, "workeroutput", None)
    if workeroutput is not None:
        workeroutput["agreement"] = agreement.to_data()
        workeroutput["calls"] = calls.to_data()
    elif agreement.violations or calls.violations or shortfalls(agreement):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what a worker saw."""
    output = getattr(node, "workeroutput", {})
    if "agreement" in output:
        node.config.stash[AGREEMENT].add(output["agreement"])
        node.config.stash[CALLS].add(output["calls"])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the figures."""
    terminalreporter.section("other judges")
    for report in terminalreporter.getreports("passed"):
        for name, figures in report.user_properties:
            terminalreporter.write_line(f"{name}: {figures}")
    _print_calls(terminalreporter, config.stash[CALLS])
    _print_agreement(terminalreporter, config.stash[AGREEMENT])


def _print_calls(reporter: pytest.TerminalReporter, calls: Calls) -> None:
    reporter.section("openapi-core next to the client")
    total = calls.kinds.total()
    reporter.write_line(f"{total} attempts; {len(calls.violations)} wrong")
    for kind, count in calls.kinds.most_common():
        reporter.write_line(f"{count:8}  {kind}")
    for violation in sorted(calls.violations):
        reporter.write_line(f"WRONG {violation}", red=True)


def _print_agreement(reporter: pytest.TerminalReporter, agreement: Agreement) -> None:
    reporter.section("openapi-core next to the mock")
    for line in lines(agreement):
        reporter.write_line(line)
    for violation in sorted(agreement.violations):
        reporter.write_line(f"DISAGREEMENT {violation}", red=True)
    for shortfall in shortfalls(agreement):
        reporter.write_line(f"SHORTFALL {shortfall}", red=True)
