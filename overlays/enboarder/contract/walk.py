"""Walk over an OpenAPI document: its operations, schemas, references and texts.

Everything that reads the contract uses these functions: generation, the judges, the
exports and the mock. A document is plain data, as YAML or JSON gives it. A place is the
list of the member names that lead to a node; as text, they are joined by `/`. This
module does not need generated code, because generation itself uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias, TypeGuard

Node: TypeAlias = dict[str, Any]
"""One object of a document."""

Place: TypeAlias = "tuple[str | int, ...]"
"""The names and indexes that lead from the document to a node."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The members of a path that are operations."""

DATA_MEMBERS = frozenset({"example", "examples", "default", "enum", "value"})
"""Members that hold data. Inside data, nothing is a `$ref` or a schema."""

JSON = "application/json"


def is_object(node: Any) -> TypeGuard[Node]:
    """Tell whether a node is an object."""
    return isinstance(node, dict)


def is_list(node: Any) -> TypeGuard[list[Any]]:
    """Tell whether a node is a list."""
    return isinstance(node, list)


class BrokenReference(LookupError):
    """Report a `$ref` that leads nowhere in its document, or back to itself."""

    def __init__(self, reference: str) -> None:
        """Remember the reference."""
        super().__init__(f"$ref {reference!r} leads nowhere in this document")
        self.reference = reference


class Operation(NamedTuple):
    """One operation, and the path and the method under which it is found."""

    path: str
    method: str
    """In lower case, as in the document."""
    node: Node

    @property
    def place(self) -> str:
        """Name the operation in a message: `getForms (GET /reports/forms)`."""
        name = self.node.get("operationId", "an operation without operationId")
        return f"{name} ({self.method.upper()} {self.path})"

    @property
    def python_name(self) -> str | None:
        """Return the name of its Python method; twins with OAuth2 have none."""
        name: str | None = self.node.get("x-python")
        return name

    def takes(self, scheme: str) -> bool:
        """Tell whether this security scheme can carry it."""
        return any(
            scheme in alternative for alternative in self.node.get("security", [])
        )


def operations(document: Node) -> Iterator[Operation]:
    """Yield each operation, in the order of the document."""
    for path, item in document["paths"].items():
        for method, node in item.items():
            if method in METHODS:
                yield Operation(path, method, node)


def parameters(document: Node, operation: Operation) -> list[Node]:
    """Return the parameters of an operation, with references followed."""
    listed = operation.node.get("parameters", [])
    return [resolve(document, parameter) for parameter in listed]


def request_content(document: Node, operation: Operation) -> Node | None:
    """Return the schema and examples of an operation's JSON body."""
    if "requestBody" not in operation.node:
        return None
    return json_content(document, operation.node["requestBody"])


def json_content(document: Node, node: Node) -> Node | None:
    """Return the JSON content of a body or a response, which may be a reference."""
    content: Node = resolve(document, node).get("content", {})
    return content.get(JSON)


def first_example(document: Node, content: Node) -> Any:
    """Return the value of the first named example of a content, or None."""
    for example in content.get("examples", {}).values():
        return resolve(document, example).get("value")
    return None


def resolve(document: Node, node: Node) -> Node:
    """Return the target of a local `$ref`, or the node itself if it is not one.

    Raises:
        BrokenReference: the reference leads nowhere.
    """
    _, found = _dereferenced(document, (), node)
    target: Node = found
    return target


def locate(document: Node, place: Place) -> tuple[Place, Any]:
    """Follow a place in the document, with every `$ref` on the way.

    Returns:
        The place where the node is really found, and the node.

    Raises:
        BrokenReference: a reference leads nowhere.
        LookupError: there is no such place.
    """
    here: Place = ()
    node: Any = document
    for step in place:
        here, node = _dereferenced(document, (*here, step), node[step])
    return here, node


def _dereferenced(document: Node, place: Place, node: Any) -> tuple[Place, Any]:
    followed: set[str] = set()
    while is_object(node) and isinstance(node.get("$ref"), str):
        reference = node["$ref"]
        if reference in followed:
            raise BrokenReference(reference)
        followed.add(reference)
        place = steps_of(reference)
        node = _at(document, reference)
    return place, node


