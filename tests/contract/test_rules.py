"""The contract keeps the project's own rules.

They are about names, twins, evidence, and the subset that survives a translation to
OpenAPI 3.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import openapi_spec_validator

from enboarder_api.catalogue import CATALOGUE
from enboarder_api.operations import OPERATIONS
from scripts.codegen import rules
from tests.contract.contract_file import Node, followed, operations

EVIDENCE = {"verified", "documented", "contradictory", "third-party", "inferred"}
KINDS = {"success", "refusal", "warning", "gateway", "status", "token"}
COMPONENTS = ("schemas", "parameters", "requestBodies", "responses", "securitySchemes")
# Their values are data and describe nothing.
DATA_MEMBERS = {"example", "examples", "default", "enum"}
# OpenAPI 3.0 has no such keywords.
KEYWORDS_OF_31 = {
    "$anchor",
    "$defs",
    "$id",
    "$schema",
    "anyOf",
    "const",
    "contains",
    "discriminator",
    "else",
    "examples",
    "if",
    "not",
    "nullable",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "then",
    "unevaluatedProperties",
}


def members_of(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what is directly inside a node, with its name or its index."""
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def every_object(node: Any, place: str = "#") -> Iterator[tuple[str, Node]]:
    """Yield every object inside a node, with its place."""
    if isinstance(node, dict):
        yield place, node
    for name, value in members_of(node):
        yield from every_object(value, f"{place}/{name}")


def described(node: Any, place: str = "#") -> Iterator[tuple[str, Node]]:
    """Yield every object that describes something, with its place."""
    if isinstance(node, dict):
        yield place, node
    for name, value in members_of(node):
        is_data = name in DATA_MEMBERS and not place.endswith("/properties")
        if not is_data:
            yield from described(value, f"{place}/{name}")


