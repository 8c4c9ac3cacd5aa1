"""The command `enboarder`."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from enboarder import CONTRACT_VERSION, ApiError, Enboarder, RetryPolicy, __version__
from enboarder.auth.token_endpoint import FIXES
from enboarder.cli.app import app
from enboarder.contract import FORMATS, export
from tests.conftest import Service, keyed
from tests.contract.contract_file import (
    Node,
    Operation,
    body_of,
    followed,
    operations,
    read,
    unwrapped,
)
from tests.engine import httpx

DOCUMENT = read()
OPERATIONS = list(operations(DOCUMENT))
SCHEMES = {"apiKey": "apikey", "oauth2": "oauth2", "accessToken": "accesstoken"}


class Result(NamedTuple):
    """What a command leaves behind."""

    code: int
    output: str
    errors: str


def run(*words: str) -> Result:
    """Run `enboarder contract …`."""
    result = CliRunner().invoke(app, ["contract", *words])
    return Result(result.exit_code, result.stdout, result.stderr)


@cache
def shown(*words: str) -> str:
    """Return what a command that succeeds prints; the same words print the same."""
    result = run(*words)
    assert (0, "") == (result.code, result.errors)
    return result.output


def labelled(page: str, label: str) -> list[str]:
    """Return the lines of a page with a label, without it."""
    start = f"{label}  "
    lines = [line for line in page.splitlines() if line.startswith(start)]
    return [line.removeprefix(start).strip() for line in lines]


def credentials(operation: Operation) -> str:
    """Return the credentials of an operation, as the command names them."""
    return ", ".join(
        name for scheme, name in SCHEMES.items() if scheme in operation.schemes
    )


# show


def test_the_list_has_every_operation_of_the_contract() -> None:
    """A line has id, method, path, credentials and evidence."""
    lines = [" ".join(line.split()) for line in shown("show").splitlines()]
    expected = [
        f"{one.name} {one.method.upper()} {one.path} {credentials(one)} "
        f"{one.node['x-evidence']}"
        for one in OPERATIONS
    ]

    assert expected == lines


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_a_page_says_what_the_contract_says(operation: Operation) -> None:
    """Path, texts, credentials, evidence, sources and parameters are the same."""
    node = operation.node
    page = shown("show", operation.name)
    sources = ", ".join(str(source) for source in node["x-source"])

    title = f"{operation.name}: {operation.method.upper()} {operation.path}"
    assert title == page.splitlines()[0]
    assert unwrapped(node["summary"]) in unwrapped(page)
    assert unwrapped(node["description"]) in unwrapped(page)
    assert [credentials(operation)] == labelled(page, "credential")
    assert [f"{node['x-evidence']}: {sources}"] == labelled(page, "evidence")
    assert optional(node, "x-twin") == labelled(page, "twin")
    python_names = [f"Enboarder.{name}" for name in optional(node, "x-python")]
    assert python_names == labelled(page, "python")


def optional(node: Node, member: str) -> list[str]:
    """Return the value of a member, or nothing."""
    return [node[member]] if member in node else []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_a_page_has_parameters_body_and_answers(operation: Operation) -> None:
    """Each is described by the description of the contract."""
    node = operation.node
    page = shown("show", operation.name)
    parameters = [followed(DOCUMENT, one) for one in node.get("parameters", [])]
    answers = {
        status: followed(DOCUMENT, one)["description"]
        for status, one in node["responses"].items()
    }

    assert [
        f"{one['name']} ({one['in']}): {unwrapped(one['description'])}"
        for one in parameters
    ] == labelled(page, "parameter")
    assert [
        f"{status}: {unwrapped(description)}" for status, description in answers.items()
    ] == labelled(page, "answer")
    assert body_lines(operation) == labelled(page, "body")


def body_lines(operation: Operation) -> list[str]:
    """Return a line for each member of a body, as the command shows it."""
    body = body_of(DOCUMENT, operation)
    if body is None:
        return []
    schema = followed(DOCUMENT, body["content"]["application/json"]["schema"])
    required = schema.get("required", [])
    members: Any = followed(DOCUMENT, schema.get("items", schema)).get("properties", {})
    lines: list[str] = []
    for name, spec in members.items():
        mark = " (required)" if name in required else ""
        lines.append(f"{name}{mark}: {unwrapped(spec.get('description', ''))}".strip())
    return lines


def test_an_operation_is_found_by_its_python_name() -> None:
    """`workflows.launch_basic` is `launchBasicWorkflow`."""
    by_id = shown("show", "launchBasicWorkflow")

    assert by_id == shown("show", "workflows.launch_basic")


# errors, explain


def test_every_error_is_listed_with_what_to_do() -> None:
    """Meaning and fix of each entry are those of the contract."""
    text = unwrapped(shown("errors"))

    for entry in DOCUMENT["x-error-catalogue"]:
        assert f"{entry['id']} ({entry['kind']})" in text
        assert unwrapped(entry["meaning"]) in text
        assert unwrapped(entry["fix"]) in text


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("PROFILE_NOT_EXISTS", "profile-not-exists"),
        ("403", "gateway-forbidden"),
        ("profile_not_exists", "profile-not-exists"),
        ("Error: externalid [ENT-1] not found", "workflow-not-found"),
        (" ok\n", "launched"),
    ],
)
def test_a_message_or_code_is_explained(said: str, entry: str) -> None:
    """The service's own words lead to their entry, and a code does in any case."""
    assert f"{entry} (" in shown("explain", said)


