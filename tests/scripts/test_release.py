"""What a release is judged by: the changelog, and names that must not go without a new version."""

from __future__ import annotations

import json

import pytest
from ruamel.yaml import YAML

import changelog
import compatibility
import release
from contract import ROOT

pytestmark = pytest.mark.untraced

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-12\n\n- New.\n\n## [0.1.0] - 2026-12-01\n\n- First.\n"


def test_changelog_that_tells_of_the_version_is_well() -> None:
    """Nothing is unreleased, and the first entry is that of the version."""
    assert [] == changelog.faults(CHANGELOG, "0.2.0")


@pytest.mark.parametrize(
    ("text", "version", "told"),
    [
        (CHANGELOG, "0.3.0", "0.2.0 - 2027-01-12"),
        (CHANGELOG.replace(" - 2027-01-12", ""), "0.2.0", "YYYY-MM-DD"),
        (
            CHANGELOG.replace("[Unreleased]\n", "[Unreleased]\n\n- Waiting.\n"),
            "0.2.0",
            "Unreleased",
        ),
        (CHANGELOG.replace("- New.\n", ""), "0.2.0", "nothing under"),
        ("# Changelog\n", "0.1.0", "is nothing"),
    ],
    ids=[
        "another version",
        "no date",
        "unreleased entries",
        "empty entry",
        "empty file",
    ],
)
def test_changelog_that_does_not_is_refused(text: str, version: str, told: str) -> None:
    """The fault says what stands there and what is expected."""
    [fault] = changelog.faults(text, version)
    assert told in fault


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("0.1.0", "0.1.1", False),
        ("0.1.9", "0.2.0", True),
        ("0.9.0", "1.0.0", True),
        ("1.2.0", "1.3.0", False),
        ("1.2.0", "2.0.0", True),
    ],
)
def test_removal_needs_a_new_minor_before_1_0_and_a_new_major_after(
    old: str, new: str, allowed: bool
) -> None:
    """The version decides whether a name may go."""
    faults = compatibility.removals(
        "it",
        (compatibility.version_of(old), {"a", "b"}),
        (compatibility.version_of(new), {"a"}),
    )
    assert allowed == (not faults)
    assert all("lost b" in fault for fault in faults)


def test_addition_is_always_allowed() -> None:
    """New names need no more than a new version."""
    assert [] == compatibility.removals(
        "it", ((1, 0, 0), {"a"}), ((1, 0, 0), {"a", "b"})
    )


def test_every_part_of_the_interface_counts() -> None:
    """Functions, parameters and fields are names; a type that changes is not a removal."""
    names = compatibility.names_of_surface(
        "f: (self, body: Body | Mapping[str, Any], *, timeout: float = 1) -> int\nM: one, two\n"
    )
    assert {"f", "f.body", "f.timeout", "M", "M.one", "M.two"} <= names
    own = compatibility.names_of_surface((ROOT / release.SURFACE).read_text("utf-8"))
    assert {
        "Enboarder.workflows.launch_basic.timeout",
        "models.FormDataPage.next_cursor",
    } <= own
    assert {"ClientCredentials.prefix", "ApiError.CallError", "Region.AU"} <= own


def test_every_part_of_the_contract_counts() -> None:
    """Operations with their paths, schemas and properties are names."""
    names = compatibility.names_of_contract(
        json.loads((ROOT / release.CONTRACT).read_text("utf-8"))
    )
    assert {
        "launchBasicWorkflow: POST /restapi/v1/startwf/basic",
        "BasicLaunch",
        "BasicLaunch.nhstdt",
    } <= names


def test_version_with_a_suffix_is_refused() -> None:
    """What is published has three numbers."""
    with pytest.raises(ValueError, match=r"1\.2\.3"):
        compatibility.version_of("0.1.0rc1")


def test_first_call_is_the_launch_of_the_readme() -> None:
    """What is tried from the sdist is what a newcomer copies first."""
    assert "launch_basic(" in release.first_call(
        (ROOT / "README.md").read_text("utf-8")
    )


def test_workflows_call_what_anybody_can_call() -> None:
    """The continuous integration has no recipe of its own, and only the job that publishes gets an identity."""
    folder = ROOT / ".github" / "workflows"
    ci, published = (
        YAML(typ="safe", pure=True).load(folder / name)["jobs"]
        for name in ("ci.yml", "release.yml")
    )
    assert [".ci/run"] == [
        step["run"]
        for step in ci["test"]["steps"]
        if "run" in step and "apt-get" not in step["run"]
    ]
    assert [".ci/run", "make release"] == [
        step["run"]
        for step in published["build"]["steps"]
        if "run" in step and "apt-get" not in step["run"]
    ]
    assert {"publish": {"id-token": "write"}} == {
        name: job["permissions"]
        for name, job in published.items()
        if "permissions" in job
    }
    assert "release" == published["publish"]["environment"]
