"""The root of all commands, which turns errors into messages and exit codes."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from .codes import ExitCode, code_of
from .talk import say


class LateGroup(TyperGroup):
    """Builds its commands when one is wanted: they have many options."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        self._build()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None."""
        self._build()
        return super().get_command(ctx, cmd_name)

    def _build(self) -> None:
        if not self.commands:
            group: Any = typer.main.get_command(self._app())
            self.commands = group.commands

    def _app(self) -> typer.Typer:
        raise NotImplementedError


class PeopleGroup(LateGroup):
    """The commands for people."""

    def _app(self) -> typer.Typer:
        from .people.app import app

        return app


class ExportGroup(LateGroup):
    """The commands for reports."""

    def _app(self) -> typer.Typer:
        from .export.app import app

        return app


class Root(TyperGroup):
    """Runs a command; no error of the client ends in a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the words name."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("enboarder: interrupted")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except OSError as error:
            if error.filename is None:
                # It is about the output, which has a message of its own.
                raise
            say(f"enboarder: {error.filename}: {error.strerror}")
            raise typer.Exit(ExitCode.FAILURE) from None
        except Exception as error:
            from ..errors import EnboarderError

            if not isinstance(error, EnboarderError):
                raise
            say(f"enboarder: {error}")
            raise typer.Exit(code_of(error)) from None
