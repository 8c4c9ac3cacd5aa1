"""Faults seeded into copies of the contract that the project's own rules catch, and name with their place."""

import json
from pathlib import Path

import pytest

import contract
import rules
from contract import ContractBroken, Node
from tests.gate.seeding import (
    BASIC_TWIN,
    Faults,
    component,
    entry,
    lacking,
    members,
    operation,
)

BASIC = "/restapi/v1/startwf/basic"


def called_error(document: Node) -> None:
    text = json.dumps(document).replace(
        '"#/components/schemas/FieldError"', '"#/components/schemas/Error"'
    )
    document.clear()
    document.update(json.loads(text))
    document["components"]["schemas"]["Error"] = document["components"]["schemas"].pop(
        "FieldError"
    )


RULES: Faults = {
    "dangling reference": (
        lambda d: members(d, "Brand").update(
            colours={"$ref": "#/components/schemas/Colours"}
        ),
        ["components/schemas/Brand/properties/colours: ", "Colours"],
    ),
    "external reference": (
        lambda d: members(d, "Brand").update(colours={"$ref": "colours.yaml#/Colours"}),
        ["components/schemas/Brand/properties/colours: ", "colours.yaml"],
    ),
    "reference out of the components": (
        lambda d: members(d, "Brand").update(colours={"$ref": "#/x-error-catalogue"}),
        ["components/schemas/Brand/properties/colours: ", "leaves the components"],
    ),
    "sibling of a reference": (
        lambda d: members(d, "ScimUserList")["Resources"]["items"].update(
            description="A user."
        ),
        ["components/schemas/ScimUserList/properties/Resources/items: ", "description"],
    ),
    "twin that differs": (
        lambda d: operation(d, BASIC_TWIN, "post").pop("x-outcome-by"),
        ["launchBasicWorkflowOAuth (POST /restapi/v2/startwf/basic): ", "x-outcome-by"],
    ),
    "missing twin": (
        lambda d: d["paths"].pop(BASIC_TWIN),
        [
            "launchBasicWorkflow (POST /restapi/v1/startwf/basic): ",
            "launchBasicWorkflowOAuth",
        ],
    ),
    "evidence missing": (
        lambda d: component(d, "schemas", "Brand").pop("x-evidence"),
        ["components/schemas/Brand: x-evidence"],
    ),
    "evidence of one's own": (
        lambda d: operation(d, "/brand/all").update({"x-evidence": "likely"}),
        ["getBrands (GET /brand/all): x-evidence is 'likely'"],
    ),
    "source missing": (
        lambda d: operation(d, "/brand/all").pop("x-source"),
        ["getBrands (GET /brand/all): x-source"],
    ),
    "duplicate operationId": (
        lambda d: operation(d, "/brand/all").update(operationId="getForms"),
        ["(GET /brand/all)", "(GET /reports/forms)"],
    ),
    "operation without responses": (
        lambda d: operation(d, "/brand/all").pop("responses"),
        ["getBrands (GET /brand/all): responses"],
    ),
    "catalogue entry of an unknown kind": (
        lambda d: entry(d, "profile-exists").update(kind="error"),
        ["x-error-catalogue/profile-exists: kind 'error'"],
    ),
    "catalogue entry that matches nothing": (
        lambda d: entry(d, "launched").pop("message"),
        ["x-error-catalogue/launched: "],
    ),
    "string limit on a date": (
        lambda d: members(d, "BasicLaunch")["nhstdt"].update(maxLength=10),
        ["components/schemas/BasicLaunch/properties/nhstdt: maxLength"],
    ),
    "schema called Error": (called_error, ["components/schemas/Error: "]),
    "array without items": (
        lambda d: members(d, "ProfileCreation")["profilefields"].pop("items"),
        ["components/schemas/ProfileCreation/properties/profilefields: ", "items"],
    ),
    "const": (
        lambda d: members(d, "Brand")["addhttp"].update(const="yes"),
        ["components/schemas/Brand/properties/addhttp: ", "const"],
    ),
    "union of types": (
        lambda d: members(d, "Brand")["addhttp"].update(type=["string", "boolean"]),
        ["components/schemas/Brand/properties/addhttp: ", "boolean"],
    ),
    "default of a wrong type": (
        lambda d: component(d, "parameters", "Count")["schema"].update(default="many"),
        ["components/parameters/Count/schema: ", "'many'"],
    ),
    "default that is none of the values": (
        lambda d: component(d, "parameters", "ShowWarnings")["schema"].update(
            default="maybe"
        ),
        ["components/parameters/ShowWarnings/schema: ", "'maybe'"],
    ),
    "invalid regular expression": (
        lambda d: members(d, "Brand")["btnbg"].update(pattern="^#[0-9"),
        ["components/schemas/Brand/properties/btnbg: ", "'^#[0-9'"],
    ),
    "server without a region": (
        lambda d: d["servers"][1].pop("x-region"),
        ["servers/1: x-region"],
    ),
    "server variable": (
        lambda d: d["servers"][1].update(variables={"tier": {"default": "e1"}}),
        ["servers/https://api.fra.e1.enboarder.com: variables"],
    ),
    "webhooks": (lambda d: d.update(webhooks={}), ["webhooks: "]),
    "callbacks": (
        lambda d: operation(d, BASIC, "post").update(callbacks={}),
        [f"POST {BASIC}: callbacks"],
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_the_projects_rules_catch(document: Node, name: str) -> None:
    """What `scripts/generate.py` refuses, with operation, component or entry."""
    change, told = RULES[name]
    change(document)
    with pytest.raises(ContractBroken) as caught:
        rules.check(document)
    assert lacking(told, str(caught.value)) == []


def test_a_key_that_stands_twice_is_caught(tmp_path: Path) -> None:
    """YAML itself is read strictly: the key and its line are told."""
    text = contract.CONTRACT.read_text("utf-8")
    (tmp_path / "enboarder.yaml").write_text(
        text.replace("  title: ", "  title: A\n  title: ", 1), "utf-8"
    )
    with pytest.raises(
        ContractBroken,
        match=r'(?s)enboarder\.yaml is not valid YAML: .*"title".*line 6',
    ):
        contract.load(tmp_path / "enboarder.yaml")


def test_the_contract_itself_keeps_the_rules(document: Node) -> None:
    """What is found in a broken copy is not there in the whole one."""
    rules.check(document)
