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
        """Launch a basic workflow

        Launches a workflow for one employee with one manager. **This messages real
        people and cannot be unsent; no idempotency key is documented.** Which
        workflow runs depends on the brand, location and categories in `customfields`.

        Success and failure have the same JSON shape, and `message` equal to `ok` is
        the only known success. Any other message beside a `referenceid` may belong to
        a launch with a warning: check in Enboarder before you send it again.

        According to a third party, a start date in the past does not stop the launch
        but adds a warning; where the warning appears in the response is not
        documented. No HTTP status is documented for failures. What a second launch
        with the same `externalid` does is unknown.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/basic`: documented.
        `POST /restapi/v2/startwf/basic`: documented.
        Sources: 4151224, 4151242, 2922308, 5483667, api-evangelist.
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
        """Launch an advanced workflow

        Launches a workflow for one employee with one or more managers. **This
        messages real people and cannot be unsent; no idempotency key is documented.**
        Give the employee and each manager by name and contact, or by the external id
        of an existing profile. Which workflow runs depends on the brand, location and
        categories in `customfields`. The path ends in `advance`, not `advanced`.

        Success and failure have the same JSON shape, and `message` equal to `ok` is
        the only known success. Any other message beside a `referenceid` may belong to
        a launch with a warning: check in Enboarder before you send it again.

        According to a third party, a start date in the past does not stop the launch
        but adds a warning; where the warning appears in the response is not
        documented. No HTTP status is documented for failures. What a second launch
        with the same `externalid` does is unknown. A third party leaves this
        operation out of its data model; Enboarder's own article is clear.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/advance`: documented.
        `POST /restapi/v2/startwf/advance`: documented.
        Sources: 4151298, 4151242, 2922308, 5483667, api-evangelist.
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
        """Launch workflows in bulk

        Launches several workflows with one request. **This messages real people and
        cannot be unsent; no idempotency key is documented.** The body is a JSON array
        of advanced launches.

        How many launches fit into one request, what the response looks like, and what
        happens to the others when one fails are not documented. Until somebody has
        seen a response, this contract assumes that `message` equal to `ok` means
        success, as for the other launches.

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
        """Update a running workflow

        Changes the employee, managers, start date or custom fields of a running
        workflow. Send `externalid` and only what changes. When several workflows run
        under one external id, `customfields` selects one of them. Updating a workflow
        that does not exist, is complete or is cancelled is an error. If an employee
        moves to a business unit that has no matching workflow, the FAQ advises to
        cancel the workflow instead.

        Success and failure have the same JSON shape: only the message tells them
        apart. Whether `managers` and `customfields` are merged or replaced is not
        documented. The article's error sample demands a contact, which does not fit a
        partial update.

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
        """Cancel running workflows

        Cancels the workflows of an external id. `mode` selects all of them (the
        default), only the one that matches `customfields`, or all that are pending or
        in progress. Cancelling a workflow that does not exist is an error.

        Success and failure have the same JSON shape: only the message tells them
        apart. The documented success message says "updated", exactly as for an
        update. The article contradicts itself about workflows that have ended: its
        prose calls a complete or cancelled workflow an error, but mode `ALL` accepts
        workflows in the state Cancel or Deleted. Whether cancelling twice is an error
        is unknown.

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
        """Launch a basic workflow

        Launches a workflow for one employee with one manager. **This messages real
        people and cannot be unsent; no idempotency key is documented.** Which
        workflow runs depends on the brand, location and categories in `customfields`.

        Success and failure have the same JSON shape, and `message` equal to `ok` is
        the only known success. Any other message beside a `referenceid` may belong to
        a launch with a warning: check in Enboarder before you send it again.

        According to a third party, a start date in the past does not stop the launch
        but adds a warning; where the warning appears in the response is not
        documented. No HTTP status is documented for failures. What a second launch
        with the same `externalid` does is unknown.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/basic`: documented.
        `POST /restapi/v2/startwf/basic`: documented.
        Sources: 4151224, 4151242, 2922308, 5483667, api-evangelist.
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
        """Launch an advanced workflow

        Launches a workflow for one employee with one or more managers. **This
        messages real people and cannot be unsent; no idempotency key is documented.**
        Give the employee and each manager by name and contact, or by the external id
        of an existing profile. Which workflow runs depends on the brand, location and
        categories in `customfields`. The path ends in `advance`, not `advanced`.

        Success and failure have the same JSON shape, and `message` equal to `ok` is
        the only known success. Any other message beside a `referenceid` may belong to
        a launch with a warning: check in Enboarder before you send it again.

        According to a third party, a start date in the past does not stop the launch
        but adds a warning; where the warning appears in the response is not
        documented. No HTTP status is documented for failures. What a second launch
        with the same `externalid` does is unknown. A third party leaves this
        operation out of its data model; Enboarder's own article is clear.

        Args:
            body: A model, or a mapping with wire names; checked before it is sent.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `POST /restapi/v1/startwf/advance`: documented.
        `POST /restapi/v2/startwf/advance`: documented.
        Sources: 4151298, 4151242, 2922308, 5483667, api-evangelist.
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
        """Launch workflows in bulk

        Launches several workflows with one request. **This messages real people and
        cannot be unsent; no idempotency key is documented.** The body is a JSON array
        of advanced launches.

        How many launches fit into one request, what the response looks like, and what
        happens to the others when one fails are not documented. Until somebody has
        seen a response, this contract assumes that `message` equal to `ok` means
        success, as for the other launches.

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
        """Update a running workflow

        Changes the employee, managers, start date or custom fields of a running
        workflow. Send `externalid` and only what changes. When several workflows run
        under one external id, `customfields` selects one of them. Updating a workflow
        that does not exist, is complete or is cancelled is an error. If an employee
        moves to a business unit that has no matching workflow, the FAQ advises to
        cancel the workflow instead.

        Success and failure have the same JSON shape: only the message tells them
        apart. Whether `managers` and `customfields` are merged or replaced is not
        documented. The article's error sample demands a contact, which does not fit a
        partial update.

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
        """Cancel running workflows

        Cancels the workflows of an external id. `mode` selects all of them (the
        default), only the one that matches `customfields`, or all that are pending or
        in progress. Cancelling a workflow that does not exist is an error.

        Success and failure have the same JSON shape: only the message tells them
        apart. The documented success message says "updated", exactly as for an
        update. The article contradicts itself about workflows that have ended: its
        prose calls a complete or cancelled workflow an error, but mode `ALL` accepts
        workflows in the state Cancel or Deleted. Whether cancelling twice is an error
        is unknown.

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
