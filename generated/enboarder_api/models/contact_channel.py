# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from enum import StrEnum
from typing import Any


class ContactChannel(StrEnum):
    """The channel that a profile prefers.

    Workflows use other words (`eml`, `mob`).

    A value that the contract does not know becomes a member that equals its string.
    """

    EMAIL = "email"
    MOBILE = "mobile"

    @classmethod
    def _missing_(cls, value: Any) -> "ContactChannel | None":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member
