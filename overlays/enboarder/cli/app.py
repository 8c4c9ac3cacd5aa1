"""`enboarder contract …`: the contract on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Never

import typer

from ..contract import FORMATS, ExportRefused, export
from . import reference

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
contract = typer.Typer(no_args_is_help=True, help="What is known of the API, and how sure that is.")
app.add_typer(contract, name="contract")


@app.callback()
def enboarder() -> None:
    """An unofficial client of the Enboarder REST API. Nothing here sends a request."""


@contract.command()
def show(
    operation: Annotated[str, typer.Argument(help="such as launchBasicWorkflow or workflows.launch_basic")] = "",
) -> None:
    """List all operations, or tell everything of one."""
    _say(reference.listing() if not operation else reference.told(operation))


@contract.command()
def errors() -> None:
    """List the messages and codes that are known, with what to do."""
    _say(reference.catalogue())


@contract.command()
def explain(
    message: Annotated[str, typer.Argument(help="a message, a code or a status, as the service gave it")],
) -> None:
    """Say what a message, code or status of the service means, and what to do next."""
    _say(reference.explained(message))


@contract.command("export", help="Write the contract in another format. There are: " + ", ".join(FORMATS) + ".")
def export_(
    format: Annotated[str, typer.Option(help="one of the formats above")],
    region: Annotated[str | None, typer.Option(help="AU, EU, US or CA: only that server")] = None,
    auth: Annotated[
        str | None, typer.Option(help="apikey, oauth2 or accesstoken (bare): only what it can carry")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="a file; without, it is printed")] = None,
) -> None:
    try:
        text = export(format, region=region, auth=auth)
    except ExportRefused as error:
        _refuse(str(error))
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        _refuse(f"{output} cannot be written ({error.strerror}); give another --output")


def _say(told: reference.Told) -> None:
    if told.refused:
        _refuse(told.text)
    print(told.text)


def _refuse(text: str) -> Never:
    print(f"enboarder: {text}", file=sys.stderr)
    raise typer.Exit(2)
