"""What the generated docstrings and tables say is what the contract says."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from typing import Any, get_overloads

import attrs
import pytest

import enboarder
from enboarder.contract import walk
from enboarder.contract.walk import Node
from enboarder_api import models
from enboarder_api.api import AsyncResources, Resources
from enboarder_api.catalogue import CATALOGUE, find
from enboarder_api.catalogue import Entry as CatalogueEntry
from enboarder_api.operations import OPERATIONS
from enboarder_api.rules import BODIES, RULES, Field
from scripts.codegen import reading
from scripts.layout import PACKAGE
from tests.contract import contract_file

pytestmark = pytest.mark.untraced

DOCUMENT = contract_file.read()
ENTRIES: dict[str, walk.Operation] = {
    str(entry.python_name): entry
    for entry in walk.operations(DOCUMENT)
    if entry.python_name
}
BY_ID = {entry.node["operationId"]: entry for entry in walk.operations(DOCUMENT)}
METHODS = [
    (resources, name) for resources in (Resources, AsyncResources) for name in ENTRIES
]


def words(text: str | None) -> str:
    """A text without its line breaks."""
    return " ".join((text or "").split())


def family(entry: walk.Operation) -> list[walk.Operation]:
    """An operation, and its twin if it has one."""
    twin = BY_ID.get(entry.node.get("x-twin", ""))
    return [entry, twin] if twin else [entry]


def method_of(resources: Any, name: str) -> Any:
    resource, _, method = name.partition(".")
    return getattr(getattr(resources, resource), method)


def doc_of(resources: Any, name: str) -> str:
    return words(inspect.getdoc(method_of(resources, name)))


@pytest.mark.parametrize(("resources", "name"), METHODS)
def test_docstring_has_the_evidence_of_each_path(resources: Any, name: str) -> None:
    """A reader sees how sure each path is: `POST /path`: documented."""
    doc = doc_of(resources, name)

    for entry in family(ENTRIES[name]):
        line = f"`{entry.method.upper()} {entry.path}`: {entry.node['x-evidence']}."
        assert line in doc
    assert doc.count(f"`{ENTRIES[name].method.upper()} /") == len(family(ENTRIES[name]))


@pytest.mark.parametrize(("resources", "name"), METHODS)
def test_docstring_has_every_source(resources: Any, name: str) -> None:
    """A reader can look up each article and each third party, of both twins."""
    expected = {
        str(source)
        for entry in family(ENTRIES[name])
        for source in entry.node["x-source"]
    }
    [sources] = re.findall(r"Sources: (.*?)\.(?: |$)", doc_of(resources, name))

    assert expected == set(sources.split(", "))
    assert expected == set(OPERATIONS[name].sources)


@pytest.mark.parametrize(("resources", "name"), METHODS)
def test_docstring_has_the_contracts_words(resources: Any, name: str) -> None:
    """Summary, description, the article and each argument are the contract's."""
    entry = ENTRIES[name]
    doc = doc_of(resources, name)

    assert doc.startswith(words(entry.node["summary"]))
    assert words(entry.node.get("description")) in doc
    assert entry.node.get("externalDocs", {}).get("url", "") in doc
    for parameter in walk.parameters(DOCUMENT, entry):
        if parameter["in"] != "header":
            readable = parameter.get("x-name", parameter["name"])
            assert f"{readable}: {words(parameter['description'])}" in doc


@pytest.mark.parametrize("resources", [Resources, AsyncResources])
@pytest.mark.parametrize(
    "name", [name for name, body in BODIES.items() if body.type == "object"]
)
def test_docstring_describes_every_field(resources: Any, name: str) -> None:
    """Each keyword has the contract's words, once, and says if it is required."""
    schema = DOCUMENT["components"]["schemas"][BODIES[name].rule]
    doc = doc_of(resources, name)

    for wire, spec in schema["properties"].items():
        required = "Required. " if wire in schema.get("required", []) else ""
        text = f" {spec.get('x-name', wire)}: {required}{words(spec['description'])}"
        assert doc.count(text) == 1
    for form in get_overloads(method_of(resources, name)):
        assert form.__doc__ is None