def _at(document: Node, reference: str) -> Any:
    node: Any = document
    try:
        for step in steps_of(reference):
            node = node[step]
    except (LookupError, TypeError):
        raise BrokenReference(reference) from None
    return node


def steps_of(reference: str) -> Place:
    """Split a local reference, `#/components/schemas/Brand`, into its steps."""
    steps = reference.removeprefix("#/").split("/")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)


def pointer_to(place: Place) -> str:
    """Write a place as a JSON pointer, `/components/schemas/Brand`."""
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in place]
    return "".join(f"/{step}" for step in steps)


def references(node: Any) -> Iterator[str]:
    """Yield every `$ref` inside a node."""
    if is_object(node):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif is_list(node):
        for value in node:
            yield from references(value)


def reachable(document: Node, node: Any) -> set[str]:
    """Return every reference that a node needs, directly or through others."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for reference in references(waiting.pop()):
            if reference not in found:
                found.add(reference)
                waiting.append(resolve(document, {"$ref": reference}))
    return found


def used_components(document: Node, node: Any) -> dict[str, Node]:
    """Return the components that a node needs, by kind, in the order of the document.

    A kind without a needed component is left out.
    """
    needed = reachable(document, node)
    used: dict[str, Node] = {}
    for kind, members in document["components"].items():
        for name, component in members.items():
            if f"#/components/{kind}/{name}" in needed:
                used.setdefault(kind, {})[name] = component
    return used


def described(node: Any, place: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every object that describes something, with its place.

    Examples, defaults and other data are left out.
    """
    if is_object(node):
        if place:
            yield place, node
        for name, value in node.items():
            if name not in DATA_MEMBERS or _holds_properties(place):
                yield from described(value, _below(place, name))
    elif is_list(node):
        for index, value in enumerate(node):
            yield from described(value, _below(place, index))


def _holds_properties(place: str) -> bool:
    """Tell whether the members of the node at a place are properties."""
    return place.rpartition("/")[2] == "properties"


def schemas(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield every schema, nested ones included, with its place."""
    for name, schema in document["components"]["schemas"].items():
        yield from nested_schemas(f"components/schemas/{name}", schema)
    for place, node in described(document):
        # A property may be called "schema".
        if isinstance(node.get("schema"), dict) and not _holds_properties(place):
            yield from nested_schemas(f"{place}/schema", node["schema"])


def nested_schemas(place: str, schema: Node) -> Iterator[tuple[str, Node]]:
    """Yield a schema and those inside it, with their places. References stay."""
    yield place, schema
    for name, child in schema.get("properties", {}).items():
        yield from nested_schemas(f"{place}/properties/{name}", child)
    for index, child in enumerate(schema.get("allOf", [])):
        yield from nested_schemas(f"{place}/allOf/{index}", child)
    for member in ("items", "additionalProperties"):
        if isinstance(schema.get(member), dict):
            yield from nested_schemas(f"{place}/{member}", schema[member])


def reference_of(schema: Node) -> str | None:
    """Return the reference that a schema is, or wraps in `allOf` to describe it."""
    reference: str | None = schema.get("$ref")
    if reference is None and schema.get("allOf"):
        reference = schema["allOf"][0].get("$ref")
    return reference


def component_name(reference: str) -> str:
    """Return the name of the component that a reference leads to."""
    return reference.rpartition("/")[2]


def types_of(schema: Node) -> list[str]:
    """Return the types of a schema as a list; it is empty when any value fits."""
    types = schema.get("type", [])
    return list(types) if is_list(types) else [types]


def type_of(schema: Node) -> str:
    """Return the one type of a schema besides null, or `any`."""
    for kind in types_of(schema):
        if kind != "null":
            return kind
    return "any"


def texts(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a document, examples included, with its place."""
    if isinstance(node, str):
        yield place, node
    elif is_object(node):
        for name, value in node.items():
            yield from texts(value, _below(place, name))
    elif is_list(node):
        for index, value in enumerate(node):
            yield from texts(value, _below(place, index))


def _below(place: str, step: str | int) -> str:
    return f"{place}/{step}" if place else str(step)
