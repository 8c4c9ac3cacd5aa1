"""Tools that generate no code: they read a file of the contract when they run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from scripts.lab.portability import wire
from scripts.lab.portability.trial import Failed, Row, Trial
from scripts.layout import OPENAPI, RENDERINGS

REGION = "openapi/renderings/eu"
WHOLE = "openapi/renderings/openapi-3.0.3.json"
JOURNEYS = "openapi/journeys.arazzo.yaml"
JOURNEY_NAMES = ("hire", "export", "provision")
LINE = r"^(\w+)$"


def bravado(trial: Trial) -> None:
    """Try bravado with Swagger 2.0."""
    contract = f"{REGION}/swagger-2.0.apikey.json"
    python = trial.tools.own_python
    path = trial.source(contract)
    listed = trial.folder / "operations.txt"
    program = trial.copy("bravado_operations.py")
    listed.write_text(trial.run(python, program, path), "utf-8")
    trial.count(contract, [listed], LINE)
    trial.call(python, trial.copy("bravado_calls.py"), path, calls=wire.OF_THE_KEY)


def fastmcp(trial: Trial) -> None:
    """Try the tools that FastMCP makes for language models."""
    python = trial.tools.own_python
    program = trial.copy("fastmcp_tools.py")
    for auth in ("apikey", "oauth2", "accesstoken"):
        contract = f"{REGION}/openapi-3.1.{auth}.json"
        listed = trial.folder / f"{auth}.txt"
        listed.write_text(trial.run(python, program, trial.source(contract)), "utf-8")
        trial.count(contract, [listed], LINE)
    calls = trial.copy("fastmcp_calls.py")
    trial.call(python, calls, RENDERINGS / "eu", calls=wire.CALLS_AND_ENUM)


def bruno(trial: Trial) -> None:
    """Import three files into Bruno, run requests, and look at the token URLs."""
    for auth in ("apikey", "oauth2", "accesstoken"):
        contract = f"{REGION}/openapi-3.0.3.{auth}.json"
        collection = _imported(trial, contract, auth)
        trial.counted.append(_counted(collection, trial.source(contract)))
    whole = _imported(trial, WHOLE, "whole")
    trial.counted.append(_counted(whole, trial.source(WHOLE)))
    _check_token_urls(whole, ".invalid/oauth2/token")
    _check_token_urls(trial.folder / "oauth2", "https://auth.fra.e1.enboarder.com/")
    _run_in_bruno(trial, "apikey", "apiKey", "{API_KEY}", 200)
    _run_in_bruno(trial, "apikey", "apiKey", "{WRONG_KEY}", 403)
    _run_in_bruno(trial, "accesstoken", "apiKey", "{TOKEN}", 200)


def _imported(trial: Trial, contract: str, name: str) -> Path:
    program = trial.tools.own_npm / ".bin" / "bru"
    source = trial.source(contract)
    trial.run(
        program,
        "import",
        "openapi",
        "--source",
        source,
        "--output",
        trial.folder,
        "--collection-name",
        name,
    )
    return trial.folder / name


def _requests(collection: Path) -> list[Path]:
    return [
        path
        for path in collection.glob("*/*.yml")
        if path.name != "folder.yml" and path.parent.name != "environments"
    ]


def _counted(collection: Path, contract: Path) -> str:
    paths = json.loads(contract.read_text("utf-8"))["paths"]
    wanted = sum(len(item) for item in paths.values())
    found = len(_requests(collection))
    if found != wanted:
        raise Failed(f"{collection.name} has {found} requests instead of {wanted}")
    return f"{found} of {wanted}"


def _check_token_urls(collection: Path, wanted: str) -> None:
    """Check that a client secret goes to the region of the file, or to no host."""
    for path in _requests(collection):
        for line in path.read_text("utf-8").splitlines():
            if "accessTokenUrl:" in line and wanted not in line:
                raise Failed(f"{path.name} asks for tokens at {line.strip()}")


def _run_in_bruno(
    trial: Trial, name: str, variable: str, value: str, status: int
) -> None:
    """Launch a workflow and read a form, with the bodies that Bruno imported."""
    program = trial.tools.own_npm / ".bin" / "bru"
    is_key = name == "apikey"
    suffix = "" if is_key else " (OAuth2)"
    launch = f"workflows/Launch a basic workflow{suffix}.yml"
    rows = f"reports/Get the rows of a form{suffix}.yml"

    def run(settings: Mapping[str, str]) -> str:
        variables = {
            "baseUrl": settings["BASE_URL"],
            variable: value.format(**settings),
        }
        given: list[str] = []
        for one, text in variables.items():
            given += ["--env-var", f"{one}={text}"]
        words = ["run", launch, rows, "--env", "Europe", *given]
        # Bruno fails when a request is refused; the requests say whether one was.
        shell = ["sh", "-c", '"$@" || true', "sh", str(program)]
        return trial.run(*shell, *words, cwd=trial.folder / name)

    found = wire.watched(run)
    header = "apikey" if is_key else "authorization"
    sent = value.format(**found.settings)
    arrived = [
        (one.status, one.headers.get(header) == sent, len(wire.credentials(one)))
        for one in found.requests
    ]
    if arrived != [(status, True, 1)] * 2:
        seen = [state[0] for state in arrived]
        raise Failed(f"{name}: {seen} instead of {status} twice:\n{found.printed}")
    trial.calls += len(arrived)


def arazzo_runner(trial: Trial) -> None:
    """Run all journeys, and the export of a form with two pages of rows."""
    python = trial.tools.own_python
    program = trial.copy("arazzo_journeys.py")
    trial.source(JOURNEYS)
    names = [*JOURNEY_NAMES, *(f"{name}WithToken" for name in JOURNEY_NAMES)]

    def run(*journeys: str) -> wire.Program:
        def with_settings(settings: Mapping[str, str]) -> str:
            return trial.run(python, program, OPENAPI, *journeys, env=settings)

        return with_settings

    done = wire.watched(run(*names), form_rows=1203)
    complete = done.printed.count("workflow_complete")
    if complete != len(names):
        raise Failed(f"journeys did not end well:\n{done.printed[-2000:]}")
    two_pages = wire.watched(run("export"), form_rows=600)
    pages = [one for one in two_pages.requests if one.path.endswith("/data")]
    if [one.status for one in pages] != [200, 200]:
        raise Failed(f"{len(pages)} pages were read instead of 2")
    trial.counted.append(f"{complete} of {len(names)} journeys")
    trial.calls = len(done.requests) + len(two_pages.requests)


ROWS = (
    Row(
        name="bravado",
        language="Python",
        generator="bravado",
        prove=bravado,
        checked="run; bodies and answers are checked by the file",
        credentials="`set_api_key` of its HTTP client, by host",
        limits="No token: Swagger 2.0 exists for the API key only.",
        has_code=False,
    ),
    Row(
        name="fastmcp",
        language="tools for language models (MCP)",
        generator="FastMCP",
        prove=fastmcp,
        checked="run; answers are checked by the file",
        credentials=(
            "headers of the caller's HTTP client; security schemes are not read"
        ),
        limits="One server of tools for each credential; no language model.",
        has_code=False,
    ),
    Row(
        name="bruno",
        language="Bruno",
        generator="`bru import openapi`",
        prove=bruno,
        checked=(
            "`bru run` of a launch and a page of rows with the imported bodies, right "
            "key and token, wrong key"
        ),
        credentials=(
            "variable `apiKey`, also for the token without a prefix; "
            "`oauth_client_id` and `oauth_client_secret`"
        ),
        limits="How Bruno gets a token: only where it would ask for one.",
        has_code=False,
    ),
    Row(
        name="arazzo-runner",
        language="Arazzo",
        generator="arazzo-runner",
        prove=arazzo_runner,
        checked="run: all journeys, and an export that ends with its second page",
        credentials="inputs of the journeys",
        limits="The server is set in the contract: the runner has no option for it.",
        has_code=False,
    ),
)
