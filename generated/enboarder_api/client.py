# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""What the generated operations hand over, and what a sender of them must offer."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from .types import Unset

T = TypeVar("T")

CHARSET = re.compile(
    r"charset=[\"']?((?:iso|latin|windows|cp|utf|us-ascii)[\w:.-]*)", re.IGNORECASE
)
"""The parameter of a content type that names an encoding of text."""


class Operation(NamedTuple):
    """One operation of the contract, with both of its paths."""

    name: str
    """Its place in the client: `workflows.launch_basic`."""
    id: str
    """Its `operationId` in the contract."""
    method: str
    key_path: str | None
    """The path for an API key; None when there is none."""
    token_path: str | None
    """The path for an OAuth2 token; None when there is none."""
    headers: tuple[str, ...] = ()
    """Optional request headers that it accepts."""
    by_message: bool = False
    """Whether the body's `message`, not the status, decides the outcome."""
    evidence: Mapping[str, str] = {}
    """How sure the contract is of each of its paths."""
    sources: tuple[str, ...] = ()
    """Help-centre article ids, or third parties by name."""

    @property
    def writes(self) -> bool:
        """Whether it changes something, so that a second request would do it twice."""
        return self.method not in ("GET", "HEAD", "OPTIONS")


NO_BODY: Final = object()


class Arguments(NamedTuple):
    """What one call of an operation sends."""

    path: Mapping[str, str] = {}
    """Values of the path parameters, not yet quoted."""
    query: Mapping[str, Any] = {}
    """Query parameters by wire name; unset ones are left out."""
    body: Any = NO_BODY
    """A model, or a mapping or list with wire names.

    NO_BODY where there is none; UNSET where the fields are given instead.
    """
    timeout: float | None = None
    """Seconds for one attempt; None means the timeout of the sender."""
    fields: Mapping[str, Any] = {}
    """The fields of the body by wire name; unset ones are left out."""


class Answer(NamedTuple):
    """An answer of the service, unchanged."""

    status: int
    headers: Mapping[str, str]
    """The case of header names does not matter."""
    content: bytes

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            ValueError: The body is not JSON.
        """
        try:
            return json.loads(self.content)
        except UnicodeDecodeError:
            return json.loads(self._decoded("strict"))

    @property
    def text(self) -> str:
        """The body as text.

        It is read as UTF-8, or else in the charset of the content type. Bytes that
        neither of them knows are replaced.
        """
        try:
            return self.content.decode("utf-8")
        except UnicodeDecodeError:
            return self._decoded("replace")

    def _decoded(self, errors: str) -> str:
        """Return a body that is not UTF-8 in the charset that the headers name."""
        named = CHARSET.search(self.headers.get("content-type", ""))
        try:
            return self.content.decode(named[1] if named else "utf-8", errors)
        except LookupError:
            return self.content.decode("utf-8", errors)

    @property
    def value(self) -> Any:
        """The body as JSON, or as text if it is not JSON."""
        try:
            return self.json()
        except (ValueError, RecursionError):
            return self.text

    @property
    def members(self) -> dict[str, Any]:
        """The members of the body; empty if the body is not a JSON object."""
        value = self.value
        return value if isinstance(value, dict) else {}

    @property
    def code(self) -> str | None:
        """The symbolic code of a refusal.

        The samples call it `errorcode`; a third party calls it `code`.
        """
        return self._text("errorcode") or self._text("code")

    @property
    def message(self) -> str | None:
        """What the service says: `message`, or SCIM's `detail`, or a body of text."""
        value = self.value
        if isinstance(value, str):
            return value
        return self._text("message") or self._text("detail")

    @property
    def errors(self) -> list[Any]:
        """The problems that a refusal lists."""
        return self._list("errors")

    @property
    def warnings(self) -> list[Any]:
        """The warnings that the service lists."""
        return self._list("warnings")

    def _list(self, name: str) -> list[Any]:
        member = self.members.get(name)
        return member if isinstance(member, list) else []

    def _text(self, name: str) -> str | None:
        member = self.members.get(name)
        return member if isinstance(member, str) else None

    def __repr__(self) -> str:
        return f"Answer(status={self.status}, content=<{len(self.content)} bytes>)"


def read_guessed(answer: Answer, read: Callable[[Any], T], empty: Callable[[], T]) -> T:
    """Read the answer to a write whose answer no source documents.

    The statuses 201 and 204 mean done, whatever the body is; then a result with nothing
    set stands for a body that cannot be read.
    """
    try:
        return read(answer.json())
    except (ValueError, TypeError, RecursionError):
        if answer.status not in (201, 204):
            raise
        return empty()


class Page(Protocol[T]):
    """A page of a report, with the cursor of the next page."""

    @property
    def items(self) -> list[T] | Unset:
        """The rows."""
        ...

    @property
    def next_cursor(self) -> str | Unset | None:
        """The cursor of the next page."""
        ...

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Members that could not be read."""
        ...


class Sender(Protocol):
    """Sends operations from the calling thread."""

    @property
    def loading(self) -> AbstractContextManager[None]:
        """Surrounds the import of the module of an operation or a resource."""
        ...

    def send(
        self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]
    ) -> T:
        """Send an operation, and return what `parse` makes of a successful answer.

        Raise an error on any other answer.
        """
        ...

    def rows(
        self, fetch: Callable[[str | Unset], Page[T]], cursor: str | Unset, name: str
    ) -> Iterator[T]:
        """Iterate over every row of every page, starting with the page of `cursor`."""
        ...


class AsyncSender(Protocol):
    """Sends operations, awaited."""

    @property
    def loading(self) -> AbstractContextManager[None]:
        """Surrounds the import of a module, as `Sender.loading` does."""
        ...

    async def send(
        self, operation: Operation, arguments: Arguments, parse: Callable[[Answer], T]
    ) -> T:
        """Send an operation, as `Sender.send` does."""
        ...

    def rows(
        self,
        fetch: Callable[[str | Unset], Awaitable[Page[T]]],
        cursor: str | Unset,
        name: str,
    ) -> AsyncIterator[T]:
        """Iterate over every row, as `Sender.rows` does."""
        ...
