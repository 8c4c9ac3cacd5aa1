"""Create a profile, or change the one that exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, InvalidInput
from ..people.json_objects import is_object

if TYPE_CHECKING:
    from ..client import Enboarder

EXISTS = "PROFILE_EXISTS"


def body_of(file: Path) -> dict[str, Any]:
    """Return the profile that a file holds.

    Raises:
        InvalidInput: it cannot be read, is no JSON object, or has no external id.
    """
    try:
        body = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InvalidInput(f"{file} is not JSON: {error}") from None
    if not is_object(body) or not body.get("externalid"):
        raise InvalidInput(
            f"{file} needs a JSON object with externalid, by which the profile is "
            "found; nothing was sent"
        )
    return body


def upserted(enboarder: Enboarder, body: dict[str, Any]) -> tuple[str, Any]:
    """Return what was done, `created` or `updated`, and the service's answer.

    The external id is the id of a profile.
    """
    try:
        return "created", enboarder.profiles.create(body).to_dict()
    except ApiError as error:
        if error.code != EXISTS:
            raise
    changes = {name: value for name, value in body.items() if name != "externalid"}
    answer = enboarder.profiles.update(body["externalid"], changes)
    return "updated", answer.value
