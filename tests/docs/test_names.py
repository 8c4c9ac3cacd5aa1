"""Names in the pages exist: methods, options, errors, commands, tasks, extras."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import enboarder
from enboarder import AsyncEnboarder, Enboarder, EnboarderError, errors
from enboarder.cli import contract
from enboarder.contract import whole
from enboarder.contract.walk import is_list, is_object
from enboarder.environment import STORES
from enboarder.mock import MockServer
from enboarder.mock.__main__ import main as serve
from enboarder_api.api import Resources
from enboarder_api.rules import BODIES
from tests.docs.pages import (
    GUIDES,
    OWN_PAGES,
    PAGES,
    PROJECT,
    README,
    ROOT,
    name_of,
    python_blocks,
    section,
    table,
    text_of,
    words_in_code,
)

ALL = [*PAGES, *OWN_PAGES]
RESOURCES = [name for name in vars(Resources) if not name.startswith("_")]
METHOD = re.compile(rf"\b({'|'.join(RESOURCES)})\.([a-z]\w*)\b(?!\.md)")


def unknown_methods(text: str) -> list[str]:
    """Return the methods of resources that the client does not have."""
    unknown = []
    for resource, method in METHOD.findall(text):
        if not hasattr(getattr(Enboarder, resource), method):
            unknown.append(f"{resource}.{method}")
    return unknown


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_methods_exist(page: Path) -> None:
    """No page names a method that the client lacks."""
    assert [] == unknown_methods(" ".join(words_in_code(text_of(page))))


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_names_of_the_package_exist(page: Path) -> None:
    """`enboarder.name` is in the package, or a member of a client of that name."""
    modules = {"mock", "stores", "contract", "people", "yaml", "models", "md", "com"}
    names = set(re.findall(r"(?<![\w/.])enboarder\.(\w+)", text_of(page)))
    homes: list[Any] = [enboarder, Enboarder, AsyncEnboarder]
    unknown = {
        name for name in names - modules if not any(hasattr(one, name) for one in homes)
    }
    assert set() == unknown


def bodies_built_in_calls(code: str) -> list[str]:
    """Return the calls of methods that build a model or a mapping as their body."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        method = ".".join(ast.unparse(node.func).split(".")[-2:])
        if method in BODIES and any(
            isinstance(argument, ast.Call | ast.Dict) for argument in node.args
        ):
            found.append(method)
    return found


@pytest.mark.parametrize("page", [README, *GUIDES.glob("*.md")], ids=name_of)
def test_calls_give_their_bodies_as_keywords(page: Path) -> None:
    """As users of other clients expect; a model is for a body that is built before."""
    found: list[str] = []
    for block in python_blocks(page):
        found += bodies_built_in_calls(block.code)

    assert [] == found


def test_demo_gives_bodies_as_keywords() -> None:
    """The first program that a newcomer runs shows the usual form."""
    demo = (ROOT / "scripts" / "demo.py").read_text("utf-8")

    assert [] == bodies_built_in_calls(demo)


def extensions_in(node: Any) -> set[str]:
    """Return the names of all extensions in a node."""
    if is_list(node):
        return set[str]().union(*map(extensions_in, node))
    if not is_object(node):
        return set()
    own = {name for name in node if name.startswith("x-")}
    return own.union(*map(extensions_in, node.values()))


def test_extensions_are_those_of_the_contract() -> None:
    """Each extension is explained, and none that the contract no longer has."""
    rows = table(section(GUIDES / "contract.md", "Extensions"), "extension")
    told = {word.partition(":")[0] for row in rows for word in words_in_code(row[0])}

    assert extensions_in(whole()) == told


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_extras_exist(page: Path) -> None:
    """Every extra that a page installs is one of the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = re.findall(r"(?:'\.|enboarder|`\.)\[(\w+)\]", text_of(page))
    named += re.findall(r"extra `(\w+)`", text_of(page))
    assert set() == set(named) - set(project["optional-dependencies"])


def test_errors_are_those_of_the_client() -> None:
    """The table has every error that a user can catch, except the two roots."""
    told = set()
    for row in table(text_of(GUIDES / "errors.md"), "error"):
        told |= set(words_in_code(row[0]))
    roots = {"EnboarderError", "CallError", "ApiError"}
    known = {
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, EnboarderError)
    }
    assert known - roots == told


def test_commands_are_those_of_the_command_line() -> None:
    """`enboarder contract …` in the pages and in the command are the same."""
    groups = get_command(contract.app).commands  # type: ignore[attr-defined]
    told: set[str] = set()
    for page in PAGES:
        told |= set(re.findall(r"enboarder contract (\w+)", text_of(page)))
    assert set() == told - set(groups)
    assert set(groups) <= {*told, *words_in_code(text_of(GUIDES / "contract.md"))}


def tasks_of_make() -> set[str]:
    """Return the targets of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_tasks_of_make_exist(page: Path) -> None:
    """Every `make …` of a page is a target."""
    named = set(re.findall(r"^make ([a-z][a-z-]*)", _code_of(page), re.MULTILINE))
    assert set() == named - tasks_of_make()


