# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Tell which body a call gives: one value, or the fields of an object."""

from collections.abc import Mapping
from typing import Any

from .rules import BODIES, RULES
from .types import Unset


def body_of(operation: str, body: Any, fields: Mapping[str, Any]) -> Any:
    """Return the body that a call gives.

    Args:
        operation: The operation's name.
        body: A model, or a mapping or list with wire names; UNSET if there is none.
        fields: The fields by wire name; unset ones are left out.

    Raises:
        ValueError: The call gives both a body and fields, or neither.
    """
    given = {
        wire: value for wire, value in fields.items() if not isinstance(value, Unset)
    }
    if not isinstance(body, Unset):
        if given:
            names = ", ".join(_readable(operation, wire) for wire in given)
            raise ValueError(
                f"the call gives a body and also {names}; put them into the body, or "
                "give all fields as keywords"
            )
        return body
    if not given:
        raise ValueError(
            "the call gives no body; give its fields as keywords, a model, or a "
            "mapping with wire names"
        )
    return given


def _readable(operation: str, wire: str) -> str:
    rule = RULES[BODIES[operation].rule or ""]
    return rule.fields[wire].name
