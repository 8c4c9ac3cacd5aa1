"""`enboarder config …`: the profiles, and where each setting comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import (
    BaseUrlOption,
    JsonLinesOption,
    JsonOption,
    ProfileOption,
    RegionOption,
    example,
)

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog=example("enboarder config path"))
def path() -> None:
    """Print where config.toml is, or would be."""
    from .settings import config_file

    print(config_file())


@app.command(epilog=example("enboarder config explain --profile production"))
def explain(
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Show each setting and where it comes from: flag, environment or profile."""
    from .connection import Connection
    from .data import Format, format_of, show_rows

    format = format_of(as_json=as_json, as_lines=as_lines)
    settings = Connection(profile, region, base_url).settings()
    rows = [
        {"setting": one.name, "value": one.shown, "origin": one.origin}
        for one in settings.all.values()
    ]
    members = {"profile": settings.profile, "file": str(settings.file)}
    extra = members if format is Format.JSON else {}
    columns = ("setting", "value", "origin")
    show_rows("settings", columns, rows, format, **extra)


@app.command(
    epilog=example("enboarder config new production --region EU --client-id ID")
)
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="of the profile")],
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    client_id: Annotated[
        str | None,
        typer.Option("--client-id", help="of an OAuth2 client; an API key has none"),
    ] = None,
    token_url: Annotated[
        str | None, typer.Option("--token-url", help="where none is published")
    ] = None,
    account: Annotated[
        str | None,
        typer.Option("--account", help="the name of the ledger's account"),
    ] = None,
    ledger: Annotated[
        str | None, typer.Option("--ledger", help="a file, or postgresql://…")
    ] = None,
    default: Annotated[
        bool, typer.Option("--default", help="use it where no profile is named")
    ] = False,
) -> None:
    """Add a profile to config.toml. Secrets do not belong there."""
    from .profile_file import add_profile

    values = {
        "region": region,
        "base_url": base_url,
        "client_id": client_id,
        "token_url": token_url,
        "account": account,
        "ledger": ledger,
    }
    add_profile(name, values, is_default=default)