SEVERAL = (
    "profiles.create (POST https://api.example.com/x): refused (400, MISSING_FIELDS, "
    '"Mandatory fields are missing; First Name is missing"). A mandatory field …'
)


@pytest.mark.parametrize(
    ("said", "entries"),
    [
        (SEVERAL, ["missing-fields", "first-name-missing"]),
        (
            "Mandatory fields are missing; First Name is missing",
            ["missing-fields", "first-name-missing"],
        ),
        ('"First Name is missing"', ["first-name-missing"]),
        ("profile with id A-1\n  already exists", ["profile-exists"]),
        ('{"errorcode": "ACTIVE_PROFILE", "errors": []}', ["active-profile"]),
        ('{"errors": ["First Name is missing"]}', ["first-name-missing"]),
        (
            'the token endpoint refused (400, "invalid_scope"): ask for others',
            ["token-invalid-scope"],
        ),
        ('{"error": "invalid_client"}', ["token-invalid-client"]),
        ("brands.get_all (GET /x): refused (429). Wait", ["gateway-too-many-requests"]),
    ],
)
def test_what_an_error_quotes_is_explained(said: str, entries: list[str]) -> None:
    """The text of an error, its part in quotation marks, or the body of an answer."""
    found = [line.split()[0] for line in shown("explain", said).split("\n\n")]

    assert entries == found


@pytest.mark.parametrize("status", [302, 500, 503])
def test_what_the_client_says_of_any_failure_is_explained(status: int) -> None:
    """A status that is not in the catalogue has the general advice of the client."""
    service = Service(httpx.Response(status))
    settings = keyed(service, retry=RetryPolicy(attempts=1))
    with Enboarder(**settings) as enboarder, pytest.raises(ApiError) as caught:
        enboarder.brands.get_all()

    for said in (str(status), str(caught.value)):
        assert unwrapped(caught.value.hint) in unwrapped(shown("explain", said))


def test_every_code_of_the_token_endpoint_is_explained() -> None:
    """The command knows each of them that the client knows."""
    codes = [
        entry["code"] for entry in DOCUMENT["x-error-catalogue"] if "code" in entry
    ]

    assert [] == [code for code in FIXES if code not in codes]


def test_an_entry_says_whether_to_send_again() -> None:
    """Only of what the contract allows does the list say that it may be repeated."""
    entries = shown("errors").split("\n\n")
    found = {entry.split()[0]: "\n  again " in entry for entry in entries}
    expected = {one["id"]: one["resend"] for one in DOCUMENT["x-error-catalogue"]}

    assert expected == found
    assert {True, False} == set(expected.values())


# export


def test_export_prints_or_writes_the_same(tmp_path: Path) -> None:
    """The text is the same on the screen and in a file."""
    words = [
        "export",
        "--format",
        "openapi-3.0.3",
        "--region",
        "eu",
        "--auth",
        "apikey",
    ]
    file = tmp_path / "contract.json"
    expected = export("openapi-3.0.3", region="EU", auth="apikey")

    assert expected == shown(*words)
    assert "" == shown(*words, "--output", str(file))
    assert expected == file.read_text("utf-8")
    assert "3.0.3" == json.loads(expected)["openapi"]


def test_help_names_every_format() -> None:
    """A user finds out without the documentation what can be exported."""
    text = unwrapped(shown("export", "--help"))

    assert [] == [name for name in FORMATS if name not in text]


# What goes wrong


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["show", "updatworkflow"], "updateWorkflow"),
        (["show", "zzz"], "enboarder contract show"),
        (["explain", "zzz"], "enboarder contract errors"),
        (["export", "--format", "opnapi-3.1"], "openapi-3.1"),
        (["export", "--format", "swagger-2.0", "--region", "UK"], "EU"),
        (["export", "--format", "swagger-2.0"], "AU"),
        (["export", "--format", "errors", "--output", "/nowhere/at/all"], "--output"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(words: list[str], offered: str) -> None:
    """The exit code is 2, the output stays empty, and the error helps."""
    result = run(*words)

    assert (2, "") == (result.code, result.output)
    assert offered in result.errors


def test_the_module_is_the_command() -> None:
    """`python -m enboarder.cli` is `enboarder`."""
    done = subprocess.run(
        [sys.executable, "-m", "enboarder.cli", "contract", "explain", "ok"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown("explain", "ok") == done.stdout


def test_the_package_is_the_command() -> None:
    """`python -m enboarder` is `enboarder`, and says which version it is."""
    done = subprocess.run(
        [sys.executable, "-m", "enboarder", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    expected = f"enboarder {__version__} (contract {CONTRACT_VERSION})\n"
    assert expected == done.stdout


def test_a_missing_extra_is_named() -> None:
    """Without typer, the command says what to install."""
    script = (
        "import sys\n"
        "sys.modules['typer'] = None\n"
        "from enboarder.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (1, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "pip install '.[cli]'" in done.stderr
