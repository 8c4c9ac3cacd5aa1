"""Classes that only look like those of an engine, and an engine that cannot load."""

from __future__ import annotations

import errno

import pytest

from enboarder import ConfigurationError
from enboarder.transport import engine
from tests.engine import httpx


class HTTPError(Exception):
    """Has the name that a class of httpx has."""


def test_class_of_another_library_is_no_class_of_the_engine() -> None:
    """Other HTTP libraries have errors with the same names, which hooks may raise."""
    assert engine.is_kind(httpx.ReadError("x"), "HTTPError")
    assert not engine.is_kind(HTTPError("x"), "HTTPError")


def test_engine_whose_files_cannot_be_opened_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process without a free descriptor learns which library it could not load."""

    def fail(name: str) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(engine, "_imported", fail)

    with pytest.raises(ConfigurationError, match="httpx2"):
        engine.engine_of({"engine": "httpx2"})
