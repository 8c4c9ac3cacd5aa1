"""`enboarder forms …`: the forms that the reports have."""

from __future__ import annotations

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


# With a callback, `enboarder forms` stays a group while it has one command.
@app.callback()
def forms() -> None:
    """Show the forms that the reports have."""


@app.command("list", epilog=example("enboarder forms list --json"))
def list_(
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """List the forms, with the ids that a report is read by."""
    from .connection import Connection
    from .data import format_of, show_rows

    format = format_of(as_json=as_json, as_lines=as_lines)
    with Connection(profile, region, base_url, secret_stdin).client() as enboarder:
        items = enboarder.reports.get_forms().items or ()
    rows = [item.to_dict() for item in items]
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    show_rows("forms", columns, rows, format)
