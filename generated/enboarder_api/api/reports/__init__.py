# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The operations of `reports`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...types import UNSET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from typing import Any

    from ...client import AsyncSender, Sender
    from ...models.form_data_page import FormDataPage
    from ...models.form_list import FormList
    from ...models.form_properties import FormProperties
    from ...models.form_row import FormRow
    from ...models.workflow_data_page import WorkflowDataPage
    from ...models.workflow_list import WorkflowList
    from ...models.workflow_properties import WorkflowProperties
    from ...models.workflow_row import WorkflowRow
    from ...types import Unset


class ReportsResource:
    """The operations of `reports`, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def get_workflows(
        self,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowList:
        """Get the workflow definitions

        Returns the workflow definitions (journeys). Their names are not unique. The
        sample suggests that these are not running workflows; a third party mixes the
        two. Only a third party says that this list has pages (`nextKey`), and the
        size of a page is unknown.

        Args:
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/workflows`: documented.
        `GET /reports/v2/workflows`: third-party.
        Sources: 3844217, api-evangelist.
        https://help.enboarder.com/en/articles/3844217
        """
        with self._sender.loading:
            from . import get_workflows as operation

        call = operation.arguments(cursor=cursor, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_workflow_properties(
        self,
        workflow_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowProperties:
        """Get the columns of a workflow

        Returns the columns of a workflow's rows: its categories, custom fields and
        stakeholders.

        Args:
            workflow_id: The id of the workflow definition, from the list of
                workflow definitions.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/workflows/{id}/properties`: documented.
        `GET /reports/v2/workflows/{id}/properties`: third-party.
        Sources: 3844217, api-evangelist.
        https://help.enboarder.com/en/articles/3844217
        """
        with self._sender.loading:
            from . import get_workflow_properties as operation

        call = operation.arguments(workflow_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_workflow_data(
        self,
        workflow_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowDataPage:
        """Get the rows of a workflow

        Returns one page of the rows of a workflow. While the response has a
        `nextKey`, send it with the next request and the same filters. The filters,
        the shape of a row, the name of the list, the size of a page and the end of
        paging are not documented; this contract assumes a list named `items`, and an
        absent or empty `nextKey` on the last page.

        Args:
            workflow_id: The id of the workflow definition, from the list of
                workflow definitions.
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/workflows/{id}/data`: third-party.
        `GET /reports/v2/workflows/{id}/data`: third-party.
        Sources: api-evangelist, 4151234.
        https://help.enboarder.com/en/articles/3844217
        """
        with self._sender.loading:
            from . import get_workflow_data as operation

        call = operation.arguments(
            workflow_id, cursor=cursor, timeout=timeout, params=params
        )
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def iter_workflow_data(
        self,
        workflow_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Iterator[WorkflowRow]:
        """Iterate over every row of every page, with one page in memory at a time.

        `get_workflow_data` has the details.

        Args:
            workflow_id: The id of the workflow definition, from the list of
                workflow definitions.
            cursor: Where to begin; the first page by default.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know, such as filters;
                sent with each page.

        Raises:
            enboarder.InvalidResponse: A page cannot be read, or a cursor came back.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """

        def fetch(page_cursor: str | Unset) -> WorkflowDataPage:
            return self.get_workflow_data(
                workflow_id, timeout=timeout, params=params, cursor=page_cursor
            )

        return self._sender.rows(fetch, cursor, "reports.iter_workflow_data")

    def get_forms(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> FormList:
        """Get the forms

        Returns the ids and names of all forms. No paging is documented.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/forms`: documented.
        `GET /reports/v2/forms`: documented.
        Sources: 4151230.
        https://help.enboarder.com/en/articles/4151230
        """
        with self._sender.loading:
            from . import get_forms as operation

        call = operation.arguments(timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_form_properties(
        self,
        form_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> FormProperties:
        """Get the fields of a form

        Returns the fields of a form. No paging is documented.

        Args:
            form_id: The form's id, from the list of forms.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/forms/{id}/properties`: documented.
        `GET /reports/v2/forms/{id}/properties`: documented.
        Sources: 4151230.
        https://help.enboarder.com/en/articles/4151230
        """
        with self._sender.loading:
            from . import get_form_properties as operation

        call = operation.arguments(form_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_form_data(
        self,
        form_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> FormDataPage:
        """Get the rows of a form

        Returns one page of the rows of a form, 500 at a time. While the response has
        a `nextKey`, send it with the next request and the same filters. The filters,
        the shape of a row, the name of the list and the end of paging are not
        documented; this contract assumes a list named `items`, and an absent or empty
        `nextKey` on the last page.

        Args:
            form_id: The form's id, from the list of forms.
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/forms/{id}/data`: third-party.
        `GET /reports/v2/forms/{id}/data`: inferred.
        Sources: api-evangelist, 4151230.
        https://help.enboarder.com/en/articles/4151230
        """
        with self._sender.loading:
            from . import get_form_data as operation

        call = operation.arguments(
            form_id, cursor=cursor, timeout=timeout, params=params
        )
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def iter_form_data(
        self,
        form_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Iterator[FormRow]:
        """Iterate over every row of every page, with one page in memory at a time.

        `get_form_data` has the details.

        Args:
            form_id: The form's id, from the list of forms.
            cursor: Where to begin; the first page by default.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know, such as filters;
                sent with each page.

        Raises:
            enboarder.InvalidResponse: A page cannot be read, or a cursor came back.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """

        def fetch(page_cursor: str | Unset) -> FormDataPage:
            return self.get_form_data(
                form_id, timeout=timeout, params=params, cursor=page_cursor
            )

        return self._sender.rows(fetch, cursor, "reports.iter_form_data")


class AsyncReportsResource:
    """The operations of `reports`, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def get_workflows(
        self,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowList:
        """Get the workflow definitions

        Returns the workflow definitions (journeys). Their names are not unique. The
        sample suggests that these are not running workflows; a third party mixes the
        two. Only a third party says that this list has pages (`nextKey`), and the
        size of a page is unknown.

        Args:
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/workflows`: documented.
        `GET /reports/v2/workflows`: third-party.
        Sources: 3844217, api-evangelist.
        https://help.enboarder.com/en/articles/3844217
        """
        with self._sender.loading:
            from . import get_workflows as operation

        call = operation.arguments(cursor=cursor, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_workflow_properties(
        self,
        workflow_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowProperties:
        """Get the columns of a workflow

        Returns the columns of a workflow's rows: its categories, custom fields and
        stakeholders.

        Args:
            workflow_id: The id of the workflow definition, from the list of
                workflow definitions.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/workflows/{id}/properties`: documented.
        `GET /reports/v2/workflows/{id}/properties`: third-party.
        Sources: 3844217, api-evangelist.
        https://help.enboarder.com/en/articles/3844217
        """
        with self._sender.loading:
            from . import get_workflow_properties as operation

        call = operation.arguments(workflow_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_workflow_data(
        self,
        workflow_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowDataPage:
        """Get the rows of a workflow

        Returns one page of the rows of a workflow. While the response has a
        `nextKey`, send it with the next request and the same filters. The filters,
        the shape of a row, the name of the list, the size of a page and the end of
        paging are not documented; this contract assumes a list named `items`, and an
        absent or empty `nextKey` on the last page.

        Args:
            workflow_id: The id of the workflow definition, from the list of
                workflow definitions.
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/workflows/{id}/data`: third-party.
        `GET /reports/v2/workflows/{id}/data`: third-party.
        Sources: api-evangelist, 4151234.
        https://help.enboarder.com/en/articles/3844217
        """
        with self._sender.loading:
            from . import get_workflow_data as operation

        call = operation.arguments(
            workflow_id, cursor=cursor, timeout=timeout, params=params
        )
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    def iter_workflow_data(
        self,
        workflow_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[WorkflowRow]:
        """Iterate over every row of every page, with one page in memory at a time.

        `get_workflow_data` has the details.

        Args:
            workflow_id: The id of the workflow definition, from the list of
                workflow definitions.
            cursor: Where to begin; the first page by default.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know, such as filters;
                sent with each page.

        Raises:
            enboarder.InvalidResponse: A page cannot be read, or a cursor came back.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """

        async def fetch(page_cursor: str | Unset) -> WorkflowDataPage:
            return await self.get_workflow_data(
                workflow_id, timeout=timeout, params=params, cursor=page_cursor
            )

        return self._sender.rows(fetch, cursor, "reports.iter_workflow_data")

    async def get_forms(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> FormList:
        """Get the forms

        Returns the ids and names of all forms. No paging is documented.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/forms`: documented.
        `GET /reports/v2/forms`: documented.
        Sources: 4151230.
        https://help.enboarder.com/en/articles/4151230
        """
        with self._sender.loading:
            from . import get_forms as operation

        call = operation.arguments(timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_form_properties(
        self,
        form_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> FormProperties:
        """Get the fields of a form

        Returns the fields of a form. No paging is documented.

        Args:
            form_id: The form's id, from the list of forms.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/forms/{id}/properties`: documented.
        `GET /reports/v2/forms/{id}/properties`: documented.
        Sources: 4151230.
        https://help.enboarder.com/en/articles/4151230
        """
        with self._sender.loading:
            from . import get_form_properties as operation

        call = operation.arguments(form_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_form_data(
        self,
        form_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> FormDataPage:
        """Get the rows of a form

        Returns one page of the rows of a form, 500 at a time. While the response has
        a `nextKey`, send it with the next request and the same filters. The filters,
        the shape of a row, the name of the list and the end of paging are not
        documented; this contract assumes a list named `items`, and an absent or empty
        `nextKey` on the last page.

        Args:
            form_id: The form's id, from the list of forms.
            cursor: The cursor of the next page: the `nextKey` of the last
                response. Send the same filters with it. That it is a query parameter
                is inferred. How long it stays valid is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /reports/forms/{id}/data`: third-party.
        `GET /reports/v2/forms/{id}/data`: inferred.
        Sources: api-evangelist, 4151230.
        https://help.enboarder.com/en/articles/4151230
        """
        with self._sender.loading:
            from . import get_form_data as operation

        call = operation.arguments(
            form_id, cursor=cursor, timeout=timeout, params=params
        )
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    def iter_form_data(
        self,
        form_id: str,
        *,
        cursor: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[FormRow]:
        """Iterate over every row of every page, with one page in memory at a time.

        `get_form_data` has the details.

        Args:
            form_id: The form's id, from the list of forms.
            cursor: Where to begin; the first page by default.
            timeout: Seconds for one attempt to get a page; None means the client's own
                timeout.
            params: Query parameters that the contract does not know, such as filters;
                sent with each page.

        Raises:
            enboarder.InvalidResponse: A page cannot be read, or a cursor came back.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.
        """

        async def fetch(page_cursor: str | Unset) -> FormDataPage:
            return await self.get_form_data(
                form_id, timeout=timeout, params=params, cursor=page_cursor
            )

        return self._sender.rows(fetch, cursor, "reports.iter_form_data")
