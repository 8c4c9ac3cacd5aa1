"""The command `enboarder`; each noun has a module."""

from __future__ import annotations

import typer

from . import contract

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(contract.app, name="contract")


# With a callback, `enboarder contract` stays a group although it is the only one.
@app.callback()
def enboarder() -> None:
    """Use the Enboarder REST API. Unofficial; no command here sends a request."""
