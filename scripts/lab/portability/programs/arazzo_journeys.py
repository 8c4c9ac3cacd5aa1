"""Run journeys with arazzo-runner."""

# mypy: disable-error-code="import-not-found, import-untyped, unused-ignore"
from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import yaml
from arazzo_runner import ArazzoRunner


def loaded(name: str) -> Any:
    """Read a YAML file of the contract."""
    return yaml.safe_load((Path(sys.argv[1]) / name).read_text("utf-8"))


contract = loaded("enboarder.yaml")
contract["servers"] = [{"url": os.environ["BASE_URL"]}]
runner = ArazzoRunner(
    arazzo_doc=loaded("journeys.arazzo.yaml"),
    source_descriptions={"enboarder": contract},
)
for journey in sys.argv[2:]:
    inputs = {
        "apikey": os.environ["API_KEY"],
        "token": os.environ["TOKEN"],
        "employee": journey,
    }
    print(journey, runner.execute_workflow(journey, inputs).status.value)
