"""Only a client that chooses aiohttp needs it."""

from __future__ import annotations

import sys

import pytest

from enboarder import ConfigurationError
from enboarder.transport.engine import engine_of


@pytest.fixture(autouse=True)
def without_aiohttp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python find no aiohttp."""
    monkeypatch.setitem(sys.modules, "aiohttp", None)


def test_aiohttp_that_is_not_installed_is_refused_by_its_extra() -> None:
    """The error says what to install, before anything is sent."""
    with pytest.raises(ConfigurationError, match=r"'\.\[aiohttp\]'"):
        engine_of({"engine": "aiohttp"})


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
def test_other_engines_do_not_need_aiohttp(name: str) -> None:
    """Those that send without it load what they need, and no more."""
    assert name == engine_of({"engine": name}).name
