# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The operations of `users`."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from ...types import UNSET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal

    from ...client import Answer, AsyncSender, Sender
    from ...models.scim_email import ScimEmail
    from ...models.scim_name import ScimName
    from ...models.scim_phone_number import ScimPhoneNumber
    from ...models.scim_resource_type_list import ScimResourceTypeList
    from ...models.scim_schema_list import ScimSchemaList
    from ...models.scim_service_provider_config import ScimServiceProviderConfig
    from ...models.scim_user import ScimUser
    from ...models.scim_user_input import ScimUserInput
    from ...models.scim_user_list import ScimUserList
    from ...models.user_type import UserType
    from ...types import Unset


class UsersResource:
    """The operations of `users`, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def get_service_provider_config(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimServiceProviderConfig:
        """Get the SCIM configuration

        Returns what the SCIM service supports. It declares PATCH as supported, but
        neither the article nor a third party lists a PATCH operation, so this
        contract has none. It declares two authentication schemes, both `primary`: an
        OAuth bearer token (RFC 6750) and HTTP Basic (RFC 2617). The user name and
        password of the second are unknown, so it is not a scheme of this contract.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/ServiceProviderConfig`: contradictory.
        Sources: 5890669, api-evangelist, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_service_provider_config as operation

        call = operation.arguments(timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_resource_types(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimResourceTypeList:
        """Get the SCIM resource types

        Returns the SCIM resource types. The response is not documented. According to
        a third party, there is no Groups resource.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/ResourceTypes`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_resource_types as operation

        call = operation.arguments(timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_schemas(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimSchemaList:
        """Get the SCIM schemas

        Returns the SCIM schemas. The response is not documented.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/Schemas`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_schemas as operation

        call = operation.arguments(timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_all(
        self,
        *,
        start_index: int | Unset = UNSET,
        count: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUserList:
        """Get the administrators

        Returns one page of the administrators. The service declares that it does not
        support filters. Paging is inferred from RFC 7644; another third party's
        connector has its own options `limit` and `offset`.

        Args:
            start_index: The number of the first user to return; under RFC 7644,
                the first is 1. Whether the service uses it is unknown.
            count: The largest number of users to return, as in RFC 7644. Whether
                the service uses it is unknown; its configuration declares at most 200
                results for a filter.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/Users`: third-party.
        Sources: api-evangelist, 5890669, unified.to, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_all as operation

        call = operation.arguments(
            start_index=start_index, count=count, timeout=timeout, params=params
        )
        return self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    def create(
        self,
        *,
        user_name: str,
        name: ScimName | Mapping[str, Any],
        emails: Sequence[ScimEmail | Mapping[str, Any]],
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ],
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    @overload
    def create(
        self,
        body: ScimUserInput | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    def create(
        self,
        body: ScimUserInput | Mapping[str, Any] | Unset = UNSET,
        *,
        user_name: str | Unset = UNSET,
        name: ScimName | Mapping[str, Any] | Unset = UNSET,
        emails: Sequence[ScimEmail | Mapping[str, Any]] | Unset = UNSET,
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ]
        | Unset = UNSET,
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser:
        """Create an administrator

        Creates an administrator, who becomes active after resetting the password. The
        attributes are documented, but the response is not; under RFC 7644 it is the
        user, with status 201.

        Args:
            body: A model (`ScimUserInput`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            user_name: Required. The user name, which is unique.
            name: Required. The person's name; first and last name are required.
            emails: Required. E-mail addresses; at least one is required.
            user_type: Required. The role.
            schemas: The URIs of the resource's schemas; RFC 7643 has
                `urn:ietf:params:scim:schemas:core:2.0:User`.
            display_name: The name to show.
            phone_numbers: Telephone numbers.
            active: Whether the account is active. It becomes active after the
                user has reset the password.
            external_id: The id in the target system, spelled `externalid`
                everywhere outside SCIM.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /scim/v2/Users`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import create as operation

        fields = {
            "userName": user_name,
            "name": name,
            "emails": emails,
            "userType": user_type,
            "schemas": schemas,
            "displayName": display_name,
            "phoneNumbers": phone_numbers,
            "active": active,
            "externalId": external_id,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get(
        self,
        user_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser:
        """Get an administrator

        Returns an administrator. The attributes are documented, but the response is
        not.

        Args:
            user_id: The administrator's id, which Enboarder generates.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/Users/{id}`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get as operation

        call = operation.arguments(user_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    def replace(
        self,
        user_id: str,
        *,
        user_name: str,
        name: ScimName | Mapping[str, Any],
        emails: Sequence[ScimEmail | Mapping[str, Any]],
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ],
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    @overload
    def replace(
        self,
        user_id: str,
        body: ScimUserInput | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    def replace(
        self,
        user_id: str,
        body: ScimUserInput | Mapping[str, Any] | Unset = UNSET,
        *,
        user_name: str | Unset = UNSET,
        name: ScimName | Mapping[str, Any] | Unset = UNSET,
        emails: Sequence[ScimEmail | Mapping[str, Any]] | Unset = UNSET,
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ]
        | Unset = UNSET,
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser:
        """Replace an administrator

        Replaces an administrator. Under RFC 7644 the body is the whole user, and
        omitted attributes may be cleared. The response is not documented.

        Args:
            user_id: The administrator's id, which Enboarder generates.
            body: A model (`ScimUserInput`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            user_name: Required. The user name, which is unique.
            name: Required. The person's name; first and last name are required.
            emails: Required. E-mail addresses; at least one is required.
            user_type: Required. The role.
            schemas: The URIs of the resource's schemas; RFC 7643 has
                `urn:ietf:params:scim:schemas:core:2.0:User`.
            display_name: The name to show.
            phone_numbers: Telephone numbers.
            active: Whether the account is active. It becomes active after the
                user has reset the password.
            external_id: The id in the target system, spelled `externalid`
                everywhere outside SCIM.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /scim/v2/Users/{id}`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import replace as operation

        fields = {
            "userName": user_name,
            "name": name,
            "emails": emails,
            "userType": user_type,
            "schemas": schemas,
            "displayName": display_name,
            "phoneNumbers": phone_numbers,
            "active": active,
            "externalId": external_id,
        }
        call = operation.arguments(
            user_id, body, fields, timeout=timeout, params=params
        )
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def delete(
        self,
        user_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Delete an administrator

        Deletes or deactivates an administrator: which of the two happens is unknown.
        A third party says that users can be deactivated. The response is not
        documented; under RFC 7644 it has status 204 and no body.

        Args:
            user_id: The administrator's id, which Enboarder generates.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `DELETE /scim/v2/Users/{id}`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import delete as operation

        call = operation.arguments(user_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)


class AsyncUsersResource:
    """The operations of `users`, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def get_service_provider_config(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimServiceProviderConfig:
        """Get the SCIM configuration

        Returns what the SCIM service supports. It declares PATCH as supported, but
        neither the article nor a third party lists a PATCH operation, so this
        contract has none. It declares two authentication schemes, both `primary`: an
        OAuth bearer token (RFC 6750) and HTTP Basic (RFC 2617). The user name and
        password of the second are unknown, so it is not a scheme of this contract.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/ServiceProviderConfig`: contradictory.
        Sources: 5890669, api-evangelist, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_service_provider_config as operation

        call = operation.arguments(timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_resource_types(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimResourceTypeList:
        """Get the SCIM resource types

        Returns the SCIM resource types. The response is not documented. According to
        a third party, there is no Groups resource.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/ResourceTypes`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_resource_types as operation

        call = operation.arguments(timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_schemas(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimSchemaList:
        """Get the SCIM schemas

        Returns the SCIM schemas. The response is not documented.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/Schemas`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_schemas as operation

        call = operation.arguments(timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_all(
        self,
        *,
        start_index: int | Unset = UNSET,
        count: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUserList:
        """Get the administrators

        Returns one page of the administrators. The service declares that it does not
        support filters. Paging is inferred from RFC 7644; another third party's
        connector has its own options `limit` and `offset`.

        Args:
            start_index: The number of the first user to return; under RFC 7644,
                the first is 1. Whether the service uses it is unknown.
            count: The largest number of users to return, as in RFC 7644. Whether
                the service uses it is unknown; its configuration declares at most 200
                results for a filter.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/Users`: third-party.
        Sources: api-evangelist, 5890669, unified.to, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get_all as operation

        call = operation.arguments(
            start_index=start_index, count=count, timeout=timeout, params=params
        )
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    async def create(
        self,
        *,
        user_name: str,
        name: ScimName | Mapping[str, Any],
        emails: Sequence[ScimEmail | Mapping[str, Any]],
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ],
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    @overload
    async def create(
        self,
        body: ScimUserInput | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    async def create(
        self,
        body: ScimUserInput | Mapping[str, Any] | Unset = UNSET,
        *,
        user_name: str | Unset = UNSET,
        name: ScimName | Mapping[str, Any] | Unset = UNSET,
        emails: Sequence[ScimEmail | Mapping[str, Any]] | Unset = UNSET,
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ]
        | Unset = UNSET,
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser:
        """Create an administrator

        Creates an administrator, who becomes active after resetting the password. The
        attributes are documented, but the response is not; under RFC 7644 it is the
        user, with status 201.

        Args:
            body: A model (`ScimUserInput`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            user_name: Required. The user name, which is unique.
            name: Required. The person's name; first and last name are required.
            emails: Required. E-mail addresses; at least one is required.
            user_type: Required. The role.
            schemas: The URIs of the resource's schemas; RFC 7643 has
                `urn:ietf:params:scim:schemas:core:2.0:User`.
            display_name: The name to show.
            phone_numbers: Telephone numbers.
            active: Whether the account is active. It becomes active after the
                user has reset the password.
            external_id: The id in the target system, spelled `externalid`
                everywhere outside SCIM.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /scim/v2/Users`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import create as operation

        fields = {
            "userName": user_name,
            "name": name,
            "emails": emails,
            "userType": user_type,
            "schemas": schemas,
            "displayName": display_name,
            "phoneNumbers": phone_numbers,
            "active": active,
            "externalId": external_id,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get(
        self,
        user_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser:
        """Get an administrator

        Returns an administrator. The attributes are documented, but the response is
        not.

        Args:
            user_id: The administrator's id, which Enboarder generates.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /scim/v2/Users/{id}`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import get as operation

        call = operation.arguments(user_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    async def replace(
        self,
        user_id: str,
        *,
        user_name: str,
        name: ScimName | Mapping[str, Any],
        emails: Sequence[ScimEmail | Mapping[str, Any]],
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ],
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    @overload
    async def replace(
        self,
        user_id: str,
        body: ScimUserInput | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser: ...

    async def replace(
        self,
        user_id: str,
        body: ScimUserInput | Mapping[str, Any] | Unset = UNSET,
        *,
        user_name: str | Unset = UNSET,
        name: ScimName | Mapping[str, Any] | Unset = UNSET,
        emails: Sequence[ScimEmail | Mapping[str, Any]] | Unset = UNSET,
        user_type: UserType
        | Literal[
            "Super Admin",
            "General Admin",
            "Account Manager",
            "User Manager",
            "Workflow Manager",
            "Experience Manager",
            "Author",
            "Reporter",
        ]
        | Unset = UNSET,
        schemas: Sequence[str] | Unset = UNSET,
        display_name: str | Unset = UNSET,
        phone_numbers: Sequence[ScimPhoneNumber | Mapping[str, Any]] | Unset = UNSET,
        active: bool | Unset = UNSET,
        external_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ScimUser:
        """Replace an administrator

        Replaces an administrator. Under RFC 7644 the body is the whole user, and
        omitted attributes may be cleared. The response is not documented.

        Args:
            user_id: The administrator's id, which Enboarder generates.
            body: A model (`ScimUserInput`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            user_name: Required. The user name, which is unique.
            name: Required. The person's name; first and last name are required.
            emails: Required. E-mail addresses; at least one is required.
            user_type: Required. The role.
            schemas: The URIs of the resource's schemas; RFC 7643 has
                `urn:ietf:params:scim:schemas:core:2.0:User`.
            display_name: The name to show.
            phone_numbers: Telephone numbers.
            active: Whether the account is active. It becomes active after the
                user has reset the password.
            external_id: The id in the target system, spelled `externalid`
                everywhere outside SCIM.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /scim/v2/Users/{id}`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import replace as operation

        fields = {
            "userName": user_name,
            "name": name,
            "emails": emails,
            "userType": user_type,
            "schemas": schemas,
            "displayName": display_name,
            "phoneNumbers": phone_numbers,
            "active": active,
            "externalId": external_id,
        }
        call = operation.arguments(
            user_id, body, fields, timeout=timeout, params=params
        )
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def delete(
        self,
        user_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Delete an administrator

        Deletes or deactivates an administrator: which of the two happens is unknown.
        A third party says that users can be deactivated. The response is not
        documented; under RFC 7644 it has status 204 and no body.

        Args:
            user_id: The administrator's id, which Enboarder generates.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `DELETE /scim/v2/Users/{id}`: third-party.
        Sources: api-evangelist, 5890669, robomq, 3379915.
        https://help.enboarder.com/en/articles/5890669
        """
        with self._sender.loading:
            from . import delete as operation

        call = operation.arguments(user_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)
