# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Why an answer could not be read."""

from typing import Any


class Unreadable(ValueError):
    """A value is not what the contract says, and nothing can replace it."""


class PartlyReadable(Unreadable):
    """Some members of a list are not what the contract says."""

    good: list[Any]
    """The members that were read."""
    odd: list[Any]
    """The members that could not be read, unchanged."""

    def __init__(self, good: list[Any], odd: list[Any]) -> None:
        total = len(good) + len(odd)
        super().__init__(f"{len(odd)} of {total} members of a list cannot be read")
        self.good = good
        self.odd = odd
