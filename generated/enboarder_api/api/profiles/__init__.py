# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The operations of `profiles`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...types import UNSET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from typing import Any

    from ...client import Answer, AsyncSender, Sender
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

    def create(
        self,
        body: ProfileCreation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult:
        """Create a profile.

        Creates an employee record without launching anything. `externalid` becomes
        the profile's id in the sample; what the id is when it is left out is unknown.
        An invalid mobile number is only a warning while the e-mail address is valid.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
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
        from . import create as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Profile:
        """Get a profile.

        The shape of the reply is not documented; this contract assumes that of a
        creation, without the photo.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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
        from . import get as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def update(
        self,
        profile_id: str,
        body: ProfileUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Change a profile.

        Path and headers are documented. The body, what is required in it, whether
        what is left out stays as it was, and the reply are not; a reply comes back as
        it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
            body: A model, or a mapping with wire names; checked before it is sent.
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
        from . import update as operation

        call = operation.arguments(profile_id, body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def delete(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Delete a profile.

        The article's subtitle names deletion; method, path and codes come from a
        third party. A profile in an active workflow cannot be deleted
        (`ACTIVE_PROFILE`). The reply is not documented and comes back as it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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
        """Get a profile's photo.

        Whether the reply is JSON with Base64 or the image itself is not documented;
        it comes back as it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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
        from . import get_photo as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def set_photo(
        self,
        profile_id: str,
        body: ProfilePhoto | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Set a profile's photo.

        The body is assumed to be what a creation calls `profilePhoto`: a media type
        and Base64, inside JSON. The largest size is not documented. The reply is not
        documented and comes back as it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
            body: A model, or a mapping with wire names; checked before it is sent.
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
        from . import set_photo as operation

        call = operation.arguments(profile_id, body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_workflows(
        self,
        profile_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileWorkflowsPage:
        """Get one page of the workflows of a profile.

        All of them with status 200; with status 206 a part of them, when the profile
        has more than ten active workflows. Then the reply has a `nextKey`; send it
        with the next request. The members of an item and the name of the list are not
        documented: this contract assumes a list called `items`.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
            cursor: The cursor of the next page, from the last reply's `nextKey`;
                send the same filters with it. That it is a query parameter is
                inferred. How long it lives is unknown.
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
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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

    async def create(
        self,
        body: ProfileCreation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileResult:
        """Create a profile.

        Creates an employee record without launching anything. `externalid` becomes
        the profile's id in the sample; what the id is when it is left out is unknown.
        An invalid mobile number is only a warning while the e-mail address is valid.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
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
        from . import create as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Profile:
        """Get a profile.

        The shape of the reply is not documented; this contract assumes that of a
        creation, without the photo.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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
        from . import get as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def update(
        self,
        profile_id: str,
        body: ProfileUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Change a profile.

        Path and headers are documented. The body, what is required in it, whether
        what is left out stays as it was, and the reply are not; a reply comes back as
        it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
            body: A model, or a mapping with wire names; checked before it is sent.
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
        from . import update as operation

        call = operation.arguments(profile_id, body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def delete(
        self,
        profile_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Delete a profile.

        The article's subtitle names deletion; method, path and codes come from a
        third party. A profile in an active workflow cannot be deleted
        (`ACTIVE_PROFILE`). The reply is not documented and comes back as it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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
        """Get a profile's photo.

        Whether the reply is JSON with Base64 or the image itself is not documented;
        it comes back as it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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
        from . import get_photo as operation

        call = operation.arguments(profile_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def set_photo(
        self,
        profile_id: str,
        body: ProfilePhoto | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Set a profile's photo.

        The body is assumed to be what a creation calls `profilePhoto`: a media type
        and Base64, inside JSON. The largest size is not documented. The reply is not
        documented and comes back as it is.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
            body: A model, or a mapping with wire names; checked before it is sent.
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
        from . import set_photo as operation

        call = operation.arguments(profile_id, body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_workflows(
        self,
        profile_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> ProfileWorkflowsPage:
        """Get one page of the workflows of a profile.

        All of them with status 200; with status 206 a part of them, when the profile
        has more than ten active workflows. Then the reply has a `nextKey`; send it
        with the next request. The members of an item and the name of the list are not
        documented: this contract assumes a list called `items`.

        Args:
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
            cursor: The cursor of the next page, from the last reply's `nextKey`;
                send the same filters with it. That it is a query parameter is
                inferred. How long it lives is unknown.
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
            profile_id: The profile's id: the `externalid` it was created with, by
                the samples of its creation. What it is without one is unknown.
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
