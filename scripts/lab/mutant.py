"""Run the tests of a package, those of the changed module first.

cosmic-ray runs this once for each mutant, in a clone that differs from its last commit
by the mutant alone: `python -m scripts.lab.mutant transport`. Most mutants fail a test
of their own module, so it is quicker to load only these tests first.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from scripts.layout import ROOT

CONFIGURATIONS = ROOT / "tests" / "mutation"
# These plugins take a second to load, and no mutant needs them.
UNUSED = (
    "anyio",
    "cacheprovider",
    "hypothesispytest",
    "pytest_cov",
    "randomly",
    "xdist",
)
NO_PYTHON = "the module is no Python"
PYTEST = (
    sys.executable,
    "-m",
    "pytest",
    "-x",
    "-q",
    *(f"-pno:{name}" for name in UNUSED),
)


def changed_module() -> Path | None:
    """Return the module that differs from the commit, if there is one."""
    command = ("git", "diff", "--name-only", "--", "overlays")
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    path = done.stdout.strip()
    return ROOT / path if path else None


def is_python(module: Path) -> bool:
    """Return whether a module can be compiled."""
    try:
        compile(module.read_bytes(), module, "exec")
    except SyntaxError:
        return False
    return True


def own_tests(package: str, module: str, named: dict[str, list[str]]) -> list[str]:
    """Return the test files of a module.

    Args:
        package: its folder in the core.
        module: its name.
        named: the files of modules whose tests have other names.
    """
    found = sorted((ROOT / "tests" / package).glob(f"test_{module}*.py"))
    files = [path.relative_to(ROOT).as_posix() for path in found]
    return [*named.get(module, []), *files]


def main() -> int:
    """Return 0 if no test notices the mutant."""
    package = sys.argv[1]
    text = (CONFIGURATIONS / f"{package}.toml").read_text("utf-8")
    tests: dict[str, Any] = tomllib.loads(text)["tests"]
    module = changed_module()
    if module and not is_python(module):
        print(NO_PYTHON)
        return 1
    first = own_tests(package, module.stem, tests["first"]) if module else []
    if first:
        code = subprocess.call([*PYTEST, *first], cwd=ROOT)
        if code != 0:
            return code
    ignored = [f"--ignore={path}" for path in first]
    return subprocess.call([*PYTEST, *tests["all"], *ignored], cwd=ROOT)


if __name__ == "__main__":
    raise SystemExit(main())
