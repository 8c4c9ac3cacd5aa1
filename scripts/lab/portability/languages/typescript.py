"""TypeScript: openapi-typescript's types with a fetch client, and whole clients.

The whole clients are those of openapi-generator and of hey-api, the latter with zod.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from scripts.lab.portability import wire
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
COMMON_JS: dict[str, object] = {
    "module": "CommonJS",
    "moduleResolution": "node10",
    "esModuleInterop": True,
}


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


HEY_API = """\
export default {
  input: process.env.SOURCE,
  output: "client",
  plugins: [
    "@hey-api/client-fetch",
    "zod",
    { name: "@hey-api/sdk", validator: true },
  ],
};
"""


def hey_api(trial: Trial) -> None:
    """Try the client of hey-api, which checks bodies and answers with zod."""
    contract = "openapi/renderings/openapi-3.1.json"
    # What is generated looks for zod in the folders above its own.
    modules = trial.folder / "node_modules"
    modules.symlink_to(trial.tools.own_npm, target_is_directory=True)
    settings = trial.folder / "openapi-ts.config.mjs"
    settings.write_text(HEY_API, "utf-8")
    program = trial.tools.own_npm / "@hey-api" / "openapi-ts" / "bin" / "run.js"
    source = str(trial.source(contract))
    trial.run(trial.tools.newest_node, program, env={"SOURCE": source})
    sdk = trial.folder / "client" / "sdk.gen.ts"
    trial.count(contract, [sdk], r"^export const (\w+) = <")
    compile_and_call(trial, "hey-api.ts", COMMON_JS, wire.CALLS_AND_ENUM)


def compile_and_call(
    trial: Trial,
    program: str,
    options: dict[str, object],
    calls: Sequence[wire.Call] = wire.CALLS,
) -> None:
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
    compiled = trial.folder / "out" / program.replace(".ts", ".js")
    trial.call("node", compiled, calls=calls)


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
    Row(
        name="hey-api",
        language="TypeScript",
        generator="hey-api, with zod for bodies and answers",
        prove=hey_api,
        checked="`tsc`: strict, libraries too; a body that zod has to refuse; Node.js",
        credentials="`auth`, a function of the scheme; `Bearer` is written for you",
        limits="A date is a string.",
    ),
)
