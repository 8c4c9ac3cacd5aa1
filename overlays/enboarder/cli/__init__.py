"""The command `enboarder`.

It needs the extra `cli`: `pip install '.[cli]'` in a checkout.
"""

from __future__ import annotations


def main() -> None:
    """Run the command."""
    try:
        from .app import app
    except ModuleNotFoundError as error:
        message = (
            f"enboarder: this command needs {error.name}; "
            "run: pip install '.[cli]' in a checkout"
        )
        raise SystemExit(message) from None
    app()
