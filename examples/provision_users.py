"""Create or replace administrators by SCIM, several at a time.

    python provision_users.py users.csv

The file has the columns user_name, given_name, family_name, role (such as Reporter). The service says that it does not
support filters, so that all users are read first; nobody is deleted.
"""

from __future__ import annotations

import asyncio
import csv
import sys
from pathlib import Path

from enboarder import AsyncEnboarder, EnboarderError, models

AT_A_TIME = 5
PAGE = 100


async def existing(enboarder: AsyncEnboarder) -> dict[str, str]:
    """The id of each user name, in lower case: RFC 7643 compares them without regard to case."""
    ids: dict[str, str] = {}
    start = 1
    while True:
        page = await enboarder.users.get_all(start_index=start, count=PAGE)
        users = page.resources or []
        ids |= {user.user_name.lower(): user.id for user in users if user.user_name and user.id}
        start += len(users)
        if not users or start > (page.total_results or 0):
            return ids


def wanted(row: dict[str, str]) -> models.ScimUserInput:
    return models.ScimUserInput(
        schemas=["urn:ietf:params:scim:schemas:core:2.0:User"],
        user_name=row["user_name"],
        name=models.ScimName(given_name=row["given_name"], family_name=row["family_name"]),
        emails=[models.ScimEmail(value=row["user_name"])],
        user_type=models.UserType(row["role"]),
    )


async def provision_all(rows: list[dict[str, str]]) -> bool:
    """Whether all went well; one that fails stops no other."""
    async with AsyncEnboarder.from_env() as enboarder:
        ids, places = await existing(enboarder), asyncio.Semaphore(AT_A_TIME)

        async def provision(row: dict[str, str]) -> bool:
            known = ids.get(row["user_name"].lower())
            try:
                async with places:
                    if known:
                        await enboarder.users.replace(known, wanted(row))
                    else:
                        await enboarder.users.create(wanted(row))
            except EnboarderError as error:  # OutcomeUnknown too: the next run finds the user, or not
                print(f"{row['user_name']}: {error}", file=sys.stderr)
                return False
            print(f"{row['user_name']}: {'replaced' if known else 'created'}")
            return True

        return all(await asyncio.gather(*map(provision, rows)))


def main() -> int:
    with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return 0 if asyncio.run(provision_all(rows)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
