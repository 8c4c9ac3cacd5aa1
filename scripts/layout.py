"""Where things are in this repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

OPENAPI = ROOT / "openapi"
CONTRACT = OPENAPI / "enboarder.yaml"
DIALECT = OPENAPI / "dialect.json"
"""The rules of the contract, as JSON Schema."""
RENDERINGS = OPENAPI / "renderings"

PACKAGE = ROOT / "generated" / "enboarder_api"
TEMPLATES = ROOT / "scripts" / "templates"
GENERATOR_CONFIG = ROOT / "generator_config.yml"

GUIDES = ROOT / "docs" / "guides"
PROJECT_PAGES = ROOT / "docs" / "project"
"""Evidence: benchmarks, scale, conformance, mutation and portability."""


def relative(path: Path) -> str:
    """Return a path as it is written in messages: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()
