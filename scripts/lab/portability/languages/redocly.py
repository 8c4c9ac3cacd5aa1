"""Redocly's experimental generators: one file, the language's standard library only (httpx in Python)."""

from __future__ import annotations

import shutil

from ..trial import Row, Trial
from . import go, php, typescript

CONTRACT = "openapi/enboarder.yaml"
EXPERIMENTAL = "The generator calls itself experimental. A date is a string."
CREDENTIALS = "`apiKey` by scheme name, `bearer`"


def _generate(trial: Trial, language: str, file: str, definition: str) -> None:
    """The client, under the name that the generator gives it, in the work folder."""
    command = (trial.tools.node_program("redocly"), "generate-client", trial.source(CONTRACT), "--generator", language)
    trial.run(*command, "--output", trial.folder / "client.ts")
    trial.count(CONTRACT, [trial.folder / file], definition)


def redocly_typescript(trial: Trial) -> None:
    _generate(trial, "typescript", "client.ts", r'^    (\w+): \{ id: "')
    typescript.compile_and_call(trial, "redocly.ts", typescript.MODULES)


def redocly_go(trial: Trial) -> None:
    _generate(trial, "go", "client.go", r"^func \(c \*Client\) (\w+)\(")
    package = trial.folder / "src" / "client"
    package.mkdir(parents=True)
    shutil.move(trial.folder / "client.go", package)
    go.vet_and_call(trial, "client", "redocly.go")


def redocly_java(trial: Trial) -> None:
    _generate(trial, "java", "Client.java", r"^    public [\w<>, ]+ (\w+)\(")
    files = (trial.folder / "Client.java", trial.copy("RedoclyCalls.java"))
    trial.compile("javac", "--release", "17", "-Xlint:all", "-Werror", "-d", trial.folder / "out", *files)
    trial.call("java", "-cp", trial.folder / "out", "RedoclyCalls")


def redocly_php(trial: Trial) -> None:
    _generate(trial, "php", "client.php", r"^    public function (\w+)\(")
    trial.copy("redocly.php")
    trial.compile("php", "-l", "client.php")
    trial.call(*php.STRICT, "redocly.php")


def redocly_python(trial: Trial) -> None:
    _generate(trial, "python", "client.py", r"^    def (\w+)\(")
    trial.copy("redocly_calls.py")
    trial.compile(
        trial.tools.python, "-m", "mypy", "--strict", "--cache-dir=mypy-cache", "redocly_calls.py", "client.py"
    )
    trial.call(trial.tools.python, "-W", "error", "redocly_calls.py")


ROWS = (
    Row(
        "redocly-typescript",
        "TypeScript",
        "Redocly `typescript`",
        redocly_typescript,
        "`tsc`: strict, exact optional properties, unchecked index access; Node.js",
        CREDENTIALS,
        EXPERIMENTAL,
    ),
    Row("redocly-go", "Go", "Redocly `go`", redocly_go, "`go vet`, `go build`; run", CREDENTIALS, EXPERIMENTAL),
    Row(
        "redocly-java",
        "Java",
        "Redocly `java`",
        redocly_java,
        "`javac --release 17 -Xlint:all -Werror`; JVM",
        CREDENTIALS,
        EXPERIMENTAL,
    ),
    Row(
        "redocly-php",
        "PHP",
        "Redocly `php`",
        redocly_php,
        "`php -l`; run with every notice on",
        CREDENTIALS,
        EXPERIMENTAL,
    ),
    Row(
        "redocly-python",
        "Python",
        "Redocly `python`",
        redocly_python,
        "`mypy --strict`; run with warnings as errors",
        CREDENTIALS,
        EXPERIMENTAL,
    ),
)
