"""Redocly's experimental generators.

They write one file, on the language's standard library only (on httpx in Python).
"""

from __future__ import annotations

import shutil

from scripts.lab.portability.languages import go, php, typescript
from scripts.lab.portability.trial import Row, Trial

CONTRACT = "openapi/enboarder.yaml"
EXPERIMENTAL = "The generator calls itself experimental. A date is a string."
CREDENTIALS = "`apiKey` by scheme name, `bearer`"


def redocly_typescript(trial: Trial) -> None:
    """Try the TypeScript client."""
    _generate(trial, "typescript", "client.ts", r'^    (\w+): \{ id: "')
    typescript.compile_and_call(trial, "redocly.ts", typescript.MODULES)


def redocly_go(trial: Trial) -> None:
    """Try the Go client."""
    _generate(trial, "go", "client.go", r"^func \(c \*Client\) (\w+)\(")
    package = trial.folder / "src" / "client"
    package.mkdir(parents=True)
    shutil.move(trial.folder / "client.go", package)
    go.vet_and_call(trial, "client", "redocly.go")


def redocly_java(trial: Trial) -> None:
    """Try the Java client."""
    _generate(trial, "java", "Client.java", r"^    public [\w<>, ]+ (\w+)\(")
    classes = trial.folder / "out"
    trial.compile(
        "javac",
        "--release",
        "17",
        "-Xlint:all",
        "-Werror",
        "-d",
        classes,
        trial.folder / "Client.java",
        trial.copy("RedoclyCalls.java"),
    )
    trial.call("java", "-cp", classes, "RedoclyCalls")


def redocly_php(trial: Trial) -> None:
    """Try the PHP client."""
    _generate(trial, "php", "client.php", r"^    public function (\w+)\(")
    trial.copy("redocly.php")
    trial.compile("php", "-l", "client.php")
    trial.call(*php.STRICT, "redocly.php")


def redocly_python(trial: Trial) -> None:
    """Try the Python client."""
    _generate(trial, "python", "client.py", r"^    def (\w+)\(")
    trial.copy("redocly_calls.py")
    python = trial.tools.python
    options = ["--strict", "--cache-dir=mypy-cache"]
    trial.compile(python, "-m", "mypy", *options, "redocly_calls.py", "client.py")
    trial.call(python, "-W", "error", "redocly_calls.py")


def _generate(trial: Trial, language: str, file: str, definition: str) -> None:
    """Generate the client into the work folder, and count its methods.

    The generator chooses the name of the file.
    """
    trial.run(
        trial.tools.node_program("redocly"),
        "generate-client",
        trial.source(CONTRACT),
        "--generator",
        language,
        "--output",
        trial.folder / "client.ts",
    )
    trial.count(CONTRACT, [trial.folder / file], definition)


ROWS = (
    Row(
        name="redocly-typescript",
        language="TypeScript",
        generator="Redocly `typescript`",
        prove=redocly_typescript,
        checked=(
            "`tsc`: strict, exact optional properties, unchecked index access; Node.js"
        ),
        credentials=CREDENTIALS,
        limits=EXPERIMENTAL,
    ),
    Row(
        name="redocly-go",
        language="Go",
        generator="Redocly `go`",
        prove=redocly_go,
        checked="`go vet`, `go build`; run",
        credentials=CREDENTIALS,
        limits=EXPERIMENTAL,
    ),
    Row(
        name="redocly-java",
        language="Java",
        generator="Redocly `java`",
        prove=redocly_java,
        checked="`javac --release 17 -Xlint:all -Werror`; JVM",
        credentials=CREDENTIALS,
        limits=EXPERIMENTAL,
    ),
    Row(
        name="redocly-php",
        language="PHP",
        generator="Redocly `php`",
        prove=redocly_php,
        checked="`php -l`; run with every notice on",
        credentials=CREDENTIALS,
        limits=EXPERIMENTAL,
    ),
    Row(
        name="redocly-python",
        language="Python",
        generator="Redocly `python`",
        prove=redocly_python,
        checked="`mypy --strict`; run with warnings as errors",
        credentials=CREDENTIALS,
        limits=EXPERIMENTAL,
    ),
)
