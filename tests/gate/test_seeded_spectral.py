"""Spectral finds faults that are seeded into copies of a rendering and the journeys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scripts.judge import spectral
from scripts.layout import OPENAPI, RENDERINGS

pytestmark = pytest.mark.usefixtures("npm")

SWAGGER = RENDERINGS / "eu" / "swagger-2.0.apikey.json"
JOURNEYS = OPENAPI / "journeys.arazzo.yaml"


def test_a_fault_in_a_rendering_is_found(tmp_path: Path) -> None:
    """A hint is enough to fail: an operation without a description is one."""
    swagger = json.loads(SWAGGER.read_text("utf-8"))
    del swagger["paths"]["/brand/all"]["get"]["description"]
    path = tmp_path / "swagger.json"
    path.write_text(json.dumps(swagger), "utf-8")
    done = spectral.lint([path])

    assert done.returncode != 0
    assert "operation-description" in done.stdout
    assert "/brand/all" in done.stdout


def test_a_fault_in_a_journey_is_found(tmp_path: Path) -> None:
    """A step without a description is found, too."""
    yaml = YAML(typ="safe", pure=True)
    journeys = yaml.load(JOURNEYS)
    del journeys["workflows"][0]["steps"][0]["description"]
    path = tmp_path / "journeys.arazzo.yaml"
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(journeys, file)
    done = spectral.lint([path])

    assert done.returncode != 0
    assert "workflows[0].steps[0]" in done.stdout
