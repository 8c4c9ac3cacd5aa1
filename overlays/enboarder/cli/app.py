"""The command `enboarder`, which has one module for each noun."""

from __future__ import annotations

from typing import Annotated

import typer

from enboarder_api.contract import CONTRACT_VERSION

from ..version import __version__
from . import contract

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(contract.app, name="contract")


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        print(f"enboarder {__version__} (contract {CONTRACT_VERSION})")
        raise typer.Exit


# With a callback, `enboarder contract` stays a group while it is the only one.
@app.callback()
def enboarder(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Show the versions of this package and of the contract.",
        ),
    ] = False,
) -> None:
    """Use the Enboarder REST API. Unofficial; no command here sends a request."""
