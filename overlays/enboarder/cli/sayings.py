"""What the service said, found in what somebody copied."""

from __future__ import annotations

import re

from enboarder_api.client import Answer

REFUSAL = re.compile(
    r"""refused\ \((?P<status>\d{3})    # the status
    (?:,\ (?P<code>[^\s",)]+))?      # the code
    (?:,\ "(?P<words>.*)")?\)[.:]    # the service's own words, as one text
    """,
    re.VERBOSE | re.DOTALL,
)
"""How the errors of the client quote the service."""


def phrases(text: str) -> list[str]:
    """Return every phrase that may be a message or a code of the service.

    Args:
        text: a message or a code, with or without quotation marks; several messages,
            as an error of the client lists them; such an error; or a body in JSON.
    """
    found = [text, *text.split("; "), *_in_body(text)]
    refusal = REFUSAL.search(text)
    if refusal is not None:
        words = refusal["words"] or ""
        found += [refusal["code"] or "", words, *words.split("; ")]
    plain = [" ".join(phrase.split()).strip("\"'") for phrase in found]
    return [phrase for phrase in plain if phrase]


def status_in(text: str) -> int | None:
    """Return the status that a text is, or that an error of the client quotes."""
    refusal = REFUSAL.search(text)
    status = refusal["status"] if refusal else text.strip()
    return int(status) if re.fullmatch(r"[1-5]\d\d", status, re.ASCII) else None


def _in_body(text: str) -> list[str]:
    answer = Answer(200, {}, text.encode(errors="replace"))
    if not answer.members:
        return []
    said = [answer.code, answer.message, answer.members.get("error"), *answer.errors]
    return [phrase for phrase in said if isinstance(phrase, str)]
