"""The tables of the README are what the client has."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from enboarder import ConfigurationError, Enboarder, Region, models
from enboarder.mock import MockServer
from enboarder_api.api import Resources
from tests.docs.pages import README, section, table, text_of, words_in_code

MODELS = "docs/guides/models.md"
RESOURCES = [name for name in vars(Resources) if not name.startswith("_")]


class ReadVariables(Mapping[str, str]):
    """An environment that remembers which variables are looked up."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def variables_read(mock: MockServer) -> set[str]:
    """Return the variables that `from_env()` looks up with either credential."""
    read: set[str] = set()
    for kind in ("oauth2", "apikey"):
        environ = ReadVariables(mock.environ(kind))
        Enboarder.from_env(environ).close()
        read |= environ.names
    return read


def method_rows() -> Iterator[list[str]]:
    """Yield the row that each method of the client deserves."""
    for name in RESOURCES:
        for member, function in members_of(getattr(Enboarder, name)):
            if inspect.isfunction(function) and not member.startswith("_"):
                yield method_row(f"{name}.{member}", inspect.signature(function))


def members_of(resource: type) -> Iterator[tuple[str, Any]]:
    """Yield what a resource has, the generated members first."""
    for kind in reversed(resource.__mro__):
        yield from vars(kind).items()


def method_row(name: str, signature: inspect.Signature) -> list[str]:
    """Return method, body and result of a method, as a row of the table."""
    given = [
        parameter.name
        for parameter in signature.parameters.values()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        and parameter.default is parameter.empty
        and parameter.name not in ("self", "body")
    ]
    call = f"{name}({', '.join(given)})" if given else name
    body = signature.parameters.get("body")
    return [
        f"`{call}`",
        linked(body.annotation) if body else "",
        linked(signature.return_annotation),
    ]


def linked(annotation: Any) -> str:
    """Return an annotation as the table has it: with a link to the model."""
    words = re.findall(r"\w+", str(annotation))
    counts = {"list": "list of ", "Sequence": "list of ", "Iterator": "each "}
    prefix = counts.get(words[0], "")
    name = words[1] if prefix else words[0]
    if name not in models.__all__:
        return f"`{name}`"
    return f"{prefix}[{name}]({MODELS}#{name.lower()})"


def test_variables_are_those_that_are_read(mock: MockServer) -> None:
    """No variable is missing from the table, and none is superfluous."""
    told = []
    for row in table(text_of(README), "variable"):
        told += words_in_code(row[0])
    assert variables_read(mock) == set(told)
    assert len(told) == len(set(told))


def test_methods_bodies_and_results_are_those_of_the_client() -> None:
    """Each method is in the table once, with its body and its result."""
    rows = table(section(README, "What you can call"), "method")
    assert list(method_rows()) == rows


def test_first_call_is_short() -> None:
    """The first call, from import to result, takes at most ten lines of code."""
    block = text_of(README).partition("```python\n")[2].partition("```")[0]
    lines = [line for line in block.splitlines() if line.strip()]

    assert ".launch_basic(" in block
    assert len(lines) <= 10


def test_regions_of_the_table_are_those_of_the_client() -> None:
    """A reader who sets one of them gets a client."""
    rows = table(text_of(README), "variable")
    (told,) = [row[1] for row in rows if row[0] == "`ENBOARDER_REGION`"]
    assert [region.value for region in Region] == words_in_code(told)


def test_region_has_no_default() -> None:
    """A client without a region is refused, as the table says."""
    with pytest.raises(ConfigurationError):
        Enboarder.from_env({"ENBOARDER_API_KEY": "key"})
