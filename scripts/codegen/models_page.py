"""Render the page that lists the models, docs/guides/models.md."""

from __future__ import annotations

from collections.abc import Iterator

from enboarder.contract.walk import Node, component_name, reference_of, type_of
from scripts.codegen import selection
from scripts.codegen.request_rules import python_name

HEAD = """\
<!-- Rendered from openapi/enboarder.yaml by `make generate`. Do not edit. -->

# Models

Import them from `enboarder.models`. A field that is not required may be left out; it is
`UNSET` then. A mapping uses the wire names. `to_dict()` returns the JSON object of a
model, and `from_dict()` reads one. A method also takes the fields of its body as
keywords; then you need models only for what is inside them.
"""
TABLE_HEAD = """\
| field | wire name | type | required | |
| --- | --- | --- | --- | --- |"""
PYTHON_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
}
DATES = {"date": "date", "date-time": "datetime"}


def page(document: Node) -> str:
    """Return the page as Markdown."""
    selected = selection.select(document)
    schemas = selected["components"]["schemas"]
    lines = [HEAD]
    for name, schema in sorted(schemas.items()):
        # A list has no model of its own.
        if type_of(schema) == "array":
            continue
        lines.extend(_model(name, schema, schemas))
    return "\n".join(lines)


def _model(name: str, schema: Node, schemas: Node) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"{schema.get('description', '')}\n"
    if "enum" in schema:
        values = ", ".join(f"`{value}`" for value in schema["enum"])
        yield f"Values: {values}\n"
    if schema.get("properties"):
        yield TABLE_HEAD
        required = schema.get("required", [])
        for wire_name, spec in schema["properties"].items():
            yield _field(wire_name, spec, schemas, required=wire_name in required)
        yield ""
    for demand in _demands(schema):
        yield f"{demand}\n"


def _field(wire_name: str, spec: Node, schemas: Node, *, required: bool) -> str:
    texts = [
        spec.get("description", ""),
        *_demands(spec),
        *_demands(spec.get("items", {})),
    ]
    words = " ".join(texts).split()
    cells = [
        f"`{python_name(spec, wire_name)}`",
        f"`{wire_name}`",
        _type(spec, schemas),
        "yes" if required else "",
        " ".join(words).replace("|", "\\|"),
    ]
    return f"| {' | '.join(cells)} |"


def _demands(spec: Node) -> Iterator[str]:
    for wire_name in spec.get("x-required", []):
        yield f"`{wire_name}` is required."
    for group in spec.get("x-required-any", []):
        listed = ", ".join(f"`{wire_name}`" for wire_name in group)
        yield f"At least one of {listed} is required."


def _type(spec: Node, schemas: Node) -> str:
    reference = reference_of(spec)
    if reference is not None:
        name = component_name(reference)
        return f"[{name}](#{name.lower()})" if name in schemas else name
    kind = type_of(spec)
    if kind == "array":
        return f"list of {_type(spec['items'], schemas)}"
    if spec.get("format") in DATES:
        return DATES[spec["format"]]
    return PYTHON_TYPES.get(kind, kind)
