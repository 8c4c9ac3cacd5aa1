"""Find the word that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from enboarder_api.spelling import same_letters


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that is spelt most like a word; None if none is close."""
    by_letters = {same_letters(choice): choice for choice in choices if choice}
    letters = same_letters(word)
    if letters in by_letters:
        return by_letters[letters]
    close = difflib.get_close_matches(letters, by_letters, n=1, cutoff=0.7)
    return by_letters[close[0]] if close else None
