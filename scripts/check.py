"""Everything that can be checked without running a test: `python scripts/check.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from contract import ROOT

CHECKS = {
    "generated tree is up to date": ["scripts/generate.py", "--check"],
    "rendered pages are up to date": ["scripts/render.py", "--check"],
    "contract is OpenAPI 3.1": [
        "-m",
        "openapi_spec_validator",
        "openapi/enboarder.yaml",
    ],
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types by mypy --strict": [
        "-m",
        "mypy",
        "overlays",
        "generated",
        "scripts",
        "tests",
        "examples",
    ],
    "types by pyright": ["-m", "pyright", "--pythonpath", sys.executable],
}


def main() -> int:
    environment = {
        **os.environ,
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
        "PYRIGHT_PYTHON_GLOBAL_NODE": "0",
    }
    failed = []
    for name, command in CHECKS.items():
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{verdict:>6}  {name} ({time.monotonic() - started:.1f} s)", flush=True)
        if done.returncode != 0:
            failed.append(name)
            print(done.stdout + done.stderr, file=sys.stderr)
    print(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
