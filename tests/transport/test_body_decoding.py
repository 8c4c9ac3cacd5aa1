"""How the stream of an answer decodes a body: pieces, damage and length."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from enboarder.transport.body import (
    LONGEST,
    PIECE,
    DamagedBody,
    UnusableBody,
    blocking_stream,
    bound_body,
)
from tests.conftest import BASE_URL
from tests.engine import httpx

ROWS = b'{"items": []}'


class Pieces(httpx.SyncByteStream):
    """A body that arrives in certain pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces


def bare(content: bytes) -> bytes:
    """Return deflated bytes without the header of zlib."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def bounded(encoding: str, longest: float, **body: Any) -> httpx.Response:
    """Return an answer whose body is decoded and bounded."""
    request = httpx.Request("GET", BASE_URL, extensions={LONGEST: longest})
    headers = {"Content-Encoding": encoding}
    response = httpx.Response(200, headers=headers, request=request, **body)
    bound_body(response, blocking_stream(httpx))
    return response


def decoded(encoding: str, *pieces: bytes, longest: float = 1e6) -> bytes:
    """Return the decoded body of an answer."""
    response = bounded(encoding, longest, stream=Pieces(*pieces))
    return b"".join(response.iter_raw())


@pytest.mark.parametrize("encoding", ["gzip,", ", gzip", "IDENTITY, gzip"])
def test_words_that_change_nothing_are_no_encodings(encoding: str) -> None:
    """An empty part of the header does not make an answer unreadable."""
    assert ROWS == decoded(encoding, gzip.compress(ROWS))


@pytest.mark.parametrize("more", [-1, 0, 1, 2, 5, 100, 5_000, PIECE])
def test_no_byte_is_lost_where_a_piece_is_full(more: int) -> None:
    """All input may be read while there is still output to fetch."""
    content = bytes(PIECE + more)

    assert content == decoded("gzip", gzip.compress(content))
    assert content == decoded("deflate", bare(content))


def test_damage_after_the_beginning_is_no_missing_header() -> None:
    """A body whose checksum is wrong, and arrives apart, is not accepted."""
    whole = zlib.compress(ROWS)

    with pytest.raises(DamagedBody):
        decoded("deflate", whole[:-4], bytes(4))


def test_gzip_has_a_header() -> None:
    """Bytes that only happen to look like a part of a file are damage."""
    with pytest.raises(DamagedBody):
        decoded("gzip", bare(ROWS))


def test_body_that_was_read_counts_by_its_decoded_length() -> None:
    """A custom transport may hand over what a few bytes unpack to."""
    content = gzip.compress(bytes(2_000))

    with pytest.raises(UnusableBody):
        bounded("gzip", longest=1_000, content=content)


def test_body_that_was_read_is_refused_for_its_encoding() -> None:
    """The reason is then its encoding, and not that it is no JSON."""
    with pytest.raises(UnusableBody, match="encoding"):
        bounded("compress", longest=1_000, content=ROWS)


def test_piece_that_is_too_long_is_not_handed_on() -> None:
    """A reader gets no more bytes than the answer may have."""
    response = bounded("identity", longest=10, stream=Pieces(b"12345", b"67890A"))
    pieces = response.iter_raw()

    assert b"12345" == next(pieces)
    with pytest.raises(UnusableBody):
        next(pieces)
