# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""What a request body must contain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Field(NamedTuple):
    """A value inside a body."""

    name: str
    """Its readable name."""
    type: str
    nullable: bool = False
    format: str | None = None
    values: tuple[str, ...] = ()
    """Its possible values, if all of them are known."""
    rule: str | None = None
    """The rule of an object, in RULES."""
    items: Field | None = None
    """The items of a list."""
    fewest: int = 0
    """How many items a list has at least."""
    required: tuple[str, ...] = ()
    """Members that are required in this place, besides those of the rule."""
    any_of: tuple[tuple[str, ...], ...] = ()
    """Groups of which at least one member is required in this place."""
    identity: bool = False
    """Whether it is an id, so that another spelling would be another one."""


class Rule(NamedTuple):
    """What an object must contain."""

    fields: Mapping[str, Field]
    required: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()


RULES: Mapping[str, Rule] = {
    "CustomField": Rule(
        fields={
            "name": Field("name", "string"),
            "value": Field("value", "string"),
        },
        required=("name", "value"),
    ),
    "BasicLaunch": Rule(
        fields={
            "nhnm": Field("employee_name", "string"),
            "nhfnm": Field("employee_first_name", "string"),
            "nhlnm": Field("employee_last_name", "string"),
            "nhmob": Field("employee_mobile", "string"),
            "nheml": Field("employee_email", "string"),
            "nhmobeml": Field("employee_mobile_or_email", "string"),
            "nhsecondaryeml": Field("employee_secondary_email", "string"),
            "chnl": Field("employee_channel", "string"),
            "mgrnm": Field("manager_name", "string"),
            "mgrmob": Field("manager_mobile", "string"),
            "mgreml": Field("manager_email", "string"),
            "mgrchnl": Field("manager_channel", "string"),
            "nhstdt": Field("start_date", "string", format="date"),
            "customfields": Field(
                "custom_fields", "array", items=Field("", "object", rule="CustomField")
            ),
            "externalid": Field("external_id", "string", identity=True),
            "mode": Field("mode", "integer"),
        },
        required=("nhnm", "mgrnm", "nhstdt"),
        any_of=(("nheml", "nhmob", "nhmobeml"), ("mgreml", "mgrmob")),
    ),
    "Manager": Rule(
        fields={
            "nm": Field("name", "string"),
            "fnm": Field("first_name", "string"),
            "lnm": Field("last_name", "string"),
            "mob": Field("mobile", "string"),
            "eml": Field("email", "string"),
            "mobeml": Field("mobile_or_email", "string"),
            "chnl": Field("channel", "string"),
            "mgrlbl": Field("label", "string"),
            "externalid": Field("external_id", "string", identity=True),
        },
    ),
    "AdvancedLaunch": Rule(
        fields={
            "nhnm": Field("employee_name", "string"),
            "nhfnm": Field("employee_first_name", "string"),
            "nhlnm": Field("employee_last_name", "string"),
            "nhmob": Field("employee_mobile", "string"),
            "nheml": Field("employee_email", "string"),
            "nhmobeml": Field("employee_mobile_or_email", "string"),
            "nhexternalid": Field("employee_external_id", "string", identity=True),
            "chnl": Field("employee_channel", "string"),
            "nhstdt": Field("start_date", "string", format="date"),
            "managers": Field(
                "managers",
                "array",
                items=Field(
                    "",
                    "object",
                    rule="Manager",
                    any_of=(
                        ("nm", "externalid"),
                        ("mob", "eml", "mobeml", "externalid"),
                    ),
                ),
                fewest=1,
            ),
            "customfields": Field(
                "custom_fields", "array", items=Field("", "object", rule="CustomField")
            ),
            "externalid": Field("external_id", "string", identity=True),
            "mode": Field("mode", "integer"),
        },
        required=("nhstdt", "managers"),
        any_of=(
            ("nhnm", "nhexternalid"),
            ("nheml", "nhmob", "nhmobeml", "nhexternalid"),
        ),
    ),
    "WorkflowUpdate": Rule(
        fields={
            "externalid": Field("external_id", "string", identity=True),
            "nhnm": Field("employee_name", "string"),
            "nhfnm": Field("employee_first_name", "string"),
            "nhlnm": Field("employee_last_name", "string"),
            "nhmob": Field("employee_mobile", "string"),
            "nheml": Field("employee_email", "string"),
            "chnl": Field("employee_channel", "string"),
            "nhstdt": Field("start_date", "string", format="date"),
            "managers": Field(
                "managers", "array", items=Field("", "object", rule="Manager")
            ),
            "customfields": Field(
                "custom_fields", "array", items=Field("", "object", rule="CustomField")
            ),
            "childAccountID": Field("child_account_id", "string", identity=True),
        },
        required=("externalid",),
    ),
    "WorkflowCancellation": Rule(
        fields={
            "externalid": Field("external_id", "string", identity=True),
            "comments": Field("comments", "string"),
            "mode": Field("mode", "string", values=("ALL", "SELECTED", "CANCEL_ALL")),
            "customfields": Field(
                "custom_fields", "array", items=Field("", "object", rule="CustomField")
            ),
            "childAccountID": Field("child_account_id", "string", identity=True),
        },
        required=("externalid",),
    ),
    "Contact": Rule(
        fields={
            "email": Field("email", "string"),
            "mobile": Field("mobile", "string"),
            "preferred": Field("preferred", "string", values=("email", "mobile")),
        },
    ),
    "ProfilePhoto": Rule(
        fields={
            "imageType": Field(
                "image_type", "string", values=("image/jpeg", "image/png")
            ),
            "body": Field("image", "string"),
        },
        required=("imageType", "body"),
    ),
    "ProfileCreation": Rule(
        fields={
            "firstName": Field("first_name", "string"),
            "lastName": Field("last_name", "string"),
            "externalid": Field("external_id", "string", identity=True),
            "contact": Field(
                "contact", "object", rule="Contact", any_of=(("email", "mobile"),)
            ),
            "profilefields": Field(
                "profile_fields", "array", items=Field("", "object", rule="CustomField")
            ),
            "profilePhoto": Field("photo", "object", rule="ProfilePhoto"),
        },
        required=("firstName", "contact"),
    ),
    "ProfileUpdate": Rule(
        fields={
            "firstName": Field("first_name", "string"),
            "lastName": Field("last_name", "string"),
            "externalid": Field("external_id", "string", identity=True),
            "contact": Field("contact", "object", rule="Contact"),
            "profilefields": Field(
                "profile_fields", "array", items=Field("", "object", rule="CustomField")
            ),
            "profilePhoto": Field("photo", "object", rule="ProfilePhoto"),
        },
    ),
    "ScimName": Rule(
        fields={
            "givenName": Field("given_name", "string"),
            "middleName": Field("middle_name", "string"),
            "familyName": Field("family_name", "string"),
        },
    ),
    "ScimEmail": Rule(
        fields={
            "value": Field("value", "string"),
        },
    ),
    "ScimPhoneNumber": Rule(
        fields={
            "value": Field("value", "string"),
        },
    ),
    "ScimUserInput": Rule(
        fields={
            "schemas": Field("schemas", "array", items=Field("", "string")),
            "userName": Field("user_name", "string", identity=True),
            "name": Field(
                "name", "object", rule="ScimName", required=("givenName", "familyName")
            ),
            "displayName": Field("display_name", "string"),
            "emails": Field(
                "emails",
                "array",
                items=Field("", "object", rule="ScimEmail", required=("value",)),
                fewest=1,
            ),
            "phoneNumbers": Field(
                "phone_numbers",
                "array",
                items=Field("", "object", rule="ScimPhoneNumber"),
            ),
            "userType": Field(
                "user_type",
                "string",
                values=(
                    "Super Admin",
                    "General Admin",
                    "Account Manager",
                    "User Manager",
                    "Workflow Manager",
                    "Experience Manager",
                    "Author",
                    "Reporter",
                ),
            ),
            "active": Field("active", "boolean"),
            "externalId": Field("external_id", "string", identity=True),
        },
        required=("userName", "name", "emails", "userType"),
    ),
}

BODIES: Mapping[str, Field] = {
    "workflows.launch_basic": Field("", "object", rule="BasicLaunch"),
    "workflows.launch_advanced": Field("", "object", rule="AdvancedLaunch"),
    "workflows.launch_bulk": Field(
        "", "array", items=Field("", "object", rule="AdvancedLaunch"), fewest=1
    ),
    "workflows.update": Field("", "object", rule="WorkflowUpdate"),
    "workflows.cancel": Field("", "object", rule="WorkflowCancellation"),
    "profiles.create": Field("", "object", rule="ProfileCreation"),
    "profiles.update": Field("", "object", rule="ProfileUpdate"),
    "profiles.set_photo": Field("", "object", rule="ProfilePhoto"),
    "users.create": Field("", "object", rule="ScimUserInput"),
    "users.replace": Field("", "object", rule="ScimUserInput"),
}
"""The body of each operation that has one."""
