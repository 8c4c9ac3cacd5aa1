"""What the generator would warn of, rename or drop stops the generation."""

from __future__ import annotations

from pathlib import Path

import pytest

from enboarder.contract.walk import Node
from scripts.codegen import rules
from scripts.codegen.generator import generate
from scripts.codegen.naming import GenerationFailed
from tests.scripts.seeding import Faults, component, lacking, members, operation

pytestmark = [pytest.mark.untraced, pytest.mark.usefixtures("own_ruff")]


def name_logo(document: Node, name: str) -> None:
    """Give a property of a schema another name in Python."""
    members(document, "Brand")["logo"]["x-name"] = name


def name_parameter(document: Node, parameter: str, name: str) -> None:
    component(document, "parameters", parameter)["x-name"] = name


def name_method(document: Node, name: str) -> None:
    operation(document, "/brand/all")["x-python"] = name


def answer_brands(document: Node, media_type: str) -> None:
    """Give the answer to a read another media type."""
    response = component(document, "responses", "Brands")
    response["content"] = {media_type: response["content"]["application/json"]}


FAULTS: Faults = {
    "a name with a blank": (
        lambda d: name_logo(d, "the logo"),
        ["Brand.logo", "'the logo'"],
    ),
    "a name that is a keyword": (
        lambda d: name_logo(d, "class"),
        ["Brand.logo", "'class'"],
    ),
    "a name that begins with a digit": (
        lambda d: name_logo(d, "2nd_logo"),
        ["Brand.logo", "'2nd_logo'"],
    ),
    "a name that models use themselves": (
        lambda d: name_logo(d, "to_dict"),
        ["Brand.logo", "'to_dict'"],
    ),
    "a name that another member has": (
        lambda d: name_logo(d, "icon"),
        ["Brand.icon", "'icon'"],
    ),
    "an object inside a schema": (
        lambda d: members(d, "Brand").update(
            colours={"type": "object", "properties": {"button": {"type": "string"}}}
        ),
        ["BrandColours", "component"],
    ),
    "an object inside a list": (
        lambda d: members(d, "Brand").update(
            colours={"type": "array", "items": {"type": "object"}}
        ),
        ["BrandColours", "component"],
    ),
    "an unknown media type": (
        lambda d: answer_brands(d, "application/scim-json"),
        ["GET /brand/all", "application/scim-json"],
    ),
    "a mistyped media type": (
        lambda d: answer_brands(d, "application/jsn"),
        ["GET /brand/all", "application/jsn"],
    ),
    "a path parameter that is a keyword": (
        lambda d: name_parameter(d, "BrandId", "class"),
        ["brands.get_by_id", "'class'"],
    ),
    "a query parameter with a blank": (
        lambda d: name_parameter(d, "Count", "how many"),
        ["users.get_all", "'how many'"],
    ),
    "two parameters of one name": (
        lambda d: name_parameter(d, "Count", "start_index"),
        ["users.get_all", "'start_index'"],
    ),
    "a method that is a keyword": (
        lambda d: name_method(d, "brands.import"),
        ["brands.import", "x-python"],
    ),
    "a method in camel case": (
        lambda d: name_method(d, "brands.getAll"),
        ["brands.get_all", "x-python"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_generated_is_named(
    document: Node, tmp_path: Path, name: str
) -> None:
    """The contract keeps the rules, and still generation fails with the place."""
    change, wanted = FAULTS[name]
    change(document)
    rules.check(document)
    with pytest.raises(GenerationFailed) as caught:
        generate(document, tmp_path / "enboarder_api")

    assert [] == lacking(wanted, str(caught.value))
