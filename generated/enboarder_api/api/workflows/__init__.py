# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The operations of `workflows`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ...client import AsyncSender, Sender
    from ...models.advanced_launch import AdvancedLaunch
    from ...models.basic_launch import BasicLaunch
    from ...models.bulk_launch_result import BulkLaunchResult
    from ...models.launch_result import LaunchResult
    from ...models.workflow_cancellation import WorkflowCancellation
    from ...models.workflow_change import WorkflowChange
    from ...models.workflow_update import WorkflowUpdate


class WorkflowsResource:
    """The operations of `workflows`, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def launch_basic(
        self,
        body: BasicLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult:
        """Launch a workflow for one employee with one manager.

        **This messages real people and cannot be unsent; no idempotency key is
        documented.** Which workflow runs follows from brand, location, category and
        custom-field values. What a second launch with the same `externalid` does is
        unknown. A third party says that a start date in the past launches anyway,
        with a warning; its place in the reply is not documented. Success and failure
        share one JSON shape, and no status is documented for failures: only `message`
        equal to `ok` is a success.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/basic`: documented.
        `POST /restapi/v2/startwf/basic`: documented.
        Sources: 4151224, 4151242, api-evangelist.
        https://help.enboarder.com/en/articles/4151224
        """
        from . import launch_basic as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def launch_advanced(
        self,
        body: AdvancedLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult:
        """Launch a workflow for one employee with any number of managers.

        **This messages real people and cannot be unsent; no idempotency key is
        documented.** The path says `advance`, not `advanced`. Employee and managers
        may be named by the external ids of existing profiles instead of by name and
        contact. Success and failure share one JSON shape: only `message` equal to
        `ok` is a success. A third party says that a start date in the past launches
        anyway, with a warning; its place in the reply is not documented. A third
        party lists the bulk launch and leaves this one out of its data model; the
        vendor's own article is clear.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/advance`: documented.
        `POST /restapi/v2/startwf/advance`: documented.
        Sources: 4151298, 4151242, api-evangelist.
        https://help.enboarder.com/en/articles/4151298
        """
        from . import launch_advanced as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def launch_bulk(
        self,
        body: Sequence[AdvancedLaunch | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> BulkLaunchResult:
        """Launch several workflows at once.

        **This messages real people and cannot be unsent; no idempotency key is
        documented.** The body is a JSON array of advanced launches. The largest
        number, the reply, and what happens to the others when one fails are not
        documented. Until somebody has seen a reply, `message` equal to `ok` is
        assumed to be the success, as for the other launches.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/bulkadvance`: documented.
        `POST /restapi/v2/startwf/bulkadvance`: inferred.
        Sources: 4151242.
        https://help.enboarder.com/en/articles/4151242
        """
        from . import launch_bulk as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def update(
        self,
        body: WorkflowUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange:
        """Change a running workflow.

        Send `externalid` and what changes: employee, managers, start date, custom
        fields. When several workflows run under one external id, `customfields`
        chooses among them. Whether `managers` and `customfields` are merged or
        replaced is not documented. A workflow that does not exist, is complete or is
        cancelled is an error. The article's error sample demands a contact field,
        which does not fit a partial update. Success and failure share one JSON shape:
        only the message tells them apart. For an employee who moves to a business
        unit without a matching workflow, the FAQ says to cancel rather than to
        update.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /restapi/v1/updatewf`: documented.
        `PUT /restapi/v2/updatewf`: documented.
        Sources: 4151317, 4151242.
        https://help.enboarder.com/en/articles/4151317
        """
        from . import update as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def cancel(
        self,
        body: WorkflowCancellation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange:
        """Cancel the running workflows of an external id.

        `mode` says which: all (the default), the one that matches `customfields`, or
        all that are pending or in progress. A workflow that does not exist, is
        complete or is cancelled is an error. The documented success says "updated",
        word for word as the update's does. Success and failure share one JSON shape:
        only the message tells them apart.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/cancelwf`: documented.
        `POST /restapi/v2/cancelwf`: documented.
        Sources: 4151332, 4151242.
        https://help.enboarder.com/en/articles/4151332
        """
        from . import cancel as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)


class AsyncWorkflowsResource:
    """The operations of `workflows`, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def launch_basic(
        self,
        body: BasicLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult:
        """Launch a workflow for one employee with one manager.

        **This messages real people and cannot be unsent; no idempotency key is
        documented.** Which workflow runs follows from brand, location, category and
        custom-field values. What a second launch with the same `externalid` does is
        unknown. A third party says that a start date in the past launches anyway,
        with a warning; its place in the reply is not documented. Success and failure
        share one JSON shape, and no status is documented for failures: only `message`
        equal to `ok` is a success.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/basic`: documented.
        `POST /restapi/v2/startwf/basic`: documented.
        Sources: 4151224, 4151242, api-evangelist.
        https://help.enboarder.com/en/articles/4151224
        """
        from . import launch_basic as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def launch_advanced(
        self,
        body: AdvancedLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult:
        """Launch a workflow for one employee with any number of managers.

        **This messages real people and cannot be unsent; no idempotency key is
        documented.** The path says `advance`, not `advanced`. Employee and managers
        may be named by the external ids of existing profiles instead of by name and
        contact. Success and failure share one JSON shape: only `message` equal to
        `ok` is a success. A third party says that a start date in the past launches
        anyway, with a warning; its place in the reply is not documented. A third
        party lists the bulk launch and leaves this one out of its data model; the
        vendor's own article is clear.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/advance`: documented.
        `POST /restapi/v2/startwf/advance`: documented.
        Sources: 4151298, 4151242, api-evangelist.
        https://help.enboarder.com/en/articles/4151298
        """
        from . import launch_advanced as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def launch_bulk(
        self,
        body: Sequence[AdvancedLaunch | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> BulkLaunchResult:
        """Launch several workflows at once.

        **This messages real people and cannot be unsent; no idempotency key is
        documented.** The body is a JSON array of advanced launches. The largest
        number, the reply, and what happens to the others when one fails are not
        documented. Until somebody has seen a reply, `message` equal to `ok` is
        assumed to be the success, as for the other launches.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/bulkadvance`: documented.
        `POST /restapi/v2/startwf/bulkadvance`: inferred.
        Sources: 4151242.
        https://help.enboarder.com/en/articles/4151242
        """
        from . import launch_bulk as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def update(
        self,
        body: WorkflowUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange:
        """Change a running workflow.

        Send `externalid` and what changes: employee, managers, start date, custom
        fields. When several workflows run under one external id, `customfields`
        chooses among them. Whether `managers` and `customfields` are merged or
        replaced is not documented. A workflow that does not exist, is complete or is
        cancelled is an error. The article's error sample demands a contact field,
        which does not fit a partial update. Success and failure share one JSON shape:
        only the message tells them apart. For an employee who moves to a business
        unit without a matching workflow, the FAQ says to cancel rather than to
        update.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `PUT /restapi/v1/updatewf`: documented.
        `PUT /restapi/v2/updatewf`: documented.
        Sources: 4151317, 4151242.
        https://help.enboarder.com/en/articles/4151317
        """
        from . import update as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def cancel(
        self,
        body: WorkflowCancellation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange:
        """Cancel the running workflows of an external id.

        `mode` says which: all (the default), the one that matches `customfields`, or
        all that are pending or in progress. A workflow that does not exist, is
        complete or is cancelled is an error. The documented success says "updated",
        word for word as the update's does. Success and failure share one JSON shape:
        only the message tells them apart.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/cancelwf`: documented.
        `POST /restapi/v2/cancelwf`: documented.
        Sources: 4151332, 4151242.
        https://help.enboarder.com/en/articles/4151332
        """
        from . import cancel as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)
