# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""Tell apart what looks the same: names and ids with blanks or invisible characters."""

import unicodedata

FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that show nothing."""

UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Categories of Unicode whose characters show nothing, or break the line."""


def same_letters(name: str) -> str:
    """Return what two spellings of one name have in common.

    That is the letters and digits of its compatible form (NFKC), without regard to
    case. Blanks, punctuation and invisible characters do not count.
    """
    if name.isascii():
        compatible = name
    else:
        compatible = unicodedata.normalize("NFKC", name).casefold()
        # Folding may leave a form that is not the compatible one.
        compatible = unicodedata.normalize("NFKC", compatible)
    letters = [
        character
        for character in compatible
        if character.isalnum() and character not in FILLERS
    ]
    return "".join(letters).casefold()


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing: it is empty, or of invisible characters."""
    return all(character.isspace() or _is_unseen(character) for character in text)


def flaw_of(identity: str) -> str | None:
    """Return what makes an id another one than it looks, or None.

    That is a blank at an edge, or an invisible character anywhere.
    """
    if identity != identity.strip():
        return "begins or ends with a blank"
    if identity.isascii() and identity.isprintable():
        return None
    if any(_is_unseen(character) for character in identity):
        return "contains an invisible character"
    return None


def _is_unseen(character: str) -> bool:
    if character in FILLERS:
        return True
    # Variation selectors are marks that show nothing of their own.
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in UNSEEN
