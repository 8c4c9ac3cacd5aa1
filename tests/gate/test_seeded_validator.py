"""openapi-spec-validator finds faults that are seeded into copies of the contract.

The validator is a second opinion beside the project's rules.
"""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from enboarder.contract.walk import Node
from tests.scripts.seeding import Faults, component, lacking, members, operation

FAULTS: Faults = {
    "a default of a wrong type": (
        lambda d: component(d, "parameters", "Count")["schema"].update(default="many"),
        ["'many'"],
    ),
    "an invalid regular expression": (
        lambda d: members(d, "Brand")["btnbg"].update(pattern="^#[0-9"),
        ["properties/btnbg/pattern: ", "'^#[0-9'"],
    ),
    "an operationId twice": (
        lambda d: operation(d, "/brand/all").update(operationId="getForms"),
        ["getForms"],
    ),
}


def problems(document: Node) -> list[str]:
    """What the validator says, with the places inside components."""
    errors: Any = OpenAPIV31SpecValidator(document).iter_errors()
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors]


@pytest.mark.parametrize("name", FAULTS)
def test_openapi_spec_validator_finds(document: Node, name: str) -> None:
    """The message names the place."""
    change, wanted = FAULTS[name]
    change(document)

    assert [] == lacking(wanted, "\n".join(problems(document)))


def test_the_validator_is_content_with_the_contract(document: Node) -> None:
    """What is found in a broken copy is not in the contract itself."""
    assert [] == problems(document)
