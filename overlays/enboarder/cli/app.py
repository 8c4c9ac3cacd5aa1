"""The command `enboarder`; each noun has a module.

A module imports what it needs when it runs, so that help and completion are quick.
"""

from __future__ import annotations

from typing import Annotated

import typer

from . import (
    api,
    config,
    contract,
    doctor,
    explain,
    forms,
    mock,
    profiles,
    users,
    verify,
    whoami,
)
from .group import ExportGroup, PeopleGroup, Root

app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
# In the order in which somebody needs them.
doctor.add_to(app)
whoami.add_to(app)
app.add_typer(
    typer.Typer(
        cls=PeopleGroup,
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Launch, change and cancel people from a file.",
    ),
    name="people",
)
app.add_typer(
    typer.Typer(
        cls=ExportGroup,
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Export the rows of forms and workflows to files or a warehouse.",
    ),
    name="export",
)
app.add_typer(profiles.app, name="profiles")
app.add_typer(users.app, name="users")
app.add_typer(forms.app, name="forms")
api.add_to(app)
explain.add_to(app)
app.add_typer(contract.app, name="contract")
verify.add_to(app)
mock.add_to(app)
app.add_typer(config.app, name="config")


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        from enboarder_api.contract import CONTRACT_VERSION

        from ..version import __version__

        print(f"enboarder {__version__} (contract {CONTRACT_VERSION})")
        raise typer.Exit


@app.callback(
    epilog="Data is printed on standard output, and everything else on standard "
    "error. Exit codes: 0 done, 1 failure, 2 wrong usage or file, 3 some rows not "
    "done, 4 credential, permission or region, 5 outcome unknown, 6 the columns of a "
    "report have changed, 130 interrupted. Example: enboarder doctor --region EU",
)
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
    """Use the Enboarder REST API: people from files, reports and administrators.

    Unofficial. Nothing is sent until a command says so.
    """
