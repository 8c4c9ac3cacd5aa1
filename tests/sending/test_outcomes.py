"""What an answer, or the lack of one, means for the caller."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from enboarder import errors
from enboarder.sending.outcome import conclude
from enboarder.sending.plan import Call
from enboarder.transport.messages import Failure
from enboarder_api.catalogue import CATALOGUE
from enboarder_api.client import Answer
from enboarder_api.operations import OPERATIONS

READ = OPERATIONS["reports.get_forms"]
WRITE = OPERATIONS["profiles.create"]
LAUNCH = OPERATIONS["workflows.launch_basic"]
BY_MESSAGE = [operation for operation in OPERATIONS.values() if operation.by_message]
CONTACT = 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
PAGE = b"<html><title>Sign in</title></html>"


def outcome(operation: Any, status: int, value: Any = None, **headers: str) -> Any:
    """What comes of an answer: the class of the error, or what the parser gives."""
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    call = Call(operation, "https://api.example.com/path", ("A-1",))
    try:
        return conclude(
            call,
            Answer(status, httpx.Headers(headers), content),
            lambda answer: answer.json(),
            0.0,
        )
    except errors.EnboarderError as error:
        return error


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
    "value", [{"message": "words"}, PAGE, b"", b'{"mess', [], None, 7, b"\xff"]
)
def test_refused_read_is_an_error_by_its_status(
    status: int, kind: type[Exception], value: Any
) -> None:
    """Each status has its error for a read, whatever its body holds."""
    error = outcome(READ, status, value)

    assert (type(error), error.status, error.operation) == (
        kind,
        status,
        "reports.get_forms",
    )
    assert (
        f"reports.get_forms (GET https://api.example.com/path): refused ({status})"
        in str(error)
    )


@pytest.mark.parametrize("status", [301, 307, 408, 499, 500, 502, 503, 504, 520])
@pytest.mark.parametrize("operation", [WRITE, LAUNCH])
def test_write_without_a_clear_answer_is_an_unknown_outcome(
    operation: Any, status: int
) -> None:
    """After a redirect, a time-out in between or a 5xx a write may have been done."""
    error = outcome(operation, status, PAGE)

    assert (type(error), error.external_id, error.status) == (
        errors.OutcomeUnknown,
        "A-1",
        status,
    )
    assert error.operation == operation.name
    assert "look for external id 'A-1' in Enboarder before you send it again" in str(
        error
    )


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429])
@pytest.mark.parametrize("operation", [WRITE, LAUNCH])
def test_refused_write_is_no_unknown_outcome(operation: Any, status: int) -> None:
    """A plain refusal says that nothing was done."""
    assert isinstance(outcome(operation, status, {"message": "words"}), errors.ApiError)


@pytest.mark.parametrize("operation", BY_MESSAGE, ids=lambda operation: operation.name)
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
def test_unknown_words_of_success_are_an_unknown_outcome(
    operation: Any, value: Any
) -> None:
    """A 2xx of the workflow engine whose words nobody knows is neither yes nor no."""
    error = outcome(operation, 200, value)

    assert (type(error), error.external_id) == (errors.OutcomeUnknown, "A-1")


@pytest.mark.parametrize(
    "name",
    ["workflows.launch_basic", "workflows.launch_advanced", "workflows.launch_bulk"],
)
def test_known_success_of_a_launch_is_a_result(name: str) -> None:
    """`ok` is the one success of a launch."""
    assert outcome(OPERATIONS[name], 200, {"message": "ok"}) == {"message": "ok"}


@pytest.mark.parametrize("status", [200, 400, 500])
def test_catalogued_refusal_is_told_with_its_fix(status: int) -> None:
    """What the catalogue knows as a refusal is one under any status, and `Rejected` in a 2xx."""
    error = outcome(LAUNCH, status, {"message": CONTACT})

    kinds = {200: errors.Rejected, 400: errors.BadRequest, 500: errors.ServerError}
    assert (type(error), error.message) == (kinds[status], CONTACT)
    assert "Send an e-mail address (`nheml`) or a mobile number" in error.hint
    assert error.hint in str(error)


@pytest.mark.parametrize(
    "entry",
    [one for one in CATALOGUE if one.kind == "refusal" and one.code],
    ids=lambda one: one.id,
)
def test_catalogued_code_in_a_success_is_rejected(entry: Any) -> None:
    """A refusal that is known by its code is no success, of a read or a write, whatever the status says."""
    for name in entry.operations:
        error = outcome(
            OPERATIONS[name], 200, {"errorcode": entry.code, "message": "words"}
        )
        assert (type(error), error.code) == (errors.Rejected, entry.code)


def test_error_tells_what_the_service_said() -> None:
    """Code, message, body and the asked wait stand in attributes."""
    body = {
        "errorcode": "PROFILE_EXISTS",
        "message": "Profile with ID A-1 already exists",
    }

    error = outcome(WRITE, 409, body, **{"Retry-After": "7"})

    assert (error.code, error.message) == (
        "PROFILE_EXISTS",
        "Profile with ID A-1 already exists",
    )
    assert (error.body, error.retry_after) == (body, 7.0)
    assert "Update that profile, or use another `externalid`." in error.hint
    assert str(error).endswith(" It asks to wait 7 s.")


def test_long_message_is_cut_in_the_text_only() -> None:
    """A page of text does not flood a log, and is still in `.message`."""
    error = outcome(READ, 400, {"message": "x" * 10_000})

    assert len(str(error)) < 1_000
    assert error.message == "x" * 10_000


@pytest.mark.parametrize(
    "value", [PAGE, b"", b'{"items": [', b"\xff\xfe", b"[" * 100_000]
)
def test_unreadable_answer_to_a_read_is_told(value: bytes) -> None:
    """An answer that cannot be read is InvalidResponse, and stands in `.answer`."""
    error = outcome(READ, 200, value, **{"Content-Type": "text/html"})

    assert (type(error), error.answer.content, error.__cause__) == (
        errors.InvalidResponse,
        value,
        None,
    )
    assert f"(200, text/html, {len(value)} bytes) cannot be read" in str(error)


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
)
def test_parser_never_leaks_a_bare_error(
    error: Exception, operation: Any, kind: type[Exception]
) -> None:
    """Whatever a parser trips over is InvalidResponse for a read, and an unknown outcome for a write."""

    def parse(_: Answer) -> None:
        raise error

    with pytest.raises(kind):
        conclude(
            Call(operation, "https://api.example.com", ()),
            Answer(200, httpx.Headers(), b"{}"),
            parse,
            0.0,
        )


@pytest.mark.parametrize(
    ("operation", "sent", "kind"),
    [
        (READ, False, errors.ConnectionFailed),
        (WRITE, False, errors.ConnectionFailed),
        (READ, True, errors.NoAnswer),
        (WRITE, True, errors.OutcomeUnknown),
    ],
)
def test_failure_says_whether_something_was_changed(
    operation: Any, sent: bool, kind: type[errors.CallError]
) -> None:
    """Without an answer the class of the error says whether to look before sending again."""
    with pytest.raises(kind) as caught:
        conclude(
            Call(operation, "https://api.example.com", ()),
            Failure("ReadTimeout", sent),
            lambda _: None,
            0.0,
        )

    assert (caught.value.operation, caught.value.status) == (operation.name, None)
    assert "ReadTimeout" in str(caught.value)


def test_unknown_outcome_without_an_id_says_so() -> None:
    """Where the request named no external id, the error does not invent one."""
    with pytest.raises(
        errors.OutcomeUnknown, match="the request named no external id"
    ) as caught:
        conclude(
            Call(LAUNCH, "https://api.example.com", ()),
            Failure("ReadError", True),
            lambda _: None,
            0.0,
        )

    assert caught.value.external_id is None


def test_redirect_is_told_as_what_it_is() -> None:
    """A redirect to a read says that none is followed."""
    assert "Redirects are not followed" in outcome(READ, 302, b"").hint


def test_refusal_tells_its_single_faults() -> None:
    """The sentences under `errors` stand in the text, so that a log shows them."""
    refusal = {
        "errorcode": "MISSING_FIELDS",
        "message": "Fields are missing",
        "errors": ["First Name is missing"],
    }

    error = outcome(WRITE, 400, refusal)

    assert "Fields are missing; First Name is missing. " in str(error)


@pytest.mark.parametrize("status", [400, 404, 500])
def test_words_of_success_with_another_status_are_an_unknown_outcome(
    status: int,
) -> None:
    """A launch that is said to be done is never called refused, whatever its status."""
    assert (
        type(outcome(LAUNCH, status, {"message": "ok", "referenceid": "A-1"}))
        is errors.OutcomeUnknown
    )


def test_unknown_code_in_a_success_of_a_write_is_an_unknown_outcome() -> None:
    """An error code that nobody knows yet makes a write neither done nor refused."""
    assert (
        type(outcome(WRITE, 200, {"errorcode": "NEW_CODE", "message": "no"}))
        is errors.OutcomeUnknown
    )


def test_lost_bulk_launch_names_each_of_its_ids() -> None:
    """Ids that hold a comma stay apart in `external_ids`; the text names as many as are legible."""
    ids = ("a, b", *(f"hire-{number}" for number in range(200)))
    with pytest.raises(errors.OutcomeUnknown) as caught:
        conclude(
            Call(LAUNCH, "https://api.example.com", ids),
            Failure("ReadError", True),
            lambda _: None,
            0.0,
        )

    assert ids == caught.value.external_ids
    assert (True, True) == (
        "external id 'a, b', 'hire-0'" in str(caught.value),
        len(str(caught.value)) < 500,
    )
