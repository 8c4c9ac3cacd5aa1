"""What a call returns or raises, once there is an answer or none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from enboarder import errors
from enboarder.sending.conclusion import conclude
from enboarder.sending.plan import Call
from enboarder.transport.messages import Failure
from enboarder_api.catalogue import CATALOGUE
from enboarder_api.client import Answer, Operation
from enboarder_api.operations import OPERATIONS
from tests.engine import httpx

URL = "https://api.example.com/path"
READ = OPERATIONS["reports.get_forms"]
WRITE = OPERATIONS["profiles.create"]
LAUNCH = OPERATIONS["workflows.launch_basic"]
WRITES = pytest.mark.parametrize("operation", [WRITE, LAUNCH], ids=["write", "launch"])
BY_MESSAGE = [one for one in OPERATIONS.values() if one.by_message]
REFUSALS_BY_CODE = [one for one in CATALOGUE if one.kind == "refusal" and one.code]
CONTACT = 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
PAGE = b"<html><title>Sign in</title></html>"


def concluded(
    operation: Operation,
    result: Answer | Failure,
    external_ids: tuple[str, ...] = ("A-1",),
) -> Any:
    """Return what the parser makes of a result, or the error."""
    call = Call(operation, URL, external_ids)
    try:
        return conclude(call, result, lambda answer: answer.json(), 0.0)
    except errors.EnboarderError as error:
        return error


def outcome(
    operation: Operation, status: int, value: Any = None, **headers: str
) -> Any:
    """Return what comes of an answer: JSON, or the bytes that are given."""
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return concluded(operation, Answer(status, httpx.Headers(headers), content))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, errors.ApiError),
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (408, errors.ApiError),
        (409, errors.Conflict),
        (422, errors.BadRequest),
        (429, errors.RateLimited),
        (499, errors.ApiError),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.ServerError),
        (504, errors.ServerError),
        (520, errors.ServerError),
        (599, errors.ServerError),
        (999, errors.ServerError),
    ],
)
@pytest.mark.parametrize(
    "value",
    [{"message": "words"}, PAGE, b"", b'{"mess', [], None, 7, b"\xff"],
)
def test_refused_read_is_an_error_by_its_status(
    status: int, kind: type[Exception], value: Any
) -> None:
    """Each status has its error, whatever the body holds."""
    error = outcome(READ, status, value)

    assert error.status == status
    assert error.operation == "reports.get_forms"
    assert type(error) is kind


@pytest.mark.parametrize("name", ["GET", "reports.get_forms", URL, "404"])
def test_text_of_a_refusal_names_the_call(name: str) -> None:
    """A log line says which operation, method, URL and status it was."""
    assert name in str(outcome(READ, 404))


@pytest.mark.parametrize("status", [301, 307, 408, 499, 500, 502, 503, 504, 520])
@WRITES
def test_write_without_a_clear_answer_is_an_unknown_outcome(
    operation: Operation, status: int
) -> None:
    """After a redirect, a time-out on the way or a 5xx, a write may have been done."""
    error = outcome(operation, status, PAGE)

    assert type(error) is errors.OutcomeUnknown
    assert error.external_ids == ("A-1",)
    assert error.status == status
    assert error.operation == operation.name


def test_text_of_an_unknown_outcome_names_what_to_look_for() -> None:
    """The one who reads a log knows which external id to look up."""
    assert 'external id "A-1"' in str(outcome(LAUNCH, 500))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429])
@WRITES
def test_refused_write_is_not_an_unknown_outcome(
    operation: Operation, status: int
) -> None:
    """A plain refusal says that nothing was done."""
    error = outcome(operation, status, {"message": "words"})

    assert isinstance(error, errors.ApiError)


@pytest.mark.parametrize("operation", BY_MESSAGE, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "value",
    [
        {"message": "queued"},
        {"message": None},
        {},
        [],
        None,
        "ok?",
        b"",
        PAGE,
        b'{"messa',
    ],
)
def test_unknown_words_in_a_success_are_an_unknown_outcome(
    operation: Operation, value: Any
) -> None:
    """A 2xx of the workflow engine whose words nobody knows is neither yes nor no."""
    error = outcome(operation, 200, value)

    assert type(error) is errors.OutcomeUnknown
    assert error.external_ids == ("A-1",)


@pytest.mark.parametrize(
    "name",
    ["workflows.launch_basic", "workflows.launch_advanced", "workflows.launch_bulk"],
)
def test_known_success_of_a_launch_is_a_result(name: str) -> None:
    """`ok` is the one success of a launch."""
    assert outcome(OPERATIONS[name], 200, {"message": "ok"}) == {"message": "ok"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, errors.Rejected),
        (400, errors.BadRequest),
        (500, errors.ServerError),
    ],
)
def test_refusal_in_the_catalogue_says_how_to_fix_it(
    status: int, kind: type[Exception]
) -> None:
    """A refusal that the catalogue knows is one under any status, with its fix."""
    error = outcome(LAUNCH, status, {"message": CONTACT})

    assert error.message == CONTACT
    assert "nheml" in error.hint
    assert error.hint in str(error)
    assert type(error) is kind


@pytest.mark.parametrize("entry", REFUSALS_BY_CODE, ids=lambda one: one.id)
def test_known_code_in_a_success_is_rejected(entry: Any) -> None:
    """A refusal that is known by its code is never a success, of a read or a write."""
    value = {"errorcode": entry.code, "message": "words"}
    found = [outcome(OPERATIONS[name], 200, value) for name in entry.operations]

    assert {type(error) for error in found} == {errors.Rejected}
    assert {error.code for error in found} == {entry.code}


def test_error_has_what_the_service_said_in_attributes() -> None:
    """Code, message, body and the wait that was asked for can be read by programs."""
    body = {
        "errorcode": "PROFILE_EXISTS",
        "message": "Profile with ID A-1 already exists",
    }

    error = outcome(WRITE, 409, body, **{"Retry-After": "7"})

    assert error.code == "PROFILE_EXISTS"
    assert error.message == "Profile with ID A-1 already exists"
    assert error.body == body
    assert error.retry_after == 7.0
    assert "Update that profile" in error.hint


def test_words_of_the_service_are_in_quotation_marks() -> None:
    """A reader can tell the service's words, with the code, from ours."""
    body = {"errorcode": "NEW_CODE", "message": "No such thing"}

    assert '(404, NEW_CODE, "No such thing")' in str(outcome(READ, 404, body))


