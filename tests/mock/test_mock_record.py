"""What the mock keeps of the bodies it received."""

from __future__ import annotations

import httpx

from enboarder.mock import MockServer, Recorded
from enboarder.mock.record import LARGEST_RECORD, Record
from enboarder.mock.service import LARGEST_BODY


def recorded(body: bytes) -> Recorded:
    """Return a request with a body."""
    return Recorded("POST", "/x", {}, {}, body, 200, None, body_size=len(body))


def test_oldest_bodies_make_room_for_the_newest() -> None:
    """Every request stays, and says how large its body was."""
    record = Record(largest=10)
    for body in (b"aaaa", b"", b"bbbb", b"cccc", b"dddd"):
        record.add(recorded(body))
    kept = [(one.body, one.body_size) for one in record.requests()]

    expected = [(b"", 4), (b"", 0), (b"", 4), (b"cccc", 4), (b"dddd", 4)]
    assert expected == kept


def test_body_that_is_larger_than_the_record_is_not_kept() -> None:
    """It makes no room for itself."""
    record = Record(largest=10)
    record.add(recorded(b"x" * 11))
    (kept,) = record.requests()

    assert (b"", 11) == (kept.body, kept.body_size)


def test_all_bodies_have_a_bound() -> None:
    """A mock that runs for days does not grow by what it receives."""
    record = Record()
    body = b"x" * (LARGEST_RECORD // 8)
    for _ in range(20):
        record.add(recorded(body))

    assert LARGEST_RECORD == sum(len(one.body) for one in record.requests())


def test_refused_body_is_kept_up_to_the_limit(
    mock: MockServer, by_key: httpx.Client
) -> None:
    """Its size is that of everything that arrived."""
    body = b"x" * (LARGEST_BODY + 100_000)
    reply = by_key.post("/restapi/v1/startwf/basic", content=body)
    (kept,) = mock.requests

    assert 413 == reply.status_code
    assert (LARGEST_BODY, len(body)) == (len(kept.body), kept.body_size)
