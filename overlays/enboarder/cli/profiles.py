"""`enboarder profiles …`: the people who are known to the account."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import (
    BaseUrlOption,
    ProfileOption,
    RegionOption,
    SecretOption,
    example,
)

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog=example("enboarder profiles get E-17"))
def get(
    profile_id: Annotated[
        str, typer.Argument(metavar="ID", help="the id, or external id, of a profile")
    ],
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
) -> None:
    """Print a profile as JSON."""
    from .connection import Connection
    from .data import show_document

    with Connection(profile, region, base_url, secret_stdin).client() as enboarder:
        found = enboarder.profiles.get(profile_id)
    show_document({"profile": found.to_dict()})


@app.command(epilog=example("enboarder profiles upsert profile.json"))
def upsert(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="a JSON object with wire names, such as firstName and externalid",
        ),
    ],
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
) -> None:
    """Create a profile, or change the one that has this external id."""
    from .connection import Connection
    from .data import show_document
    from .upserting import body_of, upserted

    body = body_of(file)
    with Connection(profile, region, base_url, secret_stdin).client() as enboarder:
        done, found = upserted(enboarder, body)
    show_document({"done": done, "profile": found})