def test_refusal_names_each_problem_that_it_lists() -> None:
    """The sentences under `errors` are in the text, so that a log shows them."""
    refusal = {
        "errorcode": "MISSING_FIELDS",
        "message": "Fields are missing",
        "errors": ["First Name is missing"],
    }

    text = str(outcome(WRITE, 400, refusal))

    assert "Fields are missing; First Name is missing" in text


def test_wait_that_the_service_asks_for_is_in_the_text() -> None:
    """A log shows when to come back."""
    assert "7 s" in str(outcome(READ, 429, **{"Retry-After": "7"}))


@pytest.mark.parametrize("words", ["no\r\n\x1b[31mforged\u202e", "x" * 10_000])
@pytest.mark.parametrize(
    ("member", "attribute"),
    [("errorcode", "code"), ("message", "message"), ("detail", "message")],
)
def test_words_of_the_service_are_one_short_line(
    member: str, attribute: str, words: str
) -> None:
    """Whoever logs `code` and `message` forges no line; `answer` keeps all of it."""
    error = outcome(READ, 400, {member: words})

    said = getattr(error, attribute)
    assert said.isprintable()
    assert 2 <= len(said) <= 500
    assert said in str(error)
    assert len(str(error)) < 1_000
    assert getattr(error.answer, attribute) == words
    assert error.body == {member: words}


@pytest.mark.parametrize("value", [{"message": "\x00\u200b"}, {}, {"message": ""}])
def test_words_that_show_nothing_are_no_words(value: dict[str, str]) -> None:
    """`message` is None where the service says nothing that can be read."""
    assert outcome(READ, 400, value).message is None


@pytest.mark.parametrize(
    "value",
    [PAGE, b"", b'{"items": [', b"\xff\xfe", b"[" * 100_000],
)
def test_unreadable_answer_to_a_read_is_kept(value: bytes) -> None:
    """An answer that cannot be read is InvalidResponse, and `answer` holds it."""
    error = outcome(READ, 200, value, **{"Content-Type": "text/html"})

    assert error.answer.content == value
    assert type(error) is errors.InvalidResponse
    assert "text/html" in str(error)
    assert error.__cause__ is None


