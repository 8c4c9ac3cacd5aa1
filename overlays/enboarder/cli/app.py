"""The command `enboarder`; each noun has a module.

A module imports what it needs when it runs, so that help and completion are quick.
"""

from __future__ import annotations

from typing import Annotated

import typer

from . import api, doctor, explain, mock, verify, whoami
from .group import Root, lazy_group

app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _add_group(name: str, help: str, module: str = "") -> None:
    """Add the commands of a noun, whose module is imported when one is wanted."""
    group = typer.Typer(
        cls=lazy_group(module or name),
        no_args_is_help=True,
        rich_markup_mode=None,
        help=help,
    )
    app.add_typer(group, name=name)


# In the order in which somebody needs them.
doctor.add_to(app)
whoami.add_to(app)
_add_group("people", "Launch, change and cancel people from a file.", "people.app")
_add_group("profiles", "Read, create and change the profiles of people.")
_add_group("users", "List, create and change the administrators of the account.")
_add_group("forms", "Show the forms that the reports have.")
api.add_to(app)
explain.add_to(app)
_add_group("contract", "Show what is known of the API, and how certain it is.")
verify.add_to(app)
mock.add_to(app)
_add_group("config", "Make profiles, and show where each setting comes from.")


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        from enboarder_api.contract import CONTRACT_VERSION

        from ..version import __version__

        print(f"enboarder {__version__} (contract {CONTRACT_VERSION})")
        raise typer.Exit


@app.callback(
    epilog="Data is printed on standard output, and everything else on standard "
    "error. Exit codes: 0 done, 1 failure, 2 wrong usage or file, 3 some rows not "
    "done, 4 credential, permission or region, 5 outcome unknown, 130 interrupted. "
    "Example: enboarder doctor --region EU",
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
