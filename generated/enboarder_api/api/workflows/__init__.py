# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The operations of `workflows`."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from ...types import UNSET, named_values

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal

    from ...client import AsyncSender, Sender
    from ...models.advanced_launch import AdvancedLaunch
    from ...models.basic_launch import BasicLaunch
    from ...models.bulk_launch_result import BulkLaunchResult
    from ...models.cancel_mode import CancelMode
    from ...models.channel import Channel
    from ...models.custom_field import CustomField
    from ...models.launch_result import LaunchResult
    from ...models.manager import Manager
    from ...models.workflow_cancellation import WorkflowCancellation
    from ...models.workflow_change import WorkflowChange
    from ...models.workflow_update import WorkflowUpdate
    from ...types import Unset


class WorkflowsResource:
    """The operations of `workflows`, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @overload
    def launch_basic(
        self,
        *,
        employee_name: str,
        manager_name: str,
        start_date: datetime.date,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_secondary_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        manager_mobile: str | Unset = UNSET,
        manager_email: str | Unset = UNSET,
        manager_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    @overload
    def launch_basic(
        self,
        body: BasicLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    def launch_basic(
        self,
        body: BasicLaunch | Mapping[str, Any] | Unset = UNSET,
        *,
        employee_name: str | Unset = UNSET,
        manager_name: str | Unset = UNSET,
        start_date: datetime.date | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_secondary_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        manager_mobile: str | Unset = UNSET,
        manager_email: str | Unset = UNSET,
        manager_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
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
            body: A model (`BasicLaunch`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            employee_name: Required. The employee's full name.
            manager_name: Required. The manager's full name.
            start_date: Required. The start date or key date, YYYY-MM-DD; for
                offboarding, the last day.
            employee_first_name: The employee's first name.
            employee_last_name: The employee's last name.
            employee_mobile: The employee's mobile number. Every sample, and the
                article on CSV upload, uses the international format, `+61400000000`.
            employee_email: The employee's e-mail address.
            employee_mobile_or_email: Probably an older field that holds either a
                mobile number or an e-mail address. It is known only from an error
                message.
            employee_secondary_email: A second e-mail address of the employee. No
                copy of the article that could be read has it.
            employee_channel: The channel that the employee prefers. Name a
                channel whose value you send. According to a third party, a named
                channel without a value is an error, and an empty value without a
                named channel is not. The article marks it `Required*`. That `chnl`
                may be left out is inferred.
            manager_mobile: The manager's mobile number.
            manager_email: The manager's e-mail address.
            manager_channel: The channel that the manager prefers. Name a channel
                whose value you send. The article marks it `Required*`; that it may be
                left out is inferred.
            custom_fields: Custom fields, brand, location and categories. Brand,
                location and categories choose the workflow; that other custom fields
                do so too is inferred. Whether the list is required is not known. You
                can also give a mapping of names to values.
            external_id: Your id for this workflow, returned as `referenceid`. If
                you leave it out, Enboarder generates one. One article wants it to be
                unique; another allows several workflows with the same id if their
                criteria differ.
            mode: The mode of the launch. Samples send 0. Other values and the
                meaning are not documented. It is unrelated to the `mode` of a
                cancellation.
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
        with self._sender.loading:
            from . import launch_basic as operation

        fields = {
            "nhnm": employee_name,
            "mgrnm": manager_name,
            "nhstdt": start_date,
            "nhfnm": employee_first_name,
            "nhlnm": employee_last_name,
            "nhmob": employee_mobile,
            "nheml": employee_email,
            "nhmobeml": employee_mobile_or_email,
            "nhsecondaryeml": employee_secondary_email,
            "chnl": employee_channel,
            "mgrmob": manager_mobile,
            "mgreml": manager_email,
            "mgrchnl": manager_channel,
            "customfields": named_values(custom_fields),
            "externalid": external_id,
            "mode": mode,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    def launch_advanced(
        self,
        *,
        start_date: datetime.date,
        managers: Sequence[Manager | Mapping[str, Any]],
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_external_id: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    @overload
    def launch_advanced(
        self,
        body: AdvancedLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    def launch_advanced(
        self,
        body: AdvancedLaunch | Mapping[str, Any] | Unset = UNSET,
        *,
        start_date: datetime.date | Unset = UNSET,
        managers: Sequence[Manager | Mapping[str, Any]] | Unset = UNSET,
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_external_id: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
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
            body: A model (`AdvancedLaunch`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            start_date: Required. The start date or key date, YYYY-MM-DD; for
                offboarding, the last day.
            managers: Required. The workflow's variable managers, in order.
            employee_name: The employee's full name; optional with `nhexternalid`.
            employee_first_name: The employee's first name.
            employee_last_name: The employee's last name.
            employee_mobile: The employee's mobile number, `+61400000000`;
                optional with `nhexternalid`.
            employee_email: The employee's e-mail address; optional with
                `nhexternalid`.
            employee_mobile_or_email: Probably an older field that holds either a
                mobile number or an e-mail address. It is known only from an error
                message.
            employee_external_id: The external id of an existing profile to link
                the employee to.
            employee_channel: The channel that the employee prefers. Name a
                channel whose value you send. According to a third party, a named
                channel without a value is an error, and an empty value without a
                named channel is not. An older copy of the article marks it
                `Required*`. That `chnl` may be left out is inferred.
            custom_fields: Custom fields, brand, location and categories. Brand,
                location and categories choose the workflow; that other custom fields
                do so too is inferred. Whether the list is required is not known. You
                can also give a mapping of names to values.
            external_id: Your id for this workflow, returned as `referenceid`. If
                you leave it out, Enboarder generates one. One article wants it to be
                unique; another allows several workflows with the same id if their
                criteria differ.
            mode: The mode of the launch. Samples send 0. Other values and the
                meaning are not documented. It is unrelated to the `mode` of a
                cancellation.
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
        with self._sender.loading:
            from . import launch_advanced as operation

        fields = {
            "nhstdt": start_date,
            "managers": managers,
            "nhnm": employee_name,
            "nhfnm": employee_first_name,
            "nhlnm": employee_last_name,
            "nhmob": employee_mobile,
            "nheml": employee_email,
            "nhmobeml": employee_mobile_or_email,
            "nhexternalid": employee_external_id,
            "chnl": employee_channel,
            "customfields": named_values(custom_fields),
            "externalid": external_id,
            "mode": mode,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
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
            body: A list of models, or of mappings with wire names; checked before it is
                sent.
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
        with self._sender.loading:
            from . import launch_bulk as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    def update(
        self,
        *,
        external_id: str,
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        start_date: datetime.date | Unset = UNSET,
        managers: Sequence[Manager | Mapping[str, Any]] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    @overload
    def update(
        self,
        body: WorkflowUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    def update(
        self,
        body: WorkflowUpdate | Mapping[str, Any] | Unset = UNSET,
        *,
        external_id: str | Unset = UNSET,
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        start_date: datetime.date | Unset = UNSET,
        managers: Sequence[Manager | Mapping[str, Any]] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
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
            body: A model (`WorkflowUpdate`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            external_id: Required. The external id of the running workflow: your
                own, or the one that Enboarder generated. The article wants it to be
                unique, but also says how to select one of several workflows with the
                same id.
            employee_name: The employee's new full name.
            employee_first_name: The employee's new first name.
            employee_last_name: The employee's new last name.
            employee_mobile: The employee's new mobile number.
            employee_email: The employee's new e-mail address.
            employee_channel: The channel that the employee prefers from now on.
            start_date: The new start date or key date, YYYY-MM-DD.
            managers: The managers to change. Whether the list replaces the old
                one or is merged into it is not documented. The articles say that an
                update can change managers; the name of this member comes from a third
                party.
            custom_fields: Custom fields, brand, location and categories, which
                select one of several workflows with the same external id. Whether
                they replace the old ones or are merged into them is not documented.
                You can also give a mapping of names to values.
            child_account_id: The child account in which the workflow runs, for
                calls from a parent account. The type is assumed. A child account can
                have its data in another region; whether a call reaches an account in
                another region is unknown.
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
        with self._sender.loading:
            from . import update as operation

        fields = {
            "externalid": external_id,
            "nhnm": employee_name,
            "nhfnm": employee_first_name,
            "nhlnm": employee_last_name,
            "nhmob": employee_mobile,
            "nheml": employee_email,
            "chnl": employee_channel,
            "nhstdt": start_date,
            "managers": managers,
            "customfields": named_values(custom_fields),
            "childAccountID": child_account_id,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    def cancel(
        self,
        *,
        external_id: str,
        comments: str | Unset = UNSET,
        mode: CancelMode | Literal["ALL", "SELECTED", "CANCEL_ALL"] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    @overload
    def cancel(
        self,
        body: WorkflowCancellation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    def cancel(
        self,
        body: WorkflowCancellation | Mapping[str, Any] | Unset = UNSET,
        *,
        external_id: str | Unset = UNSET,
        comments: str | Unset = UNSET,
        mode: CancelMode | Literal["ALL", "SELECTED", "CANCEL_ALL"] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
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
            body: A model (`WorkflowCancellation`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            external_id: Required. The external id of the running workflow, or of
                several.
            comments: The reason, as free text.
            mode: What to cancel; `ALL` if you leave it out. It is a word here,
                while the `mode` of a launch is a number without a documented meaning.
            custom_fields: Custom fields, brand, location and categories that
                select the workflow, for the mode `SELECTED`. You can also give a
                mapping of names to values.
            child_account_id: The child account in which the workflow runs, for
                calls from a parent account. The type is assumed. A child account can
                have its data in another region; whether a call reaches an account in
                another region is unknown.
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
        with self._sender.loading:
            from . import cancel as operation

        fields = {
            "externalid": external_id,
            "comments": comments,
            "mode": mode,
            "customfields": named_values(custom_fields),
            "childAccountID": child_account_id,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)


class AsyncWorkflowsResource:
    """The operations of `workflows`, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @overload
    async def launch_basic(
        self,
        *,
        employee_name: str,
        manager_name: str,
        start_date: datetime.date,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_secondary_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        manager_mobile: str | Unset = UNSET,
        manager_email: str | Unset = UNSET,
        manager_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    @overload
    async def launch_basic(
        self,
        body: BasicLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    async def launch_basic(
        self,
        body: BasicLaunch | Mapping[str, Any] | Unset = UNSET,
        *,
        employee_name: str | Unset = UNSET,
        manager_name: str | Unset = UNSET,
        start_date: datetime.date | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_secondary_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        manager_mobile: str | Unset = UNSET,
        manager_email: str | Unset = UNSET,
        manager_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
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
            body: A model (`BasicLaunch`), or a mapping with wire names, instead
                of the fields; either way, all is checked before it is sent.
            employee_name: Required. The employee's full name.
            manager_name: Required. The manager's full name.
            start_date: Required. The start date or key date, YYYY-MM-DD; for
                offboarding, the last day.
            employee_first_name: The employee's first name.
            employee_last_name: The employee's last name.
            employee_mobile: The employee's mobile number. Every sample, and the
                article on CSV upload, uses the international format, `+61400000000`.
            employee_email: The employee's e-mail address.
            employee_mobile_or_email: Probably an older field that holds either a
                mobile number or an e-mail address. It is known only from an error
                message.
            employee_secondary_email: A second e-mail address of the employee. No
                copy of the article that could be read has it.
            employee_channel: The channel that the employee prefers. Name a
                channel whose value you send. According to a third party, a named
                channel without a value is an error, and an empty value without a
                named channel is not. The article marks it `Required*`. That `chnl`
                may be left out is inferred.
            manager_mobile: The manager's mobile number.
            manager_email: The manager's e-mail address.
            manager_channel: The channel that the manager prefers. Name a channel
                whose value you send. The article marks it `Required*`; that it may be
                left out is inferred.
            custom_fields: Custom fields, brand, location and categories. Brand,
                location and categories choose the workflow; that other custom fields
                do so too is inferred. Whether the list is required is not known. You
                can also give a mapping of names to values.
            external_id: Your id for this workflow, returned as `referenceid`. If
                you leave it out, Enboarder generates one. One article wants it to be
                unique; another allows several workflows with the same id if their
                criteria differ.
            mode: The mode of the launch. Samples send 0. Other values and the
                meaning are not documented. It is unrelated to the `mode` of a
                cancellation.
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
        with self._sender.loading:
            from . import launch_basic as operation

        fields = {
            "nhnm": employee_name,
            "mgrnm": manager_name,
            "nhstdt": start_date,
            "nhfnm": employee_first_name,
            "nhlnm": employee_last_name,
            "nhmob": employee_mobile,
            "nheml": employee_email,
            "nhmobeml": employee_mobile_or_email,
            "nhsecondaryeml": employee_secondary_email,
            "chnl": employee_channel,
            "mgrmob": manager_mobile,
            "mgreml": manager_email,
            "mgrchnl": manager_channel,
            "customfields": named_values(custom_fields),
            "externalid": external_id,
            "mode": mode,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    async def launch_advanced(
        self,
        *,
        start_date: datetime.date,
        managers: Sequence[Manager | Mapping[str, Any]],
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_external_id: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    @overload
    async def launch_advanced(
        self,
        body: AdvancedLaunch | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> LaunchResult: ...

    async def launch_advanced(
        self,
        body: AdvancedLaunch | Mapping[str, Any] | Unset = UNSET,
        *,
        start_date: datetime.date | Unset = UNSET,
        managers: Sequence[Manager | Mapping[str, Any]] | Unset = UNSET,
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_mobile_or_email: str | Unset = UNSET,
        employee_external_id: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        external_id: str | Unset = UNSET,
        mode: int | Unset = UNSET,
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
            body: A model (`AdvancedLaunch`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            start_date: Required. The start date or key date, YYYY-MM-DD; for
                offboarding, the last day.
            managers: Required. The workflow's variable managers, in order.
            employee_name: The employee's full name; optional with `nhexternalid`.
            employee_first_name: The employee's first name.
            employee_last_name: The employee's last name.
            employee_mobile: The employee's mobile number, `+61400000000`;
                optional with `nhexternalid`.
            employee_email: The employee's e-mail address; optional with
                `nhexternalid`.
            employee_mobile_or_email: Probably an older field that holds either a
                mobile number or an e-mail address. It is known only from an error
                message.
            employee_external_id: The external id of an existing profile to link
                the employee to.
            employee_channel: The channel that the employee prefers. Name a
                channel whose value you send. According to a third party, a named
                channel without a value is an error, and an empty value without a
                named channel is not. An older copy of the article marks it
                `Required*`. That `chnl` may be left out is inferred.
            custom_fields: Custom fields, brand, location and categories. Brand,
                location and categories choose the workflow; that other custom fields
                do so too is inferred. Whether the list is required is not known. You
                can also give a mapping of names to values.
            external_id: Your id for this workflow, returned as `referenceid`. If
                you leave it out, Enboarder generates one. One article wants it to be
                unique; another allows several workflows with the same id if their
                criteria differ.
            mode: The mode of the launch. Samples send 0. Other values and the
                meaning are not documented. It is unrelated to the `mode` of a
                cancellation.
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
        with self._sender.loading:
            from . import launch_advanced as operation

        fields = {
            "nhstdt": start_date,
            "managers": managers,
            "nhnm": employee_name,
            "nhfnm": employee_first_name,
            "nhlnm": employee_last_name,
            "nhmob": employee_mobile,
            "nheml": employee_email,
            "nhmobeml": employee_mobile_or_email,
            "nhexternalid": employee_external_id,
            "chnl": employee_channel,
            "customfields": named_values(custom_fields),
            "externalid": external_id,
            "mode": mode,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
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
            body: A list of models, or of mappings with wire names; checked before it is
                sent.
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
        with self._sender.loading:
            from . import launch_bulk as operation

        call = operation.arguments(body, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    async def update(
        self,
        *,
        external_id: str,
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        start_date: datetime.date | Unset = UNSET,
        managers: Sequence[Manager | Mapping[str, Any]] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    @overload
    async def update(
        self,
        body: WorkflowUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    async def update(
        self,
        body: WorkflowUpdate | Mapping[str, Any] | Unset = UNSET,
        *,
        external_id: str | Unset = UNSET,
        employee_name: str | Unset = UNSET,
        employee_first_name: str | Unset = UNSET,
        employee_last_name: str | Unset = UNSET,
        employee_mobile: str | Unset = UNSET,
        employee_email: str | Unset = UNSET,
        employee_channel: Channel | str | Unset = UNSET,
        start_date: datetime.date | Unset = UNSET,
        managers: Sequence[Manager | Mapping[str, Any]] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
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
            body: A model (`WorkflowUpdate`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            external_id: Required. The external id of the running workflow: your
                own, or the one that Enboarder generated. The article wants it to be
                unique, but also says how to select one of several workflows with the
                same id.
            employee_name: The employee's new full name.
            employee_first_name: The employee's new first name.
            employee_last_name: The employee's new last name.
            employee_mobile: The employee's new mobile number.
            employee_email: The employee's new e-mail address.
            employee_channel: The channel that the employee prefers from now on.
            start_date: The new start date or key date, YYYY-MM-DD.
            managers: The managers to change. Whether the list replaces the old
                one or is merged into it is not documented. The articles say that an
                update can change managers; the name of this member comes from a third
                party.
            custom_fields: Custom fields, brand, location and categories, which
                select one of several workflows with the same external id. Whether
                they replace the old ones or are merged into them is not documented.
                You can also give a mapping of names to values.
            child_account_id: The child account in which the workflow runs, for
                calls from a parent account. The type is assumed. A child account can
                have its data in another region; whether a call reaches an account in
                another region is unknown.
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
        with self._sender.loading:
            from . import update as operation

        fields = {
            "externalid": external_id,
            "nhnm": employee_name,
            "nhfnm": employee_first_name,
            "nhlnm": employee_last_name,
            "nhmob": employee_mobile,
            "nheml": employee_email,
            "chnl": employee_channel,
            "nhstdt": start_date,
            "managers": managers,
            "customfields": named_values(custom_fields),
            "childAccountID": child_account_id,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    @overload
    async def cancel(
        self,
        *,
        external_id: str,
        comments: str | Unset = UNSET,
        mode: CancelMode | Literal["ALL", "SELECTED", "CANCEL_ALL"] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    @overload
    async def cancel(
        self,
        body: WorkflowCancellation | Mapping[str, Any],
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> WorkflowChange: ...

    async def cancel(
        self,
        body: WorkflowCancellation | Mapping[str, Any] | Unset = UNSET,
        *,
        external_id: str | Unset = UNSET,
        comments: str | Unset = UNSET,
        mode: CancelMode | Literal["ALL", "SELECTED", "CANCEL_ALL"] | Unset = UNSET,
        custom_fields: Mapping[str, str]
        | Sequence[CustomField | Mapping[str, Any]]
        | Unset = UNSET,
        child_account_id: str | Unset = UNSET,
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
            body: A model (`WorkflowCancellation`), or a mapping with wire names,
                instead of the fields; either way, all is checked before it is sent.
            external_id: Required. The external id of the running workflow, or of
                several.
            comments: The reason, as free text.
            mode: What to cancel; `ALL` if you leave it out. It is a word here,
                while the `mode` of a launch is a number without a documented meaning.
            custom_fields: Custom fields, brand, location and categories that
                select the workflow, for the mode `SELECTED`. You can also give a
                mapping of names to values.
            child_account_id: The child account in which the workflow runs, for
                calls from a parent account. The type is assumed. A child account can
                have its data in another region; whether a call reaches an account in
                another region is unknown.
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
        with self._sender.loading:
            from . import cancel as operation

        fields = {
            "externalid": external_id,
            "comments": comments,
            "mode": mode,
            "customfields": named_values(custom_fields),
            "childAccountID": child_account_id,
        }
        call = operation.arguments(body, fields, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)
