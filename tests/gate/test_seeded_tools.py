"""Faults seeded into copies of the contract that openapi-spec-validator and the generator catch."""

from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

import generate
import rules
from contract import Node
from generate import GenerationFailed
from tests.gate.seeding import Faults, component, lacking, members, operation

VALIDATOR: Faults = {
    "default of a wrong type": (
        lambda d: component(d, "parameters", "Count")["schema"].update(default="many"),
        ["'many' is not of type 'integer'"],
    ),
    "invalid regular expression": (
        lambda d: members(d, "Brand")["btnbg"].update(pattern="^#[0-9"),
        ["properties/btnbg/pattern: '^#[0-9'"],
    ),
    "duplicate operationId": (
        lambda d: operation(d, "/brand/all").update(operationId="getForms"),
        ["getForms"],
    ),
}

GENERATOR: Faults = {
    "mistyped media type": (
        lambda d: component(d, "responses", "Brands").update(
            content={
                "application/jsn": component(d, "responses", "Brands")["content"][
                    "application/json"
                ]
            }
        ),
        ["GET /brand/all", "application/jsn"],
    ),
    "object without a name": (
        lambda d: members(d, "Brand").update(
            colours={"type": "object", "properties": {"button": {"type": "string"}}}
        ),
        ["BrandColours", "make it a component"],
    ),
}


@pytest.mark.parametrize("name", VALIDATOR)
def test_openapi_spec_validator_catches(document: Node, name: str) -> None:
    """The strict validator is a second opinion; it tells the place inside a component only."""
    change, told = VALIDATOR[name]
    change(document)
    faults = [
        f"{'/'.join(map(str, error.path))}: {error.message}"
        for error in errors(document)
    ]
    assert lacking(told, "\n".join(faults)) == []


def errors(document: Node) -> Any:
    return OpenAPIV31SpecValidator(document).iter_errors()


@pytest.mark.usefixtures("own_tools")
@pytest.mark.parametrize("name", GENERATOR)
def test_the_generator_catches(document: Node, tmp_path: Path, name: str) -> None:
    """What would get lost in generated code stops the generation."""
    change, told = GENERATOR[name]
    change(document)
    rules.check(document)
    with pytest.raises(GenerationFailed) as caught:
        generate.generate(document, tmp_path / "enboarder_api")
    assert lacking(told, str(caught.value)) == []


def test_the_validator_is_content_with_the_contract_itself(document: Node) -> None:
    """What is found in a broken copy is not there in the whole one."""
    assert [] == list(errors(document))
