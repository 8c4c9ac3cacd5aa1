"""One generated client on trial: generated, counted, compiled, called. Each step is remembered; the runner asks for all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import wire
from .operations import missing, operation_ids
from .tools import ROOT, Tools

PROGRAMS = Path(__file__).with_name("programs")
LIMIT = 300.0  # seconds for any one command
COLLISION = "FILEPATH_COLLISION"  # the one trace that openapi-generator leaves when it overwrites a file of its own


class Failed(Exception):
    """A row failed; the text says at which step, and why."""


@dataclass
class Trial:
    """What a row works with, and what it has shown so far."""

    tools: Tools
    folder: Path
    sources: list[str] = field(default_factory=list[str])
    """The files of the contract that the clients were generated from, relative to the checkout."""
    counted: list[str] = field(default_factory=list[str])
    compiled: bool = False
    calls: int = 0

    def source(self, path: str) -> Path:
        """A file of the contract; named in the report."""
        if path not in self.sources:
            self.sources.append(path)
        return ROOT / path

    def run(self, *command: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
        """Run a command to its end; what it printed."""
        words = [str(word) for word in command]
        try:
            done = subprocess.run(
                words,
                cwd=cwd or self.folder,
                env={**os.environ, **self.tools.environ, **(env or {})},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=LIMIT,
                check=False,
            )
        except OSError as error:
            raise Failed(f"{words[0]} could not be started: {error}") from None
        except subprocess.TimeoutExpired:
            raise Failed(f"{words[0]} did not end in {LIMIT:.0f} s") from None
        if done.returncode:
            raise Failed(f"{' '.join(words)[:200]} ended with {done.returncode}:\n{done.stdout[-3000:]}")
        return done.stdout

    def openapi_generator(self, generator: str, source: str, output: Path, **properties: str) -> None:
        """Generate with openapi-generator; a file that it wrote twice has swallowed operations."""
        settings = ",".join(
            f"{name}={value}" for name, value in {"hideGenerationTimestamp": "true", **properties}.items()
        )
        log = self.run(
            *("java", "-jar", self.tools.openapi_generator, "generate", "-g", generator),
            *("-i", self.source(source), "-o", output, f"--additional-properties={settings}"),
        )
        if COLLISION in log:
            lines = [line for line in log.splitlines() if COLLISION in line]
            raise Failed("openapi-generator overwrote a file of its own, so operations are lost:\n" + "\n".join(lines))

    def count(self, source: str, files: Iterable[Path], definition: str) -> None:
        """Compare the operations of a source with the methods that the generated code defines.

        Args:
            source: the file that the code was generated from.
            files: the generated code.
            definition: a pattern whose first group is the name of a method, at its definition.
        """
        defined = {name for file in files for name in re.findall(definition, file.read_text("utf-8"), re.MULTILINE)}
        wanted = operation_ids(ROOT / source)
        if lost := missing(wanted, defined):
            raise Failed(f"{len(lost)} of {len(wanted)} operations of {source} are missing: {', '.join(lost)}")
        self.counted.append(f"{len(wanted)} of {len(wanted)}")

    def compile(self, *command: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
        """Compile or type-check; any fault fails the row."""
        self.run(*command, cwd=cwd, env=env)
        self.compiled = True

    def call(self, *command: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
        """Run a program that makes the calls of `wire.CALLS`, and check what came over the wire."""

        def program(settings: Mapping[str, str]) -> str:
            return self.run(*command, cwd=cwd, env={**settings, **(env or {})})

        if faults := wire.faults(program):
            raise Failed("on the wire:\n" + "\n".join(faults))
        self.calls = len(wire.CALLS)

    def copy(self, program: str, to: Path | None = None) -> Path:
        """Put a program into the work folder."""
        return Path(shutil.copy(PROGRAMS / program, to or self.folder))

    @property
    def left_out(self) -> list[str]:
        """The steps that this row did not make."""
        steps = {"count": bool(self.counted), "compile": self.compiled, "call": bool(self.calls)}
        return [step for step, made in steps.items() if not made]


@dataclass(frozen=True)
class Row:
    """One line of the matrix: a language and a generator."""

    name: str
    language: str
    generator: str
    prove: Callable[[Trial], None]
    checked: str
    """How the code was compiled or type-checked, and what ran it."""
    credentials: str
    """How the caller hands over the credentials."""
    limits: str
    """What the row does not prove."""
