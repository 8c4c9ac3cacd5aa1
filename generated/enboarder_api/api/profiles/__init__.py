# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The operations of `profiles`."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from ...types import UNSET, named_values

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from typing import Any, Literal

    from ...client import Answer, AsyncSender, Sender
    from ...models.contact import Contact
    from ...models.custom_field import CustomField
    from ...models.image_type import ImageType
    from ...models.profile import Profile
    from ...models.profile_creation import ProfileCreation
    from ...models.profile_photo import ProfilePhoto
    from ...models.profile_result import ProfileResult
    from ...models.profile_update import ProfileUpdate
    from ...models.profile_workflow import ProfileWorkflow
    from ...models.profile_workflows_page import ProfileWorkflowsPage
    from ...types import Unset


class ProfilesResource:
    """The operations of `profiles`, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @overload
    def create(
        self,
        *,
        first_name: str,
        contact: Contact | Mapping[str, Any],
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult: ...

    @overload
    def create(
        self,
        body: ProfileCreation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult: ...

    def create(
        self,
        body: ProfileCreation | Mapping[str, Any] | Unset = UNSET,
        *,
        first_name: str | Unset = UNSET,
        contact: Contact | Mapping[str, Any] | Unset = UNSET,
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult:
        """Create a profile

        Creates an employee record without launching a workflow. An invalid mobile
        number causes only a warning if the e-mail address is valid. In the sample,
        the profile's id is the `externalid` that was sent; what the id is without one
        is unknown.

        Args:
            body: A model (`ProfileCreation`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            first_name: Required. The first name.
            contact: Required. How to reach the person. An e-mail address or a
                mobile number must be present and valid.
            last_name: The last name. Whether it is required is unknown.
            external_id: A unique id, which becomes the profile's id in the
                sample.
            profile_fields: Named values, such as `Department`. Workflows call the
                same shape `customfields`; a third party calls both custom fields. You
                can also give a mapping of names to values.
            photo: The photo.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/profile`: documented.
        `POST /restapi/v2/profile`: documented.
        Sources: 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import create as operation

        fields = {
            "firstName": first_name,
            "contact": contact,
            "lastName": last_name,
            "externalid": external_id,
            "profilefields": named_values(profile_fields),
            "profilePhoto": photo,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Profile:
        """Get a profile

        Returns a profile. The shape of the response is not documented; this contract
        assumes the members of a creation, without the photo.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /restapi/v1/profile/{id}`: third-party.
        `GET /restapi/v2/profile/{id}`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import get as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    def update(
        self,
        profile_id: str,
        *,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        contact: Contact | Mapping[str, Any] | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    @overload
    def update(
        self,
        profile_id: str,
        body: ProfileUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    def update(
        self,
        profile_id: str,
        body: ProfileUpdate | Mapping[str, Any] | Unset = UNSET,
        *,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        contact: Contact | Mapping[str, Any] | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Update a profile

        Changes a profile. The path and the headers are documented. The body, its
        required members, and whether omitted members keep their values are not. The
        response is not documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            body: A model (`ProfileUpdate`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            first_name: The first name.
            last_name: The last name.
            external_id: A unique id. Whether it can be changed is unknown.
            contact: How to reach the person.
            profile_fields: Named values. Whether they replace the old ones or are
                merged into them is unknown. You can also give a mapping of names to
                values.
            photo: The photo.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /restapi/v1/profile/{id}`: documented.
        `PUT /restapi/v2/profile/{id}`: documented.
        Sources: 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import update as operation

        fields = {
            "firstName": first_name,
            "lastName": last_name,
            "externalid": external_id,
            "contact": contact,
            "profilefields": named_values(profile_fields),
            "profilePhoto": photo,
        }
        call = operation.arguments(
            profile_id, body, fields, timeout=timeout, params=params
        )
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def delete(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Delete a profile

        Deletes a profile. A profile in an active workflow cannot be deleted
        (`ACTIVE_PROFILE`). The article's subtitle mentions deletion; the method, the
        path and the error codes come from a third party. The response is not
        documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `DELETE /restapi/v1/profile/{id}`: third-party.
        `DELETE /restapi/v2/profile/{id}`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import delete as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_photo(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Get the photo of a profile

        Returns the photo of a profile. Whether the response is JSON with Base64 or
        the image itself is not documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /restapi/v1/profile/{id}/photo`: third-party.
        `GET /restapi/v2/profile/{id}/photo`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import get_photo as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    def set_photo(
        self,
        profile_id: str,
        *,
        image_type: ImageType | Literal["image/jpeg", "image/png"],
        image: str,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    @overload
    def set_photo(
        self,
        profile_id: str,
        body: ProfilePhoto | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    def set_photo(
        self,
        profile_id: str,
        body: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        *,
        image_type: ImageType | Literal["image/jpeg", "image/png"] | Unset = UNSET,
        image: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Set the photo of a profile

        Sets the photo of a profile. The body is assumed to be the `profilePhoto` of a
        creation: a media type and Base64 data, in JSON. The maximum size is not
        documented. The response is not documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            body: A model (`ProfilePhoto`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            image_type: Required. The media type.
            image: Required. The image, in Base64.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /restapi/v1/profile/{id}/photo`: third-party.
        `PUT /restapi/v2/profile/{id}/photo`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import set_photo as operation

        fields = {
            "imageType": image_type,
            "body": image,
        }
        call = operation.arguments(
            profile_id, body, fields, timeout=timeout, params=params
        )
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_workflows(
        self,
        profile_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileWorkflowsPage:
        """Get the workflows of a profile

        Returns the workflows of a profile. With status 200, the response has all of
        them. With status 206, it has a part, because the profile has more than ten
        active workflows; send its `nextKey` with the next request. The name of the
        list and the members of its items are not documented; this contract assumes a
        list named `items`.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /restapi/v1/profile/{id}/workflows`: third-party.
        `GET /restapi/v2/profile/{id}/workflows`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import get_workflows as operation

        call = operation.arguments(
            profile_id, cursor=cursor, timeout=timeout, params=params
        )
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def iter_workflows(
        self,
        profile_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Iterator[ProfileWorkflow]:
        """Iterate over every row of every page, with one page in memory at a time.

        `get_workflows` has the details.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            cursor: Where to begin; the first page by default.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know, such as filters;
                sent with each page.

        Raises:
            enboarder.InvalidResponse: A page cannot be read, or a cursor came back.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """

        def fetch(page_cursor: str | Unset) -> ProfileWorkflowsPage:
            return self.get_workflows(
                profile_id, timeout=timeout, params=params, cursor=page_cursor
            )

        return self._sender.rows(fetch, cursor, "profiles.iter_workflows")


class AsyncProfilesResource:
    """The operations of `profiles`, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @overload
    async def create(
        self,
        *,
        first_name: str,
        contact: Contact | Mapping[str, Any],
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult: ...

    @overload
    async def create(
        self,
        body: ProfileCreation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult: ...

    async def create(
        self,
        body: ProfileCreation | Mapping[str, Any] | Unset = UNSET,
        *,
        first_name: str | Unset = UNSET,
        contact: Contact | Mapping[str, Any] | Unset = UNSET,
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult:
        """Create a profile

        Creates an employee record without launching a workflow. An invalid mobile
        number causes only a warning if the e-mail address is valid. In the sample,
        the profile's id is the `externalid` that was sent; what the id is without one
        is unknown.

        Args:
            body: A model (`ProfileCreation`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            first_name: Required. The first name.
            contact: Required. How to reach the person. An e-mail address or a
                mobile number must be present and valid.
            last_name: The last name. Whether it is required is unknown.
            external_id: A unique id, which becomes the profile's id in the
                sample.
            profile_fields: Named values, such as `Department`. Workflows call the
                same shape `customfields`; a third party calls both custom fields. You
                can also give a mapping of names to values.
            photo: The photo.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/profile`: documented.
        `POST /restapi/v2/profile`: documented.
        Sources: 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import create as operation

        fields = {
            "firstName": first_name,
            "contact": contact,
            "lastName": last_name,
            "externalid": external_id,
            "profilefields": named_values(profile_fields),
            "profilePhoto": photo,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Profile:
        """Get a profile

        Returns a profile. The shape of the response is not documented; this contract
        assumes the members of a creation, without the photo.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /restapi/v1/profile/{id}`: third-party.
        `GET /restapi/v2/profile/{id}`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import get as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    async def update(
        self,
        profile_id: str,
        *,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        contact: Contact | Mapping[str, Any] | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    @overload
    async def update(
        self,
        profile_id: str,
        body: ProfileUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    async def update(
        self,
        profile_id: str,
        body: ProfileUpdate | Mapping[str, Any] | Unset = UNSET,
        *,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        contact: Contact | Mapping[str, Any] | Unset = UNSET,
        profile_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        photo: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Update a profile

        Changes a profile. The path and the headers are documented. The body, its
        required members, and whether omitted members keep their values are not. The
        response is not documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            body: A model (`ProfileUpdate`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            first_name: The first name.
            last_name: The last name.
            external_id: A unique id. Whether it can be changed is unknown.
            contact: How to reach the person.
            profile_fields: Named values. Whether they replace the old ones or are
                merged into them is unknown. You can also give a mapping of names to
                values.
            photo: The photo.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /restapi/v1/profile/{id}`: documented.
        `PUT /restapi/v2/profile/{id}`: documented.
        Sources: 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import update as operation

        fields = {
            "firstName": first_name,
            "lastName": last_name,
            "externalid": external_id,
            "contact": contact,
            "profilefields": named_values(profile_fields),
            "profilePhoto": photo,
        }
        call = operation.arguments(
            profile_id, body, fields, timeout=timeout, params=params
        )
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def delete(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Delete a profile

        Deletes a profile. A profile in an active workflow cannot be deleted
        (`ACTIVE_PROFILE`). The article's subtitle mentions deletion; the method, the
        path and the error codes come from a third party. The response is not
        documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `DELETE /restapi/v1/profile/{id}`: third-party.
        `DELETE /restapi/v2/profile/{id}`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import delete as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_photo(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Get the photo of a profile

        Returns the photo of a profile. Whether the response is JSON with Base64 or
        the image itself is not documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /restapi/v1/profile/{id}/photo`: third-party.
        `GET /restapi/v2/profile/{id}/photo`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import get_photo as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    async def set_photo(
        self,
        profile_id: str,
        *,
        image_type: ImageType | Literal["image/jpeg", "image/png"],
        image: str,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    @overload
    async def set_photo(
        self,
        profile_id: str,
        body: ProfilePhoto | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    async def set_photo(
        self,
        profile_id: str,
        body: ProfilePhoto | Mapping[str, Any] | Unset = UNSET,
        *,
        image_type: ImageType | Literal["image/jpeg", "image/png"] | Unset = UNSET,
        image: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Set the photo of a profile

        Sets the photo of a profile. The body is assumed to be the `profilePhoto` of a
        creation: a media type and Base64 data, in JSON. The maximum size is not
        documented. The response is not documented, so this contract accepts any.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            body: A model (`ProfilePhoto`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            image_type: Required. The media type.
            image: Required. The image, in Base64.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /restapi/v1/profile/{id}/photo`: third-party.
        `PUT /restapi/v2/profile/{id}/photo`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import set_photo as operation

        fields = {
            "imageType": image_type,
            "body": image,
        }
        call = operation.arguments(
            profile_id, body, fields, timeout=timeout, params=params
        )
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_workflows(
        self,
        profile_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileWorkflowsPage:
        """Get the workflows of a profile

        Returns the workflows of a profile. With status 200, the response has all of
        them. With status 206, it has a part, because the profile has more than ten
        active workflows; send its `nextKey` with the next request. The name of the
        list and the members of its items are not documented; this contract assumes a
        list named `items`.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /restapi/v1/profile/{id}/workflows`: third-party.
        `GET /restapi/v2/profile/{id}/workflows`: inferred.
        Sources: api-evangelist, 5663638.
        https://help.enboarder.com/en/articles/5663638
        """
        with self._sender.loading:
            from . import get_workflows as operation

        call = operation.arguments(
            profile_id, cursor=cursor, timeout=timeout, params=params
        )
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    def iter_workflows(
        self,
        profile_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[ProfileWorkflow]:
        """Iterate over every row of every page, with one page in memory at a time.

        `get_workflows` has the details.

        Args:
            profile_id: The profile's id. In the samples of a creation, it is the
                `externalid` that was sent; what it is without one is unknown.
            cursor: Where to begin; the first page by default.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know, such as filters;
                sent with each page.

        Raises:
            enboarder.InvalidResponse: A page cannot be read, or a cursor came back.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """

        async def fetch(page_cursor: str | Unset) -> ProfileWorkflowsPage:
            return await self.get_workflows(
                profile_id, timeout=timeout, params=params, cursor=page_cursor
            )

        return self._sender.rows(fetch, cursor, "profiles.iter_workflows")
