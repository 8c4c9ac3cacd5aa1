"""A program that PyInstaller freezes finds everything that is imported on use."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from enboarder.frozen import hook_folders
from enboarder.mock import MockServer

pytestmark = pytest.mark.untraced

# What the environment of the tests has, and the program never imports. Analysing it
# would take a minute.
UNUSED = (
    "IPython",
    "botocore",
    "cryptography",
    "hypothesis",
    "numpy",
    "pandas",
    "pydantic",
    "pygments",
    "pytest",
    "redis",
    "rich",
    "tkinter",
    "trio",
    "typer",
)
PROGRAM = """
import datetime
from enboarder import Enboarder, models

with Enboarder.from_env() as enboarder:
    print(enboarder.reports.get_forms().count)
    launched = enboarder.workflows.launch_basic(
        models.BasicLaunch(
            employee_name="Alex Example",
            employee_email="alex@example.com",
            manager_name="Sam Example",
            manager_email="sam@example.com",
            start_date=datetime.date(2027, 1, 12),
            external_id="A-1",
        )
    )
    print(type(launched).__name__)
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A frozen program, in a folder of its own."""
    folder = tmp_path_factory.mktemp("frozen")
    source = folder / "program.py"
    source.write_text(PROGRAM)
    (hooks,) = hook_folders()
    command = [sys.executable, "-m", "PyInstaller", "--onedir", "--noconfirm"]
    # A wheel is found by its entry point; in a checkout it may not be installed.
    options = ["--additional-hooks-dir", hooks, "--log-level", "ERROR"]
    for name in UNUSED:
        options += ["--exclude-module", name]
    subprocess.run(
        [*command, *options, str(source)], cwd=folder, check=True, timeout=280
    )
    return folder / "dist" / "program" / "program"


@pytest.mark.parametrize("store", ["memory", "file"])
def test_frozen_program_runs(
    program: Path, mock: MockServer, tmp_path: Path, store: str
) -> None:
    """It fetches a token, keeps it in the named store, reads and launches."""
    folder = tmp_path / "tokens"
    environ = {
        **mock.environ("oauth2"),
        "HOME": os.environ.get("HOME", "/"),
        "ENBOARDER_TOKEN_STORE": store if store == "memory" else f"file:{folder}",
    }
    ended = subprocess.run(
        [program],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "4\nLaunchResult\n" == ended.stdout, ended.stderr
    assert (store == "file") == folder.exists()


def test_hook_is_an_entry_point() -> None:
    """PyInstaller finds the hook without an option."""
    found = {entry.value for entry in entry_points(group="pyinstaller40")}

    assert "enboarder.frozen:hook_folders" in found
