"""The command `enboarder`; needs the extra `cli` (`pip install '.[cli]'` in a checkout)."""

from __future__ import annotations


def main() -> None:
    """Run the command."""
    try:
        from .app import app
    except ModuleNotFoundError as error:
        raise SystemExit(f"enboarder: this command needs {error.name}: pip install '.[cli]' in a checkout") from None
    app()
