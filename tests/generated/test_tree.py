"""The generated tree is what the contract makes it, whole and untouched."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import attrs

from enboarder.contract import walk
from enboarder.contract.walk import Node
from enboarder_api import models
from enboarder_api.contract import CONTRACT_VERSION, HOSTS, SCOPES, TOKEN_URLS, Region
from enboarder_api.operations import OPERATIONS
from scripts.codegen import selection
from scripts.codegen.output import differences
from scripts.layout import PACKAGE

MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts
)


def test_the_tree_on_disk_is_what_the_contract_gives(fresh: Path) -> None:
    """A fresh generation has the same files with the same bytes."""
    assert differences(PACKAGE, fresh) == []


def test_every_file_is_stamped(document: Node) -> None:
    """Each module says first what it was made from, by what, and how to change it."""
    version = document["info"]["version"]
    for path in MODULES:
        stamp = "".join(path.read_text(encoding="utf-8").splitlines()[:3])
        assert f"openapi/enboarder.yaml (contract {version})" in stamp
        assert "openapi-python-client" in stamp
        assert "make generate" in stamp


def test_the_package_is_typed() -> None:
    """Type checkers find the marker of PEP 561."""
    assert (PACKAGE / "py.typed").read_bytes() == b""


def test_the_package_holds_the_contract(document: Node) -> None:
    """`contract.json` is the YAML file, member for member."""
    assert (
        json.loads((PACKAGE / "contract.json").read_text(encoding="utf-8")) == document
    )


def test_each_operation_has_a_module(document: Node) -> None:
    """The generator drops no operation with an `x-python`."""
    api = PACKAGE / "api"
    found = {
        f"{path.parent.name}.{path.stem}"
        for path in api.glob("*/*.py")
        if path.stem != "__init__"
    }
    assert found == {
        entry.python_name for entry in walk.operations(document) if entry.python_name
    }


def test_each_operation_is_a_method_of_both_resources() -> None:
    """`workflows.launch_basic` is a method of both resources called `workflows`."""
    found = set()
    for path in (PACKAGE / "api").glob("*/__init__.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if (
                        isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef))
                        and method.name[0] != "_"
                    ):
                        found.add(
                            (
                                node.name.startswith("Async"),
                                f"{path.parent.name}.{method.name}",
                            )
                        )
    operations = {
        name for _, name in found if not name.partition(".")[2].startswith("iter_")
    }
    assert operations == OPERATIONS.keys()
    assert {name for is_async, name in found if is_async} == {
        name for is_async, name in found if not is_async
    }


def test_operations_have_both_paths_of_the_contract(document: Node) -> None:
    """The method and both paths are the contract's, with readable parameters."""
    by_id = {entry.node["operationId"]: entry for entry in walk.operations(document)}
    expected: dict[str, Any] = {}
    for entry in by_id.values():
        if entry.python_name:
            family = [entry, by_id.get(entry.node.get("x-twin", ""), entry)]
            paths = {
                scheme: readable(document, one.path, one.node)
                for one in family
                for alternative in one.node["security"]
                for scheme in alternative
            }
            expected[entry.python_name] = (
                entry.method.upper(),
                paths.get("apiKey"),
                paths.get("oauth2"),
            )
    assert {
        name: (one.method, one.key_path, one.token_path)
        for name, one in OPERATIONS.items()
    } == expected


def readable(document: Node, path: str, operation: Node) -> str:
    for reference in operation.get("parameters", []):
        parameter = walk.resolve(document, reference)
        path = re.sub(
            r"\{" + parameter["name"] + r"\}",
            "{" + parameter.get("x-name", "") + "}",
            path,
        )
    return path


def test_operations_know_their_evidence(document: Node) -> None:
    """Each path of an operation has the evidence that the contract gives it."""
    found = {
        path: evidence
        for one in OPERATIONS.values()
        for path, evidence in one.evidence.items()
    }
    by_path: dict[str, set[str]] = {}
    for entry in walk.operations(document):
        by_path.setdefault(entry.path, set()).add(entry.node["x-evidence"])
    assert found.keys() == by_path.keys()
    assert all(evidence in by_path[path] for path, evidence in found.items())


def test_constants_are_those_of_the_contract(document: Node) -> None:
    """Version, regions, hosts, token URLs and scopes are read from the contract."""
    oauth = document["components"]["securitySchemes"]["oauth2"]
    assert document["info"]["version"] == CONTRACT_VERSION
    assert {
        server["x-region"]: server["url"] for server in document["servers"]
    } == dict(HOSTS)
    assert list(HOSTS) == list(Region)
    assert oauth["x-token-urls"] == dict(TOKEN_URLS)
    assert tuple(oauth["flows"]["clientCredentials"]["scopes"]) == SCOPES


def test_every_x_name_is_the_name_of_a_field(document: Node) -> None:
    """A value given by its readable name is written by its wire name."""
    applied = 0
    for name, schema in document["components"]["schemas"].items():
        if name in models.__all__ and schema["type"] == "object":
            model = getattr(models, name)
            fields = [field.name for field in attrs.fields(model)]
            fields.remove("additional_properties")
            written = model(
                **{field: f"value of {field}" for field in fields}
            ).to_dict()
            named = {
                wire: spec["x-name"]
                for wire, spec in schema.get("properties", {}).items()
                if "x-name" in spec
            }
            assert {wire: written.get(wire) for wire in named} == {
                wire: f"value of {name}" for wire, name in named.items()
            }
            assert written.keys() == schema.get("properties", {}).keys()
            applied += len(named)
    assert applied > 80


def test_models_are_the_schemas_that_python_uses(document: Node) -> None:
    """Each schema of a request or a success is a model, unless it is a list."""
    schemas = selection.select(document)["components"]["schemas"]
    expected = {name for name in schemas if schemas[name]["type"] != "array"}

    assert expected == set(models.__all__)
    assert {"MessageError", "CodedError", "FieldError", "ScimError"} & set(
        models.__all__
    ) == set()


def test_the_tree_knows_neither_httpx_nor_the_overlays() -> None:
    """Generated code depends neither on a transport nor on `enboarder`."""
    for path in MODULES:
        assert (
            path.name,
            imported(path) & {"httpx", "httpcore", "enboarder", "requests"},
        ) == (path.name, set())


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").partition(".")[0])
    return found
