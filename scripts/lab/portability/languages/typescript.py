"""TypeScript: openapi-typescript's types with a fetch client, and a whole client.

The whole client is openapi-generator's.
"""

from __future__ import annotations

import json

from scripts.lab.portability.trial import Row, Trial

STRICT: dict[str, object] = {
    "strict": True,
    "skipLibCheck": False,
    "target": "ES2022",
    "lib": ["ES2022", "DOM", "DOM.Iterable"],
    "types": [],
    "outDir": "out",
}
MODULES: dict[str, object] = {
    "module": "NodeNext",
    "moduleResolution": "NodeNext",
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
}
COMMON_JS: dict[str, object] = {"module": "CommonJS", "moduleResolution": "node10"}


def openapi_typescript(trial: Trial) -> None:
    """Try the types of openapi-typescript."""
    contract = "openapi/enboarder.yaml"
    types = trial.folder / "enboarder.d.ts"
    program = trial.tools.node_program("openapi-typescript")
    trial.run(program, trial.source(contract), "--output", types)
    operation = r'^ +(?:get|put|post|delete): operations\["(\w+)"\]'
    trial.count(contract, [types], operation)
    compile_and_call(trial, "openapi-fetch.ts", MODULES)


def typescript_fetch(trial: Trial) -> None:
    """Try the client of openapi-generator."""
    contract = "openapi/renderings/openapi-3.0.3.json"
    client = trial.folder / "client"
    trial.openapi_generator("typescript-fetch", contract, client)
    trial.count(contract, client.glob("apis/*.ts"), r"^    async (\w+)\(")
    compile_and_call(trial, "typescript-fetch.ts", COMMON_JS)


def compile_and_call(trial: Trial, program: str, options: dict[str, object]) -> None:
    """Type-check a program and the client beside it, and run it."""
    package: dict[str, object] = {"type": "commonjs"}
    if options is MODULES:
        package["type"] = "module"
    _write(trial, "package.json", package)
    settings: dict[str, object] = {
        "compilerOptions": {**STRICT, **options},
        "files": [program],
    }
    _write(trial, "tsconfig.json", settings)
    trial.copy(program)
    trial.compile(trial.tools.node_program("tsc"), "--project", trial.folder)
    trial.call("node", trial.folder / "out" / program.replace(".ts", ".js"))


def _write(trial: Trial, name: str, content: dict[str, object]) -> None:
    (trial.folder / name).write_text(json.dumps(content), "utf-8")


ROWS = (
    Row(
        name="openapi-typescript",
        language="TypeScript",
        generator="openapi-typescript, openapi-fetch",
        prove=openapi_typescript,
        checked=(
            "`tsc`: strict, exact optional properties, unchecked index access, "
            "including libraries; it must refuse three mistakes; Node.js"
        ),
        credentials="headers of the caller",
        limits="No type for dates: a date is a string.",
    ),
    Row(
        name="typescript-fetch",
        language="TypeScript",
        generator="openapi-generator `typescript-fetch`",
        prove=typescript_fetch,
        checked="`tsc`: strict; Node.js",
        credentials=(
            "`apiKey` as a function of the header's name; `accessToken` is sent "
            "unchanged, so the caller writes `Bearer`"
        ),
        limits="Its runtime does not compile with unchecked index access.",
    ),
)
