"""The errors: their tree, their attributes, and that copies keep them."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
import typing
from collections.abc import Callable
from typing import Any

import pytest

import enboarder
from enboarder import AsyncEnboarder, Enboarder, errors
from enboarder_api.client import Answer
from tests.engine import httpx

ANSWER = Answer(409, httpx.Headers({"Content-Type": "application/json"}), b"{}")
CALL = {"operation": "profiles.get", "answer": ANSWER}
API = {
    **CALL,
    "code": "X",
    "message": "words",
    "hint": "what to do",
    "body": {"message": "words"},
    "retry_after": 1.5,
}
API_ERRORS = [
    errors.ApiError,
    errors.Rejected,
    errors.BadRequest,
    errors.Unauthorized,
    errors.Forbidden,
    errors.NotFound,
    errors.Conflict,
    errors.RateLimited,
    errors.ServerError,
]
ATTRIBUTES: dict[type[errors.EnboarderError], dict[str, Any]] = {
    errors.EnboarderError: {},
    errors.ConfigurationError: {},
    errors.InvalidInput: {"problems": ("one", "two")},
    errors.TokenRefused: {"status": 401, "code": "invalid_client"},
    errors.TokenUnavailable: {"status": 503, "retry_after": 2.0},
    errors.CallError: CALL,
    errors.ConnectionFailed: CALL,
    errors.NoAnswer: CALL,
    errors.OutcomeUnknown: {**CALL, "external_ids": ("A-1", "A-2")},
    errors.InvalidResponse: CALL,
    **dict.fromkeys(API_ERRORS, API),
}
KINDS = pytest.mark.parametrize("kind", ATTRIBUTES, ids=lambda kind: kind.__name__)
TWINS = {
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "pickle": lambda error: pickle.loads(pickle.dumps(error)),
}


def all_errors() -> set[type]:
    """Return every class of the module that is an error of ours."""
    classes = inspect.getmembers(errors, inspect.isclass)
    return {kind for _, kind in classes if issubclass(kind, errors.EnboarderError)}


def built(kind: type[errors.EnboarderError]) -> Any:
    """Return an error with all of its attributes."""
    make: Any = kind
    return make("what happened", **ATTRIBUTES[kind])


def test_every_error_is_tested_here() -> None:
    """A new error is added to the table of attributes above."""
    assert set(ATTRIBUTES) == all_errors()


def test_all_names_every_error() -> None:
    """`from enboarder.errors import *` gives every error and nothing else."""
    assert sorted(kind.__name__ for kind in all_errors()) == sorted(errors.__all__)


def test_every_error_can_be_imported_from_the_package() -> None:
    """Programs catch `enboarder.NotFound`, and need no module."""
    assert all(getattr(enboarder, kind.__name__) is kind for kind in all_errors())


def test_tree_in_the_docstring_is_that_of_the_classes() -> None:
    """The docstring of the module shows every class and its parent."""
    parents: dict[str, str] = {}
    path = ["EnboarderError"]
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([│├└─ ]+)(\w+)", line)
        if found is None:
            continue
        depth = len(found[1]) // 4
        parents[found[2]] = path[depth - 1]
        path[depth:] = [found[2]]

    classes = all_errors() - {errors.EnboarderError}
    assert parents == {kind.__name__: kind.__mro__[1].__name__ for kind in classes}


@KINDS
def test_error_has_the_attributes_that_it_is_built_with(
    kind: type[errors.EnboarderError],
) -> None:
    """What programs decide by is in attributes, and the text is the message."""
    error = built(kind)

    found = {name: getattr(error, name) for name in ATTRIBUTES[kind]}
    assert found == ATTRIBUTES[kind]
    assert str(error) == "what happened"


@KINDS
def test_attributes_have_defaults(kind: type[errors.EnboarderError]) -> None:
    """An error in a user's own test needs its text only."""
    error = kind("what happened")

    missing = [name for name in ATTRIBUTES[kind] if not hasattr(error, name)]
    assert missing == []


@KINDS
def test_misspelt_attribute_is_a_type_error(kind: type[errors.EnboarderError]) -> None:
    """An error that lost an attribute by a typing mistake would be useless."""
    make: Any = kind

    with pytest.raises(TypeError):
        make("what happened", opreation="profiles.get")


@KINDS
def test_attributes_are_named(kind: type[errors.EnboarderError]) -> None:
    """Only the text is given by its place."""
    make: Any = kind

    if ATTRIBUTES[kind]:
        with pytest.raises(TypeError):
            make("what happened", "profiles.get")


@KINDS
@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
def test_copy_of_an_error_keeps_everything(
    kind: type[errors.EnboarderError], twin: Callable[[Any], Any]
) -> None:
    """An error that comes from another process still says everything."""
    error = built(kind)
    error.add_note("a note")

    again = twin(error)

    assert type(again) is kind
    assert str(again) == "what happened"
    assert vars(again) == vars(error)
    assert again.__notes__ == ["a note"]


@KINDS
def test_types_of_an_error_can_be_read(kind: type[errors.EnboarderError]) -> None:
    """Every attribute is declared, and its type is known while a program runs."""
    declared = typing.get_type_hints(kind)
    parameters = typing.get_type_hints(kind.__init__)

    assert set(ATTRIBUTES[kind]) <= set(declared)
    assert set(ATTRIBUTES[kind]) <= set(parameters)


@pytest.mark.parametrize(
    "known",
    [
        enboarder.ApiKey,
        enboarder.ApiKey.auth,
        enboarder.Attempt,
        enboarder.ClientCredentials,
        enboarder.ClientCredentials.__init__,
        enboarder.ClientCredentials.auth,
        enboarder.Clock,
        enboarder.Clock.__init__,
        enboarder.RetryPolicy,
        enboarder.RetryPolicy.__init__,
        enboarder.RetryPolicy.wait,
        Enboarder.__init__,
        Enboarder.from_env,
        Enboarder.read,
        Enboarder.request,
        AsyncEnboarder.__init__,
        AsyncEnboarder.from_env,
        AsyncEnboarder.read,
        AsyncEnboarder.request,
    ],
    ids=lambda known: known.__qualname__,
)
def test_types_of_what_users_build_can_be_read(known: Any) -> None:
    """Libraries that read annotations at run time can read ours."""
    assert typing.get_type_hints(known)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (kind, kind.__name__ in ("ConfigurationError", "InvalidInput"))
        for kind in ATTRIBUTES
    ],
)
def test_only_wrong_input_is_a_value_error(
    kind: type[Exception], expected: bool
) -> None:
    """`except ValueError` catches wrong arguments, and never what the service says."""
    assert issubclass(kind, ValueError) == expected


def test_status_is_that_of_the_answer() -> None:
    """`status` is the HTTP status."""
    assert errors.Conflict("", answer=ANSWER).status == 409


def test_status_is_none_without_an_answer() -> None:
    """Where there was no answer, there is no status."""
    assert errors.NoAnswer("").status is None


@pytest.mark.parametrize(
    ("external_ids", "expected"),
    [((), None), (("A-1",), "A-1"), (("A-1", "A-2"), "A-1, A-2")],
)
def test_external_id_is_one_text(
    external_ids: tuple[str, ...], expected: str | None
) -> None:
    """`external_id` is for people; programs use `external_ids`."""
    error = errors.OutcomeUnknown("", external_ids=external_ids)

    assert error.external_id == expected