@pytest.mark.parametrize(("resources", "name"), METHODS)
def test_docstring_describes_every_parameter(resources: Any, name: str) -> None:
    """Each parameter of the signature, and no other, is among the documented ones."""
    method = method_of(resources, name)
    arguments = str(inspect.getdoc(method)).partition("Args:\n")[2]
    arguments = arguments.partition("\nRaises:")[0]
    described = re.findall(r"^    (\w+): ", arguments, re.MULTILINE)

    assert ["self", *described] == list(inspect.signature(method).parameters)


@pytest.mark.parametrize("resources", [Resources, AsyncResources])
@pytest.mark.parametrize("tag", [tag["name"] for tag in DOCUMENT["tags"]])
def test_documented_errors_exist(resources: Any, tag: str) -> None:
    """Each error that a docstring names is an error of the package `enboarder`."""
    methods = [
        method
        for name, method in vars(getattr(resources, tag)).items()
        if not name.startswith("_")
    ]

    assert methods != []
    for method in methods:
        names = re.findall(r"enboarder\.([A-Z]\w+):", str(method.__doc__))
        assert len(names) == 2
        for name in names:
            assert issubclass(getattr(enboarder, name), enboarder.EnboarderError)


@pytest.mark.parametrize("resources", [Resources, AsyncResources])
def test_resource_has_the_description_of_its_tag(resources: Any) -> None:
    """A resource is described as the contract describes its tag."""
    for tag in DOCUMENT["tags"]:
        attribute = inspect.getattr_static(resources, tag["name"])
        assert words(tag["description"]) == words(attribute.__doc__)


def is_object(name: str) -> bool:
    """Whether a schema is an object with members, not a list of words."""
    return bool(DOCUMENT["components"]["schemas"][name]["type"] == "object")


def described_fields(name: str) -> dict[str, str]:
    """The docstrings of a model's fields, by name."""
    module = import_module(getattr(models, name).__module__)
    tree = ast.parse(inspect.getsource(module))
    [model] = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    found = {}
    for member, following in zip(model.body, model.body[1:], strict=False):
        if not isinstance(member, ast.AnnAssign) or not isinstance(following, ast.Expr):
            continue
        if isinstance(member.target, ast.Name):
            found[member.target.id] = words(ast.literal_eval(following.value))
    return found


@pytest.mark.parametrize("name", models.__all__)
def test_model_has_the_contracts_words(name: str) -> None:
    """A model and its fields are described, and each field names its wire name."""
    schema = DOCUMENT["components"]["schemas"][name]
    model = getattr(models, name)

    assert words(model.__doc__).startswith(words(schema.get("description")))
    if not is_object(name):
        return
    fields = described_fields(name)
    for wire, spec in schema.get("properties", {}).items():
        readable = spec.get("x-name", wire)
        if readable in fields:
            assert fields[readable].startswith(words(spec.get("description")))
        if readable != wire:
            assert f"Wire name: `{wire}`." in fields[readable]


@pytest.mark.parametrize("name", [name for name in models.__all__ if is_object(name)])
def test_model_requires_what_its_schema_requires(name: str) -> None:
    """A model cannot be built without what its schema requires, in any order."""
    schema = DOCUMENT["components"]["schemas"][name]
    required = {
        schema["properties"][wire].get("x-name", wire)
        for wire in schema.get("required", [])
    }
    fields = attrs.fields(getattr(models, name))

    assert required == {
        field.name for field in fields if field.init and field.default is attrs.NOTHING
    }


def test_catalogue_is_that_of_the_contract() -> None:
    """Each entry is the contract's, also in whether a request may be sent again."""
    expected = [
        CatalogueEntry(
            id=entry["id"],
            kind=entry.get("kind", "refusal"),
            meaning=reading.paragraphs(entry["meaning"]),
            fix=reading.paragraphs(entry["fix"]),
            resend=entry["resend"],
            operations=tuple(entry.get("operations", ())),
            message=entry.get("message"),
            code=entry.get("code"),
            field=entry.get("field"),
            status=entry.get("status"),
        )
        for entry in DOCUMENT["x-error-catalogue"]
    ]

    assert expected == list(CATALOGUE)
    assert {True, False} == {entry.resend for entry in CATALOGUE}


