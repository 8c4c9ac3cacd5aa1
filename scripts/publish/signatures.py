"""Show the constructors that attrs writes; mkdocstrings does not see them."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

# Griffe may be missing where only types are checked.
from griffe import (  # type: ignore[import-not-found, unused-ignore]
    Class,
    Docstring,
    Extension,
    Function,
    Parameter,
    ParameterKind,
    Parameters,
    parse_docstring_annotation,
)

ATTRS = {"attrs.define", "attrs.frozen"}


class Constructors(Extension):  # type: ignore[misc, unused-ignore]
    """Give a class that attrs decorates the `__init__` that it has."""

    def on_class(self, *, cls: Class, **_: Any) -> None:
        """Add the constructor to a class that was read."""
        decorators = {decorator.callable_path for decorator in cls.decorators}
        if not decorators & ATTRS:
            return
        actual = getattr(import_module(cls.module.path), cls.name)
        place = cls.docstring or Docstring("", parent=cls)
        parameters = [Parameter("self", kind=ParameterKind.positional_or_keyword)]
        for parameter in inspect.signature(actual).parameters.values():
            parameters.append(_shown(parameter, actual, place))
        constructor = Function(
            "__init__", parameters=Parameters(*parameters), returns="None"
        )
        cls.set_member("__init__", constructor)


def _shown(parameter: inspect.Parameter, actual: type, place: Docstring) -> Parameter:
    annotation = parameter.annotation
    # A converter that takes any object, or does not say, says less than the field does.
    if annotation in ("object", parameter.empty):
        annotation = actual.__annotations__[parameter.name]
    if not isinstance(annotation, str):
        annotation = inspect.formatannotation(annotation)
    kind = ParameterKind.positional_or_keyword
    if parameter.kind is parameter.KEYWORD_ONLY:
        kind = ParameterKind.keyword_only
    default = None
    if parameter.default is not parameter.empty:
        default = repr(parameter.default)
    return Parameter(
        parameter.name,
        annotation=parse_docstring_annotation(annotation, place),
        kind=kind,
        default=default,
    )