@pytest.mark.parametrize(
    "error",
    [
        KeyError("x"),
        TypeError("x"),
        ValueError("x"),
        AttributeError("x"),
        RecursionError(),
    ],
)
@pytest.mark.parametrize(
    ("operation", "kind"),
    [(READ, errors.InvalidResponse), (WRITE, errors.OutcomeUnknown)],
    ids=["read", "write"],
)
def test_error_of_a_parser_never_reaches_the_caller(
    error: Exception, operation: Operation, kind: type[errors.CallError]
) -> None:
    """It is InvalidResponse, or an unknown outcome of a write, with the answer."""
    answer = Answer(200, {}, b"{}")

    def parse(_: Answer) -> None:
        raise error

    with pytest.raises(kind) as caught:
        conclude(Call(operation, URL, ()), answer, parse, 0.0)

    assert caught.value.answer is answer
    # A report of the error does not show how our parser works.
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("words", ["no\r\n\x1b[31mforged", "x" * 10_000])
def test_unreadable_answer_is_described_in_one_short_line(words: str) -> None:
    """Neither its type nor the error of the parser forges a line of a log."""
    answer = Answer(200, httpx.Headers({"Content-Type": words}), b"{}")

    def parse(_: Answer) -> None:
        raise ValueError(words)

    with pytest.raises(errors.InvalidResponse) as caught:
        conclude(Call(READ, URL, ()), answer, parse, 0.0)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize(
    ("operation", "sent", "kind"),
    [
        (READ, False, errors.ConnectionFailed),
        (WRITE, False, errors.ConnectionFailed),
        (READ, True, errors.NoAnswer),
        (WRITE, True, errors.OutcomeUnknown),
    ],
)
def test_failure_says_whether_anything_was_changed(
    operation: Operation, sent: bool, kind: type[errors.CallError]
) -> None:
    """Without an answer, the class of the error says whether to look first."""
    error = concluded(operation, Failure("ReadTimeout", sent))

    assert type(error) is kind
    assert error.operation == operation.name
    assert error.status is None
    assert "ReadTimeout" in str(error)


def test_failure_that_would_come_again_is_not_to_be_tried_again() -> None:
    """For example, an answer that is too long stays too long."""
    failure = Failure("the answer is too long", True, is_lasting=True)

    text = str(concluded(READ, failure))

    assert "ask for less" in text
    assert "try again" not in text


def test_unknown_outcome_without_an_id_invents_none() -> None:
    """Where the request named no external id, the error says so."""
    error = concluded(LAUNCH, Failure("ReadError", True), external_ids=())

    assert error.external_ids == ()
    assert error.external_id is None
    assert "the request named no external id" in str(error)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (302, "Redirects are not followed"),
        (399, "Redirects are not followed"),
        (400, "does not know this answer"),
        (499, "does not know this answer"),
        (500, "try again later"),
    ],
)
def test_answer_to_a_read_that_nobody_knows_has_a_hint(
    status: int, expected: str
) -> None:
    """It fits the kind of the status."""
    assert expected in outcome(READ, status, b"").hint


@pytest.mark.parametrize("status", [400, 404, 500])
def test_words_of_success_with_another_status_are_an_unknown_outcome(
    status: int,
) -> None:
    """A launch that is said to be done is never called refused."""
    error = outcome(LAUNCH, status, {"message": "ok", "referenceid": "A-1"})

    assert type(error) is errors.OutcomeUnknown


def test_unknown_code_in_a_success_of_a_write_is_an_unknown_outcome() -> None:
    """An error code that nobody knows yet makes a write neither done nor refused."""
    error = outcome(WRITE, 200, {"errorcode": "NEW_CODE", "message": "no"})

    assert type(error) is errors.OutcomeUnknown


def test_unknown_outcome_keeps_its_answer() -> None:
    """What the service said of a write can be looked at."""
    error = outcome(LAUNCH, 200, {"message": "queued"})

    assert error.answer.json() == {"message": "queued"}


def test_lost_bulk_launch_names_each_of_its_ids() -> None:
    """Ids that hold a comma stay apart, and the text names as many as fit."""
    ids = ("a, b", *(f"hire-{number}" for number in range(200)))

    error = concluded(LAUNCH, Failure("ReadError", True), external_ids=ids)

    assert error.external_ids == ids
    assert '"a, b", "hire-0"' in str(error)
    assert len(str(error)) < 500
