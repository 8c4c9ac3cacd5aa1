"""The texts of a contract on one line each, without what a reader has no use for."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .walk import Node, is_list, is_object

PROSE = ("description", "summary", "meaning", "fix")
"""Members that hold text for people."""

DATA = frozenset({"example", "default", "enum", "value"})
"""Members that hold data, in which nothing is text for people."""

NAME = re.compile(r"`([^`]+)`")
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class Omission(NamedTuple):
    """What a text does not speak of."""

    names: frozenset[str]
    """Names that a text has between backquotes."""
    phrases: tuple[str, ...]

    def covers(self, sentence: str) -> bool:
        """Tell whether a sentence speaks of it."""
        if any(name in self.names for name in NAME.findall(sentence)):
            return True
        return any(phrase in sentence for phrase in self.phrases)


def in_one_line(node: Node, omission: Omission) -> Node:
    """Return a document whose texts have no line break and no omitted sentence."""
    edited: Node = _edited(node, omission, has_names=False)
    return edited


def _edited(node: Any, omission: Omission, *, has_names: bool) -> Any:
    """Edit the texts of a node; the names of properties are not those of members."""
    if is_list(node):
        return [_edited(one, omission, has_names=False) for one in node]
    if not is_object(node):
        return node
    edited: Node = {}
    for name, value in node.items():
        if has_names:
            edited[name] = _edited(value, omission, has_names=False)
        elif name in PROSE and isinstance(value, str):
            edited[name] = _line(value, omission)
        elif name in DATA:
            edited[name] = value
        else:
            edited[name] = _edited(value, omission, has_names=name == "properties")
    return edited


def _line(text: str, omission: Omission) -> str:
    sentences: list[str] = []
    for paragraph in text.splitlines():
        item = paragraph.strip().removeprefix("- ")
        if item:
            sentences.extend(END_OF_SENTENCE.split(item))
    kept = [sentence for sentence in sentences if not omission.covers(sentence)]
    # A description must not be empty.
    return " ".join(kept or sentences)
