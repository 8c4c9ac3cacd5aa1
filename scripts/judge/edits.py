"""Take each member out of the contract, and give it wrong types: is that refused well?

An edit ends in a refusal that names the place, or in working output: never in a
traceback. Wrong types are tried at one place of each shape: places have the same shape
when they differ in the names of operations, components, properties and the like only,
and have the same members beside them. What the rules accept is generated and rendered,
once for each kind: a kind is a shape and a change.

A run over every edit takes minutes, so `nox -s contract` takes a sample: one edit of
each kind, and a few to generate from. The seed decides which. To try every edit, run
`python -m scripts.judge.edits`.
"""

from __future__ import annotations

import ast
import os
import random
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from enboarder.contract import walk
from enboarder.contract.walk import Node, Place, is_list, is_object
from scripts.codegen import dialect, models_page, reading, rules
from scripts.codegen.generator import generate, use_own_ruff
from scripts.codegen.naming import GenerationFailed
from scripts.codegen.reading import ContractBroken
from scripts.codegen.renderings import renderings

WRONG: tuple[Any, ...] = (None, 7, "text", [], {})
"""What takes the place of a member: one value of each type."""

NAMED_BY_THE_AUTHOR = {
    "paths",
    "responses",
    "requestBodies",
    "schemas",
    "properties",
    "examples",
    "scopes",
    "x-token-urls",
}
"""Members whose own members have names that the author of the contract chose."""

DATA = {"value", "example", "default"}
"""Members that hold data, whose places all have one shape."""

JUDGED_ONE_BY_ONE = {"servers", "tags", "paths", "x-error-catalogue"}
"""Members whose own members the dialect judges apart, like those of components."""

KEPT = {"NextKey", "ShowWarnings"}
"""Components that the dialect asks for by name."""

SEED = 13
GENERATED_IN_SAMPLE = 15
"""How many accepted edits of a sample are generated and rendered, about."""


class Edit(NamedTuple):
    """One change of the contract."""

    place: Place
    is_removal: bool
    value: Any = None

    def __str__(self) -> str:
        """Say what is changed, and how."""
        shown = "/".join(map(str, self.place))
        if self.is_removal:
            return f"{shown} taken out"
        return f"{shown} = {self.value!r}"


class Ending(Enum):
    """How an edit ends."""

    REFUSED = "refused by name"
    FINE = "fine"
    UNNAMED = "refused without the place"
    TRACEBACK = "tracebacks"


class Outcome(NamedTuple):
    """An edit, how it ended, and what was said."""

    edit: Edit
    ending: Ending
    text: str = ""


def edits(document: Node) -> Iterator[Edit]:
    """Yield every edit that is tried."""
    seen: set[object] = set()
    for place, node in _places(document, ()):
        yield Edit(place, is_removal=True)
        shape = shape_of(document, place)
        if shape in seen:
            continue
        seen.add(shape)
        for value in WRONG:
            if type(value) is not type(node):
                yield Edit(place, is_removal=False, value=value)