def sessions_of_nox() -> set[str]:
    """Return the names of the sessions, as `nox --list` prints them."""
    noxfile = (ROOT / "noxfile.py").read_text("utf-8")
    return set(re.findall(r"^def (\w+)\(", noxfile, re.MULTILINE)) | set(
        re.findall(r'name="([\w.-]+)"', noxfile)
    )


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_sessions_of_nox_exist(page: Path) -> None:
    """Every `nox -s …` of a page is a session."""
    named = set(re.findall(r"^nox -s ([a-z]+)", _code_of(page), re.MULTILINE))
    if named:
        assert set() == named - sessions_of_nox()


def _code_of(page: Path) -> str:
    text = text_of(page)
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*words_in_code(text), *blocks])


def written(function: Callable[..., Any], names: Iterable[str]) -> set[str]:
    """Return parameters with their defaults, as `name=default`."""
    parameters = inspect.signature(function).parameters
    return {f"{name}={parameters[name].default!r}" for name in names}


def test_options_of_a_client_have_their_defaults() -> None:
    """The table of options names options that exist."""
    rows = table(text_of(GUIDES / "connecting.md"), "argument")
    told = [words_in_code(row[0])[0].partition("=") for row in rows]
    parameters = inspect.signature(Enboarder).parameters
    assert [] == [name for name, _, _ in told if name not in parameters]
    assert ["30.0"] == [default for name, _, default in told if name == "timeout"]
    assert 30.0 == parameters["timeout"].default


def test_settings_of_the_mock_are_those_of_the_mock() -> None:
    """All settings are in the table, with their defaults."""
    rows = table(text_of(GUIDES / "mock.md"), "setting of `MockServer`")
    told = {words_in_code(row[0])[0] for row in rows} - {"clock=time.monotonic"}
    names = set(inspect.signature(MockServer).parameters) - {"clock"}
    assert written(MockServer, names) == told


def test_members_of_the_mock_exist(mock: MockServer) -> None:
    """All members of the table are there."""
    told = []
    for row in table(text_of(GUIDES / "mock.md"), "member"):
        told += [re.split(r"\W", one)[0] for one in words_in_code(row[0])]
    assert [] == [name for name in told if not hasattr(mock, name)]


def test_options_of_the_mock_command_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`python -m enboarder.mock` takes every option that the guide names."""
    told = set(re.findall(r"`(--[\w-]+)", text_of(GUIDES / "mock.md")))
    with pytest.raises(SystemExit):
        serve(["--help"])
    known = set(re.findall(r"--[\w-]+", capsys.readouterr().out))
    assert told
    assert set() == told - known


def test_stores_are_those_that_are_installed() -> None:
    """`ENBOARDER_TOKEN_STORE` takes the names of the table."""
    told = set()
    for row in table(text_of(GUIDES / "token-stores.md"), "store"):
        told |= {re.split(r"\W", word)[0] for word in words_in_code(row[2])}
    assert {"memory", *STORES} == told


def test_commands_of_redis_are_those_of_the_user_that_is_created() -> None:
    """The text and the `ACL SETUSER` line name the same commands."""
    text = section(GUIDES / "token-stores.md", "Redis")
    sentence, _, example = text.partition("```text")
    granted = {one.replace("|", " ").upper() for one in re.findall(r"\+(\S+)", example)}
    told = {word for word in words_in_code(sentence) if word.isupper()}
    assert granted == told


def test_modules_that_are_public_say_what_is_public() -> None:
    """Each module that the versions page calls public lists names that exist."""
    text = text_of(PROJECT / "versions.md")
    (sentence,) = re.findall(r"\*\*Public\*\* is what (.*?) list in", text, re.DOTALL)
    for name in words_in_code(sentence):
        module = import_module(name)
        assert [] == [one for one in module.__all__ if not hasattr(module, one)]
