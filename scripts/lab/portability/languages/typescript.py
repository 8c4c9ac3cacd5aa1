"""TypeScript: types and a fetch client of openapi-typescript, and a whole client of openapi-generator."""

from __future__ import annotations

import json

from ..trial import Row, Trial

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


def compile_and_call(trial: Trial, program: str, options: dict[str, object]) -> None:
    """Type-check a program and the client beside it, and run it."""
    modules = "module" if options is MODULES else "commonjs"
    (trial.folder / "package.json").write_text(json.dumps({"type": modules}), "utf-8")
    settings = {"compilerOptions": STRICT | options, "files": [program]}
    (trial.folder / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
    trial.copy(program)
    trial.compile(trial.tools.node_program("tsc"), "--project", trial.folder)
    trial.call("node", trial.folder / "out" / program.replace(".ts", ".js"))


def openapi_typescript(trial: Trial) -> None:
    contract = "openapi/enboarder.yaml"
    types = trial.folder / "enboarder.d.ts"
    trial.run(trial.tools.node_program("openapi-typescript"), trial.source(contract), "--output", types)
    trial.count(contract, [types], r'^ +(?:get|put|post|delete): operations\["(\w+)"\]')
    compile_and_call(trial, "openapi-fetch.ts", MODULES)


def typescript_fetch(trial: Trial) -> None:
    contract, client = "openapi/renderings/openapi-3.0.3.json", trial.folder / "client"
    trial.openapi_generator("typescript-fetch", contract, client)
    trial.count(contract, client.glob("apis/*.ts"), r"^    async (\w+)\(")
    compile_and_call(trial, "typescript-fetch.ts", COMMON_JS)


ROWS = (
    Row(
        "openapi-typescript",
        "TypeScript",
        "openapi-typescript, openapi-fetch",
        openapi_typescript,
        "`tsc`: strict, exact optional properties, unchecked index access, libraries too; three faults that it has to refuse; Node.js",
        "headers of the caller",
        "No type for dates: a date is a string.",
    ),
    Row(
        "typescript-fetch",
        "TypeScript",
        "openapi-generator `typescript-fetch`",
        typescript_fetch,
        "`tsc`: strict; Node.js",
        "`apiKey` as a function of the header's name; `accessToken` is sent as it is, so the caller writes `Bearer`",
        "Its runtime does not compile with unchecked index access.",
    ),
)
