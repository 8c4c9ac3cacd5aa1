"""`enboarder doctor`: find out why nothing works, one cause after the other."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import (
    BaseUrlOption,
    JsonOption,
    ProfileOption,
    RegionOption,
    SecretOption,
    example,
)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog=example("enboarder doctor --region EU"))(doctor)


def doctor(
    probe_regions: Annotated[
        bool,
        typer.Option(
            "--probe-regions",
            help="if the credential is refused, send it to the other regions, unasked",
        ),
    ] = False,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
) -> None:
    """Find out why a connection does not work.

    Each check that fails has a cause and a fix. It sends a few GET requests, and
    changes nothing. The JSON report holds no secret.
    """
    from .connection import Connection
    from .examination.program import examine

    connection = Connection(profile, region, base_url, secret_stdin)
    raise typer.Exit(examine(connection, as_json=as_json, may_probe=probe_regions))
