"""Faults seeded into copies of the contract: a judge of `make contract` catches each, and its message names the place."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

import contract
import facts
import generate
import judges
from contract import ContractBroken, Node
from generate import GenerationFailed

Change = Callable[[Node], Any]

BASIC = "/restapi/v1/startwf/basic"
BASIC_TWIN = "/restapi/v2/startwf/basic"


def operation(document: Node, path: str, method: str = "get") -> Node:
    found: Node = document["paths"][path][method]
    return found


def component(document: Node, kind: str, name: str) -> Node:
    found: Node = document["components"][kind][name]
    return found


def members(document: Node, name: str) -> Node:
    found: Node = component(document, "schemas", name)["properties"]
    return found


def example(document: Node) -> Node:
    found: Node = component(document, "requestBodies", "BasicLaunch")["content"]["application/json"]["examples"]
    return found["sample"]["value"]  # type: ignore[no-any-return]


def oauth2(document: Node) -> Node:
    return component(document, "securitySchemes", "oauth2")


def entry(document: Node, name: str) -> Node:
    found: Node = next(one for one in document["x-error-catalogue"] if one["id"] == name)
    return found


def called_error(document: Node) -> None:
    text = json.dumps(document).replace('"#/components/schemas/FieldError"', '"#/components/schemas/Error"')
    document.clear()
    document.update(json.loads(text))
    document["components"]["schemas"]["Error"] = document["components"]["schemas"].pop("FieldError")


def move(document: Node, old: str, new: str) -> None:
    document["paths"][new] = document["paths"].pop(old)


# fault -> the change, and what the message has to name
RULES: dict[str, tuple[Change, list[str]]] = {
    "dangling reference": (
        lambda d: members(d, "Brand").update(colours={"$ref": "#/components/schemas/Colours"}),
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
        lambda d: members(d, "ScimUserList")["Resources"]["items"].update(description="A user."),
        ["components/schemas/ScimUserList/properties/Resources/items: ", "description"],
    ),
    "twin that differs": (
        lambda d: operation(d, BASIC_TWIN, "post").pop("x-outcome-by"),
        ["launchBasicWorkflowOAuth (POST /restapi/v2/startwf/basic): ", "x-outcome-by"],
    ),
    "missing twin": (
        lambda d: d["paths"].pop(BASIC_TWIN),
        ["launchBasicWorkflow (POST /restapi/v1/startwf/basic): ", "launchBasicWorkflowOAuth"],
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
        lambda d: component(d, "parameters", "ShowWarnings")["schema"].update(default="maybe"),
        ["components/parameters/ShowWarnings/schema: ", "'maybe'"],
    ),
    "invalid regular expression": (
        lambda d: members(d, "Brand")["btnbg"].update(pattern="^#[0-9"),
        ["components/schemas/Brand/properties/btnbg: ", "'^#[0-9'"],
    ),
    "server without a region": (lambda d: d["servers"][1].pop("x-region"), ["servers/1: x-region"]),
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

FACTS: dict[str, tuple[Change, list[str]]] = {
    "invented host": (
        lambda d: d["servers"][1].update(url="https://api.ber.e1.enboarder.com"),
        ["servers/https://api.ber.e1.enboarder.com: "],
    ),
    "invented host in an example": (
        lambda d: members(d, "Brand")["logo"].update(description="https://cdn.example.net/logo.png"),
        ["components/schemas/Brand/properties/logo/description: ", "cdn.example.net"],
    ),
    "invented path": (
        lambda d: d["paths"].update({"/category/all": copy.deepcopy(d["paths"]["/brand/all"])}),
        ["GET /category/all: "],
    ),
    "mistyped path": (
        lambda d: move(d, "/restapi/v1/startwf/advance", "/restapi/v1/startwf/advanced"),
        ["POST /restapi/v1/startwf/advanced: ", "POST /restapi/v1/startwf/advance: "],
    ),
    "message that no source has": (
        lambda d: entry(d, "profile-created").update(message="^Profile made$"),
        ["x-error-catalogue/profile-created: ", "^Profile made$"],
    ),
    "token URL for Canada": (
        lambda d: oauth2(d)["x-token-urls"].update(CA="https://auth.can.e1.enboarder.com/oauth2/token"),
        ["components/securitySchemes/oauth2/x-token-urls/CA: "],
    ),
    "token URL of the standard is another region's": (
        lambda d: oauth2(d)["flows"]["clientCredentials"].update(
            tokenUrl="https://auth.fra.e1.enboarder.com/oauth2/token"
        ),
        ["components/securitySchemes/oauth2/flows/clientCredentials/tokenUrl: "],
    ),
    "lost scope": (
        lambda d: oauth2(d)["flows"]["clientCredentials"]["scopes"].pop("api/settings.all"),
        ["components/securitySchemes/oauth2/flows/clientCredentials/scopes: api/settings.all"],
    ),
    "Bearer in accessToken": (
        lambda d: component(d, "securitySchemes", "accessToken").update(type="http", scheme="bearer"),
        ["components/securitySchemes/accessToken: ", "bare"],
    ),
}

VALIDATOR: dict[str, tuple[Change, list[str]]] = {
    "default of a wrong type": (RULES["default of a wrong type"][0], ["'many' is not of type 'integer'"]),
    "invalid regular expression": (RULES["invalid regular expression"][0], ["properties/btnbg/pattern: '^#[0-9'"]),
    "duplicate operationId": (RULES["duplicate operationId"][0], ["getForms"]),
}

GENERATOR: dict[str, tuple[Change, list[str]]] = {
    "mistyped media type": (
        lambda d: component(d, "responses", "Brands").update(
            content={"application/jsn": component(d, "responses", "Brands")["content"]["application/json"]}
        ),
        ["GET /brand/all", "application/jsn"],
    ),
    "object without a name": (
        lambda d: members(d, "Brand").update(colours={"type": "object", "properties": {"button": {"type": "string"}}}),
        ["BrandColours", "make it a component"],
    ),
}

REDOCLY: dict[str, tuple[Change, list[str]]] = {
    "wrong example": (
        lambda d: example(d).update(nhnm=7),
        ["#/components/requestBodies/BasicLaunch/content/application~1json/examples/sample/value/nhnm"],
    ),
    "example that misses a required member": (
        lambda d: example(d).pop("mgrnm"),
        ["#/components/requestBodies/BasicLaunch/content/application~1json/examples/sample/value", "mgrnm"],
    ),
    "example with a member that its schema lacks": (
        lambda d: example(d).update(nhname="Alex Example"),
        ["#/components/requestBodies/BasicLaunch/content/application~1json/examples/sample/value", "nhname"],
    ),
    "scope that the flow lacks": (
        lambda d: operation(d, BASIC_TWIN, "post").update(security=[{"oauth2": ["api/workflow.all"]}]),
        ["#/paths/~1restapi~1v2~1startwf~1basic/post/security/0", "api/workflow.all"],
    ),
    "unknown security scheme": (
        lambda d: operation(d, "/brand/all").update(security=[{"basic": []}]),
        ["#/paths/~1brand~1all/get/security/0", "basic"],
    ),
    "colliding path": (
        lambda d: d["paths"].update({"/brand/byid/{name}": copy.deepcopy(d["paths"]["/brand/byid/{id}"])}),
        ["#/paths/~1brand~1byid~1{name}"],
    ),
    "undeclared path parameter": (
        lambda d: operation(d, "/brand/byid/{id}").pop("parameters"),
        ["#/paths/~1brand~1byid~1{id}", "`{id}`"],
    ),
    "misspelt keyword": (
        lambda d: members(d, "Brand")["name"].update(maxLenght=9),
        ["#/components/schemas/Brand/properties/name/maxLenght"],
    ),
    "nullable left from 3.0": (
        lambda d: members(d, "Brand")["name"].update(nullable=True),
        ["#/components/schemas/Brand/properties/name/nullable"],
    ),
    "required names no property": (
        lambda d: component(d, "schemas", "Brand").update(required=["title"]),
        ["#/components/schemas/Brand/required/0", "title"],
    ),
    "unused component": (
        lambda d: d["components"]["schemas"].update(Location=copy.deepcopy(component(d, "schemas", "Brand"))),
        ["#/components/schemas/Location"],
    ),
    "undeclared tag": (
        lambda d: operation(d, "/brand/all").update(tags=["labels"]),
        ["#/paths/~1brand~1all/get/tags/0: ", "global tags"],
    ),
    "type that there is not": (
        lambda d: members(d, "Brand")["name"].update(type="text"),
        ["#/components/schemas/Brand/properties/name/type"],
    ),
}


def lacking(told: list[str], message: str) -> list[str]:
    return [text for text in told if text not in message]


@pytest.mark.parametrize("name", RULES)
def test_the_projects_rules_catch(document: Node, name: str) -> None:
    """What `scripts/generate.py` refuses, with operation, component or entry."""
    change, told = RULES[name]
    change(document)
    with pytest.raises(ContractBroken) as caught:
        contract.check(document)
    assert lacking(told, str(caught.value)) == []


@pytest.mark.parametrize("name", FACTS)
def test_the_facts_catch(document: Node, name: str) -> None:
    """What no source says is found, with its place."""
    change, told = FACTS[name]
    change(document)
    assert lacking(told, "\n".join(facts.faults(document))) == []


@pytest.mark.parametrize("name", VALIDATOR)
def test_openapi_spec_validator_catches(document: Node, name: str) -> None:
    """The strict validator is a second opinion; it tells the place inside a component only."""
    change, told = VALIDATOR[name]
    change(document)
    faults = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors(document)]
    assert lacking(told, "\n".join(faults)) == []


def errors(document: Node) -> Any:
    return OpenAPIV31SpecValidator(document).iter_errors()


@pytest.mark.usefixtures("own_tools")
@pytest.mark.parametrize("name", GENERATOR)
def test_the_generator_catches(document: Node, tmp_path: Path, name: str) -> None:
    """What would get lost in generated code stops the generation."""
    change, told = GENERATOR[name]
    change(document)
    contract.check(document)
    with pytest.raises(GenerationFailed) as caught:
        generate.generate(document, tmp_path / "enboarder_api")
    assert lacking(told, str(caught.value)) == []


@pytest.fixture(scope="session")
def linted(npm: None, original: Node, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What Redocly says of each broken copy, and of a whole one; one process lints them all."""
    folder = tmp_path_factory.mktemp("linted")
    changes: dict[str, Change] = {"whole": lambda _: None} | {name: change for name, (change, _) in REDOCLY.items()}
    for name, change in changes.items():
        document = copy.deepcopy(original)
        change(document)
        (folder / f"{name}.json").write_text(json.dumps(document), "utf-8")
    done = judges.lint([folder / f"{name}.json" for name in changes], "json")
    told = dict.fromkeys(changes, "")
    for problem in problems(done.stdout):
        for location in problem["location"]:
            name = Path(location["source"]["ref"]).stem
            told[name] += f"{location['pointer']}: {problem['message']} ({problem['ruleId']})\n"
    return told


