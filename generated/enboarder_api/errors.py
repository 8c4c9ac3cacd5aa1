# Generated from openapi/enboarder.yaml (contract 0.1.0) by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Why an answer could not be read."""

from typing import Any


class Unreadable(ValueError):
    """A value is not what the contract says, in a place where nothing can stand in for it."""


class PartlyReadable(Unreadable):
    """Some members of a list, the odd ones, are not what the contract says; `good` holds the others."""

    def __init__(self, good: list[Any], odd: list[Any]) -> None:
        super().__init__(f"{len(odd)} of {len(good) + len(odd)} members of a list cannot be read")
        self.good, self.odd = good, odd
