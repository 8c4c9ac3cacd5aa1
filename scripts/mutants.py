"""The mutants of a module: its source with one change that runs.

The changes are those of cosmic-ray, which replaces operators, numbers and exceptions, negates conditions and drops
decorators, and the removal of a statement, which it lacks. Texts are not changed.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import warnings
from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any, NamedTuple

from environment import ROOT as ROOT

CORE = ROOT / "overlays" / "enboarder"


class Mutant(NamedTuple):
    """A module of the core with one change."""

    module: str
    source: str
    change: str
    """The lines as they were and as they are."""


class RemoveStatement:
    """An operator of cosmic-ray's kind: puts `pass` in the place of a simple statement."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "simple_stmt":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        keyword: Any = importlib.import_module("parso.python.tree").Keyword
        statement = node.children[0]
        node.children[0] = keyword(
            "pass", statement.start_pos, prefix=statement.get_first_leaf().prefix
        )
        return node


class Bare(ast.NodeTransformer):
    """Takes away what does not run: annotations (all modules postpone them), docstrings, and names for types."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias":
            return None
        node.annotation = ast.Constant(
            None
        )  # that there is one makes a field of a NamedTuple
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return (
            None if isinstance(node.value, ast.Constant) else self.generic_visit(node)
        )

    def visit_Pass(self, node: ast.Pass) -> None:
        return None


class Tidy(ast.NodeTransformer):
    """Takes away imports and type variables that nothing that runs uses."""

    def __init__(self, used: set[str]) -> None:
        self._used = used

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
        node.names = [
            alias for alias in node.names if (alias.asname or alias.name) in self._used
        ]
        return node if node.names else None

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        target, value = node.targets[0], node.value
        is_variable = (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Name)
            and value.func.id == "TypeVar"
        )
        return (
            None
            if is_variable
            and isinstance(target, ast.Name)
            and target.id not in self._used
            else node
        )


def meaning(source: str) -> str:
    """What a source does when it runs."""
    tree = Bare().visit(ast.parse(source))
    for _ in range(2):  # an import may serve a type variable alone
        used = {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        tree = Tidy(used).visit(tree)
    return ast.dump(tree)


def mutants(module: str) -> Iterator[Mutant]:
    """Each change that compiles, and does something else than the module and the changes before."""
    mutate_code: Any = importlib.import_module("cosmic_ray.mutating").mutate_code
    original = source_of(module)
    seen = {meaning(original)}
    for operator in _operators():
        for occurrence in itertools.count():
            try:
                source = mutate_code(original, operator, occurrence)
            except AttributeError:
                continue  # cosmic-ray does not replace an exception with a dotted name
            if source is None:
                break
            if _compiles(source) and (found := meaning(source)) not in seen:
                seen.add(found)
                yield Mutant(module, source, _change(original, source))


def source_of(module: str) -> str:
    """A module as it is."""
    return path_of(module).read_text("utf-8")


def path_of(module: str) -> Path:
    """Where a module of the core stands."""
    return CORE / f"{module}.py"


def _operators() -> Iterator[Any]:
    plugins: Any = importlib.import_module("cosmic_ray.plugins")
    for name in plugins.operator_names():
        operator = plugins.get_operator(name)
        if not operator.arguments() and name != "core/NoOp":
            yield operator()
    yield RemoveStatement()


def _compiles(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # `is` with a number is told by Python itself
        try:
            compile(source, "mutant", "exec", dont_inherit=True)
        except SyntaxError:
            return False
    return True


def _change(old: str, new: str) -> str:
    lines = list(ndiff(old.splitlines(), new.splitlines()))
    before = " ".join(line[2:].strip() for line in lines if line.startswith("- "))
    after = " ".join(line[2:].strip() for line in lines if line.startswith("+ "))
    return f"`{before}` → `{after}`"
