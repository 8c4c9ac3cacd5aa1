"""What a check found."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"
    NOT_KNOWN = "not known"
    """It cannot be found out without changing something."""


@frozen
class Finding:
    """What a check found, why, and what to do."""

    check: str
    verdict: Verdict
    text: str
    """What was seen."""
    causes: tuple[str, ...] = ()
    """Why: one cause, or several that look the same."""
    fix: str = ""
    """What to do."""

    @property
    def cause(self) -> str:
        """The cause as a sentence."""
        if len(self.causes) < 2:
            return "".join(self.causes)
        number = {2: "two", 3: "three"}.get(len(self.causes), str(len(self.causes)))
        numbered = [f"({n}) {one}" for n, one in enumerate(self.causes, 1)]
        return f"one of these {number}: {'; '.join(numbered)}"


def ok(check: str, text: str) -> Finding:
    """Return that nothing is wrong."""
    return Finding(check, Verdict.OK, text)


def failed(check: str, text: str, *causes: str, fix: str) -> Finding:
    """Return that something is wrong."""
    return Finding(check, Verdict.FAILED, text, causes, fix)


def skipped(check: str, text: str) -> Finding:
    """Return that nothing was looked at."""
    return Finding(check, Verdict.SKIPPED, text)
