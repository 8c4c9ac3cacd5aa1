"""C#: the clients of openapi-generator and of NSwag, compiled and run by Mono."""

from __future__ import annotations

import shutil
from pathlib import Path

from ..trial import Row, Trial

REFERENCES = (
    "System.ComponentModel.DataAnnotations",
    "System.Net.Http",
    "System.Runtime.Serialization",
    "System.Web",
)


def compile_and_call(trial: Trial, sources: list[Path]) -> None:
    """Compile everything into one program, and run it."""
    # NSwag brings a current Newtonsoft.Json; Debian's is too old.
    shutil.copy(trial.tools.nswag / "Newtonsoft.Json.dll", trial.folder)
    trial.compile(
        *("mcs", "-langversion:latest", "-out:calls.exe", "-r:Newtonsoft.Json.dll"),
        *(f"-r:{name}" for name in REFERENCES),
        *sources,
    )
    trial.call("mono", "calls.exe")


def openapi_generator(trial: Trial) -> None:
    contract, client = "openapi/renderings/openapi-3.0.3.json", trial.folder / "client"
    trial.openapi_generator(
        "csharp",
        contract,
        client,
        library="httpclient",
        targetFramework="netstandard2.0",
        nullableReferenceTypes="false",
        packageName="EnboarderApi",
    )
    code = client / "src" / "EnboarderApi"
    trial.count(contract, code.glob("Api/*.cs"), r"^        public [\w<>., ]+ (\w+)\(")
    compile_and_call(trial, [*sorted(code.rglob("*.cs")), trial.copy("Stubs.cs"), trial.copy("Calls.cs")])


def nswag(trial: Trial) -> None:
    contract, client = "openapi/renderings/openapi-3.0.3.json", trial.folder / "Client.cs"
    trial.run(
        *("mono", trial.tools.nswag / "NSwag.exe", "openapi2csclient"),
        *(f"/input:{trial.source(contract)}", f"/output:{client}"),
        *("/namespace:Enboarder", "/classname:EnboarderClient", "/operationGenerationMode:SingleClientFromOperationId"),
        # Without it, an enum, number or date that nobody set is sent: the first value, 0, the year 1.
        "/generateOptionalPropertiesAsNullable:true",
    )
    trial.count(contract, [client], r"^        public virtual .*?Task\S* (\w+)Async\(")
    compile_and_call(trial, [client, trial.copy("NSwagCalls.cs")])


ROWS = (
    Row(
        "csharp",
        "C#",
        "openapi-generator `csharp`, library `httpclient`",
        openapi_generator,
        "`mcs`; Mono",
        "`Configuration.ApiKey` by header name, `AccessToken`",
        "Mono, not .NET; JsonSubTypes and Polly are stubs that are never called.",
    ),
    Row(
        "nswag",
        "C#",
        "NSwag `openapi2csclient` with `/generateOptionalPropertiesAsNullable:true`",
        nswag,
        "`mcs`; Mono",
        "default headers of the caller's `HttpClient`; NSwag generates no security scheme",
        "Mono, not .NET.",
    ),
)
