# Generated from openapi/enboarder.yaml (contract 0.1.0) by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Every resource of the API, imported when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..client import AsyncSender, Sender

if TYPE_CHECKING:
    from .brands import AsyncBrandsResource, BrandsResource
    from .profiles import AsyncProfilesResource, ProfilesResource
    from .reports import AsyncReportsResource, ReportsResource
    from .users import AsyncUsersResource, UsersResource
    from .workflows import AsyncWorkflowsResource, WorkflowsResource


class Resources:
    """The resources, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @cached_property
    def workflows(self) -> WorkflowsResource:
        """The workflow engine. No request names a workflow. The account's Workflow Logic (formerly called
        criteria) chooses one by brand, location and categories, which are sent in `customfields`; a category
        has a fixed list of options. A wrong value can launch another workflow, or none. That other custom
        fields choose a workflow too is inferred."""
        from .workflows import WorkflowsResource  # noqa: PLC0415

        return WorkflowsResource(self._sender)

    @cached_property
    def profiles(self) -> ProfilesResource:
        """Employee records that exist independently of any workflow."""
        from .profiles import ProfilesResource  # noqa: PLC0415

        return ProfilesResource(self._sender)

    @cached_property
    def reports(self) -> ReportsResource:
        """Workflow definitions, forms, and the rows that people filled in."""
        from .reports import ReportsResource  # noqa: PLC0415

        return ReportsResource(self._sender)

    @cached_property
    def users(self) -> UsersResource:
        """Administrators of the account, managed through SCIM 2.0. That these users are not employees is inferred
        from their roles; employees are profiles.

        The article contradicts itself about the path: it writes the prefix `/scim` in its endpoint line and
        `/scim/v2` in its sample. A third party uses `/scim/v2` throughout, and so does this contract. The
        service declares two ways to authenticate, an OAuth bearer token and HTTP Basic. That it accepts the API
        key is inferred. An inbound integration sends the key as the user name of HTTP Basic, with a blank
        password, which is at most a hint."""
        from .users import UsersResource  # noqa: PLC0415

        return UsersResource(self._sender)

    @cached_property
    def brands(self) -> BrandsResource:
        """The brands of the account, from the Settings APIs. The article's subtitle also names categories, custom
        fields and locations, but the copies that could be read show only the operations that return brands.
        Their base path is missing from every copy; this contract assumes the bare host. Which credential they
        take is not documented; one scope is named `api/settings.all`."""
        from .brands import BrandsResource  # noqa: PLC0415

        return BrandsResource(self._sender)


class AsyncResources:
    """The resources, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @cached_property
    def workflows(self) -> AsyncWorkflowsResource:
        """The workflow engine. No request names a workflow. The account's Workflow Logic (formerly called
        criteria) chooses one by brand, location and categories, which are sent in `customfields`; a category
        has a fixed list of options. A wrong value can launch another workflow, or none. That other custom
        fields choose a workflow too is inferred."""
        from .workflows import AsyncWorkflowsResource  # noqa: PLC0415

        return AsyncWorkflowsResource(self._sender)

    @cached_property
    def profiles(self) -> AsyncProfilesResource:
        """Employee records that exist independently of any workflow."""
        from .profiles import AsyncProfilesResource  # noqa: PLC0415

        return AsyncProfilesResource(self._sender)

    @cached_property
    def reports(self) -> AsyncReportsResource:
        """Workflow definitions, forms, and the rows that people filled in."""
        from .reports import AsyncReportsResource  # noqa: PLC0415

        return AsyncReportsResource(self._sender)

    @cached_property
    def users(self) -> AsyncUsersResource:
        """Administrators of the account, managed through SCIM 2.0. That these users are not employees is inferred
        from their roles; employees are profiles.

        The article contradicts itself about the path: it writes the prefix `/scim` in its endpoint line and
        `/scim/v2` in its sample. A third party uses `/scim/v2` throughout, and so does this contract. The
        service declares two ways to authenticate, an OAuth bearer token and HTTP Basic. That it accepts the API
        key is inferred. An inbound integration sends the key as the user name of HTTP Basic, with a blank
        password, which is at most a hint."""
        from .users import AsyncUsersResource  # noqa: PLC0415

        return AsyncUsersResource(self._sender)

    @cached_property
    def brands(self) -> AsyncBrandsResource:
        """The brands of the account, from the Settings APIs. The article's subtitle also names categories, custom
        fields and locations, but the copies that could be read show only the operations that return brands.
        Their base path is missing from every copy; this contract assumes the bare host. Which credential they
        take is not documented; one scope is named `api/settings.all`."""
        from .brands import AsyncBrandsResource  # noqa: PLC0415

        return AsyncBrandsResource(self._sender)
