"""Generate `generated/enboarder_api` from the contract: `python scripts/generate.py [--check]`.

contract -> rules held (scripts/rules.py) -> one operation of each pair (scripts/selection.py) -> openapi-python-client
with the templates of scripts/templates -> constants and the contract itself as JSON -> stamps -> the package replaced as
a whole.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import openapi_python_client
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.schema.untrusted_string import UntrustedString

import constants
import contract
import rules
import selection
from contract import ROOT, ContractBroken, Node

PACKAGE = ROOT / "generated" / "enboarder_api"
TEMPLATES = ROOT / "scripts" / "templates"
CONFIG = ROOT / "generator_config.yml"
EXTRA_MODULES = ("contract.py", "operations.py", "rules.py", "checks.py", "parameters.py", "catalogue.py")
STAMP = """\
# Generated from openapi/enboarder.yaml (contract {version})
# by openapi-python-client {generator}.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""


class GenerationFailed(Exception):
    """The generator could not turn the whole contract into code."""


def generate(document: Node, target: Path) -> None:
    """Render the client of a contract into an empty folder; raises GenerationFailed on any warning."""
    config = Config.from_sources(
        ConfigFile.load_from_path(CONFIG),
        meta_type=MetaType.NONE,
        document_source=contract.CONTRACT,
        file_encoding="utf-8",
        overwrite=True,
        output_path=target,
    )
    data = GeneratorData.from_dict(selection.select(document), config=config)
    if isinstance(data, GeneratorError):
        raise GenerationFailed(_told([data]))
    _name_properties(data, document, config)
    _name_parameters(data, document, config)
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    project.env.globals.update(constants.of(document))
    target.mkdir(parents=True, exist_ok=True)
    for name in EXTRA_MODULES:
        text = project.env.get_template(f"{name}.jinja").render()
        (target / name).write_text(text, encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        faults = project.build()
    if faults:
        raise GenerationFailed(_told(faults))
    (target / "py.typed").touch()
    (target / "contract.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    stamp = STAMP.format(version=document["info"]["version"], generator=openapi_python_client.__version__)
    for module in target.rglob("*.py"):
        module.write_text(stamp + module.read_text(encoding="utf-8"), encoding="utf-8")


def _name_properties(data: GeneratorData, document: Node, config: Config) -> None:
    """Apply `x-name` and descriptions, which the generator does not read where a property is a `$ref`."""
    schemas = document["components"]["schemas"]
    for model in data.models:
        if model.class_info.name not in schemas:
            raise GenerationFailed(f"{model.class_info.name} is an object without a name; make it a component")
        specs = schemas[model.class_info.name].get("properties", {})
        taken = set(constants.MODEL_MEMBERS)
        for prop in [*(model.required_properties or []), *(model.optional_properties or [])]:
            wire = prop.name.get_untrusted_value()
            spec = specs[wire]
            name = spec.get("x-name", wire)
            prop.set_python_name(UntrustedString(name), config=config)
            if "x-name" in spec and prop.python_name != name:
                raise GenerationFailed(
                    f"{model.class_info.name}.{wire}: {name!r} cannot be a Python name; choose another"
                )
            if prop.python_name in taken:
                raise GenerationFailed(
                    f"{model.class_info.name}.{wire}: the name {prop.python_name!r} is taken; give it another x-name"
                )
            taken.add(prop.python_name)
            text = contract.paragraphs(spec.get("description", ""))
            prop.description = UntrustedString(f"{text} Wire name: `{wire}`.".strip() if name != wire else text)


def _name_parameters(data: GeneratorData, document: Node, config: Config) -> None:
    """Apply `x-name` to query parameters (path parameters were renamed when the document was selected)."""
    names = {
        (entry.python_name, parameter["name"]): parameter["x-name"]
        for entry in contract.entries(document)
        for parameter in contract.parameters(document, entry)
        if "x-name" in parameter
    }
    operations = {entry.python_name for entry in contract.entries(document)}
    for tag, collection in data.endpoint_collections_by_tag.items():
        for endpoint in collection.endpoints:
            operation = f"{tag}.{endpoint.name}"
            if operation not in operations:
                raise GenerationFailed(f"{operation}: the generator renames this operation; choose another x-python")
            taken = set(constants.RESERVED)
            in_path = [prop.name.get_untrusted_value() for prop in endpoint.path_parameters]
            for prop in [*endpoint.path_parameters, *endpoint.query_parameters]:
                wire = prop.name.get_untrusted_value()
                name = wire if wire in in_path else names.get((operation, wire))
                if name:
                    prop.set_python_name(UntrustedString(name), config=config)
                if prop.python_name in taken or prop.python_name != (name or prop.python_name):
                    raise GenerationFailed(f"{operation}: give the parameter {name or wire!r} another x-name")
                taken.add(prop.python_name)


def _told(faults: Sequence[GeneratorError]) -> str:
    return "the generator would drop a part of the contract:\n" + "\n".join(
        "  - " + " ".join(f"{fault.header} {fault.detail or ''}".split()) for fault in faults
    )


def replace(package: Path, fresh: Path) -> list[str]:
    """Put the fresh package in the place of the old one, unless they are the same; returns the files that differ."""
    changed = differences(package, fresh)
    if changed:
        if package.exists():
            shutil.rmtree(package)
        shutil.copytree(fresh, package)
    return changed


def differences(left: Path, right: Path) -> list[str]:
    """The files, by relative path, that are not byte for byte the same on both sides."""
    names = {
        path.relative_to(side).as_posix()
        for side in (left, right)
        if side.exists()
        for path in side.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return sorted(
        name
        for name in names
        if not ((left / name).is_file() and (right / name).is_file())
        or not filecmp.cmp(left / name, right / name, shallow=False)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the package is out of date")
    check = parser.parse_args().check
    # The post hooks call ruff by its name: the one beside this Python, not whichever is first on the path.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "enboarder_api"
        try:
            document = contract.load()
            rules.check(document)
            generate(document, fresh)
        except (ContractBroken, GenerationFailed) as error:
            print(f"not generated: {error}", file=sys.stderr)
            return 1
        changed = differences(PACKAGE, fresh) if check else replace(PACKAGE, fresh)
    operations = sum(entry.python_name is not None for entry in contract.entries(document))
    if check and changed:
        print("generated/enboarder_api is out of date; run `make generate`:", *changed, sep="\n  ", file=sys.stderr)
        return 1
    print(f"generated/enboarder_api: {operations} operations, {len(changed) or 'no'} files changed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
