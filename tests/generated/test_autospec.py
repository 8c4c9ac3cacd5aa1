"""`create_autospec` knows the resources of a client and their methods."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from typing import Any
from unittest.mock import create_autospec

import pytest

from enboarder import AsyncEnboarder, Enboarder
from enboarder_api.api import AsyncResources, Resources
from enboarder_api.operations import OPERATIONS
from tests.generated.senders import RecordingSender

pytestmark = pytest.mark.untraced

LAUNCH = {"nhnm": "Alex Example"}
KINDS = [Resources, AsyncResources, Enboarder, AsyncEnboarder]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("instance", [True, False], ids=["instance", "class"])
def test_every_operation_is_there(kind: type, instance: bool) -> None:
    """A mock of a class, or of its instance, has each operation with its signature."""
    mock = create_autospec(kind, instance=instance)

    for name in OPERATIONS:
        resource, _, method = name.partition(".")
        parameters = inspect.signature(getattr(getattr(mock, resource), method))
        assert {"timeout", "params"} <= parameters.parameters.keys()
        assert "self" not in parameters.parameters


@pytest.mark.parametrize("kind", KINDS)
def test_misspelt_name_is_an_attribute_error(kind: type) -> None:
    """A test that calls what does not exist fails."""
    mock = create_autospec(kind, instance=True)

    with pytest.raises(AttributeError):
        mock.workflows.lunch_basic(LAUNCH)
    with pytest.raises(AttributeError):
        mock.workflow.launch_basic(LAUNCH)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "arguments", "options"),
    [
        ("launch_bulk", (), {}),
        ("launch_basic", (LAUNCH, LAUNCH), {}),
        ("launch_basic", (LAUNCH,), {"timout": 5}),
        ("launch_basic", (), {"employe_name": "Alex Example"}),
    ],
    ids=["missing", "too many", "misspelt option", "misspelt field"],
)
def test_wrong_argument_is_a_type_error(
    kind: type, name: str, arguments: tuple[Any, ...], options: dict[str, Any]
) -> None:
    """A test that calls a method with wrong arguments fails."""
    mock = create_autospec(kind, instance=True)

    with pytest.raises(TypeError):
        getattr(mock.workflows, name)(*arguments, **options)


def test_blocking_method_returns_at_once() -> None:
    """The mock of a blocking client returns what the test sets, and notes the call."""
    mock = create_autospec(Enboarder, instance=True)
    mock.workflows.launch_basic.return_value = "launched"

    assert mock.workflows.launch_basic(LAUNCH, timeout=5) == "launched"
    mock.workflows.launch_basic.assert_called_once_with(LAUNCH, timeout=5)
    assert mock.workflows.launch_basic(employee_name="Alex Example") == "launched"
    mock.workflows.launch_basic.assert_called_with(employee_name="Alex Example")


def test_awaited_method_is_awaited() -> None:
    """The mock of an awaited client is awaited, and its `iter_…` is iterated over."""
    mock = create_autospec(AsyncEnboarder, instance=True)
    mock.workflows.launch_basic.return_value = "launched"
    mock.reports.iter_form_data.return_value.__aiter__.return_value = ["row"]

    async def use() -> list[Any]:
        launched = await mock.workflows.launch_basic(LAUNCH)
        return [launched, *[row async for row in mock.reports.iter_form_data("F-1")]]

    assert asyncio.run(use()) == ["launched", "row"]


def test_resource_is_built_once_per_client() -> None:
    """Each client has resources of its own, which stay the same."""
    sender = RecordingSender()
    one = Resources(sender)
    other = Resources(sender)

    assert one.workflows is one.workflows
    assert one.workflows is not other.workflows
    assert isinstance(one.workflows, Resources.workflows)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Resources(sender)", []),
        ("Resources(sender).users", ["enboarder_api.api.users"]),
        ("Resources.users", ["enboarder_api.api.users"]),
    ],
)
def test_resource_is_imported_on_first_use(statement: str, expected: list[str]) -> None:
    """A client imports no resource and no model before it is used."""
    script = f"""
import sys
from contextlib import nullcontext
from types import SimpleNamespace
from enboarder_api.api import Resources
sender = SimpleNamespace(loading=nullcontext())
{statement}
lazy = ("enboarder_api.api.", "enboarder_api.models", "attr")
print(*sorted(name for name in sys.modules if name.startswith(lazy)), sep="\\n")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )

    assert done.stdout.split() == expected
