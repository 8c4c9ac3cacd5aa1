"""Annotations resolve at run time, for tools that read them."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, get_type_hints

import pytest

from enboarder.contract.walk import Node
from enboarder_api import models
from enboarder_api.types import Unset
from scripts.codegen.generator import generate
from scripts.layout import PACKAGE

pytestmark = pytest.mark.untraced

MODULES = [
    "catalogue",
    "checks",
    "client",
    "contract",
    "errors",
    "parameters",
    "rules",
    "types",
]
RESOLVE = """
import json, sys
from importlib import import_module
from typing import get_type_hints

sys.path.insert(0, sys.argv[1])
found = {}
for name in sys.argv[2:]:
    for loaded in list(sys.modules):
        if loaded.startswith("enboarder_api.models"):
            del sys.modules[loaded]
    module = import_module(f"enboarder_api.models.{name}")
    [model] = [
        each
        for each in vars(module).values()
        if getattr(each, "__module__", "") == module.__name__
    ]
    for function in (model.from_dict, model.to_dict):
        get_type_hints(function)
    found[name] = sorted(get_type_hints(model))
print(json.dumps(found))
"""


def resolved(folder: Path, *names: str) -> dict[str, list[str]]:
    """The annotated fields of models, each of them imported before any other model."""
    command = [sys.executable, "-c", RESOLVE, str(folder), *names]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def defined_in(module: ModuleType) -> list[Any]:
    """The classes and functions of a module, with the methods of its classes."""
    found: list[Any] = []
    for value in vars(module).values():
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(value):
            found.append(value)
            found += [each for each in vars(value).values() if inspect.isfunction(each)]
        elif inspect.isfunction(value):
            found.append(value)
    return found


def test_hints_of_every_model_resolve() -> None:
    """Each model resolves its annotations, whichever model is imported first."""
    classes = [getattr(models, name) for name in models.__all__]
    fields = {
        each.__module__.rpartition(".")[2]: sorted(
            field.name for field in each.__attrs_attrs__
        )
        for each in classes
        if hasattr(each, "__attrs_attrs__")
    }

    assert fields == resolved(PACKAGE.parent, *fields)


def test_hints_of_a_model_are_types() -> None:
    """The annotation of a field is the type of its values."""
    hints = get_type_hints(models.BasicLaunch)

    assert hints["custom_fields"] == list[models.CustomField] | Unset
    assert hints["employee_channel"] == models.Channel | str | Unset
    assert hints["employee_name"] is str


@pytest.mark.parametrize("name", MODULES)
def test_hints_of_a_module_resolve(name: str) -> None:
    """Operation, Arguments, Answer, Rule, Field and all functions resolve."""
    found = defined_in(import_module(f"enboarder_api.{name}"))

    for value in found:
        get_type_hints(value)
    assert found != []


def test_hints_of_every_operation_resolve() -> None:
    """The arguments and the result of each operation resolve."""
    api = PACKAGE / "api"
    names = [
        f"enboarder_api.api.{folder.name}.{module.name}"
        for folder in api.iterdir()
        if folder.is_dir()
        for module in iter_modules([str(folder)])
    ]

    for name in names:
        module = import_module(name)
        assert {"return"} < get_type_hints(module.arguments).keys()
        assert {"answer", "return"} == get_type_hints(module.parse).keys()
    assert len(names) > 20


@pytest.mark.usefixtures("own_ruff")
def test_models_that_refer_to_each_other_resolve(
    document: Node, tmp_path: Path
) -> None:
    """A contract whose models form a circle works, whichever model comes first."""
    schemas = json.loads(json.dumps(document["components"]["schemas"]))
    schemas["Form"]["properties"]["fields"] = {
        "type": "array",
        "items": {"$ref": "#/components/schemas/FormField"},
    }
    schemas["FormField"]["properties"]["form"] = {"$ref": "#/components/schemas/Form"}
    schemas["FormField"]["properties"]["parent"] = {
        "$ref": "#/components/schemas/FormField"
    }
    components = {**document["components"], "schemas": schemas}
    generate({**document, "components": components}, tmp_path / "enboarder_api")

    for names in (("form", "form_field"), ("form_field", "form")):
        found = resolved(tmp_path, *names)
        assert "fields" in found["form"]
        assert {"form", "parent"} <= set(found["form_field"])
