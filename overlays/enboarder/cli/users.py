"""`enboarder users …`: the administrators of the account (SCIM)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import (
    BaseUrlOption,
    JsonLinesOption,
    JsonOption,
    ProfileOption,
    RegionOption,
    SecretOption,
    example,
)

app = typer.Typer(rich_markup_mode=None)


@app.command("list", epilog=example("enboarder users list --jsonl"))
def list_(
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """List every administrator."""
    from .administrators import COLUMNS, row_of
    from .connection import Connection
    from .data import format_of, show_rows

    format = format_of(as_json=as_json, as_lines=as_lines)
    with Connection(profile, region, base_url, secret_stdin).client() as enboarder:
        rows = map(row_of, enboarder.users.iter_all())
        show_rows("users", COLUMNS, rows, format)


@app.command(epilog=example("enboarder users apply administrators.csv --confirm 12"))
def apply(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="a CSV, XLSX or JSONL file with user_name, given_name, family_name "
            "and role, such as Reporter",
        ),
    ],
    confirm: Annotated[
        int | None,
        typer.Option("--confirm", metavar="N", help="the number, without being asked"),
    ] = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Create the administrators of a file, or replace those who exist.

    Nobody is deleted.
    """
    from .administrators import apply as run
    from .connection import Connection
    from .data import format_of

    format = format_of(as_json=as_json, as_lines=as_lines)
    connection = Connection(profile, region, base_url, secret_stdin)
    raise typer.Exit(run(connection, file, confirm, format))
