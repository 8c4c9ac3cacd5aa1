"""What no documentation settles, and which reads would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from account import Account, Seen
from enboarder_api.contract import TOKEN_HEADER

MADE_UP = "made-up-by-enboarder-verify"
MOST_LISTS = 5  # forms, and workflows, that are asked for rows until one has some


def findings(account: Account, forms: Seen, *, wrong: bool) -> Iterator[tuple[str, list[Seen]]]:
    """Each question, and what was seen."""
    yield "Does the credential work as the contract has it?", [forms]
    if not account.by_key:
        bearer = account.first_read_with("`Bearer` before the token", {TOKEN_HEADER: f"Bearer {account.value}"})
        yield "Is `Bearer` accepted?", [bearer]
    yield "What does an absent credential get?", [account.first_read_with("no credential", {})]
    if wrong:
        told = f"a made-up value in `{account.header}`"
        yield "What does a wrong credential get?", [account.first_read_with(told, {account.header: MADE_UP})]
    yield "Does the other family's path take it?", [account.get(account.path("reports.get_forms", other=True))]
    workflows = account.get(account.path("reports.get_workflows"))
    yield "What is in the list of workflows?", [workflows]
    yield from rows(account, "forms", forms, "reports.get_form_data")
    yield from rows(account, "workflows", workflows, "reports.get_workflow_data")
    version = "v1" if account.by_key else "v2"
    bases = ("", f"/restapi/{version}", "/settings")
    yield "Which base path do the settings have?", [account.get(f"{base}/brand/all") for base in bases]
    prefixes = ("/scim/v2", "/scim")
    yield "Which prefix does SCIM have?", [account.get(f"{base}/ServiceProviderConfig") for base in prefixes]


def rows(account: Account, kind: str, listed: Seen, operation: str) -> Iterator[tuple[str, list[Seen]]]:
    """The rows of the first in a list that has some, and its second page."""
    path, page, items = account.path(operation), None, []
    ids = [item["id"] for item in _items(listed) if isinstance(item, dict) and isinstance(item.get("id"), str)]
    for item in ids[:MOST_LISTS]:
        page = account.get(path, item)
        if items := _items(page):
            break
    if page is None:
        return
    yield f"What is in the rows of {kind}?", [page]
    cursor = page.body.get("nextKey") if isinstance(page.body, dict) else None
    if isinstance(cursor, str) and cursor:
        second = account.get(path, item, nextKey=cursor)
        same = "the same" if _items(second)[:1] == items[:1] else "another"
        yield f"Does `nextKey` lead to the next page of {kind}? (Its first row is {same}.)", [second]


def _items(seen: Seen) -> list[Any]:
    found = seen.body.get("items") if isinstance(seen.body, dict) else seen.body
    return found if isinstance(found, list) else []
