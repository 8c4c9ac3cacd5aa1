"""Go: openapi-generator's client."""

from __future__ import annotations

import shutil

from scripts.lab.portability.trial import Row, Trial

CONTRACT = "openapi/renderings/openapi-3.0.3.json"
LIBRARIES = "/usr/share/gocode"


def openapi_generator(trial: Trial) -> None:
    """Try the client of openapi-generator."""
    client = trial.folder / "src" / "enboarder"
    trial.openapi_generator("go", CONTRACT, client, packageName="enboarder")
    # The tests need a library that is not installed.
    shutil.rmtree(client / "test", ignore_errors=True)
    method = r"^func \(a \*\w+\) (\w+)Execute\("
    trial.count(CONTRACT, client.glob("api_*.go"), method)
    vet_and_call(trial, "enboarder", "calls.go")


def vet_and_call(trial: Trial, package: str, program: str) -> None:
    """Vet a package of the work folder, build a program on it, and run that."""
    calls = trial.folder / "src" / "calls"
    calls.mkdir()
    trial.copy(program, calls / "main.go")
    paths = {"GOPATH": f"{trial.folder}:{LIBRARIES}"}
    go = trial.tools.go
    trial.compile(go, "vet", package, "calls", env=paths)
    trial.run(go, "build", "-o", trial.folder / "program", "calls", env=paths)
    trial.call(trial.folder / "program")


ROWS = (
    Row(
        name="go",
        language="Go",
        generator="openapi-generator `go`",
        prove=openapi_generator,
        checked="`go vet`, `go build`; run",
        credentials="`ContextAPIKeys` by scheme name, `ContextOAuth2`",
        limits=(
            "Built in GOPATH mode with Debian's libraries, not with the versions that "
            "its go.mod declares. A date is a string."
        ),
    ),
)
