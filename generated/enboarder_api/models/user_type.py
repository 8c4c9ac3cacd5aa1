# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from enum import StrEnum
from typing import Any


class UserType(StrEnum):
    """The role of an administrator.

    A value that the contract does not know becomes a member that equals its string.
    """

    ACCOUNT_MANAGER = "Account Manager"
    AUTHOR = "Author"
    EXPERIENCE_MANAGER = "Experience Manager"
    GENERAL_ADMIN = "General Admin"
    REPORTER = "Reporter"
    SUPER_ADMIN = "Super Admin"
    USER_MANAGER = "User Manager"
    WORKFLOW_MANAGER = "Workflow Manager"

    @classmethod
    def _missing_(cls, value: Any) -> "UserType | None":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member
