"""The errors: their tree, and that they survive being copied."""

import copy
import inspect
import pickle
import re

import httpx
import pytest

from enboarder import errors
from enboarder_api.client import Answer

ALL = [
    value
    for _, value in inspect.getmembers(errors, inspect.isclass)
    if issubclass(value, errors.EnboarderError)
]
ANSWER = Answer(409, httpx.Headers({"Content-Type": "application/json"}), b"{}")


def test_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    """Whoever reads the docstring of the module knows every class and its parent."""
    parents: dict[str, str] = {}
    path = ["EnboarderError"]
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"([│├└─ ]+)(\w+)", line):
            depth = len(found[1]) // 4
            parents[found[2]] = path[depth - 1]
            path[depth:] = [found[2]]

    assert {
        kind.__name__: kind.__mro__[1].__name__
        for kind in ALL
        if kind is not errors.EnboarderError
    } == parents


def test_all_names_every_error() -> None:
    """`from enboarder.errors import *` gives every error and nothing else."""
    assert sorted(kind.__name__ for kind in ALL) == sorted(errors.__all__)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    "twin", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))]
)
def test_error_survives_copy_and_pickle(
    kind: type[errors.EnboarderError], twin: object
) -> None:
    """An error that comes out of another process still tells everything."""
    known = {
        "operation": "profiles.get",
        "answer": ANSWER,
        "code": "X",
        "retry_after": 1.5,
        "external_id": "A-1",
    }
    error = kind("what happened", **known)
    error.add_note("a note")

    again = twin(error)  # type: ignore[operator]

    assert type(error) is type(again)
    assert str(again) == "what happened"
    assert {**known, "__notes__": ["a note"]} == vars(again)


@pytest.mark.parametrize("kind", [errors.ConfigurationError, errors.InvalidInput])
def test_wrong_input_is_a_value_error(kind: type[Exception]) -> None:
    """Code that catches ValueError catches wrong input and wrong settings."""
    assert issubclass(kind, ValueError)


def test_errors_that_are_no_wrong_input_are_no_value_errors() -> None:
    """`except ValueError` does not swallow what the service says."""
    assert {"ConfigurationError", "InvalidInput"} == {
        kind.__name__ for kind in ALL if issubclass(kind, ValueError)
    }


def test_status_is_that_of_the_answer() -> None:
    """`.status` tells the HTTP status, and None where there was no answer."""
    assert errors.Conflict("", answer=ANSWER).status == 409
    assert None is errors.NoAnswer("").status
