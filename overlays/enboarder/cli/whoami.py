"""`enboarder whoami`: which account a command would use. Nothing is sent."""

from __future__ import annotations

import typer

from .options import BaseUrlOption, JsonOption, ProfileOption, RegionOption, example


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("whoami", epilog=example("enboarder whoami --profile production"))(
        whoami
    )


def whoami(
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show which account a command would use. Nothing is sent."""
    from .connection import Connection
    from .data import Format, show_rows

    settings = Connection(profile, region, base_url).settings()
    with Connection(profile, region, base_url).client(settings) as enboarder:
        place = enboarder.base_url
    kind = "API key" if settings.has("api_key") else "OAuth2 client"
    members = {
        "profile": settings.profile,
        "region": (settings.get("region") or "").upper() or None,
        "base_url": place,
        "credential": kind,
        "client_id": settings.get("client_id"),
        "account": settings.account_name,
    }
    if as_json:
        from .data import show_document

        show_document(members)
        return
    rows = [{"what": name, "value": value} for name, value in members.items()]
    show_rows("settings", ("what", "value"), rows, Format.TABLE)
