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
        """The workflow engine. No payload names a workflow: categories, brand, location and custom-field *values*
        choose which
        one runs, so a wrong label launches another workflow or none."""
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
        """Administrators of the account, by SCIM 2.0 (not employees; those are profiles)."""
        from .users import UsersResource  # noqa: PLC0415

        return UsersResource(self._sender)

    @cached_property
    def brands(self) -> BrandsResource:
        """Brands of the account, from the Settings APIs. The base path of these operations is unreadable in every
        copy of the article."""
        from .brands import BrandsResource  # noqa: PLC0415

        return BrandsResource(self._sender)


class AsyncResources:
    """The resources, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @cached_property
    def workflows(self) -> AsyncWorkflowsResource:
        """The workflow engine. No payload names a workflow: categories, brand, location and custom-field *values*
        choose which
        one runs, so a wrong label launches another workflow or none."""
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
        """Administrators of the account, by SCIM 2.0 (not employees; those are profiles)."""
        from .users import AsyncUsersResource  # noqa: PLC0415

        return AsyncUsersResource(self._sender)

    @cached_property
    def brands(self) -> AsyncBrandsResource:
        """Brands of the account, from the Settings APIs. The base path of these operations is unreadable in every
        copy of the article."""
        from .brands import AsyncBrandsResource  # noqa: PLC0415

        return AsyncBrandsResource(self._sender)
