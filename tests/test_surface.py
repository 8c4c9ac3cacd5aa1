"""The public interface: names and signatures, compared with surface.txt.

docs/project/versions.md says what is public. `python tests/test_surface.py --update`
writes the file; tell users in CHANGELOG.md.
"""

from __future__ import annotations

import enum
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

import enboarder
from enboarder import AsyncEnboarder, Enboarder, models
from enboarder_api.api import Resources

PUBLIC_MODULES = ("contract", "export", "mock", "people", "stores")
"""What is public besides the names of `enboarder` itself."""
SNAPSHOT = Path(__file__).with_name("surface.txt")
UPDATE = "python tests/test_surface.py --update"
SHOWN_DEFAULTS = (str, int, float, bool, type(None), tuple, type(enboarder.UNSET))
FOREIGN = (
    object,
    BaseException,
    Exception,
    ValueError,
    str,
    int,
    tuple,
    enum.Enum,
    enum.StrEnum,
    enum.ReprEnum,
)


class _Default:
    def __repr__(self) -> str:
        return "..."


def signature_of(function: Callable[..., Any]) -> str:
    """Return a signature, with an ellipsis for defaults that cannot be read."""
    signature = inspect.signature(function)
    empty = inspect.Parameter.empty
    shown = [
        parameter
        if parameter.default is empty or type(parameter.default) in SHOWN_DEFAULTS
        else parameter.replace(default=_Default())
        for parameter in signature.parameters.values()
    ]
    text = str(signature.replace(parameters=shown))
    return text.replace("'", "").replace('"', "")


def members_of(kind: type) -> Iterator[tuple[str, Any]]:
    """Yield the public members of a class and of its bases that are ours, by name."""
    found: set[str] = set()
    for base in kind.__mro__:
        if base not in FOREIGN:
            # Attributes of instances are declared by their annotations.
            found |= vars(base).keys() | inspect.get_annotations(base).keys()
    for name in sorted(found):
        if not name.startswith("_"):
            yield name, inspect.getattr_static(kind, name, None)


def lines_of(name: str, kind: type) -> Iterator[str]:
    """Yield a class as lines: its bases, how it is built, and its members."""
    if issubclass(kind, enum.Enum):
        yield f"{name}: {', '.join(member.value for member in kind)}"
        return
    bases = ", ".join(
        base.__name__
        for base in kind.__bases__
        if not base.__name__.startswith("_") and base is not object
    )
    yield (
        f"{name}({bases})"
        if issubclass(kind, BaseException)
        else f"{name}{signature_of(kind)}"
    )
    for member, value in members_of(kind):
        function = (
            value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        )
        if inspect.isfunction(function):
            prefix = "async " * inspect.iscoroutinefunction(function)
            yield f"{name}.{member}: {prefix}{signature_of(function)}"
        elif name in ("Enboarder", "AsyncEnboarder") and hasattr(Resources, member):
            resource = resource_of(kind, member)
            yield from (
                line.replace(resource.__name__, f"{name}.{member}")
                for line in lines_of(resource.__name__, resource)
            )
        else:
            yield f"{name}.{member}"


def resource_of(client: type, name: str) -> Any:
    """Return the class of a client's resource."""
    return getattr(client, name)


def lines_of_models(value: ModuleType) -> Iterator[str]:
    """Yield the generated models, each with its fields or its values."""
    for model in sorted(value.__all__):
        kind = getattr(value, model)
        fields = (
            [member.value for member in kind]
            if issubclass(kind, enum.Enum)
            else inspect.signature(kind).parameters
        )
        yield f"models.{model}: {', '.join(fields)}"


def lines_of_module(module: ModuleType, prefix: str = "") -> Iterator[str]:
    """Yield the public names of a module."""
    for name in sorted(module.__all__):
        value = getattr(module, name)
        if value is models:
            yield from lines_of_models(value)
        elif isinstance(value, type):
            yield from lines_of(f"{prefix}{name}", value)
        elif inspect.isfunction(value):
            prefix_of_awaited = "async " * inspect.iscoroutinefunction(value)
            yield f"{prefix}{name}: {prefix_of_awaited}{signature_of(value)}"
        else:
            yield f"{prefix}{name}"


def lines_of_command(name: str, command: Any) -> Iterator[str]:
    """Yield a command and those below it, each with its arguments and options.

    Names are written like those of Python: `--dry-run` is `dry_run`.
    """
    options = [max(one.opts, key=len) for one in command.params if one.name != "help"]
    words = [option.lstrip("-").replace("-", "_").lower() for option in options]
    yield f"{name}: {', '.join(words)}" if words else name
    if isinstance(command, typer.core.TyperGroup):
        for below in command.list_commands(typer.Context(command)):
            found = command.get_command(typer.Context(command), below)
            yield from lines_of_command(f"{name}.{below}", found)


