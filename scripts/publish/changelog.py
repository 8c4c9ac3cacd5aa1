"""Whether CHANGELOG.md tells of a version."""

from __future__ import annotations

import re


def entries(changelog: str) -> dict[str, str]:
    """What stands under each heading `## [version] - date`; `Unreleased` is one of them."""
    parts = re.split(r"^## \[([^\]]+)\]([^\n]*)\n", changelog, flags=re.MULTILINE)
    return {
        f"{version}{date}": text.strip()
        for version, date, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    }


def faults(changelog: str, version: str) -> list[str]:
    """Why the changelog does not tell of this version, if it does not."""
    found = entries(changelog)
    told = []
    if found.get("Unreleased"):
        told.append(f"CHANGELOG.md has entries under [Unreleased]; they belong under [{version}] - YYYY-MM-DD")
    first = next((heading for heading in found if heading != "Unreleased"), "nothing")
    if not re.fullmatch(rf"{re.escape(version)} - \d{{4}}-\d\d-\d\d", first):
        told.append(f"the first version in CHANGELOG.md is {first}, expected [{version}] - YYYY-MM-DD")
    elif not found[first]:
        told.append(f"CHANGELOG.md says nothing under [{version}]")
    return told
