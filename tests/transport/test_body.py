"""Bodies that are packed: they are unpacked once, and within a bound."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterator
from functools import cache
from typing import Any

import pytest

from enboarder import (
    Attempt,
    NoAnswer,
    OutcomeUnknown,
    RetryPolicy,
    TokenUnavailable,
)
from enboarder.transport.messages import LONGEST_ANSWER
from tests.conftest import (
    TOKEN_URL,
    Driver,
    FakeClock,
    Service,
    basic_launch,
    credentials,
    granted,
    keyed,
)
from tests.engine import httpx

READ = "reports.get_forms"
PLAIN = json.dumps({"items": [], "message": "ok", "referenceid": "A-1"}).encode()
ZEROS = bytes(1_000_000)


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that arrives in pieces of a certain size."""

    def __init__(self, content: bytes, size: int = 65_536) -> None:
        self.content = content
        self.size = size

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), self.size):
            yield self.content[start : start + self.size]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def packed(encoding: str, content: bytes, size: int = 65_536) -> Service:
    """Return a service that answers by a body with this encoding."""
    headers = {"Content-Encoding": encoding, "Content-Type": "application/json"}

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=headers, stream=Pieces(content, size))

    return Service(answer)


def without_header(content: bytes) -> bytes:
    """Return deflated bytes as some servers send them."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@cache
def bomb(pieces: int) -> bytes:
    """Return a gzip file of about 1 kB for each million zeros."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    packed = [packer.compress(ZEROS) for _ in range(pieces)]
    return b"".join(packed) + packer.flush()


def packed_bomb(encoding: str) -> bytes:
    """Return what unpacks to more than an answer may have."""
    if encoding == "gzip":
        return bomb(101)
    return gzip.compress(bomb(60), mtime=0)


@pytest.mark.parametrize("size", [1, 7, 65_536])
@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("gzip", gzip.compress(PLAIN, mtime=0)),
        ("GZip", gzip.compress(PLAIN, mtime=0)),
        ("x-gzip", gzip.compress(PLAIN, mtime=0)),
        ("deflate", zlib.compress(PLAIN)),
        ("identity", PLAIN),
        ("identity, gzip", gzip.compress(PLAIN, mtime=0)),
        ("utf-8", PLAIN),
        ("", PLAIN),
    ],
)
def test_body_is_unpacked(
    driver: Driver, encoding: str, content: bytes, size: int
) -> None:
    """What is asked for is unpacked, however it is cut; other words are ignored."""
    service = packed(encoding, content, size)

    assert driver.call(keyed(service), READ).items == []


def test_deflate_may_lack_its_header(driver: Driver) -> None:
    """Some servers send deflate without the header of zlib."""
    service = packed("deflate", without_header(PLAIN))

    assert driver.call(keyed(service), READ).items == []


def test_long_body_is_unpacked_whole(driver: Driver) -> None:
    """A page that is unpacked in many pieces is complete."""
    rows = [{"id": f"F-{number}"} for number in range(20_000)]
    service = packed("gzip", gzip.compress(json.dumps({"items": rows}).encode(), 1))

    found = driver.call(keyed(service), READ).items

    assert len(found) == 20_000


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(PLAIN, mtime=0), mtime=0)),
        ("deflate, gzip", gzip.compress(zlib.compress(PLAIN), mtime=0)),
        ("br", PLAIN),
        ("zstd", PLAIN),
        ("gzip", b"no gzip"),
    ],
)
def test_launch_whose_answer_is_packed_otherwise_has_an_unknown_outcome(
    driver: Driver, encoding: str, content: bytes
) -> None:
    """Two encodings, or one that nobody asked for, are refused with the reason."""
    service = packed(encoding, content)

    with pytest.raises(OutcomeUnknown, match=r"the answer (has|cannot)") as caught:
        driver.call(keyed(service), "workflows.launch_basic", basic_launch())

    assert caught.value.external_id == "A-1"
    assert len(service.requests) == 1


def test_only_these_encodings_are_asked_for(driver: Driver) -> None:
    """The request names only encodings that can be unpacked within a bound."""
    service = Service()

    driver.call(granted(service), READ)

    assert service.last.headers["accept-encoding"] == "gzip, deflate"
    assert service.token_requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip"])
def test_answer_that_unpacks_without_end_is_refused(
    driver: Driver, encoding: str
) -> None:
    """An answer may have 100 MB, and no more of it is ever unpacked."""
    service = packed(encoding, packed_bomb(encoding))

    with pytest.raises(NoAnswer, match="the answer has more than"):
        driver.call(keyed(service), READ)


@pytest.mark.parametrize(
    ("encoding", "content", "attempts"),
    [("gzip, gzip", PLAIN, 1), ("br", PLAIN, 1), ("gzip", b"no gzip", 3)],
)
def test_answer_that_would_be_refused_again_is_not_asked_for_again(
    driver: Driver, time: FakeClock, encoding: str, content: bytes, attempts: int
) -> None:
    """What a service packs in its own way it packs so again; damage may have passed."""
    service = packed(encoding, content)

    with pytest.raises(NoAnswer):
        driver.call(keyed(service, **time.settings), READ)

    assert len(service.requests) == attempts


def test_answer_that_is_too_long_is_asked_for_once(
    driver: Driver, time: FakeClock
) -> None:
    """It would be as long again, so a policy of the user's is not asked either."""

    class Stubborn(RetryPolicy):
        def wait(self, attempt: Attempt) -> float | None:
            return 1.0 if attempt.number < 3 else None

    content = bytes(LONGEST_ANSWER + 1)
    service = Service(lambda _: httpx.Response(200, content=content))

    with pytest.raises(NoAnswer, match="has more than") as caught:
        driver.call(keyed(service, retry=Stubborn(), clock=time.clock), READ)

    assert len(service.requests) == 1
    assert "try again" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip"])
def test_token_answer_that_unpacks_without_end_takes_no_memory(
    driver: Driver, encoding: str
) -> None:
    """Some 100 kB that unpack to 100 MB cost little memory, and are refused."""
    headers = {"Content-Encoding": encoding}
    content = packed_bomb(encoding)

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url == TOKEN_URL
        return httpx.Response(200, headers=headers, stream=Pieces(content))

    given: dict[str, Any] = {
        "credential": credentials(),
        "base_url": "https://api.example.com",
        "transport": httpx.MockTransport(answer),
    }
    tracemalloc.start()
    try:
        with pytest.raises(TokenUnavailable):
            driver.call(given, READ)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 10_000_000


def test_what_the_renewal_reads_is_bounded_too(driver: Driver) -> None:
    """The body of a refusal is read within the same bound."""
    content = bomb(101)

    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"Content-Encoding": "gzip"}
        return httpx.Response(401, headers=headers, stream=Pieces(content))

    with pytest.raises(OutcomeUnknown, match="the answer has more than"):
        driver.call(granted(Service(answer)), "workflows.launch_basic", basic_launch())


def test_body_that_a_transport_has_read_is_bounded(driver: Driver) -> None:
    """A custom transport may hand over a body as a whole."""
    content = b"x" * (LONGEST_ANSWER + 1)
    service = Service(lambda _: httpx.Response(200, content=content))

    with pytest.raises(OutcomeUnknown, match="the answer has more than"):
        driver.call(keyed(service), "workflows.launch_basic", basic_launch())
