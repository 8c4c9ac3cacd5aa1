"""A part of the client that cannot be read from its file is an error of ours."""

from __future__ import annotations

import pytest

from enboarder import ConfigurationError
from enboarder.sending.loading import LOADING


def test_file_that_cannot_be_opened_is_named_with_its_cause() -> None:
    """The error says that nothing was sent, and keeps that of the system."""
    error = OSError(24, "Too many open files")

    with pytest.raises(ConfigurationError, match="Nothing was sent") as caught, LOADING:
        raise error

    assert error is caught.value.__cause__


def test_error_that_concerns_no_file_passes() -> None:
    """A mistake in the code of a hook or a parser stays what it is."""
    with pytest.raises(KeyError), LOADING:
        raise KeyError("mine")