def _places(node: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    for name, value in _members(node):
        yield (*place, name), value
        yield from _places(value, (*place, name))


def _members(node: Any) -> list[tuple[Any, Any]]:
    if is_object(node):
        return list(node.items())
    return list(enumerate(node)) if is_list(node) else []


def shape_of(document: Node, place: Place) -> tuple[object, ...]:
    """Return what a place has in common with others that are judged alike."""
    steps: list[object] = []
    here: Any = document
    beside: object = ()
    for step in place:
        chosen = bool(steps) and steps[-1] in NAMED_BY_THE_AUTHOR
        beside = () if chosen or is_list(here) else frozenset(here)
        here = here[step]
        steps.append("*" if chosen or isinstance(step, int) else step)
        if step in DATA and not chosen:
            return (*steps, None, type(here))
    return (*steps, beside, type(here))


def edited(document: Node, edit: Edit) -> Node:
    """Return the changed contract; it shares what is not changed with the original."""
    changed: Node = _edited(document, edit.place, edit)
    return changed


def _edited(node: Any, place: Place, edit: Edit) -> Any:
    step, rest = place[0], place[1:]
    copied: Any = node.copy()
    if rest:
        copied[step] = _edited(node[step], rest, edit)
    elif edit.is_removal:
        del copied[step]
    else:
        copied[step] = edit.value
    return copied


def outcome(edit: Edit, document: Node, *, generates: bool) -> Outcome:
    """Try one edit; what the rules accept is only generated when that is wanted."""
    changed = edited(document, edit)
    try:
        problems = dialect.problems(_thinned(changed, edit.place))
        if problems:
            return _refused(document, edit, "\n".join(problems))
        rules.check_beyond_dialect(changed)
        if generates:
            _produce(changed)
    except (ContractBroken, GenerationFailed) as error:
        return _refused(document, edit, str(error))
    # Anything else would be a traceback for the person who edits the contract.
    except Exception:  # noqa: BLE001
        return Outcome(edit, Ending.TRACEBACK, traceback.format_exc(limit=-3))
    return Outcome(edit, Ending.FINE)


def _refused(document: Node, edit: Edit, text: str) -> Outcome:
    """Judge a refusal: it names the member, what the member is in, or what is gone."""
    gone: Any = document
    for step in edit.place:
        gone = gone[step]
    names = [step for step in edit.place[-3:] if isinstance(step, str)]
    names.extend(
        name for place, name in walk.texts(gone) if _is_name(place.rpartition("/")[2])
    )
    is_named = any(name in text for name in names)
    return Outcome(edit, Ending.REFUSED if is_named else Ending.UNNAMED, text)


def _is_name(member: str) -> bool:
    """Tell whether a member, or the edited value itself, names something."""
    return member in ("", "operationId", "x-python", "x-region", "$ref")


def _thinned(document: Node, place: Place) -> Node:
    """Leave out what the dialect judges apart from the place, to save time.

    Operations, components and the items of lists are judged one by one.
    """
    thin = dict(document)
    for name in JUDGED_ONE_BY_ONE & document.keys():
        thin[name] = _one_of(document[name], _step_below(place, (name,)))
    components = document.get("components")
    if is_object(components):
        thin["components"] = dict(components)
        for kind in components.keys() - {"securitySchemes"}:
            wanted = _step_below(place, ("components", kind))
            thin["components"][kind] = _one_of(components[kind], wanted)
    return thin


def _step_below(place: Place, above: Place) -> Place:
    depth = len(above)
    return place[depth : depth + 1] if place[:depth] == above else ()


def _one_of(node: Any, wanted: Place) -> Any:
    """Keep the wanted member, or the first one if it is not there."""
    members = _members(node)
    names = [name for name, _ in members]
    keep = {*KEPT, *(wanted if wanted and wanted[0] in names else names[:1])}
    kept = [(name, value) for name, value in members if name in keep]
    if is_object(node):
        return dict(kept)
    return [value for _, value in kept] if is_list(node) else node


def _produce(document: Node) -> None:
    """Generate and render; every module of the package is valid Python."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "enboarder_api"
        generate(document, package, is_formatted=False)
        for module in package.rglob("*.py"):
            ast.parse(module.read_text("utf-8"))
    for _ in renderings(document):
        pass
    models_page.page(document)


class Task(NamedTuple):
    """An edit to try, and whether to generate from it if the rules accept it."""

    edit: Edit
    generates: bool


def every_task(document: Node) -> Iterator[Task]:
    """Yield every edit; the first of each kind is generated."""
    seen: set[object] = set()
    for edit in edits(document):
        kind = kind_of(document, edit)
        yield Task(edit, kind not in seen)
        seen.add(kind)


def sample(document: Node, seed: int = SEED) -> list[Task]:
    """Return one edit of each kind; the seed decides which, and what is generated."""
    by_kind: dict[object, list[Edit]] = {}
    for edit in edits(document):
        by_kind.setdefault(kind_of(document, edit), []).append(edit)
    chance = random.Random(seed)
    chosen = [chance.choice(alike) for alike in by_kind.values()]
    # The rules accept about one of twenty.
    generated = {*chance.sample(range(len(chosen)), 20 * GENERATED_IN_SAMPLE)}
    return [Task(edit, index in generated) for index, edit in enumerate(chosen)]


def kind_of(document: Node, edit: Edit) -> tuple[object, ...]:
    """Return what an edit has in common with others that are tried alike."""
    # Without what is beside the place: that makes many more kinds.
    shape = shape_of(document, edit.place)[:-2]
    return shape, edit.is_removal, repr(edit.value)


def try_all(document: Node, tasks: Iterable[Task]) -> Iterator[Outcome]:
    """Try edits on all processors."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(partial(_tried, document), tasks, chunksize=20)


def _tried(document: Node, task: Task) -> Outcome:
    return outcome(task.edit, document, generates=task.generates)


def report(outcomes: Iterable[Outcome]) -> tuple[bool, str]:
    """Return whether every edit ended well, and the numbers with the bad endings."""
    counted: Counter[Ending] = Counter()
    kinds: Counter[bool] = Counter()
    bad: list[str] = []
    for one in outcomes:
        counted[one.ending] += 1
        kinds[one.edit.is_removal] += 1
        if one.ending in (Ending.UNNAMED, Ending.TRACEBACK):
            bad.append(f"{one.edit}\n{one.text}")
    numbers = ", ".join(f"{ending.value}: {counted[ending]}" for ending in Ending)
    tried = f"tried: {kinds[True]} removals and {kinds[False]} wrong types; {numbers}"
    return not bad, "\n".join([*bad, tried])


def judge() -> tuple[bool, str]:
    """Try a sample of all edits of the contract."""
    document = reading.load()
    is_well, text = report(try_all(document, sample(document)))
    return is_well, f"{text} (a sample with the seed {SEED})"


def main() -> int:
    """Try every edit of the contract."""
    use_own_ruff()
    document = reading.load()
    is_well, text = report(try_all(document, every_task(document)))
    print(text)
    return 0 if is_well else 1


if __name__ == "__main__":
    raise SystemExit(main())
