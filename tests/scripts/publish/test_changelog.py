"""A release needs an entry in the changelog."""

from __future__ import annotations

import pytest

from scripts.publish import changelog

pytestmark = pytest.mark.untraced

CHANGELOG = """\
# Changelog

## [Unreleased]

## [0.2.0] - 2027-01-12

- New.

## [0.1.0] - 2026-12-01

- First.
"""
UNRELEASED = CHANGELOG.replace("[Unreleased]\n", "[Unreleased]\n\n- Waiting.\n")


def test_a_changelog_with_an_entry_is_ready() -> None:
    """Nothing is unreleased, and the first entry is that of the version."""
    assert [] == list(changelog.problems(CHANGELOG, "0.2.0"))


@pytest.mark.parametrize(
    ("text", "version", "wanted"),
    [
        (CHANGELOG, "0.3.0", "0.2.0 - 2027-01-12"),
        (CHANGELOG.replace(" - 2027-01-12", ""), "0.2.0", "YYYY-MM-DD"),
        (UNRELEASED, "0.2.0", "[Unreleased]"),
        (CHANGELOG.replace("- New.\n", ""), "0.2.0", "[0.2.0]"),
        ("# Changelog\n", "0.1.0", "[0.1.0]"),
    ],
    ids=["another version", "no date", "unreleased", "empty entry", "empty file"],
)
def test_a_changelog_without_an_entry_is_refused(
    text: str, version: str, wanted: str
) -> None:
    """There is one problem, and it names the heading."""
    (problem,) = changelog.problems(text, version)

    assert wanted in problem
