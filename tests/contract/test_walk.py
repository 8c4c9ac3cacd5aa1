"""One module walks over OpenAPI documents, for everything that reads the contract."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from enboarder.contract import whole
from enboarder.contract.walk import (
    BrokenReference,
    Node,
    described,
    locate,
    nested_schemas,
    operations,
    pointer_to,
    references,
    resolve,
    schemas,
    steps_of,
    texts,
    type_of,
    used_components,
)

pytestmark = pytest.mark.untraced

NAME = {"type": "string"}
PERSON = {
    "type": "object",
    "properties": {"name": {"$ref": "#/components/schemas/Name"}},
}
LIST = {"type": "array", "items": {"$ref": "#/components/schemas/Person"}}
DOCUMENT: Node = {
    "paths": {
        "/people": {
            "summary": "not an operation",
            "get": {
                "operationId": "getPeople",
                "responses": {"200": {"$ref": "#/components/responses/People"}},
            },
        }
    },
    "components": {
        "responses": {
            "People": {"content": {"application/json": {"schema": LIST}}},
            "Unused": {"description": "Nothing."},
        },
        "schemas": {"Name": NAME, "Person": PERSON, "Unused": {"type": "string"}},
    },
}


def test_import_needs_no_generated_code() -> None:
    """Generation imports the module before there is a package `enboarder_api`."""
    program = (
        "import sys; sys.modules['enboarder_api'] = None; "
        "import enboarder.contract.walk"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)

    assert 0 == done.returncode


def test_operations_are_the_methods_of_paths() -> None:
    """Other members of a path are not operations."""
    (operation,) = operations(DOCUMENT)

    assert ("/people", "get") == (operation.path, operation.method)


def test_place_of_an_operation_names_it() -> None:
    """A message can point to it."""
    (operation,) = operations(DOCUMENT)

    assert "getPeople (GET /people)" == operation.place


def test_references_are_followed() -> None:
    """A node that is a reference is replaced by what it leads to."""
    assert NAME is resolve(DOCUMENT, {"$ref": "#/components/schemas/Name"})


def test_a_node_that_is_no_reference_stays() -> None:
    """Nothing has to be asked before resolving."""
    assert NAME is resolve(DOCUMENT, NAME)


@pytest.mark.parametrize(
    "reference",
    ["#/components/schemas/Nobody", "#/paths/~1people/summary/0/x", "other.yaml#/Name"],
)
def test_a_reference_to_nothing_is_reported(reference: str) -> None:
    """The error has the reference, and is no KeyError from within."""
    with pytest.raises(BrokenReference) as caught:
        resolve(DOCUMENT, {"$ref": reference})

    assert reference == caught.value.reference


def test_a_reference_to_itself_is_reported() -> None:
    """A circle does not hang."""
    document: Node = {"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}
    with pytest.raises(BrokenReference):
        resolve(document, {"$ref": "#/a"})


def test_a_place_is_followed_through_references() -> None:
    """The place where the node itself is found is returned, too."""
    place = ("paths", "/people", "get", "responses", "200", "content")
    found, node = locate(DOCUMENT, place)

    assert ("components", "responses", "People", "content") == found
    assert {"application/json"} == node.keys()


@pytest.mark.parametrize("place", [("paths", "/people", "get"), ("a~b", "c/d", "0")])
def test_a_pointer_leads_to_its_place(place: tuple[str, ...]) -> None:
    """Slashes and tildes in names survive."""
    assert place == steps_of(f"#{pointer_to(place)}")


def test_components_are_kept_when_something_needs_them() -> None:
    """Those that are needed by others count, and unused ones do not."""
    used = used_components(DOCUMENT, DOCUMENT["paths"])

    assert {"responses": ["People"], "schemas": ["Name", "Person"]} == {
        kind: list(members) for kind, members in used.items()
    }


def test_every_reference_is_found() -> None:
    """Also those inside lists."""
    nodes = [{"$ref": "#/a"}, {"b": [{"$ref": "#/c"}]}]

    assert ["#/a", "#/c"] == list(references(nodes))


def test_data_is_not_described() -> None:
    """What looks like a reference inside an example is data."""
    node = {"schema": NAME, "example": {"$ref": "#/nowhere"}}

    assert [("schema", NAME)] == list(described(node))


def test_a_property_called_example_is_described() -> None:
    """Names of properties are not keywords."""
    node = {"properties": {"example": NAME}}

    assert ("properties/example", NAME) in list(described(node))


def test_nested_schemas_have_their_places() -> None:
    """Properties, items, allOf and additional properties are found."""
    schema: Node = {
        "properties": {"a": {"items": {"type": "string"}}},
        "allOf": [{"type": "object"}],
        "additionalProperties": {"type": "integer"},
    }

    assert [
        "x",
        "x/properties/a",
        "x/properties/a/items",
        "x/allOf/0",
        "x/additionalProperties",
    ] == [place for place, _ in nested_schemas("x", schema)]


def test_schemas_outside_components_are_found() -> None:
    """Those of parameters and responses count."""
    places = [place for place, _ in schemas(whole())]

    assert "components/parameters/Count/schema" in places
    assert "components/schemas/BasicLaunch/properties/nhstdt" in places


def test_texts_have_their_places() -> None:
    """Examples are texts, too."""
    node = {"a": "one", "example": ["two"]}

    assert [("a", "one"), ("example/0", "two")] == list(texts(node))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["string", "null"]}, "string"),
        ({"type": "null"}, "any"),
        ({}, "any"),
    ],
)
def test_a_schema_has_one_type(schema: dict[str, Any], expected: str) -> None:
    """Null beside it does not count, and no type means any."""
    assert expected == type_of(schema)
