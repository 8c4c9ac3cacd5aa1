"""What an answer means: done, refused or unknown.

One row a line. *Words* operations are those of the workflow engine, where `message` and
not the status decides. The kind is what the error catalogue takes the answer for.
"""

from __future__ import annotations

import json

import pytest

from enboarder.sending.verdict import Verdict, verdict
from enboarder_api.client import Answer, Operation
from tests.engine import httpx

READ = Operation("things.get", "getThing", "GET", "/x", "/x")
READ_WORDS = READ._replace(by_message=True)
WRITE = Operation("things.create", "createThing", "POST", "/x", "/x")
WRITE_WORDS = WRITE._replace(by_message=True)
DONE, REFUSED, UNKNOWN = Verdict.DONE, Verdict.REFUSED, Verdict.UNKNOWN

# operation, status, code, kind in the catalogue, verdict, why
TABLE = [
    # A read: the status decides. Only the words of an engine can be unknown.
    (READ, 200, None, None, DONE, "a 2xx answers a read"),
    (READ, 204, None, None, DONE, "any 2xx answers a read"),
    (READ, 299, None, None, DONE, "the last 2xx is still one"),
    (READ, 200, "X", None, DONE, "an unknown code does not spoil what was read"),
    (READ, 200, None, "success", DONE, "a known success is a success"),
    (READ, 200, "X", "refusal", REFUSED, "a known refusal counts under any status"),
    (READ, 200, None, "refusal", REFUSED, "a known refusal needs no code"),
    (READ, 200, None, "other", DONE, "another message leaves the status to decide"),
    (READ, 199, None, None, REFUSED, "a status below 2xx is no success"),
    (READ, 300, None, None, REFUSED, "a status above 2xx is no success"),
    (READ, 302, None, None, REFUSED, "a redirect is not followed"),
    (READ, 400, None, None, REFUSED, "a read that failed changed nothing"),
    (READ, 400, "X", None, REFUSED, "a code adds nothing to a 400"),
    (READ, 400, None, "success", REFUSED, "words of success return no rows"),
    (READ, 400, None, "other", REFUSED, "another message leaves the status to decide"),
    (READ, 408, None, None, REFUSED, "a read that took too long changed nothing"),
    (READ, 429, None, None, REFUSED, "a read that came too soon changed nothing"),
    (READ, 499, None, None, REFUSED, "a read that was given up changed nothing"),
    (READ, 500, None, None, REFUSED, "a read that broke changed nothing"),
    (READ, 503, None, "success", REFUSED, "words of success return no rows"),
    (READ, 503, None, "refusal", REFUSED, "a known refusal counts under any status"),
    (READ_WORDS, 200, None, None, UNKNOWN, "words that nobody knows say nothing"),
    (READ_WORDS, 200, None, "success", DONE, "known words of success"),
    (READ_WORDS, 200, None, "refusal", REFUSED, "known words of refusal"),
    (READ_WORDS, 200, None, "other", UNKNOWN, "neither yes nor no"),
    (READ_WORDS, 400, None, None, REFUSED, "a read that failed changed nothing"),
    (READ_WORDS, 500, None, None, REFUSED, "a read that broke changed nothing"),
    # A write: only what is certain is done or refused.
    (WRITE, 200, None, None, DONE, "a 2xx without a code is done"),
    (WRITE, 201, None, None, DONE, "any 2xx without a code is done"),
    (WRITE, 200, None, "success", DONE, "a known success is a success"),
    (WRITE, 200, None, "other", DONE, "another message leaves the status to decide"),
    (WRITE, 200, "X", None, UNKNOWN, "an unknown code contradicts the 2xx"),
    (WRITE, 200, "X", "success", DONE, "a known success explains its code"),
    (
        WRITE,
        200,
        "X",
        "other",
        UNKNOWN,
        "a code that is no success contradicts the 2xx",
    ),
    (WRITE, 200, "X", "refusal", REFUSED, "a known refusal counts under any status"),
    (WRITE, 200, None, "refusal", REFUSED, "a known refusal needs no code"),
    (WRITE, 199, None, None, UNKNOWN, "a status below 2xx says nothing"),
    (WRITE, 300, None, None, UNKNOWN, "a status above 2xx says nothing"),
    (WRITE, 307, None, None, UNKNOWN, "somebody on the way sends elsewhere"),
    (WRITE, 307, None, "refusal", REFUSED, "a known refusal counts under any status"),
    (WRITE, 399, None, None, UNKNOWN, "the last 3xx says nothing either"),
    (WRITE, 400, None, None, REFUSED, "the service says no"),
    (WRITE, 400, "X", None, REFUSED, "an unknown code does not turn a no into a maybe"),
    (WRITE, 400, None, "refusal", REFUSED, "a known refusal"),
    (WRITE, 400, None, "other", REFUSED, "another message leaves the status to decide"),
    (WRITE, 400, None, "success", UNKNOWN, "words of success contradict the 400"),
    (WRITE, 401, None, None, REFUSED, "a credential that is refused does nothing"),
    (WRITE, 404, None, None, REFUSED, "what does not exist was not changed"),
    (WRITE, 408, None, None, UNKNOWN, "somebody stopped waiting; it may have gone on"),
    (WRITE, 408, None, "refusal", REFUSED, "a known refusal counts under any status"),
    (WRITE, 408, "X", "success", UNKNOWN, "words of success contradict the 408"),
    (WRITE, 429, None, None, REFUSED, "too many requests: it was not carried out"),
    (WRITE, 429, None, "success", UNKNOWN, "words of success contradict the 429"),
    (WRITE, 498, None, None, REFUSED, "the neighbour of 499 is a plain no"),
    (WRITE, 499, None, None, UNKNOWN, "somebody hung up; it may have gone on"),
    (WRITE, 500, None, None, UNKNOWN, "it broke, before or after it was done"),
    (WRITE, 500, "X", None, UNKNOWN, "an unknown code does not make it certain"),
    (WRITE, 500, "X", "refusal", REFUSED, "a known refusal says nothing was done"),
    (WRITE, 503, None, "other", UNKNOWN, "another message leaves the status to decide"),
    (WRITE, 504, None, "success", UNKNOWN, "words of success contradict the 504"),
    (WRITE, 999, None, None, UNKNOWN, "a status that nobody knows says nothing"),
    # A write of the workflow engine: success and failure have one shape.
    (WRITE_WORDS, 200, None, None, UNKNOWN, "words that nobody knows say nothing"),
    (WRITE_WORDS, 200, None, "success", DONE, "known words of success"),
    (WRITE_WORDS, 202, None, "success", DONE, "known words of success in any 2xx"),
    (WRITE_WORDS, 200, "X", "success", DONE, "known words explain the code"),
    (WRITE_WORDS, 200, None, "refusal", REFUSED, "known words of refusal"),
    (WRITE_WORDS, 200, None, "other", UNKNOWN, "neither yes nor no"),
    (WRITE_WORDS, 200, "X", None, UNKNOWN, "an unknown code says no more than words"),
    (WRITE_WORDS, 302, None, None, UNKNOWN, "somebody on the way sends elsewhere"),
    (WRITE_WORDS, 400, None, None, REFUSED, "a plain no is certain in any words"),
    (WRITE_WORDS, 400, None, "success", UNKNOWN, "words of success contradict the 400"),
    (WRITE_WORDS, 408, None, None, UNKNOWN, "somebody stopped waiting"),
    (
        WRITE_WORDS,
        429,
        None,
        None,
        REFUSED,
        "too many requests: it was not carried out",
    ),
    (WRITE_WORDS, 499, None, None, UNKNOWN, "somebody hung up"),
    (WRITE_WORDS, 500, None, None, UNKNOWN, "it broke, before or after it was done"),
    (WRITE_WORDS, 500, None, "refusal", REFUSED, "known words of refusal"),
    (WRITE_WORDS, 500, None, "success", UNKNOWN, "words of success contradict the 500"),
]


