"""`enboarder explain`: what a message of the service means, and what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import example


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", epilog=example("enboarder explain PROFILE_EXISTS"))(explain)


def explain(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help="a message, a code, a status or a body, exactly as received, or the "
            "text of an error",
        ),
    ],
) -> None:
    """Explain a message of the service, and what to do.

    It may be a code, a status, a body or the text of an error, too.
    """
    from .contract import explain as of_contract

    of_contract(text)
