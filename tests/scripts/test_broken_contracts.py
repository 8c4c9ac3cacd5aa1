"""A contract that breaks a rule is not generated, and the message names the place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import contract
import generate
import rules
from contract import ContractBroken, Node
from generate import GenerationFailed

pytestmark = pytest.mark.untraced

Change = Callable[[Node], Any]

BASIC = "/restapi/v1/startwf/basic"
BASIC_TWIN = "/restapi/v2/startwf/basic"
TWIN_PLACE = "launchBasicWorkflowOAuth (POST /restapi/v2/startwf/basic)"


def operation(document: Node, path: str, method: str = "post") -> Node:
    found: Node = document["paths"][path][method]
    return found


def schema(document: Node, name: str) -> Node:
    found: Node = document["components"]["schemas"][name]
    return found


def rename_method(document: Node) -> None:
    item = document["paths"][BASIC_TWIN]
    item["put"] = item.pop("post")


BROKEN: dict[str, tuple[Change, list[str]]] = {
    "a twin with other parameters": (
        lambda d: operation(d, BASIC_TWIN).update(
            parameters=[{"$ref": "#/components/parameters/NextKey"}]
        ),
        [
            TWIN_PLACE,
            "parameters",
            "launchBasicWorkflow (POST /restapi/v1/startwf/basic)",
        ],
    ),
    "a twin with another body": (
        lambda d: operation(d, BASIC_TWIN).update(
            requestBody={"$ref": "#/components/requestBodies/BulkLaunch"}
        ),
        [TWIN_PLACE, "requestBody"],
    ),
    "a twin with other responses": (
        lambda d: operation(d, BASIC_TWIN)["responses"].pop("default"),
        [TWIN_PLACE, "responses"],
    ),
    "a twin with another outcome": (
        lambda d: operation(d, BASIC_TWIN).pop("x-outcome-by"),
        [TWIN_PLACE, "x-outcome-by"],
    ),
    "a twin with another method": (
        rename_method,
        ["launchBasicWorkflowOAuth (PUT", "method"],
    ),
    "a twin that names nobody": (
        lambda d: operation(d, BASIC_TWIN).update({"x-twin": "noSuchOperation"}),
        [TWIN_PLACE, "'noSuchOperation'"],
    ),
    "a twin that is not named back": (
        lambda d: operation(d, BASIC).pop("x-twin"),
        [TWIN_PLACE, "'launchBasicWorkflow'", "name each other"],
    ),
    "twins without a Python name": (
        lambda d: operation(d, BASIC).pop("x-python"),
        [TWIN_PLACE, "no x-python"],
    ),
    "an operationId twice": (
        lambda d: operation(d, "/brand/all", "get").update(operationId="getForms"),
        ["operationId 'getForms'", "(GET /reports/forms)", "(GET /brand/all)"],
    ),
    "no operationId": (
        lambda d: operation(d, "/brand/all", "get").pop("operationId"),
        ["GET /brand/all has no operationId"],
    ),
    "an x-python twice": (
        lambda d: operation(d, "/brand/byid/{id}", "get").update(
            {"x-python": "brands.get_all"}
        ),
        [
            "x-python 'brands.get_all'",
            "getBrands (GET /brand/all)",
            "getBrandById (GET /brand/byid/{id})",
        ],
    ),
    "neither x-python nor x-twin": (
        lambda d: operation(d, "/brand/all", "get").pop("x-python"),
        ["getBrands (GET /brand/all)", "neither x-python nor x-twin"],
    ),
    "an x-python of another tag": (
        lambda d: operation(d, "/brand/all", "get").update(
            {"x-python": "labels.get_all"}
        ),
        ["getBrands (GET /brand/all)", "'labels.get_all'"],
    ),
    "an x-name twice": (
        lambda d: schema(d, "Brand")["properties"]["logo"].update(
            {"x-name": "email_from"}
        ),
        ["components/schemas/Brand", "'email_from'"],
    ),
    "a reference to nothing": (
        lambda d: schema(d, "Brand")["properties"].update(
            colours={"$ref": "#/components/schemas/Colours"}
        ),
        ["'#/components/schemas/Colours' leads nowhere"],
    ),
    "an array without items": (
        lambda d: schema(d, "Brand")["properties"].update(colours={"type": "array"}),
        ["components/schemas/Brand/properties/colours", "without items"],
    ),
    "no summary": (
        lambda d: operation(d, "/brand/all", "get").pop("summary"),
        ["getBrands (GET /brand/all): summary is missing"],
    ),
    "no responses": (
        lambda d: operation(d, "/brand/all", "get").pop("responses"),
        ["getBrands (GET /brand/all): responses is missing"],
    ),
    "a server without a region": (
        lambda d: d["servers"][0].pop("x-region"),
        ["servers/0: x-region is missing"],
    ),
    "a catalogue entry without an id": (
        lambda d: d["x-error-catalogue"][1].pop("id"),
        ["x-error-catalogue/1: id"],
    ),
}

LOST_EVIDENCE: dict[str, Change] = {
    "getBrands (GET /brand/all)": lambda d: operation(d, "/brand/all", "get"),
    TWIN_PLACE: lambda d: operation(d, BASIC_TWIN),
    "servers/https://api.fra.e1.enboarder.com": lambda d: d["servers"][1],
    "components/schemas/Brand": lambda d: schema(d, "Brand"),
    "components/parameters/NextKey": lambda d: d["components"]["parameters"]["NextKey"],
    "components/requestBodies/BasicLaunch": lambda d: d["components"]["requestBodies"][
        "BasicLaunch"
    ],
    "components/responses/Launched": lambda d: d["components"]["responses"]["Launched"],
    "components/securitySchemes/oauth2": lambda d: d["components"]["securitySchemes"][
        "oauth2"
    ],
    "x-error-catalogue/launched": lambda d: d["x-error-catalogue"][0],
}

NOT_GENERATED: dict[str, tuple[Change, list[str]]] = {
    "a name with a blank": (
        lambda d: schema(d, "Brand")["properties"]["logo"].update(
            {"x-name": "the logo"}
        ),
        ["Brand.logo", "'the logo'"],
    ),
    "a name that is a keyword": (
        lambda d: schema(d, "Brand")["properties"]["logo"].update({"x-name": "class"}),
        ["Brand.logo", "'class'"],
    ),
    "a name that begins with a digit": (
        lambda d: schema(d, "Brand")["properties"]["logo"].update(
            {"x-name": "2nd_logo"}
        ),
        ["Brand.logo", "'2nd_logo'"],
    ),
    "a name that models use themselves": (
        lambda d: schema(d, "Brand")["properties"]["logo"].update(
            {"x-name": "to_dict"}
        ),
        ["Brand.logo", "'to_dict' is taken"],
    ),
    "a name that another member has": (
        lambda d: schema(d, "Brand")["properties"]["logo"].update({"x-name": "icon"}),
        ["Brand.icon", "'icon' is taken"],
    ),
    "an object inside a schema": (
        lambda d: schema(d, "Brand")["properties"].update(
            colours={"type": "object", "properties": {"button": {"type": "string"}}}
        ),
        ["BrandColours", "make it a component"],
    ),
    "an object inside a list": (
        lambda d: schema(d, "Brand")["properties"].update(
            colours={"type": "array", "items": {"type": "object"}}
        ),
        ["BrandColours", "make it a component"],
    ),
    "a media type that the generator cannot read": (
        lambda d: d["components"]["responses"]["Brands"].update(
            content={
                "application/scim-json": {
                    "schema": {"$ref": "#/components/schemas/Brand"}
                }
            }
        ),
        ["GET /brand/all", "application/scim-json"],
    ),
    "a query parameter called timeout": (
        lambda d: d["components"]["parameters"]["NextKey"].update(
            {"x-name": "timeout"}
        ),
        ["profiles.get_workflows", "'timeout'"],
    ),
    "a query parameter called params on the wire": (
        lambda d: d["components"]["parameters"]["Count"].update(name="params"),
        ["users.get_all", "'params'"],
    ),
    "a path parameter called body": (
        lambda d: d["components"]["parameters"]["BrandId"].update({"x-name": "body"}),
        ["brands.get_by_id", "'body'"],
    ),
    "a path parameter that is a keyword": (
        lambda d: d["components"]["parameters"]["BrandId"].update({"x-name": "class"}),
        ["brands.get_by_id", "'class'"],
    ),
    "a query parameter with a blank": (
        lambda d: d["components"]["parameters"]["Count"].update({"x-name": "how many"}),
        ["users.get_all", "'how many'"],
    ),
    "two parameters of one name": (
        lambda d: d["components"]["parameters"]["Count"].update(
            {"x-name": "start_index"}
        ),
        ["users.get_all", "'start_index'"],
    ),
    "a method that is a keyword": (
        lambda d: operation(d, "/brand/all", "get").update(
            {"x-python": "brands.import"}
        ),
        ["brands.import", "x-python"],
    ),
    "a method in camel case": (
        lambda d: operation(d, "/brand/all", "get").update(
            {"x-python": "brands.getAll"}
        ),
        ["brands.get_all", "x-python"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named(document: Node, name: str) -> None:
    """A rule of the contract that is broken stops the generation, and the place is told."""
    change, told = BROKEN[name]
    change(document)
    with pytest.raises(ContractBroken) as caught:
        rules.check(document)
    assert [text for text in told if text not in str(caught.value)] == []
    assert str(caught.value).startswith("the contract breaks its rules:\n  - ")


@pytest.mark.parametrize("member", ["x-evidence", "x-source"])
@pytest.mark.parametrize("place", LOST_EVIDENCE)
def test_missing_evidence_is_named(document: Node, place: str, member: str) -> None:
    """Without evidence or sources nothing is generated, and the one place is told."""
    LOST_EVIDENCE[place](document).pop(member)
    with pytest.raises(ContractBroken) as caught:
        rules.check(document)
    assert [fault.partition(f": {member} is ")[0] for fault in caught.value.faults] == [
        place
    ]


def test_an_unknown_evidence_is_named(document: Node) -> None:
    """A word of one's own is no evidence; the message lists the five."""
    operation(document, "/brand/all", "get")["x-evidence"] = "probably"
    with pytest.raises(
        ContractBroken,
        match=r"getBrands .*'probably'.* verified, documented, contradictory",
    ):
        rules.check(document)


