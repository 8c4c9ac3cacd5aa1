"""How the tests run: how many at once, whether one may be skipped, which are traced.

With ENBOARDER_NO_SKIP=1, as on CI, a test that would be skipped fails: everything that
a laptop may lack is there.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def fail_if_skipped(report: Report) -> Report:
    """Turn a skip into a failure where no test may be skipped."""
    expected_failure = hasattr(report, "wasxfail")
    if not report.skipped or expected_failure:
        return report
    if os.environ.get("ENBOARDER_NO_SKIP") != "1":
        return report
    reason = report.longrepr
    if isinstance(reason, tuple):
        reason = reason[2]
    report.outcome = "failed"
    report.longrepr = f"ENBOARDER_NO_SKIP=1 forbids skipping. {reason}"
    return report


def pytest_configure() -> None:
    """Let Ctrl-C reach the tests that send it, and the processes that they start.

    Shells let programs that they start in the background ignore it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without the garbage collector, and keep what is collected from it.

    Tests and libraries live to the end. Otherwise it looks through all of them again
    and again.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        # Without workers, Hypothesis may be imported after this, and it looks for
        # objects that it could not find any more.
        if "PYTEST_XDIST_WORKER" in os.environ:
            gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """Judge a test, or a fixture that it needs."""
    report = yield
    return fail_if_skipped(report)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    """Judge a whole module."""
    report = yield
    return fail_if_skipped(report)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Start at least four workers for `-n auto`.

    Tests over real sockets wait more than they compute, also on two cores.
    """
    return max(4, os.cpu_count() or 1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run tests marked `untraced` without the tracer of coverage.

    It doubles their time, and other tests reach the same lines. pytest-cov's own
    `no_cover` does nothing in a worker: it has two tracers, and stopping one starts the
    other again.
    """
    if item.get_closest_marker("untraced") is None:
        return (yield)
    main_tracer = sys.gettrace()
    thread_tracer = threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(main_tracer)
        threading.settrace(thread_tracer)
