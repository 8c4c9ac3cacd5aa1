"""What the generator would warn of, rename or drop stops the generation."""

from __future__ import annotations

from pathlib import Path

import pytest

from enboarder.contract.walk import Node
from scripts.codegen import rules
from scripts.codegen.generator import generate
from scripts.codegen.naming import GenerationFailed
from scripts.codegen.reading import ContractBroken
from tests.scripts.seeding import Faults, component, lacking, members, operation

pytestmark = [pytest.mark.untraced, pytest.mark.usefixtures("own_ruff")]


def name_logo(document: Node, name: str) -> None:
    """Give a property of a schema another name in Python."""
    members(document, "Brand")["logo"]["x-name"] = name


def name_field(document: Node, schema: str, wire_name: str, name: str) -> None:
    """Give a field of a request body another name in Python."""
    members(document, schema)[wire_name]["x-name"] = name


def name_parameter(document: Node, parameter: str, name: str) -> None:
    component(document, "parameters", parameter)["x-name"] = name


def name_method(document: Node, name: str) -> None:
    operation(document, "/scim/v2/Users")["x-python"] = name


def answer_brands(document: Node, media_type: str) -> None:
    """Give the answer to a read another media type."""
    response = component(document, "responses", "Brands")
    response["content"] = {media_type: response["content"]["application/json"]}


FAULTS: Faults = {
    "a name with a blank": (
        lambda d: name_logo(d, "the logo"),
        ["Brand/properties/logo/x-name", "'the logo'"],
    ),
    "a name that is a keyword": (
        lambda d: name_logo(d, "class"),
        ["Brand.logo", "'class'"],
    ),
    "a name that begins with a digit": (
        lambda d: name_logo(d, "2nd_logo"),
        ["Brand/properties/logo/x-name", "'2nd_logo'"],
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
        ["Brand/properties/colours", "component"],
    ),
    "an object inside a list": (
        lambda d: members(d, "Brand").update(
            colours={"type": "array", "items": {"type": "object"}}
        ),
        ["Brand/properties/colours", "component"],
    ),
    "an unknown media type": (
        lambda d: answer_brands(d, "application/scim-json"),
        ["responses/Brands/content", "application/scim-json"],
    ),
    "a mistyped media type": (
        lambda d: answer_brands(d, "application/jsn"),
        ["responses/Brands/content", "application/jsn"],
    ),
    "a path parameter that is a keyword": (
        lambda d: name_parameter(d, "BrandId", "class"),
        ["brands.get_by_id", "'class'"],
    ),
    "a query parameter with a blank": (
        lambda d: name_parameter(d, "Count", "how many"),
        ["parameters/Count/x-name", "'how many'"],
    ),
    "two parameters of one name": (
        lambda d: name_parameter(d, "Count", "start_index"),
        ["users.get_all", "'start_index'"],
    ),
    "a field with the name of an option": (
        lambda d: members(d, "WorkflowCancellation").update(
            timeout={"type": "string", "description": "When it ends."}
        ),
        ["WorkflowCancellation.timeout", "workflows.cancel", "'timeout'", "option"],
    ),
    "a field with the name of a parameter": (
        lambda d: name_field(d, "ProfileUpdate", "lastName", "profile_id"),
        ["ProfileUpdate.lastName", "profiles.update", "'profile_id'", "parameter"],
    ),
    "a field that is called body": (
        lambda d: members(d, "ProfilePhoto")["body"].pop("x-name"),
        ["ProfilePhoto.body", "profiles.set_photo", "'body'"],
    ),
    "a method that is a keyword": (
        lambda d: name_method(d, "users.import"),
        ["users.import", "x-python"],
    ),
    "a method in camel case": (
        lambda d: name_method(d, "users.getAll"),
        ["users.get_all", "x-python"],
    ),
}


def checked_and_generated(document: Node, target: Path) -> None:
    """Do what `scripts.generate` does."""
    rules.check(document)
    generate(document, target)


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_generated_is_named(
    document: Node, tmp_path: Path, name: str
) -> None:
    """The rules, or the generation after them, refuse it with the place."""
    change, wanted = FAULTS[name]
    change(document)
    with pytest.raises((ContractBroken, GenerationFailed)) as caught:
        checked_and_generated(document, tmp_path / "enboarder_api")

    assert [] == lacking(wanted, str(caught.value))
