"""Render what other tools and readers take from the contract: `python scripts/render.py [--check]`.

`docs/models.md` lists all models; `openapi/renderings/` holds the contract in other formats, whole and for one account.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from openapi_python_client.strings import PythonIdentifier

import contract
import selection
from contract import ROOT, Node
from enboarder.contract import Auth, export
from enboarder_api.contract import Region

PAGE = ROOT / "docs" / "models.md"
RENDERINGS = ROOT / "openapi" / "renderings"
HEAD = """\
<!-- Rendered from openapi/enboarder.yaml by `make generate`. Do not edit. -->

# Models

Import them from `enboarder.models`. A field that is not required may be left out (it is `UNSET` then). In a mapping the wire
names are used. `to_dict()` gives the JSON object of a model, `from_dict()` reads one.
"""
TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def page(document: Node) -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *_lines(selection.select(document))])


def _lines(document: Node) -> Iterator[str]:
    for name, schema in sorted(document["components"]["schemas"].items()):
        yield f"## {name}\n"
        yield f"{schema.get('description', '')}\n"
        if "enum" in schema:
            yield "Values: " + ", ".join(f"`{value}`" for value in schema["enum"]) + "\n"
        if schema.get("properties"):
            yield "| field | wire name | type | required | |\n| --- | --- | --- | --- | --- |"
            for wire, spec in schema["properties"].items():
                field = spec.get("x-name") or PythonIdentifier(wire, "field_")
                required = "yes" if wire in schema.get("required", []) else ""
                text = " ".join([spec.get("description", ""), *_groups(spec), *_groups(spec.get("items", {}))])
                text = " ".join(text.split()).replace("|", "\\|")
                yield f"| `{field}` | `{wire}` | {_type(document, spec)} | {required} | {text} |"
            yield ""
        for group in _groups(schema):
            yield f"{group}\n"


def _groups(spec: Node) -> list[str]:
    groups = [", ".join(f"`{wire}`" for wire in group) for group in spec.get("x-required-any", [])]
    required = [f"`{wire}` is required." for wire in spec.get("x-required", [])]
    return [*required, *(f"At least one of {group} is required." for group in groups)]


def _type(document: Node, spec: Node) -> str:
    ref = spec.get("$ref") or (spec.get("allOf") or [{}])[0].get("$ref", "")
    if ref:
        name = ref.rpartition("/")[2]
        return f"[{name}](#{name.lower()})" if name in document["components"]["schemas"] else name
    kinds = spec.get("type", "any")
    kind = next((kind for kind in kinds if kind != "null"), "any") if isinstance(kinds, list) else kinds
    if kind == "array":
        return f"list of {_type(document, spec['items'])}"
    if spec.get("format") in ("date", "date-time"):
        return "date" if spec["format"] == "date" else "datetime"
    return TYPES.get(kind, kind)


def renderings() -> Iterator[tuple[Path, str]]:
    """Every file of `openapi/renderings/`, and its text."""
    for version in ("3.1", "3.0.3"):
        yield Path(f"openapi-{version}.json"), export(f"openapi-{version}")
        for region in Region:
            for auth in Auth:
                text = export(f"openapi-{version}", region=region, auth=auth)
                yield Path(region.lower(), f"openapi-{version}.{auth}.json"), text
    for region in Region:
        yield Path(region.lower(), "swagger-2.0.apikey.json"), export("swagger-2.0", region=region)
        yield (
            Path("postman", f"{region.lower()}.postman_environment.json"),
            export("postman-environment", region=region),
        )
    yield Path("power-platform", "apiProperties.json"), export("connector-properties")
    yield Path("postman", "enboarder.postman_collection.json"), export("postman")
    yield Path("errors.json"), export("errors")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a file is out of date")
    check = parser.parse_args().check
    wanted = {PAGE: page(contract.load())} | {RENDERINGS / path: text for path, text in renderings()}
    strays = {path for path in RENDERINGS.rglob("*") if path.is_file()} - wanted.keys()
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    if check:
        for path in sorted({*stale, *strays}):
            print(f"{path.relative_to(ROOT)} is out of date; run `make generate`", file=sys.stderr)
        return 1 if stale or strays else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
        print(f"{path.relative_to(ROOT)}: rendered")
    for path in strays:
        path.unlink()
        print(f"{path.relative_to(ROOT)}: removed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
