"""Build the client, and open the ledger, of a command."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from attrs import frozen

from ..errors import InvalidInput
from ..hidden import Hidden
from . import talk
from .settings import PREFIX, Settings, read_settings

if TYPE_CHECKING:
    from ..client import Enboarder
    from ..people import Ledger


@frozen
class Connection:
    """What the options of a command say of the account."""

    profile: str | None = None
    region: str | None = None
    base_url: str | None = None
    secret_stdin: bool = False
    ledger: str | None = None
    account: str | None = None

    def settings(self) -> Settings:
        """Return every setting, with its origin.

        Raises:
            InvalidInput: the file of the profiles is wrong.
        """
        if self.region and self.base_url:
            raise InvalidInput("--region and --base-url exclude each other")
        flags = {
            "region": self.region,
            "base_url": self.base_url,
            "ledger": self.ledger,
            "account": self.account,
        }
        return read_settings(flags, profile=self.profile)

    def client(self, settings: Settings | None = None) -> Enboarder:
        """Build the client; nothing is sent.

        Raises:
            EnboarderError: a setting is missing or wrong.
        """
        from ..client import Enboarder

        chosen = settings or self.settings()
        return Enboarder.from_env(self.environ(chosen).reveal())

    def environ(self, settings: Settings) -> Hidden[dict[str, str]]:
        """Return the variables of the client, with a secret that is asked for."""
        environ = Hidden(settings.environ())
        has_secret = settings.has("api_key") or settings.has("client_secret")
        if has_secret and not self.secret_stdin:
            return environ
        name = "client_secret" if settings.has("client_id") else "api_key"
        variable = PREFIX + name.upper()
        if self.secret_stdin:
            environ.reveal().pop(f"{PREFIX}API_KEY", None)
            environ.reveal()[variable] = _from_stdin()
        elif settings.get("region") or settings.get("base_url"):
            # Without an address, nothing could be done with the secret.
            typed = Hidden(talk.ask_secret(_question(name, settings)))
            if typed.reveal():
                environ.reveal()[variable] = typed.reveal()
        return environ

    def open_ledger(self, settings: Settings | None = None) -> Ledger:
        """Open the ledger of the account.

        Raises:
            EnboarderError: it cannot be opened, or there is no account.
        """
        from ..people import open_ledger

        chosen = settings or self.settings()
        return open_ledger(
            account=chosen.account_name,
            location=chosen.get("ledger"),
            environ=os.environ,
        )


def _from_stdin() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise InvalidInput(
            "--secret-stdin reads what a pipe sends, and standard input is a terminal; "
            "leave the option out to be asked"
        )
    line = sys.stdin.readline().strip()
    if not line:
        raise InvalidInput("--secret-stdin got nothing from standard input")
    return line


def _question(name: str, settings: Settings) -> str:
    place = settings.get("region") or settings.get("base_url")
    if name == "api_key":
        return f"API key for {place}"
    return f"Client secret of {settings.get('client_id')} for {place}"
