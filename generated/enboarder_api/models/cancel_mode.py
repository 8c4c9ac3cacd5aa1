# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from enum import StrEnum
from typing import Any


class CancelMode(StrEnum):
    """What to cancel.

    `ALL`: every workflow of the external id, all of which must be in the state
    Pending, InProcess, Cancel or Deleted. `SELECTED`: only the workflow whose
    criteria match `customfields`. `CANCEL_ALL`: the workflows in PENDING or
    INPROGRESS, ignoring the others. The article spells the states in both ways
    within one list. Its prose speaks of Complete and Cancelled, and calls such
    workflows an error, while `ALL` accepts Cancel and Deleted.

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
