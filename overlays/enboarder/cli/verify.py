"""`enboarder verify`: answer open questions of the API with your own account."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import (
    BaseUrlOption,
    ProfileOption,
    RegionOption,
    SecretOption,
    example,
)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", epilog=example("enboarder verify --region EU"))(verify)


def verify(
    yes: Annotated[
        bool,
        typer.Option("--yes", help="send without asking, also a wrong credential"),
    ] = False,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
) -> None:
    """Answer open questions of the API with your account.

    Only read-only requests are sent. The report has statuses, names of headers,
    types and lengths, and no value.
    """
    from .connection import Connection
    from .verification.program import main

    connection = Connection(profile, region, base_url, secret_stdin)
    environ = connection.environ(connection.settings())
    raise typer.Exit(main(environ, yes=yes))
