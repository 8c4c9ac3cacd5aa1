"""Go: openapi-generator's client."""

from __future__ import annotations

import shutil

from ..trial import Row, Trial

LIBRARIES = "/usr/share/gocode"


def vet_and_call(trial: Trial, package: str, program: str) -> None:
    """Vet a package of the work folder, build a program on it, and run that."""
    calls = trial.folder / "src" / "calls"
    calls.mkdir()
    trial.copy(program, calls / "main.go")
    paths = {"GOPATH": f"{trial.folder}:{LIBRARIES}"}
    trial.compile(trial.tools.go, "vet", package, "calls", env=paths)
    trial.run(trial.tools.go, "build", "-o", trial.folder / "program", "calls", env=paths)
    trial.call(trial.folder / "program")


def openapi_generator(trial: Trial) -> None:
    contract, client = "openapi/renderings/openapi-3.0.3.json", trial.folder / "src" / "enboarder"
    trial.openapi_generator("go", contract, client, packageName="enboarder")
    shutil.rmtree(client / "test", ignore_errors=True)  # needs a library that is not at hand
    trial.count(contract, client.glob("api_*.go"), r"^func \(a \*\w+\) (\w+)Execute\(")
    vet_and_call(trial, "enboarder", "calls.go")


ROWS = (
    Row(
        "go",
        "Go",
        "openapi-generator `go`",
        openapi_generator,
        "`go vet`, `go build`; run",
        "`ContextAPIKeys` by scheme name, `ContextOAuth2`",
        "Built in GOPATH mode with Debian's libraries, not with the versions that its go.mod declares. A date is a string.",
    ),
)
