"""Any answer to a read ends as a value or an error of this package."""

from __future__ import annotations

import asyncio
import gzip
import json
from importlib.resources import files
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    Enboarder,
    EnboarderError,
)
from enboarder_api.client import Answer, Operation
from enboarder_api.operations import OPERATIONS
from tests.characters import CHARACTERS
from tests.conftest import BASE_URL, TOKEN_URL, FakeClock, Service
from tests.engine import httpx

pytestmark = pytest.mark.untraced

EXAMPLES = 40  # for each operation
CONTRACT = json.loads(
    files("enboarder_api").joinpath("contract.json").read_text(encoding="utf-8")
)
WORDS = [
    "ok",
    "",
    "null",
    "2027-01-12",
    "12/01/2027",
    "2027-01-12T09:00:00Z",
    "9999-99-99",
    "A-1",
    "\ud800",
    "\0",
]


def names(schema: Any) -> set[str]:
    """Every name of a property in the contract."""
    found: set[str] = set()
    for part in (
        schema.values()
        if isinstance(schema, dict)
        else schema
        if isinstance(schema, list)
        else ()
    ):
        found |= names(part)
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return found | set(properties if isinstance(properties, dict) else ())


NAMES = sorted(
    names(CONTRACT["components"])
    | {"nextKey", "code", "errorcode", "message", "errors", "warnings"}
)
KEYS: SearchStrategy[str] = st.sampled_from(NAMES) | st.text(CHARACTERS, max_size=5)
LEAVES: SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text(CHARACTERS, max_size=10)
)
VALUES: SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
    ),
    max_leaves=10,
)
ROWS = st.lists(st.dictionaries(KEYS, LEAVES, max_size=5), max_size=3)
ENVELOPES = st.fixed_dictionaries(
    {},
    optional={
        name: ROWS if name in ("items", "Resources") else VALUES
        for name in ("items", "Resources", "nextKey", "message", "code", "errors", "id")
    },
)
BODIES: SearchStrategy[bytes] = (
    (ENVELOPES | VALUES | ROWS).map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=50)
    | st.sampled_from(
        [
            b"[" * 100_000,
            b'{"items":' * 100_000,
            b"9" * 5000,
            b"\xef\xbb\xbf{}",
            b"<html>",
            b"1e999",
        ]
    )
)
STATUSES = st.sampled_from([200, 200, 200, 201, 204, 206]) | st.integers(100, 999)
HEADER_NAMES = [
    "Content-Type",
    "Content-Encoding",
    "Retry-After",
    "WWW-Authenticate",
    "Location",
    "Set-Cookie",
]
HEADER_VALUES = [
    "gzip",
    "deflate, gzip",
    "identity",
    "-1",
    "9" * 400,
    "Sat, 99 Foo 2027",
    "text/html; charset=x",
    "a=b",
]
HEADERS = st.lists(
    st.tuples(
        st.sampled_from([*HEADER_NAMES, "X-Own"]),
        st.sampled_from(HEADER_VALUES)
        | st.text(st.characters(max_codepoint=255), max_size=20),
    ),
    max_size=2,
)
READS = {
    name: operation for name, operation in OPERATIONS.items() if not operation.writes
}


def methods() -> dict[str, Operation]:
    """Return every method that reads, iterators too, with its operation."""
    found = dict(READS)
    with Enboarder(ApiKey("key"), region="AU") as client:
        for name, operation in READS.items():
            resource, _, method = name.partition(".")
            iterator = method.replace("get_", "iter_", 1)
            if hasattr(getattr(client, resource), iterator):
                found[f"{resource}.{iterator}"] = operation
    return found


METHODS = methods()


def answering(
    status: int, headers: list[tuple[str, str]], body: bytes, packed: bool, pages: bool
) -> Service:
    """Serve one answer to everything but token requests and last pages."""
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    if packed:
        raw.append((b"Content-Encoding", b"gzip"))
        body = gzip.compress(body, 1)

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=raw, stream=httpx.ByteStream(body))

    return (
        Service(answer, httpx.Response(200, json={"items": []}))
        if pages
        else Service(answer)
    )


def blocking(options: dict[str, Any], name: str, arguments: list[str]) -> Any:
    with Enboarder(**options) as client:
        found = attrgetter(name)(client)(*arguments)
        return list(found) if ".iter_" in name else found


async def awaited(options: dict[str, Any], name: str, arguments: list[str]) -> Any:
    async with AsyncEnboarder(**options) as client:
        found = attrgetter(name)(client)(*arguments)
        return [row async for row in found] if ".iter_" in name else await found


def outcome(
    options: dict[str, Any], name: str, arguments: list[str], by_task: bool
) -> Any:
    """What the method returns, or the error of this package; any other is raised."""
    try:
        return (
            asyncio.run(awaited(options, name, arguments))
            if by_task
            else blocking(options, name, arguments)
        )
    except EnboarderError as error:
        return error


def written(value: Any) -> Any:
    """A result as plain values."""
    if isinstance(value, list):
        return [written(member) for member in value]
    return value.text if isinstance(value, Answer) else value.to_dict()


@pytest.mark.parametrize("name", METHODS)
def test_read_returns_a_value_or_raises_an_error_of_this_package(name: str) -> None:
    """A read ends with a result that can be written, or an error that can be shown."""
    operation = METHODS[name]
    kinds = [
        kind
        for kind, path in (
            ("apikey", operation.key_path),
            ("oauth2", operation.token_path),
        )
        if path
    ]
    arguments = ["A-1"] * str(operation.key_path or operation.token_path).count("{")
    ends: set[bool] = set()

    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
    @given(
        STATUSES, HEADERS, BODIES, st.booleans(), st.sampled_from(kinds), st.booleans()
    )
    def holds(
        status: int,
        headers: list[tuple[str, str]],
        body: bytes,
        packed: bool,
        kind: str,
        by_task: bool,
    ) -> None:
        service = answering(status, headers, body, packed, ".iter_" in name)
        credential = (
            ApiKey("key")
            if kind == "apikey"
            else ClientCredentials("id", "secret", token_url=TOKEN_URL)
        )
        options = {
            "credential": credential,
            "base_url": BASE_URL,
            "transport": service.transport,
            **FakeClock().settings,
            "show_warnings": True,
        }
        found = outcome(options, name, arguments, by_task)
        ends.add(isinstance(found, EnboarderError))
        assert (
            f"{found}{found!r}"
            if isinstance(found, EnboarderError)
            else json.dumps(written(found))
        )

    holds()

    assert {True, False} == ends
