"""The methods of `users`, blocking and awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, Required, TypedDict, Unpack, overload

from attrs import frozen

from enboarder_api.api import users as generated
from enboarder_api.models.scim_email import ScimEmail
from enboarder_api.models.scim_name import ScimName
from enboarder_api.models.scim_phone_number import ScimPhoneNumber
from enboarder_api.models.scim_user import ScimUser
from enboarder_api.models.scim_user_input import ScimUserInput
from enboarder_api.models.user_type import UserType
from enboarder_api.types import UNSET, Unset, to_json

from ..errors import InvalidResponse
from ..paging import naming_cursor
from ..sending.plan import body as checked
from ..sending.plan import chosen_body
from .counter import UserCounter
from .search import UserSearch


@frozen
class Upserted:
    """The result of `users.upsert`."""

    user: ScimUser
    """The user that the service returned; its fields are not set if there was none."""
    created: bool
    """Whether the user is new; otherwise it was replaced."""


class UserFields(TypedDict, total=False):
    """The fields of a user as keywords; `users.create` describes each."""

    user_name: Required[str]
    name: Required[ScimName | Mapping[str, Any]]
    emails: Required[Sequence[ScimEmail | Mapping[str, Any]]]
    user_type: Required[UserType | str]
    schemas: Sequence[str] | Unset
    display_name: str | Unset
    phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset
    active: bool | Unset
    external_id: str | Unset


class UsersResource(generated.UsersResource):
    """The operations of `users`, and methods that combine them; blocking."""

    def iter_all(
        self,
        *,
        cursor: str | Unset = UNSET,
        count: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Iterator[ScimUser]:
        """Iterate over every user of every page, until a page is empty.

        The number of users in the answer is not used to stop, because the service may
        count only the page.

        Args:
            cursor: The number of the user to begin with, such as the `cursor` of an
                error. The first user is 1.
            count: The largest number of users on a page.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know, sent with each
                page.

        Raises:
            enboarder.InvalidResponse: A page cannot be read, or users are missing.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """
        counter = UserCounter(cursor, count)
        while True:
            with naming_cursor(counter.cursor):
                page = self.get_all(
                    start_index=counter.start_index,
                    count=count,
                    timeout=timeout,
                    params=params,
                )
                found = counter.follow(page)
            if found is None:
                return
            yield from found

    def find(
        self,
        user_name: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser | None:
        """Return the user with a user name, without regard to case (RFC 7643).

        The service says that it does not support filters, so this method reads page by
        page.

        Args:
            user_name: The whole name.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know.

        Returns:
            The user; None if no user has the name.

        Raises:
            enboarder.InvalidInput: The name is not a possible user name.
            enboarder.InvalidResponse: The answers do not show whether a user has the
                name.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """
        search = UserSearch(user_name)
        for user in self.iter_all(timeout=timeout, params=params):
            if search.fits(user):
                return user
        search.refuse_doubt()
        return None

    @overload
    def upsert(
        self, *, timeout: float | None = None, **fields: Unpack[UserFields]
    ) -> Upserted: ...

    @overload
    def upsert(
        self, body: ScimUserInput | Mapping[str, Any], *, timeout: float | None = None
    ) -> Upserted: ...

    def upsert(
        self,
        body: ScimUserInput | Mapping[str, Any] | Unset = UNSET,
        *,
        timeout: float | None = None,
        **fields: Any,
    ) -> Upserted:
        """Replace the user that has this user name, or create it.

        Args:
            body: A model (`ScimUserInput`), or a mapping with wire names, instead of
                the fields. It is the whole user: the service may clear fields that it
                leaves out.
            timeout: Seconds for one attempt of each request; None means the client's
                own timeout.
            fields: The fields of the user, as `create` takes them. Either way, all is
                checked before anything is sent.

        Raises:
            enboarder.InvalidInput: The body is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """
        wanted = _wanted(body, fields)
        found = self.find(_user_name(wanted), timeout=timeout)
        if found is None:
            return Upserted(self.create(wanted, timeout=timeout), created=True)
        user = self.replace(_id_of(found), wanted, timeout=timeout)
        return Upserted(user, created=False)


class AsyncUsersResource(generated.AsyncUsersResource):
    """The operations of `users`, and methods that combine them; awaited."""

    async def iter_all(
        self,
        *,
        cursor: str | Unset = UNSET,
        count: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[ScimUser]:
        """Iterate over every user of every page; like `UsersResource.iter_all`."""
        counter = UserCounter(cursor, count)
        while True:
            with naming_cursor(counter.cursor):
                page = await self.get_all(
                    start_index=counter.start_index,
                    count=count,
                    timeout=timeout,
                    params=params,
                )
                found = counter.follow(page)
            if found is None:
                return
            for user in found:
                yield user

    async def find(
        self,
        user_name: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser | None:
        """Return the user with a user name; like `UsersResource.find`."""
        search = UserSearch(user_name)
        async for user in self.iter_all(timeout=timeout, params=params):
            if search.fits(user):
                return user
        search.refuse_doubt()
        return None

    @overload
    async def upsert(
        self, *, timeout: float | None = None, **fields: Unpack[UserFields]
    ) -> Upserted: ...

    @overload
    async def upsert(
        self, body: ScimUserInput | Mapping[str, Any], *, timeout: float | None = None
    ) -> Upserted: ...

    async def upsert(
        self,
        body: ScimUserInput | Mapping[str, Any] | Unset = UNSET,
        *,
        timeout: float | None = None,
        **fields: Any,
    ) -> Upserted:
        """Replace the user that has this user name, or create it.

        It is like `UsersResource.upsert`.
        """
        wanted = _wanted(body, fields)
        found = await self.find(_user_name(wanted), timeout=timeout)
        if found is None:
            return Upserted(await self.create(wanted, timeout=timeout), created=True)
        user = await self.replace(_id_of(found), wanted, timeout=timeout)
        return Upserted(user, created=False)


def _wanted(
    body: ScimUserInput | Mapping[str, Any] | Unset, fields: Mapping[str, Any]
) -> Any:
    """Return the user that a call gives, as one value or field by field."""
    # Reads never need the rules.
    from enboarder_api.rules import RULES

    wire_names = {
        field.name: wire for wire, field in RULES["ScimUserInput"].fields.items()
    }
    for name in fields:
        if name not in wire_names:
            raise TypeError(f"upsert() got an unexpected keyword argument {name!r}")
    by_wire_name = {wire_names[name]: value for name, value in fields.items()}
    return chosen_body("users.create", body, by_wire_name)


def _user_name(body: ScimUserInput | Mapping[str, Any]) -> str:
    """Return the user name of a valid body."""
    checked("users.create", body)
    wire: Any = to_json(body)
    user_name: str = wire["userName"]
    return user_name


def _id_of(user: ScimUser) -> str:
    if isinstance(user.id, str):
        return user.id
    name = "users.upsert"
    text = "the user exists, but has no id by which to replace it"
    raise InvalidResponse(f"{name}: {text}", operation=name)
