# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Every resource of the API, imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from ..client import AsyncSender, Sender

if TYPE_CHECKING:
    from .brands import AsyncBrandsResource, BrandsResource
    from .profiles import AsyncProfilesResource, ProfilesResource
    from .reports import AsyncReportsResource, ReportsResource
    from .users import AsyncUsersResource, UsersResource
    from .workflows import AsyncWorkflowsResource, WorkflowsResource


R_co = TypeVar("R_co", covariant=True)


class lazy_resource(Generic[R_co]):
    """An attribute that builds its resource when it is first used.

    The decorated function imports the resource's class and returns it. The attribute of
    an instance is a resource, built once. The attribute of the class is the resource's
    class, so that `unittest.mock.create_autospec` finds the methods.
    """

    def __init__(self, load: Callable[[Any], type[R_co]]) -> None:
        self._load: Callable[[Any], Any] = load
        self._name = load.__name__
        self.__doc__ = load.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> type[R_co]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> R_co: ...

    def __get__(self, owner: Any, kind: type) -> Any:
        if owner is None:
            return self._load(owner)
        with owner._sender.loading:
            resource_class = self._load(owner)
        built = resource_class(owner._sender)
        # The instance's own attribute comes before this descriptor from now on.
        vars(owner)[self._name] = built
        return built


class Resources:
    """The resources, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @lazy_resource
    def workflows(self) -> type[WorkflowsResource]:
        """The workflow engine.

        No request names a workflow. The account's Workflow Logic (formerly called
        criteria) chooses one by brand, location and categories, which are sent in
        `customfields`; a category has a fixed list of options. A wrong value can
        launch another workflow, or none. That other custom fields choose a
        workflow too is inferred.
        """
        from .workflows import WorkflowsResource

        return WorkflowsResource

    @lazy_resource
    def profiles(self) -> type[ProfilesResource]:
        """Employee records that exist independently of any workflow."""
        from .profiles import ProfilesResource

        return ProfilesResource

    @lazy_resource
    def reports(self) -> type[ReportsResource]:
        """Workflow definitions, forms, and the rows that people filled in."""
        from .reports import ReportsResource

        return ReportsResource

    @lazy_resource
    def users(self) -> type[UsersResource]:
        """Administrators of the account, managed through SCIM 2.0.

        That these users are not employees is inferred from their roles; employees
        are profiles.

        The article contradicts itself about the path: it writes the prefix
        `/scim` in its endpoint line and `/scim/v2` in its sample. A third party
        uses `/scim/v2` throughout, and so does this contract. The service
        declares two ways to authenticate, an OAuth bearer token and HTTP Basic.
        That it accepts the API key is inferred. An inbound integration sends the
        API key as the user name of HTTP Basic, with a blank password, which is at
        most a hint.
        """
        from .users import UsersResource

        return UsersResource

    @lazy_resource
    def brands(self) -> type[BrandsResource]:
        """The brands of the account, from the Settings APIs.

        The article's subtitle also names categories, custom fields and locations,
        but the copies that could be read show only the operations that return
        brands. Their base path is missing from every copy; this contract assumes
        the bare host. Which credential they take is not documented; one scope is
        named `api/settings.all`.
        """
        from .brands import BrandsResource

        return BrandsResource


class AsyncResources:
    """The resources, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @lazy_resource
    def workflows(self) -> type[AsyncWorkflowsResource]:
        """The workflow engine.

        No request names a workflow. The account's Workflow Logic (formerly called
        criteria) chooses one by brand, location and categories, which are sent in
        `customfields`; a category has a fixed list of options. A wrong value can
        launch another workflow, or none. That other custom fields choose a
        workflow too is inferred.
        """
        from .workflows import AsyncWorkflowsResource

        return AsyncWorkflowsResource

    @lazy_resource
    def profiles(self) -> type[AsyncProfilesResource]:
        """Employee records that exist independently of any workflow."""
        from .profiles import AsyncProfilesResource

        return AsyncProfilesResource

    @lazy_resource
    def reports(self) -> type[AsyncReportsResource]:
        """Workflow definitions, forms, and the rows that people filled in."""
        from .reports import AsyncReportsResource

        return AsyncReportsResource

    @lazy_resource
    def users(self) -> type[AsyncUsersResource]:
        """Administrators of the account, managed through SCIM 2.0.

        That these users are not employees is inferred from their roles; employees
        are profiles.

        The article contradicts itself about the path: it writes the prefix
        `/scim` in its endpoint line and `/scim/v2` in its sample. A third party
        uses `/scim/v2` throughout, and so does this contract. The service
        declares two ways to authenticate, an OAuth bearer token and HTTP Basic.
        That it accepts the API key is inferred. An inbound integration sends the
        API key as the user name of HTTP Basic, with a blank password, which is at
        most a hint.
        """
        from .users import AsyncUsersResource

        return AsyncUsersResource

    @lazy_resource
    def brands(self) -> type[AsyncBrandsResource]:
        """The brands of the account, from the Settings APIs.

        The article's subtitle also names categories, custom fields and locations,
        but the copies that could be read show only the operations that return
        brands. Their base path is missing from every copy; this contract assumes
        the bare host. Which credential they take is not documented; one scope is
        named `api/settings.all`.
        """
        from .brands import AsyncBrandsResource

        return AsyncBrandsResource