def test_code_comes_before_message_and_status() -> None:
    """An answer is looked up by its code, then its message, then its status."""
    by_code = next(entry for entry in CATALOGUE if entry.code and entry.operations)
    by_status = next(entry for entry in CATALOGUE if entry.kind == "status")
    operation = "workflows.launch_basic"
    status = by_status.status or 0
    by_message = find(operation, 200, None, "ok")

    assert by_message is not None
    assert by_message.kind == "success"
    assert by_code.id == found_id(by_code.operations[0], status, by_code.code, "ok")
    assert by_message.id == found_id(operation, status, None, "ok")
    assert by_status.id == found_id(operation, status, None, "no such message")
    assert find(operation, 200, "no such code", "no such message") is None


def test_message_counts_only_for_its_operations_and_its_status() -> None:
    """A message of one operation or status means nothing to another."""
    ours = [entry for entry in CATALOGUE if entry.operations and entry.message]
    assert ours != []
    for entry in ours:
        assert entry not in [
            find("", 418, None, each) for each in ("ok", entry.message)
        ]


def found_id(
    operation: str, status: int, code: str | None, message: str | None
) -> str | None:
    found = find(operation, status, code, message)
    return found.id if found else None


@pytest.mark.parametrize("name", ENTRIES)
def test_operation_is_that_of_the_contract(name: str) -> None:
    """Identity, method, headers, outcome and evidence are the contract's."""
    entry = ENTRIES[name]
    operation = OPERATIONS[name]

    assert operation.name == name
    assert operation.id == entry.node["operationId"]
    assert operation.method == entry.method.upper()
    assert operation.writes == (entry.method not in ("get", "head", "options"))
    assert operation.by_message == (entry.node.get("x-outcome-by") == "message")
    assert list(operation.headers) == [
        parameter["name"]
        for parameter in walk.parameters(DOCUMENT, entry)
        if parameter["in"] == "header"
    ]
    assert operation.evidence == {
        each.path: each.node["x-evidence"] for each in family(entry)
    }


def schema_behind(spec: Node) -> tuple[str, Node]:
    """The name of the schema that a property refers to, and what it says."""
    references = [spec, *spec.get("allOf", [])]
    reference = next((each["$ref"] for each in references if "$ref" in each), "")
    if not reference:
        return "", spec
    return reference.rpartition("/")[2], walk.resolve(DOCUMENT, {"$ref": reference})


def assert_is(field: Field, spec: Node) -> None:
    """A field of the rules is what the contract says of the value."""
    name, schema = schema_behind(spec)
    types = schema.get("type", "any")
    types = types if isinstance(types, list) else [types]
    values = () if schema.get("x-enum-open") else schema.get("enum", ())

    assert field.type in types
    assert field.nullable == ("null" in types)
    assert field.format == schema.get("format")
    assert field.identity == spec.get("x-identity", False)
    assert field.values == tuple(values)
    assert field.rule == (name if field.type == "object" else None)
    assert field.required == tuple(spec.get("x-required", ()))
    assert field.any_of == tuple(map(tuple, spec.get("x-required-any", ())))
    if "items" in schema:
        assert field.items is not None
        assert_is(field.items, schema["items"])
    else:
        assert field.items is None


@pytest.mark.parametrize("name", RULES)
def test_rule_is_that_of_its_schema(name: str) -> None:
    """What is checked before sending is what the schema of the request asks for."""
    schema = DOCUMENT["components"]["schemas"][name]
    rule = RULES[name]

    assert rule.fields.keys() == schema.get("properties", {}).keys()
    for wire, field in rule.fields.items():
        spec = schema["properties"][wire]
        assert spec.get("x-name", field.name) == field.name
        assert_is(field, spec)
    required = [*schema.get("required", []), *schema.get("x-required", [])]
    assert rule.required == tuple(required)
    assert rule.any_of == tuple(map(tuple, schema.get("x-required-any", ())))


def test_every_body_has_its_rule() -> None:
    """Each operation with a body, and no other, has a rule for it."""
    bodies = {
        name: walk.resolve(DOCUMENT, entry.node["requestBody"])
        for name, entry in ENTRIES.items()
        if "requestBody" in entry.node
    }

    assert bodies.keys() == BODIES.keys()
    for name, body in bodies.items():
        for media in body["content"].values():
            assert_is(BODIES[name], media["schema"])


def test_package_has_no_long_lines() -> None:
    """Code and docstrings fit into 88 columns, except a literal that cannot break."""
    long = [
        line
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line) > 88 and not re.search(r"=['\"].*['\"],$", line)
    ]

    assert long == []
