"""The contract as data: which operation a request names, what is wrong with a request or a reply, and the examples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .exchange import Reply
from .rules import RequestValidator, members

URI = "urn:enboarder:contract"
FORMATS = FormatChecker(["date"])
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

Place: TypeAlias = "tuple[str | int, ...]"
"""Where something stands in the contract: a JSON pointer, in steps."""


@dataclass(frozen=True)
class Operation:
    """One operation of the contract under one path."""

    name: str
    """Its name in the client; twins share it."""
    method: str
    path: str
    credentials: frozenset[str]
    """`key`, `token` or both."""
    place: Place

    @property
    def segments(self) -> list[str]:
        """The parts of its path; those in braces are parameters."""
        return self.path.split("/")


class Description:
    """An OpenAPI contract that can be asked."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        registry: Registry[Any] = Registry()
        self._registry = registry.with_resource(URI, DRAFT202012.create_resource(document))
        self._validators: dict[tuple[Place, bool], Any] = {}
        self._specs: dict[Place, dict[str, Any]] = {
            ("paths", path, method): spec
            for path, item in document["paths"].items()
            for method, spec in item.items()
            if method in METHODS
        }
        names = {spec["operationId"]: spec.get("x-python", spec["operationId"]) for spec in self._specs.values()}
        self.operations = [
            Operation(
                name=spec.get("x-python") or names.get(spec.get("x-twin"), spec["operationId"]),
                method=str(place[2]).upper(),
                path=str(place[1]),
                credentials=_credentials(spec.get("security", document.get("security", []))),
                place=place,
            )
            for place, spec in self._specs.items()
        ]
        self.operations.sort(key=lambda operation: operation.path.count("{"))  # /Users/me is not /Users/{id}

    @classmethod
    def read(cls) -> Description:
        """The contract that this package was generated from."""
        return cls(json.loads(files("enboarder_api").joinpath("contract.json").read_text(encoding="utf-8")))

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation of a percent-encoded path, with its path parameters decoded."""
        given = path.split("/")
        for operation in self.operations:
            if operation.method == method and (parameters := _match(operation.segments, given)) is not None:
                return operation, parameters
        return None

    def request_faults(
        self, operation: Operation, query: Mapping[str, str], headers: Mapping[str, str], body: Any
    ) -> list[str]:
        """What is wrong with a request, one sentence a fault. Query parameters that the contract lacks are no fault."""
        spec = self._specs[operation.place]
        faults: list[str] = []
        for index, _ in enumerate(spec.get("parameters", [])):
            place, parameter = self._at((*operation.place, "parameters", index))
            if parameter["in"] in ("query", "header"):
                faults += self._parameter_faults(place, parameter, query, headers)
        if "requestBody" in spec:
            place, expected = self._at((*operation.place, "requestBody"))
            if body is not None:
                faults += self._faults((*place, "content", "application/json", "schema"), body, "", strict=True)
            elif expected.get("required"):
                faults.append("a JSON body is required")
        return faults

    def reply_faults(self, operation: Operation, reply: Reply) -> list[str]:
        """What in a reply breaks the contract, one sentence a fault."""
        responses = self._specs[operation.place]["responses"]
        status = str(reply.status) if str(reply.status) in responses else "default"
        if status not in responses:
            if reply.status >= 400:  # the contract need not list the refusals of a new operation
                return []
            return [f"the contract has no status {reply.status}"]
        place, response = self._at((*operation.place, "responses", status))
        if "application/json" not in response.get("content", {}):
            return []
        return self._faults((*place, "content", "application/json", "schema"), reply.body, "")

    def example(self, operation: Operation) -> Reply:
        """The contract's example of an operation's success, or an empty object where it has none."""
        responses = self._specs[operation.place]["responses"]
        status = min((code for code in responses if code.startswith("2")), default=None)
        if status is None:
            return Reply(200, {})
        place, response = self._at((*operation.place, "responses", status))
        media = response.get("content", {}).get("application/json")
        if media is None:
            return Reply(int(status), None if status == "204" else {})
        for key in media.get("examples", {}):
            _, example = self._at((*place, "content", "application/json", "examples", key))
            return Reply(int(status), example["value"])
        return Reply(int(status), media.get("example", {}))

    def example_of(self, name: str) -> Any:
        """The body of the example of an operation, by its name in the client."""
        return self.example(next(operation for operation in self.operations if operation.name == name)).body

    def _parameter_faults(
        self, place: Place, parameter: Mapping[str, Any], query: Mapping[str, str], headers: Mapping[str, str]
    ) -> list[str]:
        name = parameter["name"]
        value = query.get(name) if parameter["in"] == "query" else headers.get(name.lower())
        if value is None:
            return [f"the parameter {name} is required"] if parameter.get("required") else []
        if parameter["in"] == "header":
            value = value.lower()  # the article writes both Yes and yes
        schema, rules = self._at((*place, "schema"))
        return self._faults(schema, _as_integer(value) if rules.get("type") == "integer" else value, name)

    def _at(self, place: Place) -> tuple[Place, Any]:
        """What stands at a place, `$ref` followed, and the place where it really stands."""
        found: Any = self._document
        here: Place = ()
        for step in place:
            found, here = found[step], (*here, step)
            if target := members(found).get("$ref"):
                here, found = self._at(tuple(str(target).removeprefix("#/").split("/")))
        return here, found

    def _faults(self, place: Place, value: Any, where: str, *, strict: bool = False) -> list[str]:
        if (place, strict) not in self._validators:
            self._validators[place, strict] = self._validator(place, strict)
        return [_told(error, where) for error in self._validators[place, strict].iter_errors(value)]

    def _validator(self, place: Place, strict: bool) -> Any:
        pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)
        kind = RequestValidator if strict else Draft202012Validator
        return kind({"$ref": f"{URI}#{quote(pointer)}"}, registry=self._registry, format_checker=FORMATS)


def _credentials(security: list[dict[str, Any]]) -> frozenset[str]:
    schemes = [scheme for requirement in security for scheme in requirement]
    return frozenset("key" if scheme == "apiKey" else "token" for scheme in schemes)


def _match(segments: list[str], given: list[str]) -> dict[str, str] | None:
    if len(segments) != len(given):
        return None
    parameters: dict[str, str] = {}
    for expected, actual in zip(segments, given, strict=True):
        if expected.startswith("{") and actual:
            parameters[expected[1:-1]] = unquote(actual)
        elif expected != unquote(actual):
            return None
    return parameters


def _as_integer(value: str) -> int | str:
    return int(value) if re.fullmatch(r"-?[0-9]{1,4000}", value) else value  # Python reads no more than 4,300 digits


def _told(error: ValidationError, where: str) -> str:
    place = where + error.json_path.removeprefix("$")
    return f"{place.removeprefix('.')}: {error.message}" if place else error.message
