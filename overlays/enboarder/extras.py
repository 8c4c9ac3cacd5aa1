"""How to install an extra: the one place that says so."""

from __future__ import annotations


def how_to_install(*extras: str) -> str:
    """Return how to install extras, as the end of a sentence.

    The package is on no public index, so its name alone would not do.
    """
    return f"run: pip install '.[{','.join(extras)}]' in a checkout (README.md, Extras)"
