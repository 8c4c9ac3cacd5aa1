"""Ask what no documentation answers and read-only requests can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from enboarder_api.contract import TOKEN_HEADER

from ...people.json_objects import is_list, is_object
from .reader import AccountReader, Observation

WRONG_VALUE = "made-up-by-enboarder-verify"
"""What a wrong credential holds."""

MOST_LISTS = 5
"""Forms, and workflows, that are asked for rows until one has some."""

MOST_REQUESTS = 22
"""GET requests at most, without the one that may carry a wrong credential."""


class Finding(NamedTuple):
    """A question, and what was seen when it was asked."""

    question: str
    observations: list[Observation]


def findings(
    account: AccountReader, forms: Observation, *, wrong: bool
) -> Iterator[Finding]:
    """Ask every question.

    Args:
        account: the account to ask.
        forms: what the first read, of the list of forms, gave.
        wrong: whether a wrong credential may be sent.
    """
    yield Finding("Does the credential work as the contract says?", [forms])
    yield from _credentials(account, wrong=wrong)
    workflows = account.get(account.path("reports.get_workflows"))
    yield Finding("What is in the list of workflows?", [workflows])
    yield from _rows(account, "forms", forms, "reports.get_form_data")
    yield from _rows(account, "workflows", workflows, "reports.get_workflow_data")
    yield from _prefixes(account)


def _credentials(account: AccountReader, *, wrong: bool) -> Iterator[Finding]:
    if not account.by_key:
        bearer = account.repeat_first_read(
            "`Bearer` before the token", {TOKEN_HEADER: f"Bearer {account.value}"}
        )
        yield Finding("Is `Bearer` accepted?", [bearer])
    absent = account.repeat_first_read("no credential", {})
    yield Finding("What does a request without a credential get?", [absent])
    if wrong:
        refused = account.repeat_first_read(
            f"a made-up value in `{account.header}`", {account.header: WRONG_VALUE}
        )
        yield Finding("What does a wrong credential get?", [refused])
    other = account.get(account.other_path("reports.get_forms"))
    yield Finding("Does the path for the other kind of credential take it?", [other])


def _rows(
    account: AccountReader, kind: str, listed: Observation, operation: str
) -> Iterator[Finding]:
    """Read the rows of the first in a list that has some, and their second page."""
    path = account.path(operation)
    page: Observation | None = None
    item = ""
    for item in _ids(listed)[:MOST_LISTS]:
        page = account.get(path, item)
        if _items(page):
            break
    if page is None:
        return
    yield Finding(f"What is in the rows of {kind}?", [page])
    cursor = _cursor(page)
    if cursor is None:
        return
    second = account.get(path, item, nextKey=cursor)
    is_same = _items(second)[:1] == _items(page)[:1]
    first_row = "the same" if is_same else "another one"
    yield Finding(
        f"Does `nextKey` lead to the next page of {kind}? "
        f"(Its first row is {first_row}.)",
        [second],
    )


def _prefixes(account: AccountReader) -> Iterator[Finding]:
    version = "v1" if account.by_key else "v2"
    settings = [
        account.get("/brand/all"),
        account.get(f"/restapi/{version}/brand/all"),
        account.get("/settings/brand/all"),
    ]
    yield Finding("Which base path do the settings have?", settings)
    scim = [
        account.get("/scim/v2/ServiceProviderConfig"),
        account.get("/scim/ServiceProviderConfig"),
    ]
    yield Finding("Which prefix does SCIM have?", scim)


def _items(seen: Observation) -> list[Any]:
    found: Any = seen.body
    if is_object(found):
        found = found.get("items")
    return found if is_list(found) else []


def _ids(seen: Observation) -> list[str]:
    ids: list[str] = []
    for item in _items(seen):
        if is_object(item) and isinstance(item.get("id"), str):
            ids.append(item["id"])
    return ids


def _cursor(page: Observation) -> str | None:
    if not is_object(page.body):
        return None
    cursor = page.body.get("nextKey")
    return cursor if isinstance(cursor, str) and cursor else None
