"""The command `enboarder`.

It needs the extra `cli`: `pip install '.[cli]'` in a checkout.
"""

from __future__ import annotations

from ..extras import how_to_install
from ..output import guarded


def main() -> None:
    """Run the command, and end the process with its exit code."""
    raise SystemExit(guarded("enboarder", _run))


def _run() -> None:
    try:
        from .app import app
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        if package == "enboarder":
            raise
        message = f"enboarder: this command needs {package}; {how_to_install('cli')}"
        raise SystemExit(message) from None
    app()
