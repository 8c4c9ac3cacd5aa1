"""Find places in the contract, and check values against its schemas."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from ...contract.walk import Node, Place, locate, pointer_to
from .request_validator import RequestValidator

URI = "urn:enboarder:contract"
FORMATS = FormatChecker(["date"])


class Document:
    """An OpenAPI document whose references are followed."""

    def __init__(self, content: Node) -> None:
        self.content = content
        registry: Registry[Any] = Registry()
        resource = DRAFT202012.create_resource(content)
        self._registry = registry.with_resource(URI, resource)
        self._validators: dict[tuple[Place, bool], Any] = {}

    @classmethod
    def read(cls) -> Document:
        """Read the contract that this package was generated from."""
        text = files("enboarder_api").joinpath("contract.json").read_text("utf-8")
        return cls(json.loads(text))

    def resolve(self, place: Place) -> tuple[Place, Any]:
        """Return the node at a place, and its own place after all references."""
        return locate(self.content, place)

    def problems(
        self, schema: Place, value: Any, *, name: str = "", is_request: bool = False
    ) -> list[str]:
        """Return how a value breaks a schema, one sentence per problem.

        Args:
            schema: The place of the schema.
            value: The value.
            name: The name of the value in the sentences.
            is_request: Whether the stricter rules for requests apply.
        """
        validator = self._validator(schema, is_request)
        return [_sentence(error, name) for error in validator.iter_errors(value)]

    def _validator(self, schema: Place, is_request: bool) -> Any:
        known = self._validators.get((schema, is_request))
        if known is not None:
            return known
        validator_class = RequestValidator if is_request else Draft202012Validator
        created = validator_class(
            {"$ref": f"{URI}#{quote(pointer_to(schema))}"},
            registry=self._registry,
            format_checker=FORMATS,
        )
        self._validators[schema, is_request] = created
        return created


def _sentence(error: ValidationError, name: str) -> str:
    where = name + error.json_path.removeprefix("$")
    where = where.removeprefix(".")
    return f"{where}: {error.message}" if where else error.message
