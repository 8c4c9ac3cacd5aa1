"""Look up requests, replies and examples in the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...contract.walk import Place
from ..messages import Reply
from .document import Document
from .operations import Operation, operations_of

JSON_SCHEMA = ("content", "application/json", "schema")


class Description:
    """The contract, as the mock uses it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.operations = operations_of(document)

    @classmethod
    def read(cls) -> Description:
        """Read the contract that this package was generated from."""
        return cls(Document.read())

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """Return the operation of a request, and its decoded path parameters."""
        for operation in self.operations:
            if operation.method != method:
                continue
            parameters = operation.match(path)
            if parameters is not None:
                return operation, parameters
        return None

    def request_problems(
        self,
        operation: Operation,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: Any,
    ) -> list[str]:
        """Return how a request breaks the contract, one sentence per problem.

        Query parameters that are not in the contract are not a problem.
        """
        given = {"query": query, "header": headers}
        spec = self._spec(operation)
        problems: list[str] = []
        for index in range(len(spec.get("parameters", []))):
            place = (*operation.place, "parameters", index)
            problems += self._parameter_problems(place, given)
        if "requestBody" in spec:
            problems += self._body_problems(operation, body)
        return problems

    def reply_problems(self, operation: Operation, reply: Reply) -> list[str]:
        """Return how a reply breaks the contract, one sentence per problem."""
        responses = self._spec(operation)["responses"]
        status = str(reply.status)
        if status not in responses:
            status = "default"
        if status not in responses:
            # The contract does not have to list the refusals of a new operation.
            if reply.status >= 400:
                return []
            return [f"the contract has no status {reply.status}"]
        place, response = self._response(operation, status)
        if "application/json" not in response.get("content", {}):
            return []
        return self._document.problems((*place, *JSON_SCHEMA), reply.body)

    def problems_of_success(self, name: str, body: Any) -> list[str]:
        """Return how the body of an operation's success breaks the contract."""
        for operation in self.operations:
            if operation.name == name:
                return self.reply_problems(operation, Reply(200, body))
        raise LookupError(f"The contract has no operation {name}.")

    def example(self, operation: Operation) -> Reply:
        """Return the contract's example of a success, or an empty object."""
        responses = self._spec(operation)["responses"]
        successes = [status for status in responses if status.startswith("2")]
        if not successes:
            return Reply(200, {})
        status = min(successes)
        place, response = self._response(operation, status)
        media_type = response.get("content", {}).get("application/json")
        if media_type is None:
            return Reply(int(status), None if status == "204" else {})
        for key in media_type.get("examples", {}):
            example_place = (*place, "content", "application/json", "examples", key)
            _, example = self._document.resolve(example_place)
            return Reply(int(status), example["value"])
        return Reply(int(status), media_type.get("example", {}))

    def example_of(self, name: str) -> Any:
        """Return the body of an operation's example, by its name in the client."""
        for operation in self.operations:
            if operation.name == name:
                return self.example(operation).body
        raise LookupError(f"The contract has no operation {name}.")

    def _spec(self, operation: Operation) -> dict[str, Any]:
        _, spec = self._document.resolve(operation.place)
        found: dict[str, Any] = spec
        return found

    def _response(
        self, operation: Operation, status: str
    ) -> tuple[Place, dict[str, Any]]:
        return self._document.resolve((*operation.place, "responses", status))

    def _parameter_problems(
        self, place: Place, given: Mapping[str, Mapping[str, str]]
    ) -> list[str]:
        place, parameter = self._document.resolve(place)
        location = parameter["in"]
        if location not in given:
            return []
        name = parameter["name"]
        key = name.lower() if location == "header" else name
        value = given[location].get(key)
        if value is None:
            is_required = parameter.get("required", False)
            return [f"the parameter {name} is required"] if is_required else []
        if location == "header":
            # The article writes both "Yes" and "yes".
            value = value.lower()
        schema_place, schema = self._document.resolve((*place, "schema"))
        typed = _as_integer(value) if schema.get("type") == "integer" else value
        return self._document.problems(schema_place, typed, name=name)

    def _body_problems(self, operation: Operation, body: Any) -> list[str]:
        place, expected = self._document.resolve((*operation.place, "requestBody"))
        if body is not None:
            schema_place = (*place, *JSON_SCHEMA)
            return self._document.problems(schema_place, body, is_request=True)
        if expected.get("required"):
            return ["a JSON body is required"]
        return []


def _as_integer(value: str) -> int | str:
    # Python reads at most 4,300 digits.
    return int(value) if re.fullmatch(r"-?[0-9]{1,4000}", value) else value
