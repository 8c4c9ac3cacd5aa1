"""Give properties and parameters their readable names.

The generator does not read `x-name`, nor the description of a property that is a
`$ref`, so both are applied to what it made of the contract.
"""

from __future__ import annotations

from collections.abc import Mapping

from openapi_python_client.config import Config
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.schema.untrusted_string import UntrustedString

from enboarder.contract.walk import Node, operations, parameters
from scripts.codegen.reading import paragraphs

RESERVED_ARGUMENTS = {
    "self": "the object",
    "body": "the body",
    "timeout": "an option of each call",
    "params": "an option of each call",
    "operation": "a local name",
    "call": "a local name",
    "fields": "a local name",
    "fetch": "a local name",
    "page_cursor": "a local name",
}
"""What generated methods use besides their own parameters, and for what."""

MODEL_MEMBERS = {"from_dict", "to_dict", "additional_properties"}
"""What every generated model has besides its fields."""


class GenerationFailed(Exception):
    """The whole contract cannot be turned into code; the text says why."""


def name_properties(data: GeneratorData, document: Node, config: Config) -> None:
    """Apply the readable names and the descriptions of properties.

    Raises:
        GenerationFailed: a name cannot be used, or an object has no name.
    """
    schemas = document["components"]["schemas"]
    for model in data.models:
        if model.class_info.name not in schemas:
            raise GenerationFailed(
                f"{model.class_info.name} is an object without a name; "
                "make it a component"
            )
        schema = schemas[model.class_info.name]
        _name_model(model, schema.get("properties", {}), config)


def _name_model(model: ModelProperty, specs: Node, config: Config) -> None:
    taken = set(MODEL_MEMBERS)
    for prop in _properties(model):
        wire_name = prop.name.get_untrusted_value()
        spec = specs[wire_name]
        name = spec.get("x-name", wire_name)
        place = f"{model.class_info.name}.{wire_name}"
        prop.set_python_name(UntrustedString(name), config=config)
        if "x-name" in spec and prop.python_name != name:
            raise GenerationFailed(
                f"{place}: {name!r} cannot be a Python name; choose another"
            )
        if prop.python_name in taken:
            raise GenerationFailed(
                f"{place}: the name {prop.python_name!r} is taken; "
                "give it another x-name"
            )
        taken.add(prop.python_name)
        text = paragraphs(spec.get("description", ""))
        if name != wire_name:
            text = f"{text} Wire name: `{wire_name}`.".strip()
        prop.description = UntrustedString(text)


def name_parameters(data: GeneratorData, document: Node, config: Config) -> None:
    """Apply the readable names of parameters, among which are the fields of a body.

    Path parameters already have theirs, since the document was selected, and the fields
    have them since `name_properties`.

    Raises:
        GenerationFailed: a name cannot be used.
    """
    models = {str(model.class_info.name): model for model in data.models}
    names = _parameter_names(document)
    known = {operation.python_name for operation in operations(document)}
    for tag, collection in data.endpoint_collections_by_tag.items():
        for endpoint in collection.endpoints:
            operation = f"{tag}.{endpoint.name}"
            if operation not in known:
                raise GenerationFailed(
                    f"{operation}: the generator renames this operation; "
                    "choose another x-python"
                )
            taken = dict(RESERVED_ARGUMENTS)
            _name_endpoint(endpoint, operation, names, taken, config)
            _take_fields(endpoint, operation, models, taken)


def _parameter_names(document: Node) -> dict[tuple[str | None, str], str]:
    names = {}
    for operation in operations(document):
        for parameter in parameters(document, operation):
            if "x-name" in parameter:
                key = (operation.python_name, parameter["name"])
                names[key] = parameter["x-name"]
    return names


def _name_endpoint(
    endpoint: Endpoint,
    operation: str,
    names: dict[tuple[str | None, str], str],
    taken: dict[str, str],
    config: Config,
) -> None:
    for prop in endpoint.path_parameters:
        name = prop.name.get_untrusted_value()
        _name_parameter(prop, operation, name, taken, config)
    for prop in endpoint.query_parameters:
        wire_name = prop.name.get_untrusted_value()
        readable = names.get((operation, wire_name))
        _name_parameter(prop, operation, readable, taken, config)


def _name_parameter(
    prop: PropertyProtocol,
    operation: str,
    name: str | None,
    taken: dict[str, str],
    config: Config,
) -> None:
    if name is not None:
        prop.set_python_name(UntrustedString(name), config=config)
    is_renamed = name is not None and prop.python_name != name
    if is_renamed or prop.python_name in taken:
        shown = name or prop.name.get_untrusted_value()
        raise GenerationFailed(
            f"{operation}: give the parameter {shown!r} another x-name"
        )
    taken[prop.python_name] = "a parameter"


def _take_fields(
    endpoint: Endpoint,
    operation: str,
    models: Mapping[str, ModelProperty],
    taken: Mapping[str, str],
) -> None:
    """Make the fields of a body keywords of the method, under their readable names."""
    for body in endpoint.bodies:
        if not isinstance(body.prop, ModelProperty):
            continue
        # The generator has a copy, whose fields have no readable names.
        body.prop = models[body.prop.class_info.name]
        for prop in _properties(body.prop):
            name = str(prop.python_name)
            if name in taken:
                place = f"{body.prop.class_info.name}.{prop.name.get_untrusted_value()}"
                raise GenerationFailed(
                    f"{place}: the field {name!r} would be a keyword of {operation}, "
                    f"where {name!r} is {taken[name]}; give it another x-name"
                )


def _properties(model: ModelProperty) -> list[PropertyProtocol]:
    return [*(model.required_properties or []), *(model.optional_properties or [])]
