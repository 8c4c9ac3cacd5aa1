"""The root of all commands, which turns errors into messages and exit codes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from .codes import ExitCode, code_of
from .talk import say


def lazy_group(module: str) -> type[TyperGroup]:
    """Return a group whose commands are built when one of them is wanted.

    Args:
        module: the module of this package whose `app` has the commands.
    """

    class LazyGroup(TyperGroup):
        def list_commands(self, ctx: Any) -> list[str]:
            self._build()
            return super().list_commands(ctx)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            self._build()
            return super().get_command(ctx, cmd_name)

        def _build(self) -> None:
            if not self.commands:
                app = import_module(f"{__package__}.{module}").app
                group: Any = typer.main.get_command(app)
                self.commands = group.commands

    return LazyGroup


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
