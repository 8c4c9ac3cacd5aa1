"""Find the public name that a misspelt one means."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from enboarder_api.models import __all__ as model_names


def suggestion(name: str, module: str, names: Iterable[str]) -> str:
    """Return the end of an error that says what was probably meant, or nothing.

    Args:
        name: What was asked for.
        module: Where it was looked for.
        names: What is there.
    """
    # Python asks modules for such names by itself.
    if name.startswith("__"):
        return ""
    places = {one: f"{module}.{one}" for one in names}
    for model in model_names:
        places.setdefault(model, f"enboarder.models.{model}")
    by_lower_case = {one.lower(): one for one in places}
    close = get_close_matches(name.lower(), by_lower_case, n=1, cutoff=0.75)
    if not close:
        return ""
    return f"; did you mean {places[by_lower_case[close[0]]]}?"
