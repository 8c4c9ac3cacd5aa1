"""Turn the contract into the package `enboarder_api`.

The contract is read and checked by the rules, one operation of each pair is selected,
and openapi-python-client renders the templates. Constants, the contract itself as JSON
and stamps are added.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import openapi_python_client
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from enboarder.contract.walk import Node
from scripts.codegen import selection, template_values
from scripts.codegen.naming import (
    GenerationFailed,
    name_parameters,
    name_properties,
)
from scripts.layout import CONTRACT, GENERATOR_CONFIG, TEMPLATES

EXTRA_MODULES = (
    "contract.py",
    "operations.py",
    "rules.py",
    "bodies.py",
    "checks.py",
    "parameters.py",
    "spelling.py",
    "catalogue.py",
)
STAMP = """\
# Generated from openapi/enboarder.yaml (contract {version})
# by openapi-python-client {generator}.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""


def use_own_ruff() -> None:
    """Put the tools beside this Python first on the path.

    The generator calls ruff by its name, and its output depends on the exact version.
    """
    beside = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])


def generate(document: Node, target: Path, *, is_formatted: bool = True) -> None:
    """Render the client of a contract into an empty folder.

    Args:
        document: a contract that keeps the rules.
        target: the folder.
        is_formatted: whether ruff puts the code into its final form.

    Raises:
        GenerationFailed: the generator gave a warning, so it would drop something.
    """
    config = _config(target)
    if not is_formatted:
        config.post_hooks.clear()
    data = GeneratorData.from_dict(selection.select(document), config=config)
    if isinstance(data, GeneratorError):
        raise GenerationFailed(_listed([data]))
    name_properties(data, document, config)
    name_parameters(data, document, config)
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    project.env.globals.update(template_values.values_of(document))
    target.mkdir(parents=True, exist_ok=True)
    for name in EXTRA_MODULES:
        text = project.env.get_template(f"{name}.jinja").render()
        (target / name).write_text(text, "utf-8")
    _build(project)
    (target / "py.typed").touch()
    contract = json.dumps(document, indent=1, ensure_ascii=False)
    (target / "contract.json").write_text(f"{contract}\n", "utf-8")
    _stamp(target, document["info"]["version"])


def _config(target: Path) -> Config:
    return Config.from_sources(
        ConfigFile.load_from_path(GENERATOR_CONFIG),
        meta_type=MetaType.NONE,
        document_source=CONTRACT,
        file_encoding="utf-8",
        overwrite=True,
        output_path=target,
    )


def _build(project: Project) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        raise GenerationFailed(_listed(errors))


def _stamp(target: Path, version: str) -> None:
    stamp = STAMP.format(version=version, generator=openapi_python_client.__version__)
    for module in target.rglob("*.py"):
        module.write_text(stamp + module.read_text("utf-8"), "utf-8")


def _listed(errors: Sequence[GeneratorError]) -> str:
    lines = ["the generator would drop a part of the contract:"]
    for error in errors:
        text = f"{error.header} {error.detail or ''}"
        lines.append(f"  - {' '.join(text.split())}")
    return "\n".join(lines)
