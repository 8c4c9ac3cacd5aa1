"""Plan a call: its path, headers and body, checked before anything is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from attrs import frozen

from enboarder_api import parameters
from enboarder_api.client import NO_BODY, Arguments, Operation
from enboarder_api.contract import WARNING_HEADER
from enboarder_api.types import plain, to_json

from ..errors import ConfigurationError, InvalidInput
from ..transport.messages import Request

LONGEST_TIMEOUT = 86_400.0  # seconds


@frozen
class Call:
    """One call, with the texts that logs and errors use for it."""

    operation: Operation
    url: str
    external_ids: tuple[str, ...]
    """The external ids in its body, or the id in its path."""
    user_name: str = ""
    """The name of the administrator in its body, by which SCIM finds the user."""

    @property
    def label(self) -> str:
        """Name the operation, its method and its URL."""
        operation = self.operation
        return f"{operation.name} ({operation.method} {self.url})"

    @property
    def target(self) -> str:
        """Say what to look for if the outcome is unknown."""
        if self.user_name:
            return f'user name "{self.user_name[:200]}"'
        if not self.external_ids:
            return "it (the request named no external id)"
        quoted = ", ".join(f'"{external_id}"' for external_id in self.external_ids)
        return f"external id {quoted[:200]}"


@frozen
class Planner:
    """Turns an operation and its arguments into a request.

    Args:
        by_key: whether the credential is an API key; it decides the path.
        base_url: where requests go.
        timeout: seconds for one attempt, unless a call has its own.
        show_warnings: whether to ask for warnings where the API offers them.
        path_prefixes: the starts of paths, and what replaces them.
    """

    by_key: bool
    base_url: str
    timeout: float
    show_warnings: bool
    path_prefixes: Mapping[str, str]

    def plan(self, operation: Operation, arguments: Arguments) -> tuple[Call, Request]:
        """Return the call, as errors describe it, and its request.

        Raises:
            ConfigurationError: the operation has no path for this credential.
            InvalidInput: an argument is wrong.
        """
        template = self._template(operation)
        path, query = target(operation.name, template, arguments)
        url = self._url(operation, path)
        headers = self._headers(operation)
        # Those that are UUIDs become text, as in the path.
        external_ids = tuple(map(plain, arguments.path.values()))
        content = None
        user_name = ""
        if arguments.body is not NO_BODY:
            headers["Content-Type"] = "application/json"
            given = chosen_body(operation.name, arguments.body, arguments.fields)
            ids_in_body, content = body(operation.name, given)
            external_ids = ids_in_body or external_ids
            user_name = _user_name(given)
        timeout = self.timeout
        if arguments.timeout is not None:
            timeout = checked_seconds("timeout", arguments.timeout)
        call = Call(operation, url, external_ids, user_name)
        return call, Request(operation.method, url, headers, content, timeout, query)

    def _template(self, operation: Operation) -> str:
        if self.by_key:
            template = operation.key_path
            accepted = "ClientCredentials"
        else:
            template = operation.token_path
            accepted = "an ApiKey"
        if template is None:
            raise ConfigurationError(
                f"{operation.name} has no path for this credential; use {accepted}"
            )
        return template

    def _url(self, operation: Operation, path: str) -> str:
        # A path that the user typed for `request()` stays unchanged.
        is_listed = operation.id != ""
        if is_listed:
            for prefix, replacement in self.path_prefixes.items():
                if path.startswith(prefix):
                    return self.base_url + replacement + path.removeprefix(prefix)
        return self.base_url + path

    def _headers(self, operation: Operation) -> dict[str, str]:
        if self.show_warnings and WARNING_HEADER in operation.headers:
            return {WARNING_HEADER: "yes"}
        return {}


def chosen_body(operation: str, value: Any, fields: Mapping[str, Any]) -> Any:
    """Return the body that a call gives as one value, or field by field.

    Raises:
        InvalidInput: it gives both, or neither.
    """
    # Reads never need the rules.
    from enboarder_api.bodies import body_of

    try:
        return body_of(operation, value, fields)
    except ValueError as error:
        text = f"{operation}: nothing was sent, because {error}"
        raise InvalidInput(text) from None


def body(operation: str, value: Any) -> tuple[tuple[str, ...], bytes]:
    """Return the external ids in a request body, and the body as it is sent.

    Args:
        operation: the name of the operation.
        value: a model, a mapping with wire names, or a list of those.

    Raises:
        InvalidInput: members are missing or wrong; `problems` names each.
    """
    # Reads do not need the rules.
    from enboarder_api.checks import external_ids, problems

    try:
        wire = to_json(value)
        found = problems(operation, wire)
        content = b""
        if not found:
            text = json.dumps(wire, ensure_ascii=False, separators=(",", ":"))
            content = text.encode()
    except (ValueError, RecursionError) as error:
        raise InvalidInput(
            f"{operation}: nothing was sent, because the body cannot be written as "
            f"JSON: {error}"
        ) from None
    if found:
        counted = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        lines = [f"{operation}: nothing was sent; the body has {counted}:", *found]
        raise InvalidInput("\n  - ".join(lines), problems=tuple(found))
    return tuple(external_ids(operation, wire)), content


def _user_name(value: Any) -> str:
    """Return the SCIM user name in a body; empty if there is none."""
    members: Any = value
    name: Any = getattr(value, "user_name", None)
    if isinstance(value, Mapping):
        name = members.get("userName")
    return name if isinstance(name, str) else ""


def target(
    operation: str, template: str, arguments: Arguments
) -> tuple[str, Mapping[str, Any]]:
    """Return the path with its parameters, and the query parameters that are set.

    Raises:
        InvalidInput: a parameter is empty, or cannot be part of a URL.
    """
    try:
        path = parameters.path(template, arguments.path)
        query = parameters.query(arguments.query)
    except ValueError as error:
        text = f"{operation}: nothing was sent, because {error}"
        raise InvalidInput(text) from None
    return path, query


def checked_seconds(name: str, value: object) -> float:
    """Return a number of seconds, above 0 and at most a day.

    Raises:
        InvalidInput: it is something else.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and 0 < value <= LONGEST_TIMEOUT:  # type: ignore[operator]
        return value  # type: ignore[return-value]
    shown = parameters.shown(value)
    raise InvalidInput(
        f"{name} must be a number of seconds, above 0 and at most a day; got {shown}"
    )


