"""Words of others, such as the service, made fit for errors and logs."""

from __future__ import annotations

import unicodedata

LONGEST = 300
"""Characters that an error or a log line quotes at most."""

# Control and format characters, halves of a pair, and separators of lines.
_UNFIT = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def quotable(words: object, longest: int = LONGEST) -> str:
    """Return words on one line, without characters that nobody sees.

    A line break or an escape sequence would forge a line of a log.

    Args:
        words: those of somebody else.
        longest: how many characters are kept; an ellipsis says that there were more.
    """
    text = str(words)
    # Cut first: a text of many megabytes is not walked through.
    kept = "".join(map(_fit, text[: 2 * longest]))
    line = " ".join(kept.split())
    if len(line) <= longest and len(text) <= 2 * longest:
        return line
    return line[: longest - 1] + "…"


def _fit(character: str) -> str:
    category = unicodedata.category(character)
    if category not in _UNFIT:
        return character
    return "" if category in ("Cf", "Cs") else " "
