# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """A preferred contact channel: `mob` (mobile) or `eml` (e-mail).

    Profiles use other words (`mobile`, `email`). Both values are known from
    samples, and the prose of the FAQ says "email"; the full list is not
    documented.

    A value that the contract does not know becomes a member that equals its string.
    """

    EML = "eml"
    MOB = "mob"

    @classmethod
    def _missing_(cls, value: Any) -> "Channel | None":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member