def schemas(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield every schema, nested ones included, with its place."""
    for name, schema in document["components"]["schemas"].items():
        yield from nested(schema, f"#/components/schemas/{name}")
    for place, node in described(document):
        if "schema" in node and not place.endswith("/properties"):
            yield from nested(node["schema"], f"{place}/schema")


def nested(schema: Node, place: str) -> Iterator[tuple[str, Node]]:
    """Yield a schema and those inside it, with their places."""
    yield place, schema
    for name, child in schema.get("properties", {}).items():
        yield from nested(child, f"{place}/properties/{name}")
    for index, child in enumerate(schema.get("allOf", [])):
        yield from nested(child, f"{place}/allOf/{index}")
    for member in ("items", "additionalProperties"):
        if isinstance(schema.get(member), dict):
            yield from nested(schema[member], f"{place}/{member}")


def claims(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield everything that has to say how certain it is."""
    for server in document["servers"]:
        yield server["url"], server
    for operation in operations(document):
        yield operation.name, operation.node
    for kind in COMPONENTS:
        for name, component in document["components"][kind].items():
            yield f"{kind}/{name}", component
    for entry in document["x-error-catalogue"]:
        yield entry["id"], entry


# The file as a whole


def test_the_contract_is_valid_openapi(document: Node) -> None:
    """A strict validator of OpenAPI 3.1 accepts it."""
    openapi_spec_validator.validate(document)


def test_the_contract_keeps_the_rules_of_the_generator(document: Node) -> None:
    """`scripts/generate.py` accepts it."""
    rules.check(document)


def test_the_document_is_json(document: Node) -> None:
    """No value is beyond JSON: dates are quoted texts, statuses quoted keys."""
    assert json.loads(json.dumps(document)) == document


# Operations


def test_operation_ids_are_unique(document: Node) -> None:
    """Two operations never share an operationId."""
    names = [operation.name for operation in operations(document)]

    assert len(set(names)) == len(names)


def test_operation_ids_are_camel_case(document: Node) -> None:
    """Every language can use an operationId unchanged."""
    pattern = re.compile(r"[a-z]+([A-Z][a-z]+|2)+")
    names = [operation.name for operation in operations(document)]

    assert [] == [name for name in names if not pattern.fullmatch(name)]


def test_there_are_29_operations_and_18_twins(document: Node) -> None:
    """Python names 29 of the 47; 18 are their twins for the other credential."""
    named = ["x-python" in operation.node for operation in operations(document)]

    assert (29, 18) == (named.count(True), named.count(False))


def test_twins_name_each_other(document: Node) -> None:
    """The twin of a twin is the operation itself."""
    twins = {
        operation.name: operation.node["x-twin"]
        for operation in operations(document)
        if "x-twin" in operation.node
    }

    assert [] == [name for name, twin in twins.items() if twins.get(twin) != name]


def test_twins_agree(document: Node) -> None:
    """Twins differ in path and credential only."""
    by_name = {operation.name: operation for operation in operations(document)}
    shared = ("parameters", "requestBody", "responses", "tags", "x-outcome-by")
    for operation in by_name.values():
        if "x-twin" in operation.node:
            twin = by_name[operation.node["x-twin"]]
            assert operation.method == twin.method
            for member in shared:
                assert operation.node.get(member) == twin.node.get(member)


def test_the_paths_of_twins_differ_in_the_version_only(document: Node) -> None:
    """`v1` becomes `v2` in the workflow engine, and reports get a `v2`."""
    by_name = {operation.name: operation for operation in operations(document)}
    for operation in by_name.values():
        if "x-python" in operation.node and "x-twin" in operation.node:
            twin = by_name[operation.node["x-twin"]]
            expected = operation.path.replace("/restapi/v1/", "/restapi/v2/")
            expected = expected.replace("/reports/", "/reports/v2/")
            assert expected == twin.path


def test_an_operation_says_what_it_does_and_who_says_so(document: Node) -> None:
    """It has a summary, a description, one declared tag, and a link to its article."""
    tags = {tag["name"] for tag in document["tags"]}
    articles = "https://help.enboarder.com/en/articles/"
    for operation in operations(document):
        node = operation.node
        assert node["summary"]
        assert node["description"]
        (tag,) = node["tags"]
        assert tag in tags
        assert node["externalDocs"]["url"].startswith(articles)


# Evidence


def test_everything_that_is_claimed_has_evidence(document: Node) -> None:
    """It says how certain it is, and from where."""
    found = list(claims(document))

    assert [] == [name for name, node in found if not node.get("x-evidence")]
    assert [] == [name for name, node in found if not node.get("x-source")]
    assert len(found) > 150


def test_evidence_has_one_of_five_values_and_a_source(document: Node) -> None:
    """Wherever there is `x-evidence`, there is a list of sources beside it."""
    for place, node in every_object(document):
        if "x-evidence" in node:
            assert (place, True) == (place, node["x-evidence"] in EVIDENCE)
            assert (place, list) == (place, type(node.get("x-source")))
            assert [] != node["x-source"]


def test_nothing_claims_to_be_verified(document: Node) -> None:
    """Nobody has seen the live service."""
    assert [] == [
        place
        for place, node in every_object(document)
        if node.get("x-evidence") == "verified"
    ]


def test_an_operation_has_evidence_for_each_credential(document: Node) -> None:
    """It says how certain it is of each credential that it accepts."""
    for operation in operations(document):
        evidence = operation.node["x-credentials"]
        assert operation.schemes - {"accessToken"} == set(evidence)
        assert set(evidence.values()) <= EVIDENCE


# The error catalogue


def test_every_pattern_of_the_catalogue_is_anchored(document: Node) -> None:
    """A pattern compiles, and matches whole messages only."""
    for entry in document["x-error-catalogue"]:
        if "message" in entry:
            re.compile(entry["message"])
            assert entry["message"].startswith("^")
            assert entry["message"].endswith("$")


def test_the_catalogue_of_the_package_is_that_of_the_contract(document: Node) -> None:
    """Meaning, fix, pattern, code and whether to send again are the same."""
    expected = document["x-error-catalogue"]

    assert [one["id"] for one in expected] == [entry.id for entry in CATALOGUE]
    for one, entry in zip(expected, CATALOGUE, strict=True):
        assert (one["kind"], one["resend"]) == (entry.kind, entry.resend)
        assert one["meaning"].split() == entry.meaning.split()
        assert one["fix"].split() == entry.fix.split()
        for member in ("message", "code", "field", "status"):
            assert one.get(member) == getattr(entry, member)
        assert tuple(one.get("operations", ())) == entry.operations


def test_the_catalogue_names_operations_that_exist() -> None:
    """An operation in the catalogue is one of the client's."""
    named = {name for entry in CATALOGUE for name in entry.operations}

    assert set() == named - OPERATIONS.keys()


def test_an_entry_of_the_catalogue_is_complete(document: Node) -> None:
    """It has its own id, a known kind, meaning, fix, and something to match."""
    entries = document["x-error-catalogue"]

    assert len({entry["id"] for entry in entries}) == len(entries)
    assert {entry["kind"] for entry in entries} == KINDS
    for entry in entries:
        assert entry["meaning"]
        assert entry["fix"]
        assert isinstance(entry["resend"], bool)
        by_status = entry["kind"] == "status" and "status" in entry
        assert by_status or "message" in entry or "code" in entry


# The subset that OpenAPI 3.0 understands


def test_a_reference_is_alone_and_stays_in_the_file(document: Node) -> None:
    """3.0 drops what is beside a `$ref`; every one is local and leads somewhere."""
    for place, node in described(document):
        if isinstance(node.get("$ref"), str):
            assert (place, ["$ref"]) == (place, list(node))
            assert node["$ref"].startswith("#/components/")
            assert followed(document, node)


def test_null_is_the_only_type_union(document: Node) -> None:
    """A type is one name, or one name and null."""
    for place, schema in schemas(document):
        kinds = schema.get("type", "object")
        if isinstance(kinds, list):
            assert (place, 2, "null") == (place, len(kinds), kinds[-1])


def test_schemas_use_no_keyword_that_30_lacks(document: Node) -> None:
    """A translation to 3.0 loses nothing."""
    for place, schema in schemas(document):
        assert (place, set()) == (place, KEYWORDS_OF_31 & schema.keys())


def test_every_schema_has_a_type(document: Node) -> None:
    """Other generators guess a missing type; only an unknown reply may be anything."""
    anything = "#/components/responses/Undocumented/content/application/json/schema"
    untyped = [
        place
        for place, schema in schemas(document)
        if not {"type", "$ref", "allOf"} & schema.keys()
    ]

    assert [anything] == untyped


def test_every_array_says_what_is_in_it(document: Node) -> None:
    """Other generators guess missing `items`."""
    assert [] == [
        place
        for place, schema in schemas(document)
        if schema.get("type") == "array" and "items" not in schema
    ]


def test_objects_are_components(document: Node) -> None:
    """An object with members has a name: none is written inside another schema."""
    named = re.compile(r"#/components/schemas/\w+")

    assert [] == [
        place
        for place, schema in schemas(document)
        if schema.get("type") == "object" and not named.fullmatch(place)
    ]


def test_schemas_require_only_what_they_have(document: Node) -> None:
    """`required`, `x-required` and `x-required-any` name members of the schema."""
    for place, schema in schemas(document):
        target = followed(document, schema["allOf"][0]) if "allOf" in schema else schema
        required = {*schema.get("required", []), *schema.get("x-required", [])}
        for group in schema.get("x-required-any", []):
            required.update(group)
        assert (place, set()) == (place, required - target.get("properties", {}).keys())


def test_dates_have_no_length_limits(document: Node) -> None:
    """Length limits on a date make one generator emit code that does not compile."""
    limits = {"minLength", "maxLength", "pattern"}
    for place, schema in schemas(document):
        if schema.get("format") in ("date", "date-time"):
            assert (place, set()) == (place, limits & schema.keys())


def test_no_schema_has_the_name_of_a_builtin(document: Node) -> None:
    """A schema called Error breaks the clients of other languages."""
    builtins = {"Error", "Object", "String", "Map", "Date", "Exception"}

    assert set() == builtins & document["components"]["schemas"].keys()


def test_there_are_no_webhooks_and_callbacks(document: Node) -> None:
    """What is known of webhooks fits into no contract, and 3.0 has none."""
    assert "webhooks" not in document
    for operation in operations(document):
        assert "callbacks" not in operation.node


# Servers, components and people


def test_servers_have_no_variables(document: Node) -> None:
    """Regions are four literal servers."""
    members = {"url", "description", "x-region", "x-evidence", "x-source"}

    assert [members] * 4 == [set(server) for server in document["servers"]]


def test_the_description_of_a_server_is_one_word(document: Node) -> None:
    """Generators make names of it."""
    descriptions = [server["description"] for server in document["servers"]]

    assert [] == [text for text in descriptions if not text.isalpha()]
    assert len(set(descriptions)) == 4


def test_every_component_is_used(document: Node) -> None:
    """An operation leads to each of them."""
    text = json.dumps(document)
    for kind in ("schemas", "parameters", "requestBodies", "responses"):
        for name in document["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in text


def test_addresses_are_at_example_com(document: Node) -> None:
    """No e-mail address may be that of a real person."""
    addresses = re.findall(r"[\w.+-]+@[\w.-]*\w", json.dumps(document))

    assert {"example.com"} == {address.rpartition("@")[2] for address in addresses}


def test_mobile_numbers_are_invented(document: Node) -> None:
    """Every mobile number is one of a few that are plainly invented."""
    numbers = {"+61400000000", "+61400000001", "+61400000002", "+919900000000"}

    assert set(re.findall(r"\+\d{9,}", json.dumps(document))) <= numbers