def _name(row: tuple[Operation, int, str | None, str | None, Verdict, str]) -> str:
    operation, status, code, kind, _, reason = row
    effect = "write" if operation.writes else "read"
    words = " words" if operation.by_message else ""
    coded = " code" if code else ""
    return f"{effect}{words} {status}{coded} {kind}: {reason}"


@pytest.mark.parametrize(
    ("operation", "status", "code", "kind", "expected", "reason"),
    TABLE,
    ids=map(_name, TABLE),
)
def test_answer_is_judged(
    operation: Operation,
    status: int,
    code: str | None,
    kind: str | None,
    expected: Verdict,
    reason: str,
) -> None:
    """Every answer is a result, a certain refusal, or an unknown outcome."""
    content = json.dumps({"errorcode": code} if code else {}).encode()
    answer = Answer(status, httpx.Headers(), content)

    assert verdict(operation, answer, kind) is expected, reason


def test_third_party_name_of_a_code_is_a_code() -> None:
    """`code` contradicts a 2xx to a write just as `errorcode` does."""
    answer = Answer(200, httpx.Headers(), b'{"code": "X"}')

    assert verdict(WRITE, answer, None) is Verdict.UNKNOWN


def test_write_is_never_called_refused_without_a_certain_no() -> None:
    """Only a 4xx other than 408 and 499 is a no, and only a 2xx is a yes."""
    by_verdict: dict[Verdict, set[int]] = {kind: set() for kind in Verdict}
    for status in range(100, 1000):
        judged = verdict(WRITE, Answer(status, httpx.Headers(), b""), None)
        by_verdict[judged].add(status)

    assert by_verdict[DONE] == set(range(200, 300))
    assert by_verdict[REFUSED] == set(range(400, 500)) - {408, 499}
