"""Check that CHANGELOG.md has an entry for a version."""

from __future__ import annotations

import re
from collections.abc import Iterator

HEADING = re.compile(r"^## \[([^\]]+)\]([^\n]*)\n", re.MULTILINE)
UNRELEASED = "Unreleased"


def entries(changelog: str) -> dict[str, str]:
    """Return the text under each heading: `0.1.0 - 2027-01-12`, or `Unreleased`."""
    # The pattern has two groups, so after the text before the first heading there are
    # three parts for each entry.
    parts = HEADING.split(changelog)[1:]
    found = {}
    for index in range(0, len(parts), 3):
        version, date, text = parts[index : index + 3]
        found[version + date] = text.strip()
    return found


def problems(changelog: str, version: str) -> Iterator[str]:
    """Yield why the changelog is not ready for this version."""
    found = entries(changelog)
    if found.get(UNRELEASED):
        yield (
            "CHANGELOG.md has entries under [Unreleased]; "
            f"they belong under [{version}] - YYYY-MM-DD"
        )
    released = [heading for heading in found if heading != UNRELEASED]
    first = released[0] if released else "nothing"
    if not re.fullmatch(rf"{re.escape(version)} - \d{{4}}-\d\d-\d\d", first):
        yield (
            f"the first version in CHANGELOG.md is {first}; "
            f"expected [{version}] - YYYY-MM-DD"
        )
    elif not found[first]:
        yield f"CHANGELOG.md says nothing under [{version}]"
