"""Decode the body of an answer piece by piece, so that it cannot fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from typing import Any, Protocol

from .engine import HttpResponse, joined

# The encodings that the client asks for, and decodes itself.
ACCEPTED = "gzip, deflate"
# Encodings that the client does not ask for; other words are not encodings.
UNASKED = frozenset({"br", "compress", "x-compress", "zstd", "dcb", "dcz"})
PIECE = 65_536  # bytes that are decoded at once
LONGEST = "enboarder_longest"


class UnusableBody(Exception):
    """The body is too long, or encoded in a way that is refused; the text is ours."""


class DamagedBody(UnusableBody):
    """The body cannot be unpacked; that of another attempt may be whole."""


def bound_body(response: HttpResponse, decoded: Callable[..., Any]) -> None:
    """Decode the body of this answer for all its readers, up to a longest length.

    Afterwards, `Content-Encoding` is removed, so that nobody decodes the body again.

    Args:
        response: the answer.
        decoded: makes the decoding stream; one of the classes at the end.

    Raises:
        UnusableBody: it is encoded in a way that is refused, or it was read already and
        is too long.
    """
    encoding = response.headers.get("content-encoding")
    body = BoundedBody(_decoder(encoding), response.request.extensions[LONGEST])
    if response.is_stream_consumed:
        # A custom transport has read it.
        body.count(len(response.content))
        return
    if encoding is not None:
        del response.headers["content-encoding"]
    response.stream = decoded(response.stream, body)


class Decoder(Protocol):
    """Decodes the pieces of a body."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield the decoded data, in pieces of a limited size."""
        ...


class Plain:
    """Returns a body that is not encoded."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield the data unchanged."""
        yield data


class Unpacker:
    """Unpacks gzip and deflate.

    Args:
        may_be_bare: whether the zlib header may be missing.
    """

    def __init__(self, *, may_be_bare: bool) -> None:
        # This recognizes gzip and zlib by their first bytes.
        self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._may_be_bare = may_be_bare

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield the unpacked data."""
        while True:
            piece = self._piece(data)
            yield piece
            data = self._unpack.unconsumed_tail
            if len(piece) < PIECE and not data:
                return

    def _piece(self, data: bytes) -> bytes:
        may_be_bare = self._may_be_bare
        self._may_be_bare = False
        try:
            return self._unpack.decompress(data, PIECE)
        except zlib.error as error:
            if not may_be_bare:
                raise DamagedBody(f"the answer cannot be unpacked: {error}") from None
        self._unpack = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._piece(data)


def _decoder(encoding: str | None) -> Decoder:
    if not encoding:
        return Plain()
    words = [word.strip().lower() for word in encoding.split(",")]
    named = [word for word in words if word not in ("", "identity")]
    if len(named) > 1:
        raise UnusableBody("the answer has more than one content encoding")
    if UNASKED.intersection(named):
        raise UnusableBody("the answer has a content encoding that was not asked for")
    if "deflate" in named:
        # Some servers leave out the zlib header.
        return Unpacker(may_be_bare=True)
    if {"gzip", "x-gzip"}.intersection(named):
        return Unpacker(may_be_bare=False)
    return Plain()


class BoundedBody:
    """Decodes a body, and counts its bytes.

    Args:
        decoder: decodes it.
        longest: the bytes that the decoded body may have.
    """

    def __init__(self, decoder: Decoder, longest: float) -> None:
        self._decoder = decoder
        self._longest = longest
        self._size = 0

    def count(self, size: int) -> None:
        """Count decoded bytes.

        Raises:
            UnusableBody: they are too many.
        """
        self._size += size
        if self._size > self._longest:
            raise UnusableBody(f"the answer has more than {self._longest:.0f} bytes")

    def pieces(self, data: bytes) -> Generator[bytes]:
        """Yield the decoded data."""
        for piece in self._decoder.pieces(data):
            self.count(len(piece))
            yield piece


class BlockingStream:
    """Decodes a stream of bytes."""

    def __init__(self, raw: Any, body: BoundedBody) -> None:
        self._raw = raw
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        for data in self._raw:
            yield from self._body.pieces(data)

    def close(self) -> None:
        """Close the stream, which gives its connection back."""
        self._raw.close()


class AwaitedStream:
    """Decodes an asynchronous stream of bytes."""

    def __init__(self, raw: Any, body: BoundedBody) -> None:
        self._raw = raw
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for data in self._raw:
            for piece in self._body.pieces(data):
                yield piece

    async def aclose(self) -> None:
        """Close the stream, which gives its connection back."""
        await self._raw.aclose()


def blocking_stream(library: Any) -> type[BlockingStream]:
    """Return the class of decoding streams that this library reads."""
    return joined(BlockingStream, library.SyncByteStream)


def awaited_stream(library: Any) -> type[AwaitedStream]:
    """Return the class of asynchronous streams that this library reads."""
    return joined(AwaitedStream, library.AsyncByteStream)
