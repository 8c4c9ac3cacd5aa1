"""A pytest plugin (`-p tests.conformance.judge`): openapi-core sees every call of the client, and every exchange with the
stand-in service.

It stands beside the client, whoever answers: what the client sends must be valid (`calls`). And it stands beside the
stand-in, whoever asks; that has a judge of its own, and the two have to agree (`agreement`). What cannot be judged, and
why, is counted in the printout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enboarder.mock.delivery import Delivery
from enboarder.mock.exchange import Call, Reply
from enboarder.mock.service import Service
from tests.conformance.agreement import Agreement, Exchange
from tests.conformance.calls import Calls
from tests.conformance.openapi_core_judge import Received, Sent
from tests.conformance.report import lines, shortfalls
from tests.conformance.watch import watch

AGREEMENT = pytest.StashKey[Agreement]()
CALLS = pytest.StashKey[Calls]()


def pytest_configure(config: pytest.Config) -> None:
    """Stand beside the service, wherever a test starts one, and beside each client."""
    agreement, calls, patch = Agreement(), Calls(), pytest.MonkeyPatch()
    config.stash[AGREEMENT], config.stash[CALLS] = agreement, calls
    patch.setattr(Service, "answer", _witnessed(Service.answer, agreement))
    watch(calls, patch)
    config.add_cleanup(patch.undo)


def _witnessed(
    answer: Callable[[Service, Call], Reply], agreement: Agreement
) -> Callable[[Service, Call], Reply]:
    def answer_before_witness(service: Service, call: Call) -> Reply:
        reply = answer(service, call)
        recorded = next(
            one for one in reversed(service.recorded) if one.headers is call.headers
        )
        sent = Delivery(reply)  # what makes the bytes that go out
        agreement.weigh(
            Exchange(
                Sent(call.method, call.path, call.query, call.headers, call.body),
                Received(sent.status_code, dict(sent.headers), bytes(sent.body)),
                recorded.operation,
                recorded.fault,
                reply.faults,
            )
        )
        return reply

    return answer_before_witness


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it saw; the one process, or the controller of the workers, passes judgement."""
    agreement, calls = session.config.stash[AGREEMENT], session.config.stash[CALLS]
    workeroutput = getattr(session.config, "workeroutput", None)
    if workeroutput is not None:
        workeroutput["agreement"], workeroutput["calls"] = (
            agreement.to_data(),
            calls.to_data(),
        )
    elif agreement.violations or calls.violations or shortfalls(agreement):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker saw, into the whole."""
    if "agreement" in getattr(node, "workeroutput", {}):
        node.config.stash[AGREEMENT].add(node.workeroutput["agreement"])
        node.config.stash[CALLS].add(node.workeroutput["calls"])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The figures."""
    agreement, calls = config.stash[AGREEMENT], config.stash[CALLS]
    terminalreporter.section("other judges")
    for report in terminalreporter.getreports("passed"):
        for name, figures in report.user_properties:
            terminalreporter.write_line(f"{name}: {figures}")
    terminalreporter.section("openapi-core beside the client")
    terminalreporter.write_line(
        f"{calls.kinds.total()} attempts; {len(calls.violations)} wrong"
    )
    for kind, count in calls.kinds.most_common():
        terminalreporter.write_line(f"{count:8}  {kind}")
    for violation in sorted(calls.violations):
        terminalreporter.write_line(f"WRONG {violation}", red=True)
    terminalreporter.section("openapi-core beside the stand-in service")
    for line in lines(agreement):
        terminalreporter.write_line(line)
    for violation in sorted(agreement.violations):
        terminalreporter.write_line(f"DISAGREEMENT {violation}", red=True)
    for shortfall in shortfalls(agreement):
        terminalreporter.write_line(f"SHORTFALL {shortfall}", red=True)
