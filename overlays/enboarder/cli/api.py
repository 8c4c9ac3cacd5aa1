"""`enboarder api`: a request of your own, signed like any other."""

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


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "api",
        epilog=example(
            "enboarder api GET /reports/forms",
            "enboarder api POST /restapi/v1/profile --body profile.json --yes",
        ),
    )(api)


def api(
    method: Annotated[str, typer.Argument(metavar="METHOD", help="such as GET")],
    path: Annotated[str, typer.Argument(metavar="PATH", help="begins with /")],
    body: Annotated[
        Path | None,
        typer.Option("--body", metavar="FILE", help="JSON to send; - for input"),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param", metavar="NAME=VALUE", help="of the query; may be repeated"
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="send what changes something, unasked")
    ] = False,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
) -> None:
    """Send one request of your own, and print the answer.

    No ledger protects it: launch people with `enboarder people launch`.
    """
    from .connection import Connection
    from .requesting import Request, send

    request = Request(method.upper(), path, body, tuple(param or ()))
    connection = Connection(profile, region, base_url, secret_stdin)
    raise typer.Exit(send(connection, request, yes=yes))