def test_all_broken_rules_are_told_at_once(document: Node) -> None:
    """Nobody corrects a contract one error at a time."""
    operation(document, BASIC_TWIN).pop("x-outcome-by")
    operation(document, "/brand/all", "get").pop("x-evidence")
    schema(document, "Brand").pop("x-source")
    with pytest.raises(ContractBroken) as caught:
        rules.check(document)
    assert len(caught.value.faults) == 3


@pytest.mark.usefixtures("own_tools")
@pytest.mark.parametrize("name", NOT_GENERATED)
def test_what_cannot_be_generated_is_named(
    document: Node, tmp_path: Path, name: str
) -> None:
    """Where the generator would warn, rename or drop, generation fails with the place."""
    change, told = NOT_GENERATED[name]
    change(document)
    rules.check(document)
    with pytest.raises(GenerationFailed) as caught:
        generate.generate(document, tmp_path / "enboarder_api")
    assert [text for text in told if text not in str(caught.value)] == []


def test_a_key_that_stands_twice_is_named(tmp_path: Path) -> None:
    """YAML would take the last of two equal keys; the contract is refused with key and line."""
    text = contract.CONTRACT.read_text(encoding="utf-8")
    path = tmp_path / "enboarder.yaml"
    path.write_text(
        text.replace("  version: ", "  version: 0.0.1\n  version: ", 1),
        encoding="utf-8",
    )
    with pytest.raises(
        ContractBroken,
        match=r'enboarder\.yaml is not valid YAML: (.|\n)*"version"(.|\n)*line 7',
    ):
        contract.load(path)


def test_what_is_no_yaml_is_told(tmp_path: Path) -> None:
    """A slip of the pen gives the line, not a traceback of the parser."""
    path = tmp_path / "enboarder.yaml"
    path.write_text("openapi: 3.1.0\ninfo: [", encoding="utf-8")
    with pytest.raises(ContractBroken, match="line 2"):
        contract.load(path)
