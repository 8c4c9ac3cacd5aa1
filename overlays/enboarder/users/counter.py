"""Counting users: where the next page starts, and when none is left."""

from __future__ import annotations

import json
from typing import Any

from enboarder_api.models.scim_user import ScimUser
from enboarder_api.models.scim_user_list import ScimUserList
from enboarder_api.parameters import shown
from enboarder_api.types import UNSET, Unset, to_json

from ..errors import InvalidInput, InvalidResponse
from ..paging import Cursor

NAME = "users.iter_all"


class UserCounter:
    """Counts the users of one iteration, and finds the start of the next page.

    Args:
        cursor: the number of the first user, as text.
        count: how many users are asked for at a time.

    Raises:
        InvalidInput: the cursor is not a number from 1, or `count` is below 1.
    """

    def __init__(self, cursor: Cursor, count: int | Unset) -> None:
        if isinstance(count, int) and count < 1:
            raise InvalidInput(
                f"{NAME}: nothing was sent, because count must be at least 1; "
                f"got {shown(count)}"
            )
        self._next = _number_of(cursor)
        self._seen: set[str] = set()

    @property
    def cursor(self) -> Cursor:
        """The number of the next user, as text; UNSET at the beginning."""
        return UNSET if self._next == 1 else str(self._next)

    @property
    def start_index(self) -> int | Unset:
        """The number of the next user; UNSET at the beginning."""
        return UNSET if self._next == 1 else self._next

    def follow(self, page: ScimUserList) -> list[ScimUser] | None:
        """Return the users that no earlier page had; None after the last page.

        Raises:
            InvalidResponse: the page has no list, or users are missing.
        """
        users, odd = self._members_of(page)
        fresh = [user for user in users if _key_of(user) not in self._seen]
        keys = {_key_of(member) for member in (*users, *odd)}
        if keys <= self._seen:
            # This is the last page, or the service always returns the first one.
            self._refuse_missing(page)
            return None
        self._seen |= keys
        self._next += len(users) + len(odd)
        return fresh

    def _members_of(self, page: ScimUserList) -> tuple[list[ScimUser], list[Any]]:
        """Return the users of a page, and the members that are not users."""
        odd = page.additional_properties.get("Resources")
        if not isinstance(page.resources, Unset):
            return page.resources, odd or []
        total = _total_of(page)
        # After the last user, RFC 7644 allows an answer without the list.
        is_beyond = total is not None and total < self._next
        if odd is None and is_beyond:
            return [], []
        raise _invalid('a page has no list "Resources"; look at it with users.get_all')

    def _refuse_missing(self, page: ScimUserList) -> None:
        total = _total_of(page)
        known = self._next - 1
        if total is not None and total > known:
            raise _invalid(f"the service counts {total} users, but returned {known}")


def _number_of(cursor: Cursor) -> int:
    if isinstance(cursor, Unset):
        return 1
    text = str(cursor)
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 20:
        raise InvalidInput(
            f"{NAME}: nothing was sent, because cursor must be the number of a user, "
            f"from 1; got {shown(cursor)}"
        )
    return max(int(text), 1)


def _total_of(page: ScimUserList) -> int | None:
    """Return how many users there are; None if the service does not say."""
    total: object = page.total_results
    if isinstance(total, Unset):
        total = page.additional_properties.get("totalResults")
    if isinstance(total, str) and total.isdecimal() and len(total) < 20:
        return int(total)
    if isinstance(total, int) and not isinstance(total, bool):
        return total
    return None


def _key_of(member: Any) -> str:
    """Return a text that distinguishes a member of a page from the others."""
    if isinstance(member, ScimUser) and isinstance(member.id, str):
        return f"id {member.id}"
    return json.dumps(to_json(member), sort_keys=True, default=str)


def _invalid(text: str) -> InvalidResponse:
    return InvalidResponse(f"{NAME}: {text}", operation=NAME)
