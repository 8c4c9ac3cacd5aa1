"""Create or replace administrators by SCIM, several at a time.

    python provision_users.py users.csv

The file has the columns user_name, given_name, family_name and role (such as Reporter).
The service says that it does not support filters, so all users are read first. Nobody
is deleted.
"""

from __future__ import annotations

import asyncio
import csv
import sys
from pathlib import Path

from enboarder import AsyncEnboarder, EnboarderError, models

AT_A_TIME = 5


async def existing(enboarder: AsyncEnboarder) -> dict[str, str]:
    """Return the id of each user name, in lower case: RFC 7643 ignores case."""
    ids: dict[str, str] = {}
    async for user in enboarder.users.iter_all():
        if not user.user_name or not user.id:
            # It may be anybody of the file, who would be created again.
            raise SystemExit("a user has no name or no id; nothing was changed")
        ids[user.user_name.lower()] = user.id
    return ids


def wanted(row: dict[str, str]) -> models.ScimUserInput:
    """Return the user that a row describes."""
    return models.ScimUserInput(
        schemas=["urn:ietf:params:scim:schemas:core:2.0:User"],
        user_name=row["user_name"],
        name=models.ScimName(
            given_name=row["given_name"],
            family_name=row["family_name"],
        ),
        emails=[models.ScimEmail(value=row["user_name"])],
        user_type=models.UserType(row["role"]),
    )


async def provision(
    enboarder: AsyncEnboarder, row: dict[str, str], known_id: str | None
) -> bool:
    """Create or replace one user; return whether that worked."""
    name = row["user_name"]
    try:
        if known_id:
            await enboarder.users.replace(known_id, wanted(row))
        else:
            await enboarder.users.create(wanted(row))
    except EnboarderError as error:
        # This includes OutcomeUnknown: the next run finds the user, or does not.
        print(f"{name}: {error}", file=sys.stderr)
        return False
    print(f"{name}: {'replaced' if known_id else 'created'}")
    return True


async def provision_all(rows: list[dict[str, str]]) -> bool:
    """Return whether all rows worked; one that fails does not stop the others."""
    places = asyncio.Semaphore(AT_A_TIME)
    async with AsyncEnboarder.from_env() as enboarder:
        ids = await existing(enboarder)

        async def in_turn(row: dict[str, str]) -> bool:
            async with places:
                known_id = ids.get(row["user_name"].lower())
                return await provision(enboarder, row, known_id)

        done = await asyncio.gather(*(in_turn(row) for row in rows))
        return all(done)


def main() -> int:
    """Provision the users of the file that the command line names."""
    with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return 0 if asyncio.run(provision_all(rows)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
