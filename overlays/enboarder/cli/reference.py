"""Show the contract as text in a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from enboarder_api.catalogue import CATALOGUE, Entry

from ..contract.document import SCHEMES, Auth, whole
from ..contract.walk import (
    Node,
    Operation,
    operations,
    parameters,
    request_content,
    resolve,
)
from ..quoting import quotable
from ..sending.error_messages import general_hint
from .sayings import phrases, status_in

WIDTH = 100
"""Characters in a line of prose."""
LABEL_WIDTH = 12
"""Characters before the text of a label."""


class NotInContract(LookupError):
    """The contract does not have the requested entry; the text says what it has."""


def operation_list() -> str:
    """Return a line for each operation.

    A line has the operation's id, method, path, credentials and evidence.
    """
    rows: list[list[str]] = []
    for operation in operations(whole()):
        node = operation.node
        row = [
            node["operationId"],
            operation.method.upper(),
            operation.path,
            _credentials(operation),
            node["x-evidence"],
        ]
        rows.append(row)
    return "\n".join(_table(rows))


def operation_page(name: str) -> str:
    """Return everything about one operation.

    Args:
        name: its id or its Python name.

    Raises:
        NotInContract: there is no such operation.
    """
    document = whole()
    operation = _named(document, name)
    node = operation.node
    lines = [
        f"{node['operationId']}: {operation.method.upper()} {operation.path}",
        node["summary"],
        "",
    ]
    for paragraph in node["description"].split("\n\n"):
        lines.append(textwrap.fill(_one_line(paragraph), WIDTH))
        lines.append("")
    lines.extend(_facts(operation))
    lines.extend(_parameters(document, operation))
    lines.extend(_body(document, operation))
    lines.extend(_answers(document, operation))
    return "\n".join(lines)


def catalogue() -> str:
    """Return every known message and code."""
    return _entries(CATALOGUE)


def explanation(text: str) -> str:
    """Return the entries of the catalogue for what the service said.

    Args:
        text: a message, a code, a status, a body, or an error of the client.

    Raises:
        NotInContract: the catalogue has no such entry.
    """
    found = [entry for entry in CATALOGUE if _fits_any(entry, phrases(text))]
    if found:
        return _entries(found)
    status = status_in(text)
    found = [entry for entry in CATALOGUE if entry.status == status is not None]
    if found:
        return _entries(found)
    # Those of a success or a refusal say no more than "not in the catalogue".
    if status is not None and (300 <= status < 400 or 500 <= status < 600):
        return f"status {status}\n{_wrapped('do', general_hint(status))}"
    raise NotInContract(
        f"the error catalogue does not contain {quotable(text)!r}; give the message "
        "or the code exactly as the service sent it, or list what is known with "
        "`enboarder contract errors`"
    )


def _named(document: Node, name: str) -> Operation:
    by_name: dict[str, Operation] = {}
    for operation in operations(document):
        by_name[operation.node["operationId"]] = operation
        if operation.python_name is not None:
            by_name[operation.python_name] = operation
    if name not in by_name:
        raise NotInContract(_unknown_operation(name, by_name))
    return by_name[name]


def _unknown_operation(name: str, known: Iterable[str]) -> str:
    by_lower_case = {one.lower(): one for one in known}
    close = get_close_matches(name.lower(), by_lower_case, n=3, cutoff=0.5)
    hint = "."
    if close:
        near = " or ".join(by_lower_case[one] for one in close)
        hint = f"; did you mean {near}?"
    return (
        f"there is no operation {name!r}{hint} List them all with "
        "`enboarder contract show`"
    )


def _facts(operation: Operation) -> Iterator[str]:
    node = operation.node
    yield _labelled("credential", _credentials(operation))
    if "x-twin" in node:
        yield _labelled("twin", node["x-twin"])
    if operation.python_name is not None:
        yield _labelled("python", f"Enboarder.{operation.python_name}")
    sources = ", ".join(str(source) for source in node["x-source"])
    yield _labelled("evidence", f"{node['x-evidence']}: {sources}")


def _parameters(document: Node, operation: Operation) -> Iterator[str]:
    for parameter in parameters(document, operation):
        name = f"{parameter['name']} ({parameter['in']})"
        yield _labelled("parameter", f"{name}: {_one_line(parameter['description'])}")


def _body(document: Node, operation: Operation) -> Iterator[str]:
    content = request_content(document, operation)
    if content is None:
        return
    schema = resolve(document, content["schema"])
    required = schema.get("required", [])
    item = resolve(document, schema.get("items", schema))
    for name, field in item.get("properties", {}).items():
        mark = " (required)" if name in required else ""
        description = _one_line(field.get("description", ""))
        yield _labelled("body", f"{name}{mark}: {description}")


def _answers(document: Node, operation: Operation) -> Iterator[str]:
    for status, response in operation.node["responses"].items():
        description = resolve(document, response)["description"]
        yield _labelled("answer", f"{status}: {_one_line(description)}")


def _credentials(operation: Operation) -> str:
    return ", ".join(auth for auth in Auth if operation.takes(SCHEMES[auth]))


def _fits_any(entry: Entry, said: Iterable[str]) -> bool:
    return any(_fits(entry, phrase) for phrase in said)


def _fits(entry: Entry, phrase: str) -> bool:
    if entry.code is not None and entry.code.lower() == phrase.lower():
        return True
    if entry.message is None:
        return False
    return bool(re.search(entry.message, phrase, re.IGNORECASE))


def _entries(entries: Iterable[Entry]) -> str:
    return "\n\n".join(_entry(entry) for entry in entries)


def _entry(entry: Entry) -> str:
    said = entry.code or entry.message or f"status {entry.status}"
    lines = [
        f"{entry.id} ({entry.kind}): {said}",
        _wrapped("means", entry.meaning),
        _wrapped("do", entry.fix),
    ]
    if entry.resend:
        lines.append(_wrapped("again", "The same request may be sent again."))
    return "\n".join(lines)


def _wrapped(label: str, text: str) -> str:
    start = f"  {label:<7}"
    return textwrap.fill(start + text, WIDTH, subsequent_indent=" " * len(start))


def _labelled(label: str, text: str) -> str:
    return f"{label:<{LABEL_WIDTH}}{text}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Yield the rows with columns of equal width."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
