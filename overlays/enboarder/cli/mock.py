"""`enboarder mock`: a service that replaces the API."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from .options import example


class Credential(StrEnum):
    """Which credential a command gets."""

    OAUTH2 = "oauth2"
    APIKEY = "apikey"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "mock",
        epilog=example(
            "enboarder mock",
            "enboarder mock -- enboarder people launch hires.csv",
        ),
    )(mock)


def mock(
    command: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[-- COMMAND ...]",
            help="a command that finds the mock by its environment variables",
        ),
    ] = None,
    port: Annotated[int, typer.Option(help="0 takes a free one")] = 0,
    form_rows: Annotated[int, typer.Option(help="rows of the first form")] = 1203,
    token_lifetime: Annotated[
        float, typer.Option(help="seconds that a token lives")
    ] = 3600,
    dead_token_status: Annotated[
        int, typer.Option(help="401 or 403: the answer to a token that has ended")
    ] = 401,
    credential: Annotated[
        Credential, typer.Option(help="the credential that COMMAND gets")
    ] = Credential.OAUTH2,
) -> None:
    """Serve a mock of the API on this machine.

    It forgets everything when it ends, and so does its ledger of people, which is a new
    one each time. Without a command, it prints the variables that a shell needs, and
    serves until Ctrl-C.
    """
    from ..mock.__main__ import main

    words = [
        f"--port={port}",
        f"--form-rows={form_rows}",
        f"--token-lifetime={token_lifetime}",
        f"--dead-token-status={dead_token_status}",
        f"--credential={credential}",
    ]
    if command:
        words += ["--", *command]
    raise typer.Exit(main(words))
