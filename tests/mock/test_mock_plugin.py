"""The pytest fixture `enboarder_mock`, as somebody uses it who installed the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enboarder.mock import MockServer

pytest_plugins = ["pytester"]

LOOK = """
import sys

def test_nothing():
    assert "enboarder.mock.plugin" in sys.modules
    assert {"uvicorn", "starlette", "jsonschema", "enboarder.mock.server"} & set(sys.modules) == set()
"""
USE = """
import threading

import httpx
import pytest
from enboarder import Enboarder

seen = []

def test_first(enboarder_mock):
    with Enboarder.from_env(enboarder_mock.environ("apikey")) as enboarder:
        assert enboarder.brands.get_all()
    seen.append(enboarder_mock)

def test_it_has_ended():
    with pytest.raises(httpx.ConnectError):
        httpx.get(seen[0].base_url)
    assert not any(thread.name.startswith("enboarder.mock") for thread in threading.enumerate())

def test_second(enboarder_mock):
    assert enboarder_mock.requests == []
    assert enboarder_mock.api_key != seen[0].api_key
"""
MISSING = "raise ModuleNotFoundError(\"No module named 'uvicorn'\", name='uvicorn')"


def test_fixture_is_found_by_its_name(pytester: pytest.Pytester) -> None:
    """Without any configuration each test that asks has a server of its own, which ends with the test."""
    pytester.makepyfile(USE)

    pytester.runpytest_subprocess("-p", "no:randomly", "-W", "error").assert_outcomes(passed=3)


def test_fixture_costs_nothing_where_it_is_not_used(pytester: pytest.Pytester) -> None:
    """Neither the server nor what it needs is imported by a pytest run that has no use for it."""
    pytester.makepyfile(LOOK)

    pytester.runpytest_subprocess("-p", "no:randomly", "-W", "error").assert_outcomes(passed=1)


def test_pytest_runs_without_the_extra(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fixture says what to install; the other tests run."""
    pytester.makepyfile(
        uvicorn=MISSING,
        test_all=f"{LOOK}\n\ndef test_with_it(enboarder_mock):\n    pass",
    )
    monkeypatch.setenv("PYTHONPATH", str(pytester.path))
    done = pytester.runpytest_subprocess("-p", "no:randomly", "-W", "error")

    done.assert_outcomes(passed=1, errors=1)
    done.stdout.fnmatch_lines(
        ["*enboarder.mock needs uvicorn, which the extra installs*"]
    )


def test_fixture_is_a_server(enboarder_mock: MockServer) -> None:
    """That serves, and forgets nothing until the test ends."""
    assert (
        enboarder_mock.environ("apikey")["ENBOARDER_BASE_URL"]
        == enboarder_mock.base_url
    )
    assert enboarder_mock.requests == []


def test_example_of_the_page_passes(pytester: pytest.Pytester) -> None:
    """The test in docs/mock.md is collected and passes as it stands there."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "mock.md").read_text("utf-8")
    (example,) = [
        code
        for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        if "def test_" in code
    ]
    pytester.makepyfile(example)

    pytester.runpytest_subprocess("-p", "no:randomly", "-W", "error").assert_outcomes(passed=1)
