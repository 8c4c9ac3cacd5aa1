"""Java: openapi-generator's client on the JDK's own HTTP client."""

from __future__ import annotations

from scripts.lab.portability.trial import Row, Trial

CONTRACT = "openapi/renderings/openapi-3.0.3.json"
ANNOTATIONS = "/usr/share/java/jakarta-annotation-api.jar"


def native(trial: Trial) -> None:
    """Try the client of openapi-generator."""
    client = trial.folder / "client"
    classes = trial.folder / "out"
    trial.openapi_generator(
        "java",
        CONTRACT,
        client,
        library="native",
        openApiNullable="false",
        useJakartaEe="true",
        # Without it, a list that nobody set is sent as an empty one.
        containerDefaultToNull="true",
    )
    code = client / "src" / "main" / "java"
    method = r"^  public [\w<>, ]+ (\w+)\("
    trial.count(CONTRACT, code.rglob("api/*.java"), method)
    # The program of openapi-generator holds the JSON library that its clients need.
    path = f"{trial.tools.openapi_generator}:{ANNOTATIONS}"
    trial.compile(
        "javac",
        "--release",
        "11",
        "-Xlint:all,-processing,-options,-path",
        "-d",
        classes,
        "-cp",
        path,
        *sorted(code.rglob("*.java")),
        trial.copy("Calls.java"),
    )
    trial.call("java", "-cp", f"{classes}:{path}", "Calls")


ROWS = (
    Row(
        name="java",
        language="Java",
        generator=(
            "openapi-generator `java`, library `native`, `containerDefaultToNull=true`"
        ),
        prove=native,
        checked="`javac --release 11`; JVM",
        credentials=(
            "a request interceptor of the caller; "
            "the generated code applies no security scheme"
        ),
        limits=(
            "The class path has openapi-generator's own libraries, not those that "
            "the build file declares."
        ),
    ),
)
