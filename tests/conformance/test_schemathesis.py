"""schemathesis generates right and wrong calls, and judges the answers.

The calls are the same in every run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from enboarder.contract.walk import operations
from enboarder.mock import MockServer
from tests.conformance.conftest import Figures, headers_of
from tests.conformance.families import narrowed

EXCLUDED = (
    # A request that fits its schema may still be refused: what it names does not exist,
    # exists already, or breaks a rule that only an extension states (x-required-any).
    # The contract has no status of its own for any of these. openapi-core and the mock
    # have to agree on each of these requests, too: see judge.py.
    "positive_data_acceptance",
    # The credential is the only header that is required. Without one the gateway
    # answers 403, while this check knows nothing but 401 for `Authorization`.
    # `ignored_auth` makes the same calls, and takes either for a refusal.
    "missing_required_header",
)
PROGRAM = str(Path(sys.executable).with_name("st"))
OPTIONS = (
    "--phases",
    "examples,coverage,fuzzing",
    "--max-examples",
    "10",
    "--checks",
    "all",
    "--exclude-checks",
    ",".join(EXCLUDED),
    "--generation-deterministic",
    "--continue-on-failure",
    "--no-color",
)
LIMIT = 240.0
"""Seconds."""


# With two credentials at once, schemathesis would spoil one and expect a refusal, while
# the other still opens the path.
@pytest.mark.parametrize("family", ["key", "bearer"])
def test_no_generated_call_finds_a_fault(
    shared_mock: MockServer, family: str, tmp_path: Path, record_property: Figures
) -> None:
    """Statuses, bodies, wrong data, wrong methods and missing credentials are tried."""
    document = narrowed(family)
    contract = tmp_path / "contract.json"
    contract.write_text(json.dumps(document), "utf-8")
    ((header, value),) = headers_of(shared_mock, family).items()
    place = [str(contract), "--url", shared_mock.base_url]
    done = subprocess.run(
        [PROGRAM, "run", *place, "--header", f"{header}: {value}", *OPTIONS],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    expected = len(list(operations(document)))
    generated = re.search(r"([\d,]+) generated", done.stdout)

    assert 0 == done.returncode, done.stdout.replace(value, "…") + done.stderr
    assert f"Tested: {expected}" in done.stdout
    assert generated is not None
    figures = f"{expected} operations, {generated[1]} generated calls, no failure"
    record_property(f"schemathesis ({family})", figures)
