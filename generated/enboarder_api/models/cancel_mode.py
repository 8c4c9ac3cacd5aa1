# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from enum import StrEnum
from typing import Any


class CancelMode(StrEnum):
    """What to cancel.

    `ALL`: every workflow of the external id, all of which must be in the state
    Pending, InProcess, Cancel or Deleted. `SELECTED`: only the workflow whose
    criteria match `customfields`. `CANCEL_ALL`: those in PENDING or INPROGRESS;
    the others are ignored. The article spells the states in both ways within one
    list, and its prose speaks of Complete and Cancelled.

    A value that the contract does not know becomes a member that equals its string.
    """

    ALL = "ALL"
    CANCEL_ALL = "CANCEL_ALL"
    SELECTED = "SELECTED"

    @classmethod
    def _missing_(cls, value: Any) -> "CancelMode | None":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member
