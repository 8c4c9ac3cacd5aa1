"""schemathesis makes up calls, right and wrong ones, the same in each run, and judges the answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from enboarder.contract.document import operations
from enboarder.mock import MockServer
from tests.conformance.conftest import Figures, headers_of
from tests.conformance.openapi_core_judge import narrowed

EXCLUDED = (
    # A request that fits its schema may still be refused: what it names does not exist, exists already, or breaks a
    # rule that only an extension states (x-required-any). The contract has no status of its own for any of these.
    # openapi-core and the service have to agree on each of these requests, too: see judge.py.
    "positive_data_acceptance",
    # The credential is the only header that is required. Without one the gateway answers 403, while this check knows
    # nothing but 401 for `Authorization`; `ignored_auth` makes the same calls, and takes either for a refusal.
    "missing_required_header",
)
PROGRAM = str(Path(sys.executable).with_name("st"))
OPTIONS = (
    *("--phases", "examples,coverage,fuzzing", "--max-examples", "10"),
    *("--checks", "all", "--exclude-checks", ",".join(EXCLUDED)),
    *("--generation-deterministic", "--continue-on-failure", "--no-color"),
)
LIMIT = 240.0  # seconds


@pytest.mark.parametrize("family", ["key", "bearer"])
def test_no_made_up_call_finds_a_fault(
    shared_mock: MockServer, family: str, tmp_path: Path, record_property: Figures
) -> None:
    """All operations of a credential: statuses, bodies, wrong data, wrong methods, missing credentials.

    With two credentials at once, schemathesis would spoil one and expect a refusal, while the other still opens the
    path.
    """
    described = narrowed(family)
    expected = len(list(operations(described)))
    contract = tmp_path / "contract.json"
    contract.write_text(json.dumps(described), encoding="utf-8")
    (header, value), *_ = headers_of(shared_mock, family).items()

    where = [
        str(contract),
        "--url",
        shared_mock.base_url,
        "--header",
        f"{header}: {value}",
    ]
    done = subprocess.run(
        [PROGRAM, "run", *where, *OPTIONS],
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
    record_property(
        f"schemathesis ({family})",
        f"{expected} operations, {made_up[1]} made-up calls, no failure",
    )
