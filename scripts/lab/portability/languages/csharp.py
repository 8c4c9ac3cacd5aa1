"""C#: the clients of openapi-generator and of NSwag, compiled and run by Mono."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.lab.portability.trial import Row, Trial

CONTRACT = "openapi/renderings/openapi-3.0.3.json"
REFERENCES = (
    "System.ComponentModel.DataAnnotations",
    "System.Net.Http",
    "System.Runtime.Serialization",
    "System.Web",
)


def openapi_generator(trial: Trial) -> None:
    """Try the client of openapi-generator."""
    client = trial.folder / "client"
    trial.openapi_generator(
        "csharp",
        CONTRACT,
        client,
        library="httpclient",
        targetFramework="netstandard2.0",
        nullableReferenceTypes="false",
        packageName="EnboarderApi",
    )
    code = client / "src" / "EnboarderApi"
    method = r"^        public [\w<>., ]+ (\w+)\("
    trial.count(CONTRACT, code.glob("Api/*.cs"), method)
    programs = [trial.copy("Stubs.cs"), trial.copy("Calls.cs")]
    _compile_and_call(trial, [*sorted(code.rglob("*.cs")), *programs])


def nswag(trial: Trial) -> None:
    """Try the client of NSwag."""
    client = trial.folder / "Client.cs"
    trial.run(
        "mono",
        trial.tools.nswag / "NSwag.exe",
        "openapi2csclient",
        f"/input:{trial.source(CONTRACT)}",
        f"/output:{client}",
        "/namespace:Enboarder",
        "/classname:EnboarderClient",
        "/operationGenerationMode:SingleClientFromOperationId",
        # Without it, an enum, a number or a date that nobody set is sent: the first
        # value, 0, the year 1.
        "/generateOptionalPropertiesAsNullable:true",
    )
    method = r"^        public virtual .*?Task\S* (\w+)Async\("
    trial.count(CONTRACT, [client], method)
    _compile_and_call(trial, [client, trial.copy("NSwagCalls.cs")])


def _compile_and_call(trial: Trial, sources: list[Path]) -> None:
    """Compile everything into one program, and run it."""
    # NSwag brings a current Newtonsoft.Json; Debian's is too old.
    shutil.copy(trial.tools.nswag / "Newtonsoft.Json.dll", trial.folder)
    references = [f"-r:{name}" for name in ("Newtonsoft.Json.dll", *REFERENCES)]
    options = ["-langversion:latest", "-out:calls.exe"]
    trial.compile("mcs", *options, *references, *sources)
    trial.call("mono", "calls.exe")


ROWS = (
    Row(
        name="csharp",
        language="C#",
        generator="openapi-generator `csharp`, library `httpclient`",
        prove=openapi_generator,
        checked="`mcs`; Mono",
        credentials="`Configuration.ApiKey` by header name, `AccessToken`",
        limits=(
            "Mono, not .NET; JsonSubTypes and Polly are stubs that are never called."
        ),
    ),
    Row(
        name="nswag",
        language="C#",
        generator=(
            "NSwag `openapi2csclient` with `/generateOptionalPropertiesAsNullable:true`"
        ),
        prove=nswag,
        checked="`mcs`; Mono",
        credentials=(
            "default headers of the caller's `HttpClient`; "
            "NSwag generates no security scheme"
        ),
        limits="Mono, not .NET.",
    ),
)
