"""The demonstration does the main job, and the rendered page is the contract's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import contract
import render

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).resolve().parents[2]


def test_demo_does_the_main_job_with_both_credentials() -> None:
    """Every step is told with method and path, and the OAuth2 part costs one token request."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "scripts/demo.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    lines = done.stdout.splitlines()
    assert lines.count("token requests: 1") == 1
    for version in ("v2", "v1"):
        told = [line.split()[-2:] for line in lines if f"/{version}/" in line]
        assert told[:5] == [
            ["POST", f"/restapi/{version}/startwf/basic"],
            ["POST", f"/restapi/{version}/startwf/advance"],
            ["PUT", f"/restapi/{version}/updatewf"],
            ["POST", f"/restapi/{version}/cancelwf"],
            ["POST", f"/restapi/{version}/profile"],
        ]
    assert sum("read 1,203 form rows" in line for line in lines) == 2


def test_models_page_is_rendered_from_the_contract() -> None:
    """The list of models in the documentation is up to date."""
    assert render.page(contract.load()) == (ROOT / "docs" / "models.md").read_text(
        "utf-8"
    )


def test_models_page_tells_fields_rules_and_types() -> None:
    """A reader finds readable name, wire name, type, and what is required where."""
    text = render.page(contract.load())

    assert "| `start_date` | `nhstdt` | date | yes |" in text
    assert "| `managers` | `managers` | list of [Manager](#manager) | yes |" in text
    assert "At least one of `nm`, `externalid` is required." in text
    assert "Values: `eml`, `mob`" in text or "Values: `mob`, `eml`" in text
