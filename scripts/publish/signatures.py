"""For the site: the constructors that attrs writes, which mkdocstrings does not see in the source."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

from griffe import (  # type: ignore[import-not-found]  # of the group `docs`, which the checks do without
    Class,
    Docstring,
    Extension,
    Function,
    Parameter,
    ParameterKind,
    Parameters,
    parse_docstring_annotation,
)


class Constructors(Extension):  # type: ignore[misc]
    """Gives a class that `attrs.define` decorates the `__init__` that it has when the program runs."""

    def on_class(self, *, cls: Class, **_: Any) -> None:
        if any(decorator.callable_path == "attrs.define" for decorator in cls.decorators):
            actual = getattr(import_module(cls.module.path), cls.name)
            place = cls.docstring or Docstring("", parent=cls)
            receiver = Parameter("self", kind=ParameterKind.positional_or_keyword)
            taken = [_parameter(one, actual, place) for one in inspect.signature(actual).parameters.values()]
            cls.set_member("__init__", Function("__init__", parameters=Parameters(receiver, *taken), returns="None"))


def _parameter(one: inspect.Parameter, actual: type, place: Docstring) -> Parameter:
    """A converter that takes an `object`, to judge it, says less than the field does."""
    written = actual.__annotations__[one.name] if one.annotation == "object" else one.annotation
    return Parameter(
        one.name,
        annotation=parse_docstring_annotation(written, place),
        kind=ParameterKind.keyword_only if one.kind is one.KEYWORD_ONLY else ParameterKind.positional_or_keyword,
        default=None if one.default is one.empty else repr(one.default),
    )
