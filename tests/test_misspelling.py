"""A misspelt public name: the error says which one was meant."""

from __future__ import annotations

import pytest

import enboarder
from enboarder import models


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BasicLunch", "enboarder.models.BasicLaunch"),
        ("basic_launch", "enboarder.models.BasicLaunch"),
        ("WorkflowCancelation", "enboarder.models.WorkflowCancellation"),
    ],
)
def test_misspelt_model_is_named(name: str, meant: str) -> None:
    """Under the module in which users find it."""
    with pytest.raises(AttributeError, match=r"'enboarder\.models' has no") as caught:
        getattr(models, name)
    assert f"did you mean {meant}?" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BasicLaunch", "enboarder.models.BasicLaunch"),
        ("BasicLunch", "enboarder.models.BasicLaunch"),
        ("Enborder", "enboarder.Enboarder"),
        ("APIKey", "enboarder.ApiKey"),
        ("OutcomeUnkown", "enboarder.OutcomeUnknown"),
    ],
)
def test_name_in_another_place_is_named(name: str, meant: str) -> None:
    """A model that is looked for in the package is in `enboarder.models`."""
    with pytest.raises(AttributeError, match="'enboarder' has no") as caught:
        getattr(enboarder, name)
    assert f"did you mean {meant}?" in str(caught.value)


@pytest.mark.parametrize("name", ["zzz", "__wrapped__", "pytest_plugins"])
def test_name_that_means_nothing_has_no_suggestion(name: str) -> None:
    """A wrong suggestion is worse than none."""
    with pytest.raises(AttributeError) as caught:
        getattr(enboarder, name)
    assert "did you mean" not in str(caught.value)
