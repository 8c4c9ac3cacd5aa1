"""Java: openapi-generator's client on the JDK's own HTTP client."""

from __future__ import annotations

from ..trial import Row, Trial

ANNOTATIONS = "/usr/share/java/jakarta-annotation-api.jar"


def native(trial: Trial) -> None:
    contract, client, classes = "openapi/renderings/openapi-3.0.3.json", trial.folder / "client", trial.folder / "out"
    trial.openapi_generator(
        "java",
        contract,
        client,
        library="native",
        openApiNullable="false",
        useJakartaEe="true",
        containerDefaultToNull="true",  # without it, a list that nobody set is sent as an empty one
    )
    code = client / "src" / "main" / "java"
    trial.count(contract, code.rglob("api/*.java"), r"^  public [\w<>, ]+ (\w+)\(")
    # The program of openapi-generator holds the JSON library that its clients need.
    path = f"{trial.tools.openapi_generator}:{ANNOTATIONS}"
    trial.compile(
        *("javac", "--release", "11", "-Xlint:all,-processing,-options,-path", "-d", classes, "-cp", path),
        *sorted(code.rglob("*.java")),
        trial.copy("Calls.java"),
    )
    trial.call("java", "-cp", f"{classes}:{path}", "Calls")


ROWS = (
    Row(
        "java",
        "Java",
        "openapi-generator `java`, library `native`, `containerDefaultToNull=true`",
        native,
        "`javac --release 11`; JVM",
        "a request interceptor of the caller; the generated code applies no security scheme",
        "The class path is openapi-generator's own libraries, not the ones that its build file declares.",
    ),
)