def problems(text: str) -> Iterator[Node]:
    """Redocly prints one JSON document for each file, one after the other."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text.rstrip()):
        report, place = decoder.raw_decode(text, place)
        yield from report["problems"]
        place = len(text) - len(text[place:].lstrip())


@pytest.mark.parametrize("name", REDOCLY)
def test_redocly_catches(linted: dict[str, str], name: str) -> None:
    """What stands wrong in examples, names and keywords, with its pointer (with its line in a YAML file)."""
    assert lacking(REDOCLY[name][1], linted[name]) == []


def test_a_key_that_stands_twice_is_caught(tmp_path: Path) -> None:
    """YAML itself is read strictly: the key and its line are told."""
    text = contract.CONTRACT.read_text("utf-8")
    (tmp_path / "enboarder.yaml").write_text(text.replace("  title: ", "  title: A\n  title: ", 1), "utf-8")
    with pytest.raises(ContractBroken, match=r'(?s)enboarder\.yaml is not valid YAML: .*"title".*line 6'):
        contract.load(tmp_path / "enboarder.yaml")


def test_the_contract_itself_is_clean(document: Node, linted: dict[str, str]) -> None:
    """What the judges find in a broken copy is not there in the whole one."""
    contract.check(document)
    assert (list(facts.faults(document)), list(errors(document)), linted["whole"]) == ([], [], "")
