"""Put one generated client on trial: generated, counted, compiled, called.

Each step is remembered, and a row has to make all of them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.lab.portability import wire
from scripts.lab.portability.coverage import missing, operation_ids
from scripts.lab.portability.tools import Tools
from scripts.layout import ROOT

PROGRAMS = Path(__file__).with_name("programs")
LIMIT = 600.0
"""Seconds for any one command."""

# The only trace that openapi-generator leaves when it overwrites a file of its own.
COLLISION = "FILEPATH_COLLISION"


class Failed(Exception):
    """A row failed; the text says at which step, and why."""


@dataclass
class Trial:
    """What a row works with, and what it has shown so far."""

    tools: Tools
    folder: Path
    sources: list[str] = field(default_factory=list[str])
    """The files from which the clients were generated, relative to the checkout."""
    counted: list[str] = field(default_factory=list[str])
    compiled: bool = False
    calls: int = 0

    def source(self, path: str) -> Path:
        """Return a file of the contract, and remember it for the report."""
        if path not in self.sources:
            self.sources.append(path)
        return ROOT / path

    def run(
        self,
        *command: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> str:
        """Run a command to its end, and return what it printed.

        Raises:
            Failed: it did not succeed.
        """
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
            raise Failed(f"{words[0]} cannot be started: {error}") from None
        except subprocess.TimeoutExpired:
            raise Failed(f"{words[0]} did not end in {LIMIT:.0f} s") from None
        if done.returncode:
            shown = " ".join(words)[:200]
            printed = done.stdout[-3000:]
            raise Failed(f"{shown} ended with {done.returncode}:\n{printed}")
        return done.stdout

    def openapi_generator(
        self, generator: str, source: str, output: Path, **properties: str
    ) -> None:
        """Generate with openapi-generator.

        Raises:
            Failed: it wrote a file twice, so operations are lost.
        """
        chosen = {"hideGenerationTimestamp": "true", **properties}
        settings = ",".join(f"{name}={value}" for name, value in chosen.items())
        log = self.run(
            "java",
            "-jar",
            self.tools.openapi_generator,
            "generate",
            "-g",
            generator,
            "-i",
            self.source(source),
            "-o",
            output,
            f"--additional-properties={settings}",
        )
        collisions = [line for line in log.splitlines() if COLLISION in line]
        if collisions:
            listed = "\n".join(collisions)
            raise Failed(
                "openapi-generator overwrote a file of its own, so operations are "
                f"lost:\n{listed}"
            )

    def count(self, source: str, files: Iterable[Path], definition: str) -> None:
        """Compare the operations of a source with the methods of generated code.

        Args:
            source: the file that the code was generated from.
            files: the generated code.
            definition: a pattern that finds the definition of a method; its first group
                is the name.

        Raises:
            Failed: an operation has no method.
        """
        pattern = re.compile(definition, re.MULTILINE)
        defined: set[str] = set()
        for file in files:
            defined.update(pattern.findall(file.read_text("utf-8")))
        wanted = operation_ids(ROOT / source)
        lost = missing(wanted, defined)
        if lost:
            raise Failed(
                f"{len(lost)} of {len(wanted)} operations of {source} are missing: "
                f"{', '.join(lost)}"
            )
        self.counted.append(f"{len(wanted)} of {len(wanted)}")

    def compile(
        self, *command: str | Path, env: Mapping[str, str] | None = None
    ) -> None:
        """Compile or type-check; any fault fails the row."""
        self.run(*command, env=env)
        self.compiled = True

    def call(
        self, *command: str | Path, calls: Sequence[wire.Call] = wire.CALLS
    ) -> None:
        """Run a program that makes the calls, and check its requests.

        Raises:
            Failed: a request is not exactly as it has to be.
        """

        def program(settings: Mapping[str, str]) -> str:
            return self.run(*command, env=settings)

        problems = wire.problems(program, calls)
        if problems:
            listed = "\n".join(problems)
            raise Failed(f"on the wire:\n{listed}")
        self.calls = len(calls)

    def copy(self, program: str, to: Path | None = None) -> Path:
        """Put a program into the work folder."""
        return Path(shutil.copy(PROGRAMS / program, to or self.folder))

    def left_out(self, *, has_code: bool = True) -> list[str]:
        """Return the steps that this row did not make.

        Args:
            has_code: whether the tool generates code, which has to be compiled.
        """
        steps = {
            "count": bool(self.counted),
            "compile": self.compiled or not has_code,
            "call": bool(self.calls),
        }
        return [step for step, is_made in steps.items() if not is_made]


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
    """How the caller gives the credentials."""
    limits: str
    """What the row does not prove."""
    has_code: bool = True
    """Whether the tool generates code; others read the file when they run."""
