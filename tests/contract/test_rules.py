"""The project's own rules: names, twins, evidence, and the subset that survives a translation to OpenAPI 3.0."""

import json
import re
from collections.abc import Iterator
from typing import Any

import openapi_spec_validator

import contract
import rules
from contract import Node
from enboarder_api.catalogue import CATALOGUE
from enboarder_api.operations import OPERATIONS
from rules import EVIDENCE

SILENT_MEMBERS = {
    "example",
    "examples",
    "default",
    "enum",
}  # their values are data, not description
COMPONENTS = ("schemas", "parameters", "requestBodies", "responses", "securitySchemes")


def described(node: Any, place: str = "#") -> Iterator[tuple[str, Node]]:
    """Every object of the document that describes something, and where it stands."""
    if isinstance(node, dict):
        yield place, node
        for name, value in node.items():
            if name not in SILENT_MEMBERS or place.endswith("/properties"):
                yield from described(value, f"{place}/{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from described(value, f"{place}/{index}")


def schemas(document: Node) -> Iterator[tuple[str, Node]]:
    """Every schema, nested ones included, and where it stands."""
    for place, node in described(document):
        if place.startswith("#/components/schemas/") and place.count("/") == 3:
            yield from nested(node, place)
        elif "schema" in node and not place.endswith("/properties"):
            yield from nested(node["schema"], f"{place}/schema")


def nested(schema: Node, place: str) -> Iterator[tuple[str, Node]]:
    yield place, schema
    for name, child in schema.get("properties", {}).items():
        yield from nested(child, f"{place}/properties/{name}")
    for index, child in enumerate(schema.get("allOf", [])):
        yield from nested(child, f"{place}/allOf/{index}")
    for member in ("items", "additionalProperties"):
        if isinstance(schema.get(member), dict):
            yield from nested(schema[member], f"{place}/{member}")


def test_the_contract_is_valid_openapi(document: Node) -> None:
    """A strict validator of OpenAPI 3.1 finds no fault."""
    openapi_spec_validator.validate(document)


def test_the_contract_keeps_its_own_rules(document: Node) -> None:
    """What `scripts/generate.py` demands of the contract is so."""
    rules.check(document)


def test_the_document_is_json(document: Node) -> None:
    """No value is beyond JSON: dates are quoted strings, statuses quoted keys."""
    assert json.loads(json.dumps(document)) == document


def test_operation_ids_are_unique(document: Node) -> None:
    """Two operations never share an operationId."""
    ids = [entry.node["operationId"] for entry in contract.entries(document)]
    assert len(set(ids)) == len(ids)


def test_operation_ids_are_camel_case(document: Node) -> None:
    """An operationId is a name that every language can use as it is."""
    assert [
        entry.node["operationId"]
        for entry in contract.entries(document)
        if not re.fullmatch(
            r"[a-z]+([A-Z][a-z]+|2)+",
            entry.node["operationId"].replace("OAuth", "Oauth"),
        )
    ] == []


def test_there_are_29_operations_and_18_twins(document: Node) -> None:
    """47 operations in `paths`: 29 that Python names, and 18 partners for the other credential."""
    named = [entry for entry in contract.entries(document) if entry.python_name]
    twins = [entry for entry in contract.entries(document) if not entry.python_name]
    assert (len(named), len(twins)) == (29, 18)


def test_twins_name_each_other(document: Node) -> None:
    """The partner of a partner is the operation itself."""
    twins = {
        entry.node["operationId"]: entry.node["x-twin"]
        for entry in contract.entries(document)
        if "x-twin" in entry.node
    }
    assert {one: twins.get(other) for one, other in twins.items()} == {
        one: one for one in twins
    }


def test_twins_agree(document: Node) -> None:
    """Partners differ in path and credential only."""
    by_id = {entry.node["operationId"]: entry for entry in contract.entries(document)}
    same = ("parameters", "requestBody", "responses", "tags", "x-outcome-by")
    for entry in by_id.values():
        if "x-twin" in entry.node:
            partner = by_id[entry.node["x-twin"]]
            assert (entry.method, [entry.node.get(member) for member in same]) == (
                partner.method,
                [partner.node.get(member) for member in same],
            )


def test_the_paths_of_twins_differ_in_the_version_only(document: Node) -> None:
    """`v1` becomes `v2` in the engine, and reports get a `v2`; nothing else changes."""
    by_id = {entry.node["operationId"]: entry for entry in contract.entries(document)}
    for entry in by_id.values():
        if entry.python_name and "x-twin" in entry.node:
            expected = entry.path.replace("/restapi/v1/", "/restapi/v2/").replace(
                "/reports/", "/reports/v2/"
            )
            assert by_id[entry.node["x-twin"]].path == expected


def test_evidence_stands_on_everything_that_is_claimed(document: Node) -> None:
    """Servers, operations, components and catalogue entries all say how sure they are, and from where."""
    places = [(server["url"], server) for server in document["servers"]]
    places += [(entry.place, entry.node) for entry in contract.entries(document)]
    for kind in COMPONENTS:
        places += [
            (f"{kind}/{name}", node)
            for name, node in document["components"][kind].items()
        ]
    places += [(entry["id"], entry) for entry in document["x-error-catalogue"]]
    assert [
        place
        for place, node in places
        if not (node.get("x-evidence") and node.get("x-source"))
    ] == []
    assert len(places) > 150


def test_evidence_has_one_of_five_values_and_a_source(document: Node) -> None:
    """Wherever `x-evidence` stands, its value is known and a list of sources stands beside it."""
    assert EVIDENCE == (
        "verified",
        "documented",
        "contradictory",
        "third-party",
        "inferred",
    )
    found = [
        (place, node) for place, node in every_object(document) if "x-evidence" in node
    ]
    assert [place for place, node in found if node["x-evidence"] not in EVIDENCE] == []
    assert [
        place
        for place, node in found
        if not (isinstance(node.get("x-source"), list) and node["x-source"])
    ] == []


def every_object(node: Any, place: str = "#") -> Iterator[tuple[str, Node]]:
    if isinstance(node, dict):
        yield place, node
    members = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for name, value in members:
        yield from every_object(value, f"{place}/{name}")


def test_nothing_claims_to_be_verified(document: Node) -> None:
    """Nobody has seen the live service, so nothing is `verified`."""
    assert [
        place
        for place, node in every_object(document)
        if node.get("x-evidence") == "verified"
    ] == []


def test_credentials_stand_on_every_operation(document: Node) -> None:
    """Each operation says how sure it is of each credential that it takes."""
    for entry in contract.entries(document):
        told = entry.node["x-credentials"]
        taken = {
            scheme for alternative in entry.node["security"] for scheme in alternative
        } - {"accessToken"}
        assert (entry.place, set(told)) == (entry.place, taken)
        assert set(told.values()) <= set(EVIDENCE)


def test_an_operation_tells_its_article(document: Node) -> None:
    """Each operation has a summary, a description, one tag that is declared, and a link to its article."""
    tags = {tag["name"] for tag in document["tags"]}
    for entry in contract.entries(document):
        assert entry.node["summary"]
        assert entry.node["description"]
        assert len(entry.node["tags"]) == 1
        assert set(entry.node["tags"]) <= tags
        assert entry.node["externalDocs"]["url"].startswith(
            "https://help.enboarder.com/en/articles/"
        )


def test_every_pattern_of_the_catalogue_compiles() -> None:
    """Each message of the catalogue is an anchored regular expression."""
    for entry in CATALOGUE:
        if entry.message:
            re.compile(entry.message)
            assert (entry.id, entry.message[0], entry.message[-1]) == (
                entry.id,
                "^",
                "$",
            )


def test_the_catalogue_names_operations_that_exist() -> None:
    """An operation in the catalogue is one of the client's."""
    assert {
        name for entry in CATALOGUE for name in entry.operations
    } - OPERATIONS.keys() == set()


def test_the_catalogue_is_complete_in_itself(document: Node) -> None:
    """Each entry has its own id, a known kind, meaning, fix, whether to send again, and something to match."""
    entries = document["x-error-catalogue"]
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert {entry["kind"] for entry in entries} == {
        "success",
        "refusal",
        "warning",
        "gateway",
        "status",
        "token",
    }
    for entry in entries:
        assert entry["meaning"]
        assert entry["fix"]
        assert entry["resend"] in (True, False)
        assert (
            "message" in entry
            or "code" in entry
            or (entry["kind"] == "status" and "status" in entry)
        )


def test_a_reference_has_no_siblings_and_stays_in_the_file(document: Node) -> None:
    """3.0 drops what stands beside a `$ref`; every one is local and leads somewhere."""
    for place, node in described(document):
        if isinstance(node.get("$ref"), str):
            assert (place, list(node)) == (place, ["$ref"])
            assert node["$ref"].startswith("#/components/")
            assert contract.resolve(document, node)


def test_null_is_the_only_type_union(document: Node) -> None:
    """A type is one name, or one name and null."""
    for place, schema in schemas(document):
        kinds = schema.get("type", "object")
        if isinstance(kinds, list):
            assert (place, len(kinds), kinds[-1]) == (place, 2, "null")


def test_schemas_use_no_keyword_that_30_lacks(document: Node) -> None:
    """No const, if/then, anyOf, oneOf, not, patternProperties, prefixItems, $defs or discriminator."""
    unknown = {
        "const",
        "if",
        "then",
        "else",
        "anyOf",
        "oneOf",
        "not",
        "patternProperties",
        "prefixItems",
        "contains",
    }
    unknown |= {
        "$defs",
        "$id",
        "$anchor",
        "$schema",
        "nullable",
        "discriminator",
        "examples",
        "unevaluatedProperties",
    }
    assert [
        (place, sorted(unknown & schema.keys()))
        for place, schema in schemas(document)
        if unknown & schema.keys()
    ] == []


def test_every_schema_has_a_type_and_arrays_have_items(document: Node) -> None:
    """Other generators guess where a type or `items` is missing; only the undocumented reply may be anything."""
    for place, schema in schemas(document):
        anything = (
            place
            == "#/components/responses/Undocumented/content/application/json/schema"
        )
        assert (place, bool({"type", "$ref", "allOf"} & schema.keys())) == (
            place,
            not anything,
        )
        if schema.get("type") == "array":
            assert (place, "items" in schema) == (place, True)


def test_objects_are_components(document: Node) -> None:
    """An object with members always has a name: none is written inside another schema."""
    assert [
        place
        for place, schema in schemas(document)
        if schema.get("type") == "object"
        and not re.fullmatch(r"#/components/schemas/\w+", place)
    ] == []


def test_schemas_require_only_what_they_have(document: Node) -> None:
    """`required`, `x-required` and `x-required-any` name members of the schema."""
    for place, schema in schemas(document):
        target = (
            contract.resolve(document, schema["allOf"][0])
            if "allOf" in schema
            else schema
        )
        named = {*schema.get("required", []), *schema.get("x-required", [])}
        named |= {name for group in schema.get("x-required-any", []) for name in group}
        assert (place, named - target.get("properties", {}).keys()) == (place, set())


def test_dates_have_no_length_limits(document: Node) -> None:
    """Length limits on a date make one generator emit code that does not compile."""
    for place, schema in schemas(document):
        if schema.get("format") in ("date", "date-time"):
            assert (place, {"minLength", "maxLength", "pattern"} & schema.keys()) == (
                place,
                set(),
            )


def test_no_schema_hides_a_builtin_of_other_languages(document: Node) -> None:
    """A schema called Error, or like a builtin class, breaks other languages' clients."""
    assert {"Error", "Object", "String", "Map", "Date", "Exception"} & document[
        "components"
    ]["schemas"].keys() == set()


def test_there_are_no_webhooks_and_callbacks(document: Node) -> None:
    """Nothing about webhooks is known that a contract could hold, and 3.0 has none."""
    assert "webhooks" not in document
    assert [
        entry.place for entry in contract.entries(document) if "callbacks" in entry.node
    ] == []


def test_servers_carry_the_region_only(document: Node) -> None:
    """Regions are four literal servers, without variables."""
    members = {"url", "description", "x-region", "x-evidence", "x-source"}
    assert [set(server) for server in document["servers"]] == [members] * 4


def test_a_servers_description_is_one_word(document: Node) -> None:
    """Generators make names of it."""
    assert [server["description"] for server in document["servers"]] == [
        "Australia",
        "Europe",
        "America",
        "Canada",
    ]


def test_every_component_is_used(document: Node) -> None:
    """Nothing stands in the components that no operation leads to."""
    text = json.dumps(document)
    for kind in ("schemas", "parameters", "requestBodies", "responses"):
        for name in document["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in text


def test_people_are_made_up(document: Node) -> None:
    """Every e-mail address is at example.com, and every mobile number is one of a few that are plainly made up."""
    text = json.dumps(document)
    assert {
        address.rpartition("@")[2]
        for address in re.findall(r"[\w.+-]+@[\w.-]*\w", text)
    } == {"example.com"}
    numbers = {"+61400000000", "+61400000001", "+61400000002", "+919900000000"}
    assert set(re.findall(r"\+\d{9,}", text)) <= numbers
