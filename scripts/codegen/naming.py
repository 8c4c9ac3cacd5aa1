"""Give properties and parameters their readable names.

The generator does not read `x-name`, nor the description of a property that is a
`$ref`, so both are applied to what it made of the contract.
"""

from __future__ import annotations

from openapi_python_client.config import Config
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.schema.untrusted_string import UntrustedString

from enboarder.contract.walk import Node, operations, parameters
from scripts.codegen.reading import paragraphs

RESERVED_ARGUMENTS = {
    "self",
    "body",
    "timeout",
    "params",
    "operation",
    "call",
    "fetch",
    "page_cursor",
}
"""What generated methods take besides their own parameters, and their local names."""

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
    properties = [
        *(model.required_properties or []),
        *(model.optional_properties or []),
    ]
    for prop in properties:
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
    """Apply the readable names of parameters.

    Path parameters already have theirs, since the document was selected.

    Raises:
        GenerationFailed: a name cannot be used.
    """
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
            _name_endpoint(endpoint, operation, names, config)


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
    config: Config,
) -> None:
    taken = set(RESERVED_ARGUMENTS)
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
    taken: set[str],
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
    taken.add(prop.python_name)