def listed_read(
    name: str,
    ids: Mapping[str, str] | None,
    params: Mapping[str, Any] | None,
    timeout: float | None,
) -> tuple[Operation, Arguments]:
    """Return an operation of the contract that reads, and its arguments.

    Raises:
        InvalidInput: the operation does not exist or writes, or an id is missing.
    """
    # Resources import their operation themselves, when they are used.
    from enboarder_api.operations import OPERATIONS

    operation = OPERATIONS.get(name)
    if operation is None:
        raise InvalidInput(
            f"no operation is called {name!r}; write it as in the client, such as "
            "reports.get_form_data"
        )
    if operation.writes:
        raise InvalidInput(f"{name} changes something; call enboarder.{name} instead")
    template = operation.key_path or operation.token_path or ""
    wanted = {field for _, field, _, _ in Formatter().parse(template) if field}
    given = dict(ids or {})
    if given.keys() != wanted:
        raise InvalidInput(
            f"{name} needs the ids {', '.join(sorted(wanted)) or '(none)'}; got "
            f"{', '.join(sorted(given)) or 'none'}"
        )
    return operation, Arguments(given, params or {}, NO_BODY, timeout)


def unlisted(
    method: str,
    path: str,
    body: Any,
    params: Mapping[str, Any] | None,
    timeout: float | None,
) -> tuple[Operation, Arguments]:
    """Return an operation that the contract does not know, and its arguments.

    Raises:
        InvalidInput: method or path is wrong.
    """
    if not _is_path(path):
        raise InvalidInput(
            "path must begin with one '/' and have no host, dots, blanks or query "
            f"(use params=); got {path!r}"
        )
    if not isinstance(method, str) or not re.fullmatch(r"[A-Za-z]+", method):
        raise InvalidInput(f"method must be a word such as GET; got {method!r}")
    verb = method.upper()
    # Braces are doubled, so that none of them names a parameter of the path.
    literal = path.replace("{", "{{").replace("}", "}}")
    operation = Operation(f"{verb} {path}", "", verb, literal, literal)
    content = NO_BODY if body is None else body
    return operation, Arguments({}, params or {}, content, timeout)


def _is_path(path: object) -> bool:
    if not isinstance(path, str) or not re.fullmatch(r"/(?!/)[!-~]*", path):
        return False
    segments = path.split("/")
    return not {"?", "#"} & set(path) and not {".", ".."} & set(segments)
