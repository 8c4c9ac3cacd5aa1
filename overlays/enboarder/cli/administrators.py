"""Create or replace the administrators of a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import EnboarderError, InvalidInput, OutcomeUnknown
from ..people.tables import Table, read_table
from .codes import ExitCode
from .confirming import require_confirmation
from .data import Format, show_rows
from .talk import say

if TYPE_CHECKING:
    from enboarder_api.models import ScimUser

    from ..client import Enboarder
    from .connection import Connection

COLUMNS = ("id", "userName", "displayName", "userType", "active")
NEEDED = ("user_name", "given_name", "family_name", "role")
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"


def row_of(user: ScimUser) -> dict[str, Any]:
    """Return an administrator as JSON has it."""
    return user.to_dict()


def apply(
    connection: Connection, file: Path, confirm: int | None, format: Format
) -> ExitCode:
    """Create or replace each; one that fails does not stop the others."""
    people = _rows(read_table(file))
    with connection.client() as enboarder:
        known = _known(enboarder)
        new = [row for row in people.values() if row["user_name"].lower() not in known]
        say(f"{file.name}: {len(new)} to create, {len(people) - len(new)} to replace")
        require_confirmation(
            f"This changes {len(people)} administrators.", len(people), confirm
        )
        ended = [
            _applied(enboarder, number, row, known) for number, row in people.items()
        ]
    show_rows("users", ("row", "user_name", "status", "message"), ended, format)
    statuses = {one["status"] for one in ended}
    if "unknown" in statuses:
        return ExitCode.UNKNOWN
    return ExitCode.ROWS_REFUSED if "refused" in statuses else ExitCode.OK


def _rows(table: Table) -> dict[int, dict[str, str]]:
    """Return the rows by number.

    Raises:
        InvalidInput: a column or a cell is missing, or a name appears twice.
    """
    missing = [column for column in NEEDED if column not in table.header]
    if missing:
        raise InvalidInput(
            f"{table.name} has no column {missing[0]}; it needs {', '.join(NEEDED)}"
        )
    rows: dict[int, dict[str, str]] = {}
    seen: dict[str, int] = {}
    for row in table.rows:
        cells = dict(zip(table.header, map(str.strip, row.texts), strict=False))
        empty = [column for column in NEEDED if not cells.get(column)]
        if empty:
            raise InvalidInput(
                f"{table.name}:{row.number}:{empty[0]}: is empty; nothing was sent"
            )
        name = cells["user_name"].lower()
        if name in seen:
            raise InvalidInput(
                f"{table.name}:{row.number}:user_name: is in row {seen[name]}, too; "
                "nothing was sent"
            )
        seen[name] = row.number
        rows[row.number] = cells
    return rows


def _known(enboarder: Enboarder) -> dict[str, str]:
    """Return the id of each user name, in lower case."""
    ids: dict[str, str] = {}
    for user in enboarder.users.iter_all():
        if not user.user_name or not user.id:
            # It may be anybody of the file, who would be created again.
            raise InvalidInput("a user has no name or no id; nothing was changed")
        ids[user.user_name.lower()] = user.id
    return ids


def _applied(
    enboarder: Enboarder, number: int, row: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, Any]:
    user_id = known.get(row["user_name"].lower())
    status = "created" if user_id is None else "replaced"
    message = ""
    try:
        if user_id is None:
            enboarder.users.create(_body(row))
        else:
            enboarder.users.replace(user_id, _body(row))
    except OutcomeUnknown as error:
        # The next run finds the user, or does not.
        status, message = "unknown", str(error)
    except EnboarderError as error:
        status, message = "refused", str(error)
    return {
        "row": number,
        "user_name": row["user_name"],
        "status": status,
        "message": message,
    }


def _body(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "schemas": [SCHEMA],
        "userName": row["user_name"],
        "name": {"givenName": row["given_name"], "familyName": row["family_name"]},
        "emails": [{"value": row["user_name"]}],
        "userType": row["role"],
    }
