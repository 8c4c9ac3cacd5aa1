"""The workflow engine: launch, update, cancel."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .exchange import Handler, Reply, Request
from .rules import is_blank
from .state import State, Status, Workflow

NO_CONTACT = 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
CONTACTS = ("nheml", "nhmob", "nhmobeml", "nhexternalid")
CHANNELS = {"mob": ("nhmob", "mobile"), "eml": ("nheml", "email")}


def refuse(state: State, request: Request, faults: list[str]) -> Reply:
    """Turn down a request that breaks the contract: in the documented words, when the employee has no contact."""
    launches = request.body if isinstance(request.body, list) else [request.body]
    updates = "externalid" in request.body if isinstance(request.body, dict) else False
    if not faults_only_in_shape(launches) and not updates:
        return Reply(state.refusal_status, {"message": NO_CONTACT})
    return Reply(400, {"message": "; ".join(faults)})
