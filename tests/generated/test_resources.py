"""Each method sends its own operation with every argument that it was given."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from enboarder.contract import walk
from enboarder.contract.walk import Node
from enboarder_api.api import AsyncResources, Resources
from enboarder_api.client import NO_BODY, Answer, Arguments
from enboarder_api.operations import OPERATIONS
from enboarder_api.types import UNSET
from tests.contract import contract_file
from tests.generated.senders import AsyncRecordingSender, RecordingSender, Sent

pytestmark = pytest.mark.untraced

DOCUMENT = contract_file.read()
ENTRIES: dict[str, walk.Operation] = {
    str(entry.python_name): entry
    for entry in walk.operations(DOCUMENT)
    if entry.python_name
}
ITERATORS = {
    f"{name.partition('.')[0]}.{entry.node['x-iterator']}": entry
    for name, entry in ENTRIES.items()
    if "x-iterator" in entry.node
}
BODY = {"a": "body"}
PARAMS = {"filter": "active"}


def parameters(entry: walk.Operation, place: str) -> dict[str, Node]:
    """The parameters of an operation in the path or the query, by readable name."""
    found = walk.parameters(DOCUMENT, entry)
    return {
        str(parameter.get("x-name", parameter["name"])): parameter
        for parameter in found
        if parameter["in"] == place
    }


def sent_by(kind: str, name: str, *arguments: Any, **options: Any) -> Sent:
    """What a method hands to its sender."""
    resource, _, method = name.partition(".")
    if kind == "blocking":
        sender = RecordingSender()
        call = getattr(getattr(Resources(sender), resource), method)
        call(*arguments, **options)
        [sent] = sender.calls
    else:
        awaited = AsyncRecordingSender()
        call = getattr(getattr(AsyncResources(awaited), resource), method)
        asyncio.run(call(*arguments, **options))
        [sent] = awaited.calls
    return sent


@pytest.fixture(params=["blocking", "awaited"])
def kind(request: pytest.FixtureRequest) -> str:
    """Runs the test once with each kind of resource."""
    found: str = request.param
    return found


@pytest.mark.parametrize("name", ENTRIES)
def test_method_sends_its_operation_with_every_argument(kind: str, name: str) -> None:
    """Path, query, body, timeout and unknown parameters arrive by their wire names."""
    entry = ENTRIES[name]
    path = {given: f"value of {given}" for given in parameters(entry, "path")}
    query = {given: f"value of {given}" for given in parameters(entry, "query")}
    body = [BODY] if "requestBody" in entry.node else []

    sent = sent_by(kind, name, *path.values(), *body, **query, timeout=5, params=PARAMS)

    wire = {
        parameter["name"]: query[given]
        for given, parameter in parameters(entry, "query").items()
    }
    expected = Arguments(path, {**wire, **PARAMS}, body[0] if body else NO_BODY, 5)
    assert expected == sent.arguments._replace(fields={})
    assert set(sent.arguments.fields.values()) <= {UNSET}
    assert sent.operation is OPERATIONS[name]


@pytest.mark.parametrize("name", ENTRIES)
def test_method_sends_nothing_that_it_was_not_given(kind: str, name: str) -> None:
    """Query parameters stay unset, and the timeout is left to the sender."""
    entry = ENTRIES[name]
    path = list(parameters(entry, "path"))
    body = [BODY] if "requestBody" in entry.node else []

    sent = sent_by(kind, name, *path, *body)

    assert set(sent.arguments.query.values()) <= {UNSET}
    assert sent.arguments.timeout is None


def replies() -> list[Any]:
    """Every example of a successful reply: its operation, its status and itself."""
    found = []
    for name, entry in ENTRIES.items():
        for status, reference in entry.node["responses"].items():
            reply = walk.resolve(DOCUMENT, reference)
            for media in reply.get("content", {}).values():
                if not status.startswith("2"):
                    continue
                for label, example in media.get("examples", {}).items():
                    schema = media["schema"].get("$ref", "").rpartition("/")[2]
                    value = example["value"]
                    place = f"{name}-{status}-{label}"
                    found.append(
                        pytest.param(name, int(status), schema, value, id=place)
                    )
    return found


@pytest.mark.parametrize(("name", "status", "schema", "value"), replies())
def test_reply_is_read_as_its_schema(
    name: str, status: int, schema: str, value: Any
) -> None:
    """The example of a reply is read as the model of its schema, and loses nothing."""
    parse = import_module(f"enboarder_api.api.{name}").parse

    read = parse(Answer(status, {}, json.dumps(value).encode()))

    if isinstance(value, list):
        assert as_written([member.to_dict() for member in read]) == as_written(value)
    else:
        assert type(read).__name__ == schema
        assert as_written(read.to_dict()) == as_written(value)


def as_written(value: Any) -> str:
    """A value as JSON, with one of the two ways in which UTC is written."""
    return json.dumps(value, sort_keys=True).replace("+00:00", "Z")


def pages_of(kind: str, name: str, pages: list[Any], **options: Any) -> Any:
    """The rows of an `iter_…` method over some pages, and what it sent."""
    resource, _, method = name.partition(".")
    path = [f"value of {given}" for given in parameters(ITERATORS[name], "path")]
    contents = [json.dumps(page).encode() for page in pages]
    if kind == "blocking":
        sender = RecordingSender(*contents)
        iterate = getattr(getattr(Resources(sender), resource), method)
        return list(iterate(*path, **options)), sender
    awaited = AsyncRecordingSender(*contents)
    iterate = getattr(getattr(AsyncResources(awaited), resource), method)
    return asyncio.run(_all(iterate, path, options)), awaited


async def _all(
    iterate: Callable[..., Any], path: list[str], options: dict[str, Any]
) -> list[Any]:
    return [row async for row in iterate(*path, **options)]


@pytest.mark.parametrize("name", ITERATORS)
def test_every_argument_reaches_every_page(kind: str, name: str) -> None:
    """Timeout, filters and path parameters are sent with each page of `iter_…`."""
    pages: list[Any] = [
        {"items": [{"id": "1"}, {"id": "2"}], "nextKey": "second"},
        {"items": [{"id": "3"}], "nextKey": "third"},
        {"items": [{"id": "4"}]},
    ]

    rows, sender = pages_of(kind, name, pages, cursor="first", timeout=5, params=PARAMS)

    entry = ITERATORS[name]
    path = {given: f"value of {given}" for given in parameters(entry, "path")}
    expected = [
        Arguments(path, {"nextKey": cursor, **PARAMS}, NO_BODY, 5)
        for cursor in ("first", "second", "third")
    ]
    assert expected == [sent.arguments for sent in sender.calls]
    assert {sent.operation.name for sent in sender.calls} == {entry.python_name}
    assert [row.to_dict()["id"] for row in rows] == ["1", "2", "3", "4"]
    assert sender.names == [name]


@pytest.mark.parametrize("name", ITERATORS)
def test_iteration_begins_with_the_first_page(kind: str, name: str) -> None:
    """Without a cursor, the first request has none."""
    _, sender = pages_of(kind, name, [{"items": []}])

    [sent] = sender.calls
    assert sent.arguments.query == {"nextKey": UNSET}
