# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The data that requests and answers carry."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .advanced_launch import AdvancedLaunch
    from .basic_launch import BasicLaunch
    from .brand import Brand
    from .bulk_launch_result import BulkLaunchResult
    from .cancel_mode import CancelMode
    from .channel import Channel
    from .contact import Contact
    from .contact_channel import ContactChannel
    from .custom_field import CustomField
    from .form import Form
    from .form_data_page import FormDataPage
    from .form_field import FormField
    from .form_list import FormList
    from .form_properties import FormProperties
    from .form_row import FormRow
    from .image_type import ImageType
    from .launch_result import LaunchResult
    from .manager import Manager
    from .profile import Profile
    from .profile_contact import ProfileContact
    from .profile_creation import ProfileCreation
    from .profile_field import ProfileField
    from .profile_photo import ProfilePhoto
    from .profile_result import ProfileResult
    from .profile_update import ProfileUpdate
    from .profile_workflow import ProfileWorkflow
    from .profile_workflows_page import ProfileWorkflowsPage
    from .scim_authentication_scheme import ScimAuthenticationScheme
    from .scim_bulk_feature import ScimBulkFeature
    from .scim_email import ScimEmail
    from .scim_feature import ScimFeature
    from .scim_filter_feature import ScimFilterFeature
    from .scim_meta import ScimMeta
    from .scim_name import ScimName
    from .scim_phone_number import ScimPhoneNumber
    from .scim_resource_type_list import ScimResourceTypeList
    from .scim_schema_list import ScimSchemaList
    from .scim_service_provider_config import ScimServiceProviderConfig
    from .scim_user import ScimUser
    from .scim_user_input import ScimUserInput
    from .scim_user_list import ScimUserList
    from .user_type import UserType
    from .workflow_cancellation import WorkflowCancellation
    from .workflow_change import WorkflowChange
    from .workflow_data_page import WorkflowDataPage
    from .workflow_definition import WorkflowDefinition
    from .workflow_field import WorkflowField
    from .workflow_list import WorkflowList
    from .workflow_properties import WorkflowProperties
    from .workflow_row import WorkflowRow
    from .workflow_update import WorkflowUpdate

__all__ = (
    "AdvancedLaunch",
    "BasicLaunch",
    "Brand",
    "BulkLaunchResult",
    "CancelMode",
    "Channel",
    "Contact",
    "ContactChannel",
    "CustomField",
    "Form",
    "FormDataPage",
    "FormField",
    "FormList",
    "FormProperties",
    "FormRow",
    "ImageType",
    "LaunchResult",
    "Manager",
    "Profile",
    "ProfileContact",
    "ProfileCreation",
    "ProfileField",
    "ProfilePhoto",
    "ProfileResult",
    "ProfileUpdate",
    "ProfileWorkflow",
    "ProfileWorkflowsPage",
    "ScimAuthenticationScheme",
    "ScimBulkFeature",
    "ScimEmail",
    "ScimFeature",
    "ScimFilterFeature",
    "ScimMeta",
    "ScimName",
    "ScimPhoneNumber",
    "ScimResourceTypeList",
    "ScimSchemaList",
    "ScimServiceProviderConfig",
    "ScimUser",
    "ScimUserInput",
    "ScimUserList",
    "UserType",
    "WorkflowCancellation",
    "WorkflowChange",
    "WorkflowDataPage",
    "WorkflowDefinition",
    "WorkflowField",
    "WorkflowList",
    "WorkflowProperties",
    "WorkflowRow",
    "WorkflowUpdate",
)

_MODULES = {
    "AdvancedLaunch": ".advanced_launch",
    "BasicLaunch": ".basic_launch",
    "Brand": ".brand",
    "BulkLaunchResult": ".bulk_launch_result",
    "CancelMode": ".cancel_mode",
    "Channel": ".channel",
    "Contact": ".contact",
    "ContactChannel": ".contact_channel",
    "CustomField": ".custom_field",
    "Form": ".form",
    "FormDataPage": ".form_data_page",
    "FormField": ".form_field",
    "FormList": ".form_list",
    "FormProperties": ".form_properties",
    "FormRow": ".form_row",
    "ImageType": ".image_type",
    "LaunchResult": ".launch_result",
    "Manager": ".manager",
    "Profile": ".profile",
    "ProfileContact": ".profile_contact",
    "ProfileCreation": ".profile_creation",
    "ProfileField": ".profile_field",
    "ProfilePhoto": ".profile_photo",
    "ProfileResult": ".profile_result",
    "ProfileUpdate": ".profile_update",
    "ProfileWorkflow": ".profile_workflow",
    "ProfileWorkflowsPage": ".profile_workflows_page",
    "ScimAuthenticationScheme": ".scim_authentication_scheme",
    "ScimBulkFeature": ".scim_bulk_feature",
    "ScimEmail": ".scim_email",
    "ScimFeature": ".scim_feature",
    "ScimFilterFeature": ".scim_filter_feature",
    "ScimMeta": ".scim_meta",
    "ScimName": ".scim_name",
    "ScimPhoneNumber": ".scim_phone_number",
    "ScimResourceTypeList": ".scim_resource_type_list",
    "ScimSchemaList": ".scim_schema_list",
    "ScimServiceProviderConfig": ".scim_service_provider_config",
    "ScimUser": ".scim_user",
    "ScimUserInput": ".scim_user_input",
    "ScimUserList": ".scim_user_list",
    "UserType": ".user_type",
    "WorkflowCancellation": ".workflow_cancellation",
    "WorkflowChange": ".workflow_change",
    "WorkflowDataPage": ".workflow_data_page",
    "WorkflowDefinition": ".workflow_definition",
    "WorkflowField": ".workflow_field",
    "WorkflowList": ".workflow_list",
    "WorkflowProperties": ".workflow_properties",
    "WorkflowRow": ".workflow_row",
    "WorkflowUpdate": ".workflow_update",
}


# To a type checker, any name would be a model.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*globals(), *_MODULES]
