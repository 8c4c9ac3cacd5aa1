"""Quote the words of others, such as the service, in errors and logs."""

from __future__ import annotations

import unicodedata

LONGEST = 300
"""Characters that an error or a log line quotes at most."""

# Control and format characters, halves of a pair, and separators of lines.
_UNFIT = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def quotable(words: object, longest: int = LONGEST) -> str:
    """Return words on one line, without invisible characters.

    A line break or an escape sequence could forge a line of a log.

    Args:
        words: the words of somebody else.
        longest: how many characters are kept; an ellipsis shows that there were more.
    """
    text = str(words)
    # The text is cut first, because it may have many megabytes.
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
