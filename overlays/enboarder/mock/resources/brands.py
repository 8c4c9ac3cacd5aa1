"""Brands, from the Settings APIs."""

from __future__ import annotations

from collections.abc import Mapping

from ..messages import Reply, Request
from ..state import State
from .handlers import Handler


def get_all(state: State, _request: Request) -> Reply:
    """List the brands."""
    return Reply(200, state.brands)


def get_by_id(state: State, request: Request) -> Reply:
    """Get a brand by its id."""
    return _brand_with(state, "id", request.path["id"])


def get_by_name(state: State, request: Request) -> Reply:
    """Get a brand by its name, which is case-sensitive."""
    return _brand_with(state, "name", request.path["name"])


def _brand_with(state: State, field: str, value: str) -> Reply:
    for brand in state.brands:
        if brand[field] == value:
            return Reply(200, brand)
    message = f"Brand item with '{field}' does not exist"
    return Reply(400, {"field": field, "message": message})


HANDLERS: Mapping[str, Handler] = {
    "brands.get_all": get_all,
    "brands.get_by_id": get_by_id,
    "brands.get_by_name": get_by_name,
}
