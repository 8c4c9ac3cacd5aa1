"""What a run and a single launch need of the client's methods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from enboarder_api.rules import BODIES, RULES
from enboarder_api.types import named_values, to_json

from ..errors import ConfigurationError
from ..sending.plan import chosen_body

NEEDED = ("enboarder_api.bodies", "enboarder_api.catalogue", "enboarder_api.checks")
"""What the client imports with its first write."""


def import_calls(operations: Iterable[str]) -> None:
    """Import what calls of these operations need, before anybody is claimed.

    Later, a process without a free file descriptor would break off in the middle, and
    it would not be known that nothing was sent.

    Raises:
        ConfigurationError: they cannot be imported; nothing was sent.
    """
    modules = [f"enboarder_api.api.{operation}" for operation in sorted(operations)]
    try:
        for module in (*modules, *NEEDED):
            import_module(module)
    except OSError as error:
        raise ConfigurationError(
            f"Python cannot read a module ({error.strerror}), so nothing was sent; if "
            "too many files are open, close some or raise the limit (ulimit -n)"
        ) from None


def wire_body(operation: str, body: Any, fields: Mapping[str, Any]) -> Any:
    """Return the body of a call, which may give its fields as keywords, by wire names.

    Args:
        operation: such as `workflows.launch_basic`.
        body: a model or a mapping with wire names; UNSET if there are fields.
        fields: by readable names.

    Raises:
        InvalidInput: there are both, or neither.
        TypeError: the operation has no such field.
    """
    wires = {
        field.name: wire
        for wire, field in RULES[BODIES[operation].rule or ""].fields.items()
    }
    given: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in wires:
            raise TypeError(f"{operation} has no field {name!r}")
        given[wires[name]] = named_values(value) if name == "custom_fields" else value
    return to_json(chosen_body(operation, body, given))
