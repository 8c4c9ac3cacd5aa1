"""`enboarder contract …`: the contract on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Never

import typer

from ..output import FULL
from .options import example

EXPORT_HELP = """\
Write the contract in another format.

\b
openapi-3.1           the contract, unchanged
openapi-3.0.3         for tools that do not read 3.1
swagger-2.0           for Power Platform and other old importers
connector-properties  apiProperties.json beside swagger-2.0
postman               a collection
postman-environment   the variables of one region
errors                the error catalogue
"""

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog=example("enboarder contract show workflows.launch_basic"))
def show(
    operation: Annotated[
        str,
        typer.Argument(help="such as launchBasicWorkflow or workflows.launch_basic"),
    ] = "",
) -> None:
    """List all operations, or show everything about one."""
    from . import reference

    if not operation:
        print(reference.operation_list())
        return
    try:
        print(reference.operation_page(operation))
    except reference.NotInContract as error:
        _refuse(str(error))


@app.command(epilog=example("enboarder contract errors"))
def errors() -> None:
    """List the known messages and codes, with what to do."""
    from . import reference

    print(reference.catalogue())


@app.command(epilog=example("enboarder contract explain PROFILE_EXISTS"))
def explain(
    message: Annotated[
        str,
        typer.Argument(
            help="a message, a code, a status or a body, exactly as received, or the "
            "text of an error"
        ),
    ],
) -> None:
    """Explain a message, code or status of the service, and what to do next."""
    from . import reference

    try:
        print(reference.explanation(message))
    except reference.NotInContract as error:
        _refuse(str(error))


@app.command(
    "export",
    help=EXPORT_HELP,
    epilog=example("enboarder contract export --format openapi-3.0.3 --region EU"),
)
def export_(
    format: Annotated[
        str,
        typer.Option(help="one of those above"),
    ],
    region: Annotated[
        str | None,
        typer.Option(help="AU, EU, US or CA: only that server"),
    ] = None,
    auth: Annotated[
        str | None,
        typer.Option(
            help="apikey, oauth2 or accesstoken (the token alone): "
            "only the operations that it can send"
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="the file to write; without it, the text is printed"),
    ] = None,
) -> None:
    """Write the contract in another format."""
    from ..contract import ExportRefused, export

    try:
        text = export(format, region=region, auth=auth)
    except ExportRefused as error:
        _refuse(str(error))
    if output is None:
        print(text, end="")
    else:
        _write(text, output)


def _write(text: str, output: Path) -> None:
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        text = f"cannot write {output} ({error.strerror}); give another --output"
        # A full device is no fault of the command line.
        _refuse(text, 1 if error.errno in FULL else 2)


def _refuse(text: str, code: int = 2) -> Never:
    print(f"enboarder: {text}", file=sys.stderr)
    raise typer.Exit(code)
