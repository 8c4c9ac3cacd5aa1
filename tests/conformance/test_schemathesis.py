"""schemathesis makes up calls of every operation, right and wrong ones, the same in each run, and judges the answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from enboarder.contract.document import operations
from enboarder.mock import MockServer
from tests.conformance.conftest import headers_of
from tests.conformance.openapi_core_judge import narrowed

EXCLUDED = (
    # A request that fits its schema may still be refused, for what it names does not exist, exists already, or breaks a rule
    # that only an extension states (x-required-any); the contract has no status of its own for any of these. Whether what
    # fits its schema is accepted otherwise, openapi-core and the service are asked about every call of the suite.
    "positive_data_acceptance",
)
PROGRAM = str(Path(sys.executable).with_name("st"))
EXAMPLES = "20"  # made-up calls of an operation in the phase `fuzzing`
LIMIT = 240.0  # seconds


@pytest.mark.parametrize("family", ["key", "bearer"])
def test_no_made_up_call_finds_a_fault(
    shared_mock: MockServer, family: str, tmp_path: Path, tell: Callable[[str, Mapping[str, object]], None]
) -> None:
    """All operations of a credential: statuses, bodies, wrong data, wrong methods, missing credentials.

    With two credentials at once, schemathesis would spoil one and expect a refusal, while the other still opens the path.
    """
    described = narrowed(family)
    expected = len(list(operations(described)))
    contract = tmp_path / "contract.json"
    contract.write_text(json.dumps(described), encoding="utf-8")
    (header, value), *_ = headers_of(shared_mock, family).items()

    done = subprocess.run(
        [PROGRAM, "run", str(contract), "--url", shared_mock.base_url, "--header", f"{header}: {value}"]
        + ["--phases", "examples,coverage,fuzzing", "--checks", "all", "--exclude-checks", ",".join(EXCLUDED)]
        + ["--generation-deterministic", "--max-examples", EXAMPLES, "--continue-on-failure", "--no-color"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )

    assert done.returncode == 0, done.stdout.replace(value, "…") + done.stderr
    assert f"Tested: {expected}" in done.stdout
    made_up = re.search(r"([\d,]+) generated", done.stdout)
    assert made_up
    tell(f"schemathesis ({family})", {"operations": expected, "calls": made_up[1]})
