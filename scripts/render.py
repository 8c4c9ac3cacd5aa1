"""Render `docs/models.md`, the list of all models, from the contract: `python scripts/render.py [--check]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from openapi_python_client.strings import PythonIdentifier

import contract
from contract import ROOT, Node

PAGE = ROOT / "docs" / "models.md"
HEAD = """\
<!-- Rendered from openapi/enboarder.yaml by `make generate`. Do not edit. -->

# Models

Import them from `enboarder.models`. A field that is not required may be left out (it is `UNSET` then). In a mapping the wire
names are used. `to_dict()` gives the JSON object of a model, `from_dict()` reads one.
"""
TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def page(document: Node) -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *_lines(contract.select(document))])


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the page is out of date")
    check = parser.parse_args().check
    text = page(contract.load())
    if PAGE.exists() and PAGE.read_text("utf-8") == text:
        return 0
    if check:
        print("docs/models.md is out of date; run `make generate`", file=sys.stderr)
        return 1
    PAGE.write_text(text, "utf-8")
    print("docs/models.md: rendered")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
