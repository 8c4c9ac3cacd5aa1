"""A contract that breaks a rule is refused, and the message names the place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from enboarder.contract.walk import Node
from scripts.codegen import reading, rules
from scripts.codegen.reading import ContractBroken
from scripts.layout import CONTRACT
from tests.scripts.seeding import (
    BASIC,
    BASIC_TWIN,
    Change,
    Faults,
    component,
    entry,
    example,
    lacking,
    members,
    oauth2,
    operation,
)

pytestmark = pytest.mark.untraced

EVIDENCE = ("verified", "documented", "contradictory", "third-party", "inferred")
TWIN_PLACE = "launchBasicWorkflowWithToken (POST /restapi/v2/startwf/basic)"
BRANDS_PLACE = "getBrands (GET /brand/all)"


def basic(document: Node) -> Node:
    return operation(document, BASIC, "post")


def basic_twin(document: Node) -> Node:
    return operation(document, BASIC_TWIN, "post")


def brands(document: Node) -> Node:
    return operation(document, "/brand/all")


def rename_method(document: Node) -> None:
    item = document["paths"][BASIC_TWIN]
    item["put"] = item.pop("post")


def call_it_error(document: Node) -> None:
    """Rename a schema, and every reference to it."""
    old = '"#/components/schemas/FieldError"'
    text = json.dumps(document).replace(old, '"#/components/schemas/Error"')
    document.clear()
    document.update(json.loads(text))
    schemas = document["components"]["schemas"]
    schemas["Error"] = schemas.pop("FieldError")


def refer(document: Node, reference: str) -> None:
    members(document, "Brand")["colours"] = {"$ref": reference}


TWINS: Faults = {
    "other parameters": (
        lambda d: basic_twin(d).update(
            parameters=[{"$ref": "#/components/parameters/NextKey"}]
        ),
        [TWIN_PLACE, "parameters", "launchBasicWorkflow (POST"],
    ),
    "another body": (
        lambda d: basic_twin(d).update(
            requestBody={"$ref": "#/components/requestBodies/BulkLaunch"}
        ),
        [TWIN_PLACE, "requestBody"],
    ),
    "other responses": (
        lambda d: basic_twin(d)["responses"].pop("default"),
        [TWIN_PLACE, "responses"],
    ),
    "another outcome": (
        lambda d: basic_twin(d).pop("x-outcome-by"),
        [TWIN_PLACE, "x-outcome-by"],
    ),
    "another method": (rename_method, ["launchBasicWorkflowWithToken (PUT", "method"]),
    "a twin that does not exist": (
        lambda d: basic_twin(d).update({"x-twin": "noSuchOperation"}),
        [TWIN_PLACE, "'noSuchOperation'"],
    ),
    "a twin that is gone": (
        lambda d: d["paths"].pop(BASIC_TWIN),
        ["launchBasicWorkflow (POST", "launchBasicWorkflowWithToken"],
    ),
    "a twin that does not name it back": (
        lambda d: basic(d).pop("x-twin"),
        [TWIN_PLACE, "'launchBasicWorkflow'"],
    ),
    "no Python name": (lambda d: basic(d).pop("x-python"), [TWIN_PLACE, "x-python"]),
}

NAMES: Faults = {
    "an operationId twice": (
        lambda d: brands(d).update(operationId="getForms"),
        ["'getForms'", "(GET /reports/forms)", "(GET /brand/all)"],
    ),
    "no operationId": (
        lambda d: brands(d).pop("operationId"),
        ["GET /brand/all", "operationId"],
    ),
    "an x-python twice": (
        lambda d: operation(d, "/brand/byid/{id}").update(
            {"x-python": "brands.get_all"}
        ),
        ["'brands.get_all'", BRANDS_PLACE, "getBrandById (GET /brand/byid/{id})"],
    ),
    "neither x-python nor x-twin": (
        lambda d: brands(d).pop("x-python"),
        [BRANDS_PLACE, "x-python", "x-twin"],
    ),
    "an x-python of another tag": (
        lambda d: brands(d).update({"x-python": "labels.get_all"}),
        [BRANDS_PLACE, "'labels.get_all'"],
    ),
    "an x-name twice": (
        lambda d: members(d, "Brand")["logo"].update({"x-name": "email_from"}),
        ["components/schemas/Brand", "'email_from'"],
    ),
}

MISSING: Faults = {
    "a summary": (lambda d: brands(d).pop("summary"), [f"{BRANDS_PLACE}: summary"]),
    "responses": (lambda d: brands(d).pop("responses"), [f"{BRANDS_PLACE}: responses"]),
    "the region of a server": (
        lambda d: d["servers"][0].pop("x-region"),
        ["servers/0: x-region"],
    ),
    "the id of a catalogue entry": (
        lambda d: d["x-error-catalogue"][1].pop("id"),
        ["x-error-catalogue/1: id"],
    ),
}

CATALOGUE: Faults = {
    "an unknown kind": (
        lambda d: entry(d, "profile-exists").update(kind="error"),
        ["x-error-catalogue/profile-exists", "'error'"],
    ),
    "an entry that matches nothing": (
        lambda d: entry(d, "launched").pop("message"),
        ["x-error-catalogue/launched"],
    ),
    "a status without a number": (
        lambda d: entry(d, "status-conflict").pop("status"),
        ["x-error-catalogue/status-conflict", "status"],
    ),
}

SUBSET: Faults = {
    "a dangling reference": (
        lambda d: refer(d, "#/components/schemas/Colours"),
        ["Brand/properties/colours", "'#/components/schemas/Colours'"],
    ),
    "an external reference": (
        lambda d: refer(d, "colours.yaml#/Colours"),
        ["Brand/properties/colours", "colours.yaml"],
    ),
    "a reference that leads to itself": (
        lambda d: refer(d, "#/components/schemas/Brand/properties/colours"),
        ["Brand/properties/colours"],
    ),
    "a reference out of the components": (
        lambda d: refer(d, "#/x-error-catalogue"),
        ["Brand/properties/colours", "'#/x-error-catalogue'"],
    ),
    "a sibling of a reference": (
        lambda d: members(d, "ScimUserList")["Resources"]["items"].update(
            description="A user."
        ),
        ["ScimUserList/properties/Resources/items", "description"],
    ),
    "a limit of strings on a date": (
        lambda d: members(d, "BasicLaunch")["nhstdt"].update(maxLength=10),
        ["BasicLaunch/properties/nhstdt", "maxLength"],
    ),
    "a schema called Error": (call_it_error, ["components/schemas/Error"]),
    "an array without items": (
        lambda d: members(d, "ProfileCreation")["profilefields"].pop("items"),
        ["ProfileCreation/properties/profilefields", "items"],
    ),
    "const": (
        lambda d: members(d, "Brand")["addhttp"].update(const="yes"),
        ["Brand/properties/addhttp", "const", "enum"],
    ),
    "a union of types": (
        lambda d: members(d, "Brand")["addhttp"].update(type=["string", "boolean"]),
        ["Brand/properties/addhttp", "'boolean'"],
    ),
    "a default of a wrong type": (
        lambda d: component(d, "parameters", "Count")["schema"].update(default="many"),
        ["components/parameters/Count/schema", "'many'"],
    ),
    "a boolean default of an integer": (
        lambda d: component(d, "parameters", "Count")["schema"].update(default=True),
        ["components/parameters/Count/schema", "True"],
    ),
    "a default that is not one of the values": (
        lambda d: component(d, "parameters", "ShowWarnings")["schema"].update(
            default="maybe"
        ),
        ["components/parameters/ShowWarnings/schema", "'maybe'"],
    ),
    "an invalid regular expression": (
        lambda d: members(d, "Brand")["btnbg"].update(pattern="^#[0-9"),
        ["Brand/properties/btnbg", "'^#[0-9'"],
    ),
    "a server variable": (
        lambda d: d["servers"][1].update(variables={"tier": {"default": "e1"}}),
        ["servers/1", "variables"],
    ),
    "webhooks": (lambda d: d.update(webhooks={}), ["webhooks"]),
    "callbacks": (
        lambda d: basic(d).update(callbacks={}),
        [f"POST {BASIC}", "callbacks"],
    ),
}

WITH_EVIDENCE: dict[str, Change] = {
    BRANDS_PLACE: brands,
    TWIN_PLACE: basic_twin,
    "servers/1": lambda d: d["servers"][1],
    "components/schemas/Brand": lambda d: component(d, "schemas", "Brand"),
    "components/parameters/NextKey": lambda d: component(d, "parameters", "NextKey"),
    "components/requestBodies/BasicLaunch": lambda d: component(
        d, "requestBodies", "BasicLaunch"
    ),
    "components/responses/Launched": lambda d: component(d, "responses", "Launched"),
    "components/securitySchemes/oauth2": oauth2,
    "x-error-catalogue/launched": lambda d: entry(d, "launched"),
}


def message_of(document: Node) -> str:
    """What is said of a contract that must be refused."""
    with pytest.raises(ContractBroken) as caught:
        rules.check(document)
    return str(caught.value)


@pytest.mark.parametrize("name", TWINS)
def test_twins_agree_in_everything_but_path_and_credential(
    document: Node, name: str
) -> None:
    """A difference between twins is named with the operation and the member."""
    change, wanted = TWINS[name]
    change(document)

    assert [] == lacking(wanted, message_of(document))


@pytest.mark.parametrize("name", NAMES)
def test_names_are_unique_and_lead_to_a_method(document: Node, name: str) -> None:
    """A name that is missing, doubled or misplaced is named with each place."""
    change, wanted = NAMES[name]
    change(document)

    assert [] == lacking(wanted, message_of(document))


@pytest.mark.parametrize("name", MISSING)
def test_what_is_needed_must_be_there(document: Node, name: str) -> None:
    """A missing member is named with its place."""
    change, wanted = MISSING[name]
    change(document)

    assert [] == lacking(wanted, message_of(document))


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_entry_of_the_catalogue_can_be_found(document: Node, name: str) -> None:
    """An entry to which nothing leads is named by its id."""
    change, wanted = CATALOGUE[name]
    change(document)

    assert [] == lacking(wanted, message_of(document))


@pytest.mark.parametrize("name", SUBSET)
def test_what_other_tools_do_not_understand_is_refused(
    document: Node, name: str
) -> None:
    """What leaves the subset is named with its place."""
    change, wanted = SUBSET[name]
    change(document)

    assert [] == lacking(wanted, message_of(document))


@pytest.mark.parametrize("member", ["x-evidence", "x-source"])
@pytest.mark.parametrize("place", WITH_EVIDENCE)
def test_everything_has_evidence_and_a_source(
    document: Node, place: str, member: str
) -> None:
    """Without one of them the contract is refused, and only that place is named."""
    WITH_EVIDENCE[place](document).pop(member)
    with pytest.raises(ContractBroken) as caught:
        rules.check(document)

    (problem,) = caught.value.problems
    assert problem.startswith(f"{place}: {member} ")


def test_evidence_is_one_of_five_words(document: Node) -> None:
    """Another word is refused, and the five are listed."""
    brands(document)["x-evidence"] = "probably"
    message = message_of(document)

    assert [] == lacking([BRANDS_PLACE, "'probably'", *EVIDENCE], message)


def test_all_broken_rules_are_reported_together(document: Node) -> None:
    """Nobody has to correct a contract one error at a time."""
    basic_twin(document).pop("summary")
    brands(document).pop("x-evidence")
    component(document, "schemas", "Brand").pop("x-source")
    with pytest.raises(ContractBroken) as caught:
        rules.check(document)

    assert 3 == len(caught.value.problems)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (("  version: ", "  version: 0.0.1\n  version: "), ['"version"', "line 7"]),
        (("info:\n", "info: [\n"), ["line"]),
        (('"2027-01-12"', "2027-01-12"), ["value/nhstdt", "date", "quotes"]),
        (('"2027-01-12"', "2027-02-31"), ["enboarder.yaml", "day"]),
        (('"200": ', "200: "), ["responses/200", "quotes"]),
        (("status: 400", "status: .nan"), ["status", "nan"]),
        (("tags: [workflows]", "tags: &it [*it]"), ["tags", "itself"]),
    ],
    ids=[
        "a key twice",
        "a bracket that is not closed",
        "a date without quotes",
        "a date that does not exist",
        "a status without quotes",
        "a number that JSON lacks",
        "a list that contains itself",
    ],
)
def test_yaml_is_read_strictly(
    tmp_path: Path, change: tuple[str, str], wanted: list[str]
) -> None:
    """What is no clean YAML, or no JSON, is refused with the line or the place."""
    path = tmp_path / "enboarder.yaml"
    path.write_text(CONTRACT.read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(ContractBroken) as caught:
        reading.load(path)

    assert [] == lacking(wanted, str(caught.value))


BEYOND: Faults = {
    "a tag that is not declared": (
        lambda d: d["tags"].pop(),
        [BRANDS_PLACE, "'brands'"],
    ),
    "an iterator with the name of a method": (
        lambda d: operation(d, "/reports/forms/{id}/data").update(
            {"x-iterator": "get_forms"}
        ),
        ["'reports.get_forms'", "getFormData"],
    ),
    "a page without a cursor": (
        lambda d: members(d, "FormDataPage").pop("nextKey"),
        ["getFormData", "nextKey", "FormDataPage"],
    ),
    "a path parameter that is not described": (
        lambda d: operation(d, "/brand/byid/{id}").pop("parameters"),
        ["getBrandById", "'id'"],
    ),
    "a credential without evidence": (
        lambda d: brands(d)["x-credentials"].pop("oauth2"),
        [BRANDS_PLACE, "oauth2"],
    ),
    "a reply that requires a member": (
        lambda d: component(d, "schemas", "FormList").update(required=["items"]),
        ["components/schemas/FormList", "required"],
    ),
    "a reply with closed values": (
        lambda d: members(d, "ScimUser").update(
            userType={
                "allOf": [{"$ref": "#/components/schemas/UserType"}],
                "description": "The role.",
            }
        ),
        ["components/schemas/UserType", "enum"],
    ),
    "an enum whose type a tool cannot see": (
        lambda d: members(d, "ScimUserInput")["userType"].pop("type"),
        ["ScimUserInput/properties/userType", "type must be string"],
    ),
    "a wrapped reference with another type": (
        lambda d: members(d, "ScimUserInput")["name"].update(type="string"),
        ["ScimUserInput/properties/name", "type must be object"],
    ),
    "a token URL without a server": (
        lambda d: d["servers"].pop(1),
        ["x-token-urls/EU"],
    ),
    "a region twice": (
        lambda d: d["servers"][1].update({"x-region": "AU"}),
        ["'AU'", "servers/0", "servers/1"],
    ),
    "an operation of the catalogue that does not exist": (
        lambda d: entry(d, "launched")["operations"].append("workflows.start"),
        ["x-error-catalogue/launched", "'workflows.start'"],
    ),
    "a required member that does not exist": (
        lambda d: members(d, "CustomField").pop("value"),
        ["components/schemas/CustomField", "'value'"],
    ),
    "an example that does not fit": (
        lambda d: component(d, "parameters", "BrandId").update(example=7),
        ["components/parameters/BrandId/example", "7"],
    ),
    "an example of a body that does not fit": (
        lambda d: example(d).pop("nhnm"),
        ["BasicLaunch", "examples/sample/value", "'nhnm'"],
    ),
    "too few names of constants": (
        lambda d: component(d, "schemas", "ImageType")["x-enum-varnames"].pop(),
        ["components/schemas/ImageType", "x-enum-varnames"],
    ),
}


@pytest.mark.parametrize("name", BEYOND)
def test_what_a_schema_cannot_say_is_held(document: Node, name: str) -> None:
    """Members that do not agree with each other are named with their place."""
    change, wanted = BEYOND[name]
    change(document)

    assert [] == lacking(wanted, message_of(document))


def test_the_contract_keeps_the_rules(document: Any) -> None:
    """What is found in a broken copy is not in the contract itself."""
    rules.check(document)