def surface() -> str:
    """Return the public interface as text."""
    from enboarder.cli.app import app

    lines = list(lines_of_module(enboarder))
    for name in PUBLIC_MODULES:
        module = import_module(f"enboarder.{name}")
        lines += lines_of_module(module, f"{name}.")
    lines += lines_of_command("command", typer.main.get_command(app))
    return "\n".join(lines) + "\n"


def test_interface_is_that_of_the_snapshot() -> None:
    """No name and no signature changes without somebody wanting it."""
    expected = SNAPSHOT.read_text(encoding="utf-8").splitlines()
    actual = surface().splitlines()
    gone = [line for line in expected if line not in actual]
    new = [line for line in actual if line not in expected]

    assert (gone, new) == ([], []), (
        f"the public interface changed: {len(gone)} lines gone, {len(new)} new; if you "
        f"mean it, run `{UPDATE}` and tell users in CHANGELOG.md"
    )
    assert expected == actual


def test_page_about_versions_names_every_public_module() -> None:
    """A user reads there what may change without notice."""
    page = Path(__file__).parents[1] / "docs" / "project" / "versions.md"
    _, _, after = page.read_text("utf-8").partition("**Public** is what")
    named = re.findall(r"`enboarder\.(\w+)`", after.partition("`__all__`")[0])

    assert sorted(named) == sorted([*PUBLIC_MODULES, "models"])


def test_all_is_what_there_is() -> None:
    """`__all__` names everything public, nothing twice, and each name is available."""
    modules = {path.stem for path in Path(enboarder.__file__).parent.iterdir()}
    public = {
        name for name in dir(enboarder) if not name.startswith(("_", "@"))
    }  # pytest adds @…
    imported = {"Any", "TYPE_CHECKING", "import_module"}

    assert public - modules - imported - set(enboarder.__all__) == set()
    assert len(enboarder.__all__) == len(set(enboarder.__all__))
    assert [name for name in enboarder.__all__ if not hasattr(enboarder, name)] == []


def test_dir_names_what_is_imported_on_use() -> None:
    """Completion in a shell shows every public name."""
    assert set(enboarder.__all__) <= set(dir(enboarder))
    assert dir(enboarder) == sorted(dir(enboarder))


@pytest.mark.parametrize("module", [enboarder, models])
def test_unknown_name_is_an_attribute_error(module: ModuleType) -> None:
    """A misspelt name is reported as such."""
    name = "Enborder"

    with pytest.raises(AttributeError, match="has no attribute 'Enborder'"):
        getattr(module, name)


def test_models_are_those_of_the_contract() -> None:
    """`models` gives every generated model, and an unknown one is an AttributeError."""
    from enboarder_api import models as generated

    assert models.__all__ == generated.__all__
    assert all(
        getattr(models, name) is getattr(generated, name) for name in models.__all__
    )


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, value in vars(Resources).items()
        if not name.startswith("_") and not inspect.isfunction(value)
    ],
)
def test_awaited_methods_take_the_same_parameters(name: str) -> None:
    """Each awaited method has the parameters and the result of its blocking twin."""
    blocking = resource_of(Enboarder, name)
    awaited = resource_of(AsyncEnboarder, name)

    def methods(kind: type) -> dict[str, str]:
        return {
            member: signature_of(value)
            for member, value in members_of(kind)
            if inspect.isfunction(value)
        }

    expected = {
        member: text.replace("-> Iterator[", "-> AsyncIterator[")
        for member, text in methods(blocking).items()
    }
    assert expected == methods(awaited)
    assert [
        member
        for member, value in members_of(awaited)
        if not member.startswith("iter_") and not inspect.iscoroutinefunction(value)
    ] == []


def test_clients_are_alike() -> None:
    """Both clients are built alike, and have the same members but `close`, `aclose`."""
    names = [
        {name for name, _ in members_of(kind)} for kind in (Enboarder, AsyncEnboarder)
    ]

    assert names[0] ^ names[1] == {"close", "aclose"}
    assert signature_of(Enboarder) == signature_of(AsyncEnboarder)
    assert signature_of(Enboarder.request) == signature_of(AsyncEnboarder.request)
    assert signature_of(Enboarder.read) == signature_of(AsyncEnboarder.read)


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        raise SystemExit(f"usage: {UPDATE}")
    SNAPSHOT.write_text(surface(), encoding="utf-8")
